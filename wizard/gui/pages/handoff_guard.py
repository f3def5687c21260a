# SPDX-License-Identifier: MIT
"""Looks whether a step is done before the next is shown; who asks twice goes on all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable

from wizard.errors import WizardError
from wizard.fixes import handoff
from wizard.fixes.handoff import HandoffStep
from wizard.fixes.notice import Notice
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Callout


class HandoffGuard(Callout):
    """Hidden until a step is left that is not done for certain."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._step: HandoffStep | None = None
        self.has_warned = False
        self.hide()

    def expect(self, step: HandoffStep) -> None:
        """Another step, of which nothing was said yet."""
        self._step, self.has_warned = step, False
        self.hide()

    def ask(self, go_on: Callable[[], None], stay: Callable[[], None]) -> None:
        """Look in the background, then go on or stay; what can't be told holds nothing back."""
        step, host = self._step, self._desk.session.host
        if step is None or self.has_warned:
            go_on()
            return

        def work(_emit: Emit, _cancel: threading.Event) -> Notice | None:
            return handoff.hindrance(host, step)

        def take(found: Notice | None) -> None:
            if step is not self._step:
                return
            if found is None:
                go_on()
            else:
                self._warn(found)
                stay()

        def fail(_error: WizardError) -> None:
            if step is self._step:
                go_on()

        self._desk.bridge.start(work, on_done=take, on_failed=fail)

    def _warn(self, found: Notice) -> None:
        texts = self._desk.texts
        detail = " ".join(texts.lines(f"{found.text}.advice", found.values))
        self.has_warned = True
        self.say("warning", "warning", found.sentence(texts), detail)
        self.show()
