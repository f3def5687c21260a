# SPDX-License-Identifier: MIT
"""A look at the running Java Transporter: does it have the wanted folder? Never assumes."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from wizard import flow
from wizard.errors import WizardError
from wizard.fixes.plan import Plan
from wizard.fixes.verification import Verification, verify, verify_back
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Callout
from wizard.gui.widgets.buttons import Button


class RunningLook(QObject):
    """The button that looks and the box that tells; whoever makes it gives both their places."""

    looked = Signal()  # `seen` is the answer, None where there was none

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: Plan | None = None
        self._back = False
        self._is_looking = False
        self.seen: Verification | None = None
        self.button = Button(desk.theme, desk.texts("page.arguments.verify"), "search", "primary")
        self.button.clicked.connect(self._look)
        self.result = Callout(desk.theme)
        self.result.hide()

    @property
    def is_verified(self) -> bool:
        """Whether the last look found what was wanted."""
        return self.seen is not None and self.seen.is_good

    @property
    def has_told(self) -> bool:
        """Whether there is an answer, good or bad."""
        return bool(self.result.headline.text())

    def expect(self, plan: Plan, *, back: bool) -> None:
        """Which change the process should show; what was seen before is no answer to that."""
        self._plan, self._back = plan, back
        self.forget()

    def forget(self) -> None:
        """What was seen doesn't hold any more."""
        self.seen = None
        self.result.say("step", "quiet", "")
        self.result.hide()
        self.button.be_primary(True)

    def _look(self) -> None:
        """The button stays enabled meanwhile, so that it keeps the keyboard's focus."""
        session, found, plan, back = (
            self._desk.session,
            self._desk.lookup.found,
            self._plan,
            self._back,
        )
        if self._is_looking or plan is None:
            return

        def work(_emit: Emit, _cancel: threading.Event) -> Verification:
            if back:
                return verify_back(session.host, session.product, plan.current, found)
            return verify(session.host, session.product, plan.temp_path, found)

        def take(seen: Verification) -> None:
            self._is_looking = False
            if plan == self._plan and back == self._back:
                self._show(seen)

        self._is_looking = True
        self._desk.bridge.start(work, on_done=take, on_failed=self._fail)

    def _show(self, seen: Verification) -> None:
        texts, notice, problem = self._desk.texts, seen.notice, seen.folder.problem
        self.seen = seen
        if seen.is_good and not seen.back:
            self._desk.flow.done.add(flow.ARGUMENTS)
        else:
            self._desk.flow.done.discard(flow.ARGUMENTS)
        lines = list(texts.lines(f"{notice.text}.advice", notice.values))
        if problem is not None:
            advice = texts.lines(f"{problem.text}.advice", problem.values)
            lines += [problem.sentence(texts), *advice]
        lines += [doubt.sentence(texts) for doubt in seen.doubts]
        tone = "ok" if seen.is_good and seen.is_certain else "warning"
        self._tell(tone, tone, notice.sentence(texts), " ".join(lines))

    def _fail(self, error: WizardError) -> None:
        texts = self._desk.texts
        self._is_looking, self.seen = False, None
        advice = " ".join(texts.advice(error))
        self._tell("could-not-check", "unknown", texts.summary(error), advice)

    def _tell(self, glyph: str, tone: str, headline: str, detail: str) -> None:
        self.result.say(glyph, tone, headline, detail)
        self.result.show()
        self.button.be_primary(not self.is_verified)
        self.looked.emit()
