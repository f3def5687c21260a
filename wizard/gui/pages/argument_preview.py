# SPDX-License-Identifier: MIT
"""The part of the change page that shows what would become of the argument string."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from wizard.fixes.carriers import Carrier
from wizard.fixes.diff import spans
from wizard.fixes.folder_step import FolderStep
from wizard.fixes.notice import Notice
from wizard.fixes.plan import Plan
from wizard.fixes.readings import visible
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Card, clear
from wizard.gui.widgets.buttons import Fold
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.points import Points
from wizard.gui.widgets.table import Cell, Table
from wizard.gui.widgets.text_box import TextBox

_OF_THE_OTHER = {"linux": Carrier.WINDOWS_COMMAND_LINE, "windows": Carrier.POSIX_SHELL}


class ArgumentPreview(Card):
    """Two lines with the difference marked, what to know, and the readings."""

    read = Signal()  # the person has, or no longer has, read the change

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("page.arguments.preview"))
        self._desk = desk
        self._hint = Label(role="muted")
        self._step: FolderStep | None = None
        self._first = Label()
        self._first.hide()
        self._is_misread = False
        self.before = TextBox(desk.theme, self._say("before"), read_only=True)
        self.after = TextBox(desk.theme, self._say("after"), read_only=True)
        self._notices = QVBoxLayout()
        self.readings = Table(
            desk.theme, self._say("readings"), desk.texts.lines("page.arguments.readings_head")
        )
        self.have_read = QCheckBox(self._say("have_read"))
        self.have_read.toggled.connect(self.read)
        self._build()

    @property
    def is_read(self) -> bool:
        """Whether the person says that they have read this very change."""
        return self.have_read.isEnabled() and self.have_read.isChecked()

    def show_plan(self, plan: Plan | None, hint: str) -> None:
        """Show a plan; every other one has to be read anew."""
        self.have_read.setChecked(False)
        self.have_read.setEnabled(plan is not None and plan.refused is None and plan.changed)
        self._hint.say(hint)
        self._parts.setVisible(plan is not None and plan.refused is None and plan.changed)
        self.fold.setVisible(plan is not None)
        self._unfold(plan)
        self._below.setVisible(plan is not None and self.fold.isChecked())
        if plan is None:
            self._show_notices(())
            return
        differ = spans(plan.current, plan.proposed)
        for box, part, ground in (
            (self.before, differ.removed, "removed"),
            (self.after, differ.inserted, "added"),
        ):
            parts = ((differ.prefix, ""), (part, ground), (differ.suffix, ""))
            box.show_parts([(visible(text), color) for text, color in parts])
        self._show_notices((*plan.warnings, *plan.notes) if plan.refused is None else ())
        self._show_readings(plan)

    def show_step(self, step: FolderStep | None, *, is_under_way: bool) -> None:
        """Show what is done before the string is changed; a further step has to be read anew.

        What is under way was read already.
        """
        if step == self._step:
            return
        self._step = step
        texts = self._desk.texts
        said = step.notice.sentence(texts) if step else ""
        self._first.say(texts("page.arguments.first_folder", step=said) if step else "")
        if step is not None and not is_under_way:
            self.have_read.setChecked(False)

    def _unfold(self, plan: Plan | None) -> None:
        """What a carrier would misread is seen before anything is done, unless it is closed."""
        misread = plan is not None and any(reading.problem for reading in plan.readings)
        if misread != self._is_misread:
            self._is_misread = misread
            self.fold.setChecked(misread)

    def _build(self) -> None:
        space = self._desk.theme.tokens.space
        self._parts = QWidget()
        column = QVBoxLayout(self._parts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.tight)
        column.addWidget(self._first)
        column.addLayout(self._both())
        column.addLayout(self._notices)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(Label(self._desk.texts("arguments.cli.readings"), "small"))
        below.addWidget(self.readings)
        self.fold = Fold(self._desk.theme, self._say("readings_fold"), self._below)
        for part in (self._hint, self._parts, self.fold, self._below, self.have_read):
            self.column.addWidget(part)

    def _show_notices(self, notices: Sequence[Notice]) -> None:
        clear(self._notices)
        texts, theme = self._desk.texts, self._desk.theme
        for glyph, tone, kind in (("warning", "warning", "warning"), ("step", "quiet", "note")):
            lines = [n.sentence(texts) for n in notices if f".{kind}." in n.text]
            if lines:
                self._notices.addWidget(Points(theme, lines, glyph, tone))

    def _show_readings(self, plan: Plan) -> None:
        texts = self._desk.texts

        def shown(value: str | None) -> str:
            return texts("arguments.none") if value is None else visible(value)

        self.readings.show_rows(
            [
                (
                    Cell(texts(f"arguments.carrier.{reading.carrier.value}")),
                    Cell(shown(reading.proposed)),
                    Cell(reading.problem.sentence(texts), "warning", "warning")
                    if reading.problem
                    else Cell(self._say("reading_fine"), "ok", "ok"),
                )
                for reading in plan.readings
                if reading.carrier is not _OF_THE_OTHER.get(self._desk.session.host.facts().system)
            ]
        )

    def _both(self) -> QGridLayout:
        """The two strings, one below the other, each behind its word."""
        space, grid = self._desk.theme.tokens.space, QGridLayout()
        grid.setHorizontalSpacing(space.small)
        grid.setVerticalSpacing(space.tight)
        for row, (name, box) in enumerate((("before", self.before), ("after", self.after))):
            word = Label(self._say(f"{name}_word"), "small", wrap=False)
            grid.addWidget(word, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(box, row, 1)
        return grid

    def _say(self, text: str) -> str:
        return self._desk.texts(f"page.arguments.{text}")
