# SPDX-License-Identifier: MIT
"""Scrolling a page to a part of it that has just come up."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

# Wrapping long words takes the layout several rounds, and each moves what stands below.
_LAID_OUT_MS = 200


def reveal(*widgets: QWidget) -> None:
    """Scroll so that each is seen, the last one in any case, until the page is laid out."""
    area = _area_above(widgets[0])
    if area is not None:
        _Reveal(area, widgets)


def _area_above(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


class _Reveal(QObject):
    """Lives as long as the page may still change its length by itself."""

    def __init__(self, area: QScrollArea, widgets: tuple[QWidget, ...]) -> None:
        super().__init__(widgets[-1])
        self._area = area
        self._widgets = widgets
        area.verticalScrollBar().rangeChanged.connect(self._scroll)
        QTimer.singleShot(0, self, self._scroll)
        QTimer.singleShot(_LAID_OUT_MS, self, self.deleteLater)

    def _scroll(self) -> None:
        for widget in self._widgets:
            self._area.ensureWidgetVisible(widget)
