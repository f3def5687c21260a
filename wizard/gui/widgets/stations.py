# SPDX-License-Identifier: MIT
"""A way as a row of stations; the broken one stands out by shape, sign and word, not by colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wizard.findings import stations
from wizard.findings.station_words import Station
from wizard.findings.stations import Path
from wizard.gui.theme import Theme
from wizard.gui.tones import TONE_OF_OUTCOME, glyph_of
from wizard.gui.widgets.boxes import Turning
from wizard.gui.widgets.labels import Glyph, Label, restyle
from wizard.model import Outcome
from wizard.texts import Texts

LINK = 10
LINE_WIDTH = 2
BROKEN = Outcome.PROBLEM
REACHED = (Outcome.OK, Outcome.WARNING, Outcome.NOT_APPLICABLE)


class StationBox(QFrame):
    """One station: its sign and name, and what was found below them, or beside where rows lie."""

    def __init__(self, theme: Theme, texts: Texts, station: Station, told: str) -> None:
        super().__init__()
        self.setObjectName("station")
        self._space = space = theme.tokens.space
        name = stations.layer_name(station.layer, texts)
        self.setAccessibleName(f"{name}: {told}")
        outcome = station.outcome
        tone = TONE_OF_OUTCOME[outcome] if outcome else "quiet"
        restyle(self, "tone", tone)
        glyph = Glyph(theme, glyph_of(outcome) if outcome else "waiting", tone)
        title = Label(name, "strong", wrap=False)
        head = QHBoxLayout()
        head.setSpacing(space.tight)
        head.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1, Qt.AlignmentFlag.AlignTop)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setContentsMargins(space.small, space.tight, space.small, space.tight)
        self._parts.setSpacing(space.hair)
        self._parts.addLayout(head)
        self._parts.addWidget(Label(_unparted(told)), 1, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._least = glyph.width() + title.sizeHint().width() + 3 * space.small

    def lie(self, *, lies: bool) -> None:
        """Have what was found beside the name, or below it."""
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if lies else direction.TopToBottom)
        self._parts.setSpacing(self._space.medium if lies else self._space.hair)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the name beside its sign, whichever way the parts lie."""
        return QSize(self._least, super().minimumSizeHint().height())


def _unparted(told: str) -> str:
    """A number stays with its unit."""
    return told.replace(" ms", "\N{NO-BREAK SPACE}ms")


class _Link(QWidget):
    """The line between two stations; dashed where nothing went on."""

    def __init__(self, theme: Theme, *, is_open: bool, lies: Callable[[], bool]) -> None:
        super().__init__()
        self._theme = theme
        self._is_open = is_open
        self._lies = lies
        self.setFixedSize(LINK, LINK)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Along the row, or down the column."""
        painter = QPainter(self)
        pen = QPen(self._theme.color("strong_border"), LINE_WIDTH)
        pen.setStyle(Qt.PenStyle.SolidLine if self._is_open else Qt.PenStyle.DotLine)
        painter.setPen(pen)
        middle = LINK // 2
        if self._lies():
            painter.drawLine(QPoint(0, middle), QPoint(LINK, middle))
        else:
            painter.drawLine(QPoint(middle, 0), QPoint(middle, LINK))


class _Row(Turning):
    """The stations side by side; where there is no room, one below the other and each in a line."""

    @property
    def is_row(self) -> bool:
        """Whether they stand side by side."""
        return self.row.direction() is QBoxLayout.Direction.LeftToRight

    def turn(self) -> None:
        """Turn each station with the row."""
        super().turn()
        for place in range(self.row.count()):
            part = self.row.itemAt(place).widget()
            if isinstance(part, StationBox):
                part.lie(lies=not self.is_row)


class Stations(QWidget):
    """One endpoint's way: its name, verdict and place, then the stations."""

    def __init__(self, theme: Theme, texts: Texts, path: Path, *, is_running: bool) -> None:
        super().__init__()
        self.setAccessibleName(stations.sentence(path, texts))
        space = theme.tokens.space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.tight)
        head = Label(texts("path.head", name=path.name, told=stations.verdict(path, texts)))
        restyle(head, "role", "strong")
        column.addWidget(head)
        column.addWidget(Label(stations.place(path, texts), "small"))
        self._row = _Row(0)
        self._fill(theme, texts, path, is_running=is_running)
        column.addWidget(self._row)
        self._row.setVisible(bool(path.stations))

    def _fill(self, theme: Theme, texts: Texts, path: Path, *, is_running: bool) -> None:
        before: Station | None = None
        for station in path.stations:
            if before is not None:
                is_open = before.outcome in REACHED and station.outcome in (*REACHED, BROKEN)
                link = _Link(theme, is_open=is_open, lies=lambda: self._row.is_row)
                self._row.row.addWidget(link, 0, Qt.AlignmentFlag.AlignCenter)
            waits = is_running and station.outcome is None
            told = texts("path.waiting") if waits else stations.said(station, texts)
            self._row.row.addWidget(StationBox(theme, texts, station, told), 1)
            before = station
