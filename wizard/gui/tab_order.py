# SPDX-License-Identifier: MIT
"""Tab goes through a page as the eye does, also through parts that were drawn later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

_BACKWARDS = (QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.RightToLeft)


def follow_the_eye(body: QWidget) -> None:
    """Qt's own order is that in which parts were made."""
    for before, after in pairwise(_stops(body)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """What Tab stops at, from top to bottom; a control's inner parts are its own matter."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    elif layout := widget.layout():
        yield from _stops_in(layout)


def _stops_in(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QBoxLayout) and layout.direction() in _BACKWARDS:
        places.reverse()
    for place in places:
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item else (None, None)
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _stops_in(inner)
