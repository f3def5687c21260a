# SPDX-License-Identifier: MIT
"""The change of the temporary folder: what is, what would be, and two ways to do it."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from wizard import flow
from wizard.fixes import plan as planning
from wizard.fixes.plan import Plan
from wizard.gui.pages.argument_file import ArgumentFile
from wizard.gui.pages.argument_handoff import ArgumentHandoff
from wizard.gui.pages.argument_preview import ArgumentPreview
from wizard.gui.pages.argument_source import ArgumentSource
from wizard.gui.pages.base import Page
from wizard.gui.widgets.boxes import Card, Columns
from wizard.gui.widgets.labels import Label


class ArgumentsPage(Page):
    """Nothing is done before the preview has been read."""

    id = flow.ARGUMENTS

    def build(self) -> None:
        """Source and preview at the left, the two ways at the right."""
        self.source = ArgumentSource(self.desk)
        self.preview = ArgumentPreview(self.desk)
        self.guided = ArgumentHandoff(self.desk)
        self.file = ArgumentFile(self.desk)
        columns = Columns(self.theme, aside=40)
        for card in (self.source, self.preview):
            columns.main.addWidget(card)
        columns.main.addStretch()
        columns.side.addWidget(self._ways())
        columns.side.addStretch()
        self.column.addWidget(columns)
        self._plan: Plan | None = None
        self._entered = False
        self.source.changed.connect(self._make_plan)
        self.source.taken.connect(self._choose_way)
        self.source.room.changed.connect(self._offer)
        self.preview.read.connect(self._offer)
        self.file.changed.connect(self._read_again)
        self._make_plan()

    def enter(self) -> None:
        """Begin with the file that the session knows, where it knows one."""
        file = self.desk.session.settings_file
        if file is not None and not self._entered:
            self.source.read_file(file)
        self._entered = True
        self.source.room.ask_again()

    def first_focus(self) -> QWidget:
        """The string, or the new folder when the string is known."""
        known = bool(self.source.current.value)
        return self.source.folder.edit if known else self.source.current

    def _ways(self) -> Card:
        card = Card(self.theme, self.say("ways"))
        self._wait = Label(self.say("wait"), "muted")
        self.by_hand = QRadioButton(self.say("by_hand"))
        self.in_file = QRadioButton(self.say("in_file"))
        group = QButtonGroup(card)
        group.addButton(self.by_hand)
        group.addButton(self.in_file)
        self.by_hand.setChecked(True)
        group.buttonToggled.connect(self._offer)
        for part in (self.by_hand, self.in_file, self._wait, self.guided, self.file):
            card.column.addWidget(part)
        return card

    def _make_plan(self) -> None:
        """Plan anew whenever something was typed; it is quick and changes nothing."""
        current, folder = self.source.current.value, self.source.folder.value
        made = planning.make(current, folder, self.desk.session.product) if folder else None
        self._plan = made
        refused = made.refused if made else None
        sentence = ""
        if refused is not None:
            lines = self.texts.lines(f"{refused.text}.advice", refused.values)
            sentence = " ".join((refused.sentence(self.texts), *lines))
        self.source.folder.complain(sentence)
        self.source.room.ask_for("" if sentence else folder)
        self.preview.show_plan(made, self._hint(made))
        usable = made is not None and refused is None and made.changed
        if usable:
            self.desk.session.plan = made
        elif not self._is_made(made):
            self.desk.session.plan = None
        self._offer()

    def _is_made(self, now: Plan | None) -> bool:
        """Whether there is nothing to plan because the session's plan has been carried out."""
        before = self.desk.session.plan
        if now is None or before is None or now.refused is not None:
            return False
        return (now.current, now.temp_path) == (before.proposed, before.temp_path)

    def _hint(self, made: Plan | None) -> str:
        if made is None:
            return self.say("no_folder")
        if made.refused is not None:
            return self.say("refused")
        return "" if made.changed else self.say("already")

    def _offer(self) -> None:
        """Show the chosen way, and let it work only once the change has been read."""
        is_read, guided = self.preview.is_read, self.by_hand.isChecked()
        self._wait.setVisible(not is_read and guided)
        self.guided.setVisible(is_read and guided)
        self.file.setVisible(not guided)
        self.file.show_change(self._plan, self.source.origin, self._waits_for())
        if is_read and self._plan is not None and guided:
            self.guided.begin(self._plan)
        self.changed.emit()

    def _waits_for(self) -> str:
        """Why the file can't be changed yet."""
        if self.source.room.is_missing:
            return self.say("wait_folder")
        return "" if self.preview.is_read else self.say("wait_file")

    def _choose_way(self) -> None:
        """A string from a file can be changed there; any other one only by hand."""
        way = self.by_hand if self.source.origin is None else self.in_file
        way.setChecked(True)

    def _read_again(self) -> None:
        """The file was changed: show what it holds now."""
        self.source.room.ask_again()
        if self.source.origin is not None:
            self.source.read_file(self.source.origin.file)
