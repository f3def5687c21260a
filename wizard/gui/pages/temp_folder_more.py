# SPDX-License-Identifier: MIT
"""What the person may tell of the temporary folder, and the speed of its disk when they ask."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.checks import expert_setting
from wizard.errors import WizardError
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.pages import look_answer
from wizard.gui.widgets.boxes import ButtonLine, Card
from wizard.gui.widgets.buttons import Button, Fold
from wizard.gui.widgets.field import Field, sentence_of
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.reveal import reveal
from wizard.model import CauseId, Diagnosis, Secret
from wizard.nakivo import item_sizes
from wizard.texts import Texts

Answer = Callable[[Diagnosis, Texts], str]


class TempFolderMore(Card):
    """Folded away: nothing of it must be told."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._asked: Answer | None = None  # how what is being looked for will be told
        self._build()
        desk.run.changed.connect(self._weigh)
        desk.run.finished.connect(self._tell)
        desk.run.failed.connect(self._give_up)

    def _build(self) -> None:
        desk = self._desk
        self._add_fields()
        self.use = Button(desk.theme, self._say("use"), "again")
        self.use.clicked.connect(self._check)
        self.measure = Button(desk.theme, self._say("measure"), "search")
        self.measure.clicked.connect(self._measure)
        self.answer = Label("", "strong")
        self.answer.hide()
        more = QWidget()
        column = QVBoxLayout(more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.tokens.space.small)
        column.addWidget(Label(self._say("about"), "small"))
        for field in (self.pasted, self.file, self.items):
            field.edit.returnPressed.connect(self._check)
            field.changed.connect(self._weigh)
            column.addWidget(field)
        column.addWidget(ButtonLine(desk.theme, (self.use, self.measure)))
        column.addWidget(self.answer)
        size = desk.session.product.facts.speed_test_mb
        hint = self._say("measure_hint", size=f"{size.value} {size.unit}")
        column.addWidget(Label(hint, "small"))
        self.fold = Fold(desk.theme, self._say("fold"), more)
        self.column.addWidget(self.fold)
        self.column.addWidget(more)

    def _add_fields(self) -> None:
        desk, scope = self._desk, self._desk.session.scope
        key = desk.session.product.facts.arguments_setting.value
        self.pasted = self._field("pasted", key=key)
        self.file = self._field("file")
        self.file.edit.setText(scope.arguments_file or "")
        browse = Button(desk.theme, desk.texts("window.browse"))
        browse.setAccessibleName(self._say("choose_file"))
        browse.clicked.connect(self._browse)
        self.file.add_button(browse)
        items = sentence_of(desk.texts, item_sizes.parse)
        self.items = Field(desk.theme, self._say("items"), self._say("items_name"), check=items)
        self.items.hint(self._say("items_hint"))
        self.items.edit.setText(", ".join(f"{size:.13g}" for size in scope.largest_items_gb))

    def _field(self, name: str, **values: str) -> Field:
        field = Field(self._desk.theme, self._say(name), self._say(f"{name}_name"))
        field.hint(self._say(f"{name}_hint", **values))
        return field

    def _browse(self) -> None:
        chosen = self._desk.dialogs.open_file(self._say("choose_file"), self.file.value)
        if chosen:
            self.file.edit.setText(chosen)

    def _weigh(self) -> None:
        """Nothing can be asked while other checks run, or with sizes that can't be meant.

        While its own run goes on the buttons do nothing, but keep the keyboard's focus.
        """
        is_free = self._asked is not None or not self._desk.run.is_running
        self.use.setEnabled(is_free and not self.items.is_wrong)
        self.measure.setEnabled(is_free and not self.items.is_wrong)

    def _check(self) -> None:
        self._ask(measure_speed=False)

    def _measure(self) -> None:
        self._ask(measure_speed=True)

    def _ask(self, *, measure_speed: bool) -> None:
        """Keep what was given, if it can be used, and check this cause again."""
        if not self.use.isEnabled() or self._asked is not None:
            return
        product, file = self._desk.session.product, self.file.value
        self._asked = look_answer.measured if measure_speed else look_answer.checked
        self.answer.say(self._say("measuring" if measure_speed else "checking"))

        def work(_emit: Emit, _cancel: threading.Event) -> None:
            if file:
                expert_setting.read_file(file, product)

        def go_on(_nothing: None) -> None:
            self.file.complain("")
            self._keep(file, measure_speed=measure_speed)
            self._desk.run.recheck(CauseId.TEMP_FOLDER)

        def fail(error: WizardError) -> None:
            self._give_up()
            self.file.complain(self._desk.texts.summary(error))

        self._desk.bridge.start(work, on_done=go_on, on_failed=fail)

    def _keep(self, file: str, *, measure_speed: bool) -> None:
        session, pasted, items = self._desk.session, self.pasted.value, self.items.value
        session.pasted_arguments = Secret(pasted) if pasted else None
        session.scope = replace(
            session.scope,
            arguments_file=file or None,
            largest_items_gb=item_sizes.parse(items) if items else (),
            measure_speed=measure_speed,
        )

    def _tell(self) -> None:
        """Say beside the button what came of it; what another run finds is told elsewhere."""
        asked, diagnosis = self._asked, self._desk.run.diagnosis
        self._forget()
        if asked is None or diagnosis is None:
            self.answer.say("")
            return
        self.answer.say(asked(diagnosis, self._desk.texts))
        reveal(self.answer)

    def _give_up(self) -> None:
        self._forget()
        self.answer.say("")

    def _forget(self) -> None:
        """The speed was asked for once."""
        self._asked = None
        session = self._desk.session
        session.scope = replace(session.scope, measure_speed=False)

    def _say(self, text: str, **values: str) -> str:
        return self._desk.texts(f"page.temp_folder.{text}", values)
