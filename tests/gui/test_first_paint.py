# SPDX-License-Identifier: MIT
"""What waits for the first paint begins after it, and once."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wizard.gui.first_paint import FirstPaint


class Painted(QWidget):
    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self.order = order

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        self.order.append("painted")


def test_first_paint_when_the_widget_is_drawn_then_calls_back_once(qtbot: QtBot) -> None:
    order: list[str] = []
    widget = Painted(order)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: order.append("called"))
    qtbot.wait(20)
    assert order == []
    widget.show()
    qtbot.waitUntil(lambda: "called" in order)
    assert order.index("painted") < order.index("called")
    widget.repaint()
    qtbot.wait(20)
    assert order.count("called") == 1
