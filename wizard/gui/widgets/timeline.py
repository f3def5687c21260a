# SPDX-License-Identifier: MIT
"""A picture of how many log lines there were when; a sentence and a table say the same."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from wizard.findings import timeline
from wizard.findings.timeline import Bucket, Timeline
from wizard.gui.theme import Theme
from wizard.gui.widgets.boxes import Card
from wizard.gui.widgets.buttons import Fold
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table
from wizard.texts import Texts

_LINES_HIGH = 5  # of text
_WIDEST_BAR = 40
_LEAST_BAR = 2.0
_FILLED = 0.8  # of a bucket's width


class Picture(QWidget):
    """The bars; behind them the run that decides, above them a mark where the first line is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Timeline | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_timeline(self, shown: Timeline, sentence: str) -> None:
        """Show this one; the sentence is for whoever doesn't see it."""
        self._shown = shown
        self.setAccessibleName(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as some lines of text, so that it grows with the letters."""
        high = self.fontMetrics().height()
        return QSize(20 * high, _LINES_HIGH * high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Everything, in the colours of the scheme."""
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = self.fontMetrics().height() / 2
        ground = QRectF(self.rect()).adjusted(0, 1.5 * mark, 0, -1)
        step = ground.width() / len(self._shown.buckets)
        for place, bucket in enumerate(self._shown.buckets):
            column = QRectF(place * step, ground.top(), step, ground.height())
            self._column(painter, column, bucket, mark)
        painter.setPen(QPen(self._theme.color("strong_border"), 1))
        painter.drawLine(ground.bottomLeft(), ground.bottomRight())

    def _column(self, painter: QPainter, column: QRectF, bucket: Bucket, mark: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if bucket.is_run:
            painter.fillRect(column, self._theme.color("selected"))
        if bucket.count and self._shown is not None:
            high = max(_LEAST_BAR, column.height() * bucket.count / self._shown.most)
            wide = max(_LEAST_BAR, min(column.width() * _FILLED, _WIDEST_BAR))
            left = column.center().x() - wide / 2
            bar = QRectF(left, column.bottom() - high, wide, high)
            painter.fillRect(bar, self._theme.color("warning"))
        if bucket.is_first:
            tip = QPointF(column.center().x(), column.top() - 1)
            sides = (QPointF(-mark / 2, -mark), QPointF(mark / 2, -mark))
            painter.setBrush(self._theme.color("problem"))
            painter.drawPolygon(QPolygonF([tip, *(tip + side for side in sides)]))


class TimelineCard(Card):
    """There only where the logs hold lines about the cause; the numbers stand folded away."""

    def __init__(self, theme: Theme, texts: Texts) -> None:
        super().__init__(theme, texts("timeline.title"))
        self._texts = texts
        self._drawn: Timeline | None = None
        self.picture = Picture(theme)
        self.sentence = Label(role="small")
        head = texts.lines("timeline.head_day")
        self.table = Table(theme, texts("timeline.title"), head)
        self.fold = Fold(theme, texts("timeline.numbers"), self.table)
        for part in (self.picture, self.sentence, self.fold, self.table):
            self.column.addWidget(part)
        self.hide()

    def show_timeline(self, shown: Timeline | None) -> None:
        """Show this one, or nothing."""
        self.setVisible(shown is not None)
        if shown is None or shown == self._drawn:
            return
        self._drawn = shown
        sentence = timeline.sentence(shown, self._texts)
        self.picture.show_timeline(shown, sentence)
        self.sentence.say(f"{sentence} {self._texts('timeline.legend')}")
        head = "timeline.head_hour" if shown.by_hour else "timeline.head_day"
        self.table.setHorizontalHeaderLabels(list(self._texts.lines(head)))
        self.table.show_rows(
            [
                (
                    Cell(bucket.begin),
                    Cell(str(bucket.count), is_number=True),
                    Cell(timeline.note(bucket, self._texts)),
                )
                for bucket in shown.buckets
                if bucket.count
            ]
        )
