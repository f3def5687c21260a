# SPDX-License-Identifier: MIT
"""What this program can do at a step: order the service, look at the process, watch folders."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.fixes import handoff
from wizard.fixes.folder_watch import Use
from wizard.fixes.handoff import Task
from wizard.gui.desk import Desk
from wizard.gui.pages.folder_watching import FolderWatching
from wizard.gui.pages.running_look import RunningLook
from wizard.gui.pages.service_order import ServiceOrder
from wizard.gui.widgets.buttons import Button


class HandoffParts:
    """The three parts, and what they say together of the step that is shown."""

    def __init__(self, desk: Desk) -> None:
        self.order = ServiceOrder(desk)
        self.look = RunningLook(desk)
        self.watching = FolderWatching(desk)

    @property
    def busy(self) -> bool:
        """Whether something is waited for that can be given up."""
        return self.order.busy or self.watching.busy

    @property
    def buttons(self) -> Sequence[Button]:
        """Those that may stand out."""
        return (self.order.give, self.look.button, self.watching.button)

    def expect(self, task: Task) -> None:
        """Another change: what was seen of the one before is no answer."""
        self.cancel()
        self.look.expect(task.plan, back=task.back)
        self.watching.expect(task.plan)

    def cancel(self) -> None:
        """Give up what is waited for."""
        self.order.cancel()
        self.watching.cancel()

    def show_for(self, step: str) -> None:
        """Only what belongs to the step."""
        self.look.button.setVisible(step == handoff.VERIFY)
        self.look.result.setVisible(step == handoff.VERIFY and self.look.has_told)
        self.watching.setVisible(step == handoff.WATCH)

    def word_of_on(self, step: str, *, is_last: bool) -> str:
        """What the button that leads on says."""
        if is_last:
            return "step_finish"
        if step in (handoff.STOP, handoff.START) and not self.order.isHidden():
            return "step_on_reached" if self.order.is_reached else "step_on_by_hand"
        if step == handoff.VERIFY and self.look.is_verified:
            return "step_on_reached"
        return "step_on"

    def waits(self, step: str) -> bool:
        """Whether the step's own button is still the one to press."""
        if step == handoff.VERIFY:
            return not self.look.is_verified
        if step == handoff.WATCH:
            return self.watching.seen is None
        return not self.order.isHidden() and not self.order.is_reached

    def has_failed(self, step: str, task: Task) -> bool:
        """Whether the change was looked at and isn't what was wanted."""
        if task.back or self.busy or not task.plan.changed:
            return False
        if step == handoff.VERIFY:
            return self.look.seen is not None and not self.look.is_verified
        if step == handoff.WATCH:
            return self.watching.seen is not None and self.watching.seen.use is not Use.NEW
        return step == handoff.START and self.order.has_failed
