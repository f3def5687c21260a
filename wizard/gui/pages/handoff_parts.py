# SPDX-License-Identifier: MIT
"""What this program can do at a step: make the folder, order the service, look, watch."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.fixes import handoff
from wizard.fixes.folder_watch import Use
from wizard.fixes.handoff import Task
from wizard.gui.desk import Desk
from wizard.gui.pages.folder_maker import FolderMaker
from wizard.gui.pages.folder_watching import FolderWatching
from wizard.gui.pages.handoff_guard import HandoffGuard
from wizard.gui.pages.running_look import RunningLook
from wizard.gui.pages.service_order import ServiceOrder
from wizard.gui.widgets.buttons import Button


class HandoffParts:
    """The parts, and what they say together of the step that is shown."""

    def __init__(self, desk: Desk) -> None:
        self.maker = FolderMaker(desk)
        self.guard = HandoffGuard(desk)
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
        return (self.maker.make, self.order.give, self.look.button, self.watching.button)

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
        self.maker.show_for_step(step == handoff.FOLDER)
        self.look.button.setVisible(step == handoff.VERIFY)
        self.look.result.setVisible(step == handoff.VERIFY and self.look.has_told)
        self.watching.setVisible(step == handoff.WATCH)

    def word_of_on(self, step: str, *, is_last: bool) -> str:
        """What the button that leads on says."""
        if is_last:
            return "step_finish"
        if self.guard.has_warned:
            return "step_on_anyway"
        if step in (handoff.STOP, handoff.START) and not self.order.isHidden():
            return "step_on_reached" if self.order.is_reached else "step_on_by_hand"
        if step == handoff.VERIFY:
            if self.look.is_verified:
                return "step_on_reached"
            return "step_on_unlooked" if self.look.seen is None else "step_on_anyway"
        return "step_on"

    def waits(self, step: str) -> bool:
        """Whether the step's own button is still the one to press."""
        if step == handoff.FOLDER:
            return self.maker.is_offered
        if step == handoff.VERIFY:
            return not self.look.is_verified
        if step == handoff.WATCH:
            return self.watching.seen is None
        return not self.order.isHidden() and not self.order.is_reached

    def may_put_back(self, step: str, task: Task) -> bool:
        """Whether the old string may have to be put back: by hand as soon as the new one is saved.

        A change in a file has a button of its own for that.
        """
        is_saved = step in (handoff.START, handoff.VERIFY, handoff.WATCH)
        by_hand = task.plan.changed and not task.back and task.receipt is None
        return (by_hand and is_saved and not self.busy) or self._has_failed(step, task)

    def _has_failed(self, step: str, task: Task) -> bool:
        """Whether the change was looked at and isn't what was wanted."""
        if task.back or self.busy or not task.plan.changed:
            return False
        if step == handoff.VERIFY:
            return self.look.seen is not None and not self.look.is_verified
        if step == handoff.WATCH:
            return self.watching.seen is not None and self.watching.seen.use is not Use.NEW
        return step == handoff.START and self.order.has_failed
