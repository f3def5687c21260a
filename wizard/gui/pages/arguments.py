# SPDX-License-Identifier: MIT
"""The change of the temporary folder: what is, what would be, and two ways to do it."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from wizard import flow
from wizard.fixes import plan as planning
from wizard.fixes import resumption
from wizard.fixes.handoff import Task
from wizard.fixes.plan import Plan
from wizard.fixes.resumption import Resumption
from wizard.gui.pages.argument_file import ArgumentFile
from wizard.gui.pages.argument_handoff import ArgumentHandoff
from wizard.gui.pages.argument_preview import ArgumentPreview
from wizard.gui.pages.argument_source import ArgumentSource
from wizard.gui.pages.base import Page
from wizard.gui.widgets.boxes import Card, Columns
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label
from wizard.model import CauseId


class ArgumentsPage(Page):
    """Nothing is done before the preview has been read."""

    id = flow.ARGUMENTS

    def build(self) -> None:
        """Source and preview at the left, the two ways at the right."""
        self.source = ArgumentSource(self.desk)
        self.preview = ArgumentPreview(self.desk)
        self.guided = ArgumentHandoff(self.desk)
        self.maker = self.guided.maker
        self.check = Button(self.theme, self.say("check_again"), "again")
        self.file = ArgumentFile(self.desk)
        columns = Columns(self.theme, aside=40)
        for card in (self.source, self.preview):
            columns.main.addWidget(card)
        columns.main.addStretch()
        columns.side.addWidget(self._ways())
        columns.side.addStretch()
        self.column.addWidget(columns)
        self._plan: Plan | None = None
        self._unfinished: Resumption | None = None
        self._entered = False
        self.source.changed.connect(self._make_plan)
        self.source.taken.connect(self._choose_way)
        self.source.room.changed.connect(self._offer)
        self.preview.read.connect(self._be_read)
        self.maker.changed.connect(self.source.look_at_places)
        self.guided.folder_removed.connect(self.maker.forget)
        self.file.changed.connect(self._read_again)
        for part in (self.guided, self.file.after):
            part.changed.connect(self.changed)
        self.guided.proven.connect(self._recheck)
        self.guided.begun.connect(self._lead_on)
        self.guided.changed.connect(self._show_check)
        self.check.clicked.connect(self._check_again)
        self._make_plan()

    def enter(self) -> None:
        """Begin with the file that the session knows, where it knows one."""
        file = self.desk.session.settings_file
        if file is not None and not self._entered:
            self.source.read_file(file)
        self._entered = True
        self.source.look_at_places()

    def take_up(self, found: Resumption) -> None:
        """Go on with an unfinished change; without its string, once that is pasted again."""
        self._entered = True
        if found.receipt is not None:
            self.source.read_file(found.receipt.file)
            self.source.folder.edit.setText(found.state.temp_path)
            self.in_file.setChecked(True)
            self.file.take_up(found)
            return
        self._unfinished = found
        self.by_hand.setChecked(True)
        self.source.current.setPlainText(found.plan.current if found.plan else "")
        self.source.folder.edit.setText(found.state.temp_path)
        if found.plan is None:
            self.source.current.setFocus()
        else:
            self.preview.have_read.setChecked(True)

    @property
    def leads(self) -> bool:
        """Whether a step, or the change of the file, is what comes next."""
        ways = (self.guided, self.file.after.guided)
        steps = any(part.isVisibleTo(self) and not part.is_over for part in ways)
        return steps or (self.file.apply.isVisibleTo(self) and self.file.apply.isEnabled())

    @property
    def is_in_the_middle(self) -> bool:
        """Whether the Transporter service may stand still for a change."""
        return self.guided.is_in_the_middle or self.file.after.guided.is_in_the_middle

    @property
    def busy(self) -> bool:
        """Whether the service or the folders are being waited for."""
        return self.guided.busy or self.file.after.guided.busy

    def cancel(self) -> None:
        """Wait no longer."""
        self.guided.cancel()
        self.file.after.guided.cancel()

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
        for part in (
            self.by_hand,
            self.in_file,
            self._wait,
            self.guided,
            self.check,
            self.file,
        ):
            card.column.addWidget(part)
        self.check.hide()
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

    def _be_read(self) -> None:
        """Whoever ticks at once waits for the judgement alone, not for a pause in typing."""
        if not self.source.room.is_settled:
            self.source.room.ask_again()
        self._offer()

    def _offer(self) -> None:
        """Show the chosen way, and let it work only once the change has been read."""
        room, guided = self.source.room, self.by_hand.isChecked()
        self.preview.show_step(room.step, is_under_way=self._is_under_way)
        waits_for = self._waits_for()
        self._wait.say(waits_for if guided else "", "" if not room.is_bad else "problem")
        task = self._task(is_ready=guided and not waits_for)
        is_ready = guided and task is not None
        self._wait.setVisible(bool(waits_for) and guided and task is None)
        self.maker.offer(room.step if is_ready or self._is_only_missing() else None)
        self.guided.setVisible(is_ready)
        self.file.setVisible(not guided)
        self.file.show_change(self._plan, self.source.origin, room.step, waits_for)
        if task is not None and guided:
            self.guided.begin(task)
        self.changed.emit()

    @property
    def _is_under_way(self) -> bool:
        """Whether steps of this very change are shown: then it was read."""
        task = self.guided.task
        return task is not None and task.plan == self._plan

    def _task(self, *, is_ready: bool) -> Task | None:
        """The change by hand; only the restart where the setting holds the string already."""
        made, found = self._plan, self._unfinished
        if made is None or made.refused is not None:
            return None
        if not made.changed:
            return Task(made, is_restart=True)
        if found is not None and self.preview.is_read:
            return self._go_on(made, found)
        under_way = self.guided.task
        if under_way is not None and under_way.plan == made:
            return under_way  # the folder was made meanwhile, or its room was asked again
        return Task(made) if is_ready else None

    def _go_on(self, made: Plan, found: Resumption) -> Task:
        """The unfinished change at its step; what was done doesn't wait for the folder's room."""
        self._unfinished = None
        note = self.texts("arguments.resume.runs_again.summary") if found.runs_again else ""
        return resumption.task_of(found, made, note)

    def _lead_on(self) -> None:
        """The steps stand at the top, what was read before them may stand far below."""
        self.to_top()
        if self.preview.have_read.hasFocus():
            self.guided.focus()

    def _show_check(self) -> None:
        """At the end, what the rail says of this cause may be from before the change."""
        self.check.setVisible(self.guided.is_over and self.guided.isVisibleTo(self))

    def _check_again(self) -> None:
        self._recheck()
        self.desk.go(CauseId.TEMP_FOLDER)

    def _recheck(self) -> None:
        if self.desk.flow.diagnosis is not None:
            self.desk.run.recheck(CauseId.TEMP_FOLDER)

    def _is_only_missing(self) -> bool:
        """Whether the string names the folder already, and only the folder isn't there."""
        return self._plan is not None and self._plan.refused is None and not self._plan.changed

    def _waits_for(self) -> str:
        """Why nothing can be done yet."""
        if self._plan is not None and self._plan.refused is not None:
            return self.say("refused")
        if self.source.room.is_bad:
            return self.say("wait_place")
        if not self.preview.is_read:
            return self.say("wait" if self.by_hand.isChecked() else "wait_file")
        return "" if self.source.room.is_settled else self.say("wait_look")

    def _choose_way(self) -> None:
        """A string from a file can be changed there; any other one only by hand."""
        way = self.by_hand if self.source.origin is None else self.in_file
        way.setChecked(True)

    def _read_again(self) -> None:
        """The file was changed: show what it holds now."""
        self.source.look_at_places()
        if self.source.origin is not None:
            self.source.read_file(self.source.origin.file)
