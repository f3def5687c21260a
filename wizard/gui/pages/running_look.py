# SPDX-License-Identifier: MIT
"""A look at the running Java Transporter: does it have the new folder? Never assumes."""

from __future__ import annotations

import threading

from wizard import flow
from wizard.errors import WizardError
from wizard.fixes import handoff
from wizard.fixes.verification import Verification
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Callout
from wizard.gui.widgets.buttons import Button


class RunningLook:
    """The button that looks and the box that tells; whoever makes it gives both their places."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = ""
        self._is_looking = False
        self.button = Button(desk.theme, desk.texts("page.arguments.verify"), "search")
        self.button.clicked.connect(self._look)
        self.result = Callout(desk.theme)
        self.result.hide()

    def expect(self, folder: str) -> None:
        """The folder that the process should have; what was seen before is no answer to that."""
        self._folder = folder
        self.result.hide()

    def _look(self) -> None:
        """The button stays enabled meanwhile, so that it keeps the keyboard's focus."""
        session, found, folder = self._desk.session, self._desk.lookup.found, self._folder
        if self._is_looking:
            return

        def work(_emit: Emit, _cancel: threading.Event) -> Verification:
            return handoff.verify(session.host, session.product, folder, found)

        self._is_looking = True
        self._desk.bridge.start(work, on_done=self._show, on_failed=self._fail)

    def _show(self, seen: Verification) -> None:
        texts, notice, doubt = self._desk.texts, seen.notice, seen.doubt
        if seen.is_verified:
            self._desk.flow.done.add(flow.ARGUMENTS)
        else:
            self._desk.flow.done.discard(flow.ARGUMENTS)
        lines = list(texts.lines(f"{notice.text}.advice", notice.values))
        if doubt is not None:
            lines.append(doubt.sentence(texts))
        tone = "ok" if seen.is_verified else "warning"
        self._tell(tone, tone, notice.sentence(texts), " ".join(lines))

    def _fail(self, error: WizardError) -> None:
        texts = self._desk.texts
        advice = " ".join(texts.advice(error))
        self._tell("could-not-check", "unknown", texts.summary(error), advice)

    def _tell(self, glyph: str, tone: str, headline: str, detail: str) -> None:
        self._is_looking = False
        self.result.say(glyph, tone, headline, detail)
        self.result.show()
