# SPDX-License-Identifier: MIT
"""May an unfinished change go on, and at which step? Looks at the computer as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from wizard.errors import WizardError
from wizard.fixes import apply, handoff_state, plan, receipt, service
from wizard.fixes.handoff import STOP, WITH_SERVICE_STOPPED, Task
from wizard.fixes.handoff_state import HandoffState
from wizard.fixes.notice import Notice
from wizard.fixes.plan import Plan
from wizard.fixes.readings import visible
from wizard.fixes.receipt import Receipt
from wizard.host.base import Host, ServiceState
from wizard.product import Product
from wizard.texts import local_time


class Prospect(StrEnum):
    """Whether it may go on. Only the first two may."""

    GOES_ON = "goes-on"
    PASTE_AGAIN = "paste-again"  # the string wasn't kept
    OTHER_COMPUTER = "other-computer"
    OLD = "old"
    CHANGED = "changed"  # the setting, or what this program would make of it


@dataclass(frozen=True)
class Resumption:
    """An unfinished change. `plan` is there where it goes on, `receipt` for one in a file.

    `runs_again`: the service was stopped for it, and runs.
    """

    state: HandoffState
    standing: Prospect
    step: str
    plan: Plan | None = None
    receipt: Receipt | None = None
    runs_again: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether the person can take it up again."""
        return self.standing in (Prospect.GOES_ON, Prospect.PASTE_AGAIN)

    @property
    def notice(self) -> Notice:
        """How it stands, in a sentence."""
        values = {
            "folder": visible(self.state.temp_path),
            "computer": visible(self.state.computer),
            "begun": local_time(self.state.begun),
        }
        name = self.standing.value.replace("-", "_")
        if self.state.back and self.goes_on:
            name += "_back"
        return Notice(f"arguments.resume.{name}", values)


def find(data: Path, host: Host, product: Product, now: datetime) -> Resumption | None:
    """The unfinished change and how it stands; None when there is none.

    Raises:
        BadInput: what was kept of it can't be read.
    """
    state = handoff_state.load(data)
    if state is None:
        return None
    if state.computer != host.facts().name:
        return Resumption(state, Prospect.OTHER_COMPUTER, state.step)
    if abs(now - state.begun) > timedelta(days=product.facts.handoff_days.value):
        return Resumption(state, Prospect.OLD, state.step)
    if state.receipt is not None:
        return _in_file(state, state.receipt, host, product)
    return _by_hand(state, host, product)


def task_of(found: Resumption, plan: Plan, note: str = "") -> Task:
    """What goes on, with the plan made anew."""
    state = found.state
    is_restart = state.is_restart or not plan.changed
    return Task(
        plan,
        found.step,
        is_restart,
        state.back,
        note=note,
        receipt=state.receipt,
        folder_receipt=state.folder_receipt,
        begun=state.begun,
    )


def _by_hand(state: HandoffState, host: Host, product: Product) -> Resumption:
    step, runs_again = _right_step(state, host, product)
    if state.current is None:
        return Resumption(state, Prospect.PASTE_AGAIN, step, runs_again=runs_again)
    made = plan.make(state.current, state.temp_path, product)
    if made.refused or made.proposed != state.proposed:
        return Resumption(state, Prospect.CHANGED, state.step)
    return Resumption(state, Prospect.GOES_ON, step, made, runs_again=runs_again)


def _in_file(state: HandoffState, path: str, host: Host, product: Product) -> Resumption:
    """The receipt tells what was changed; the file must still hold it."""
    try:
        given = receipt.read(Path(path))
        holds = apply.read_setting(given.file, given.key).value
    except WizardError:
        return Resumption(state, Prospect.CHANGED, state.step)
    old, new = (given.before, given.after)[:: -1 if state.back else 1]
    made = plan.make(old, state.temp_path, product)
    if holds != given.after or made.proposed != new:
        return Resumption(state, Prospect.CHANGED, state.step)
    step, runs_again = _right_step(state, host, product)
    return Resumption(state, Prospect.GOES_ON, step, made, given, runs_again)


def _right_step(state: HandoffState, host: Host, product: Product) -> tuple[str, bool]:
    """Back to the service's stop where it was started meanwhile, as after a restart."""
    if state.step not in WITH_SERVICE_STOPPED:
        return state.step, False
    found = service.transporter_service(host, product)
    if found is None or found.state is not ServiceState.RUNNING:
        return state.step, False
    return STOP, True
