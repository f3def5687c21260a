# SPDX-License-Identifier: MIT
"""The stripe that tells of a change which was begun and isn't finished, and offers to go on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from wizard.errors import WizardError
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Glyph, Label

# What a change needs is loaded behind the first paint.
if TYPE_CHECKING:
    from wizard.fixes.resumption import Resumption


class Unfinished(QFrame):
    """Hidden until something unfinished is found."""

    def __init__(self, desk: Desk, go_on: Callable[[Resumption], None]) -> None:
        super().__init__()
        self._desk = desk
        self._go_on = go_on
        self._found: Resumption | None = None
        self.setObjectName("unfinished")
        self.setAccessibleName(self._say("name"))
        self.text = Label()
        self.go_on = Button(desk.theme, self._say("go_on"))
        self.later = Button(desk.theme, self._say("later"))
        self.forget = Button(desk.theme, self._say("forget"))
        self.go_on.clicked.connect(self._take_up)
        self.later.clicked.connect(self.hide)
        self.forget.clicked.connect(self._ask)
        space = desk.theme.tokens.space
        row = QHBoxLayout(self)
        row.setContentsMargins(space.large, space.small, space.large, space.small)
        row.setSpacing(space.small)
        row.addWidget(Glyph(desk.theme, "warning", "warning"))
        row.addWidget(self.text, 1)
        for button in (self.go_on, self.later, self.forget):
            row.addWidget(button)
        self.hide()

    def look(self) -> None:
        """Look in the background; never for a sample server, whose changes aren't kept."""
        if self._desk.session.host.facts().sample is not None:
            return
        session = self._desk.session

        def work(_emit: Emit, _cancel: threading.Event) -> Resumption | None:
            from wizard.fixes import backup, resumption  # noqa: PLC0415 - not before the paint

            now = datetime.now(UTC)
            return resumption.find(backup.data_folder(), session.host, session.product, now)

        self._desk.bridge.start(work, on_done=self._show, on_failed=self._fail)

    def _show(self, found: Resumption | None) -> None:
        self._found = found
        if found is None:
            return
        notice = found.notice
        self.text.setText(notice.sentence(self._desk.texts))
        self.go_on.setVisible(found.goes_on)
        self.show()

    def _fail(self, error: WizardError) -> None:
        """What can't be read may tell of a stopped service, so it isn't passed over."""
        if error.text == "arguments.error.no_data_folder":
            return
        self.text.setText(self._desk.texts.summary(error))
        self.go_on.hide()
        self.show()

    def _take_up(self) -> None:
        self.hide()
        if self._found is not None:
            self._go_on(self._found)

    def _ask(self) -> None:
        choices = (self._desk.texts("page.arguments.leave"), self._say("forget"))
        asked = self._say("forget_ask"), self._say("forget_detail")
        if self._desk.dialogs.ask(*asked, choices) != 1:
            return

        def work(_emit: Emit, _cancel: threading.Event) -> None:
            from wizard.fixes import backup, handoff_state  # noqa: PLC0415

            handoff_state.forget(backup.data_folder())

        self._desk.bridge.start(work, on_done=lambda _: self.hide(), on_failed=self._desk.tell)

    def _say(self, text: str) -> str:
        return self._desk.texts(f"window.unfinished.{text}")
