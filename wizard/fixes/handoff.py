# SPDX-License-Identifier: MIT
"""The change by hand, step by step: what the window and the text face show in the same words.

Where the product keeps the setting isn't documented, so its own settings page is the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from wizard.fixes import folder_sight
from wizard.fixes.notice import Notice
from wizard.fixes.plan import Plan
from wizard.fixes.readings import visible
from wizard.fixes.service import command, is_reached, state_of, transporter_service
from wizard.host.acts import ServiceAction
from wizard.host.base import Host
from wizard.model import Value
from wizard.product import Product

FOLDER, STOP, OPEN, FIND, PASTE = "folder", "stop", "open", "find", "paste"
START, VERIFY, WATCH = "start", "verify", "watch"
RESTART = (STOP, START, VERIFY, WATCH)  # all that is left once the setting holds the new string
WITH_SERVICE_STOPPED = (OPEN, FIND, PASTE)  # between its stop and its start


@dataclass(frozen=True)
class HandoffStep:
    """One step. `text` is an id with a `summary` and perhaps `advice` and a `warning`.

    `copy` is what a copy button takes, `address` what a browser opens; `action` is what this
    program can do to `service`; `folder` has to be there first. Each is None where the step has
    none.
    """

    id: str
    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    copy: str | None = None
    address: str | None = None
    action: ServiceAction | None = None
    service: str | None = None
    folder: str | None = None


@dataclass(frozen=True)
class Task:
    """Which change, and from which step on. `receipt` is that of a change in a file.

    `is_restart`: the setting holds the string already. `note` is what to know first.
    `folder_receipt` is that of a folder made for the change. `begun`: None where it begins now.
    """

    plan: Plan
    step: str | None = None
    is_restart: bool = False
    back: bool = False
    receipt: str | None = None
    note: str = ""
    folder_receipt: str | None = None
    begun: datetime | None = None

    def is_same(self, other: Task | None) -> bool:
        """Whether it is the same change in the same way, at whichever step."""
        return other is not None and (
            (self.plan, self.is_restart, self.back) == (other.plan, other.is_restart, other.back)
        )


def steps_of(
    host: Host, product: Product, task: Task, stand_in: str | None = None
) -> tuple[HandoffStep, ...]:
    """The steps of a change, all of them or those that are left, with this computer's names.

    `stand_in` is the text file that a sample server has in the place of the settings page.
    """
    made = tuple((_back if task.back else _forth)(host, product, task.plan))
    if task.is_restart:
        by_hand = (FOLDER,) if task.receipt is None else ()
        return tuple(step for step in made if step.id in (*by_hand, *RESTART))
    return _in_file(made, stand_in, product) if stand_in else made


def may_be_stopped(step: str) -> bool:
    """Whether the service may stand still while this step is to be done."""
    return step in (*WITH_SERVICE_STOPPED, START)


def folder_problem(host: Host, step: HandoffStep) -> Notice | None:
    """What is wrong for certain with the folder that has to be there before the step."""
    return folder_sight.look(host, step.folder).problem if step.folder else None


def hindrance(host: Host, step: HandoffStep) -> Notice | None:
    """What a step was for and is not done for certain, so that the next one comes too early."""
    if step.id == FOLDER:
        return folder_problem(host, step)
    if step.action is None or step.service is None:
        return None
    state = state_of(host, step.service)
    if state is None or is_reached(step.action, state):
        return None
    return Notice(f"arguments.handoff.not_{step.action.value}", step.values)


def _forth(host: Host, product: Product, plan: Plan) -> Iterator[HandoffStep]:
    folder = {"folder": visible(plan.temp_path)}
    place = {**folder, "account": product.facts.linux_transporter_user.value}
    made = HandoffStep(FOLDER, "arguments.handoff.folder", place, copy=plan.temp_path)
    yield replace(made, folder=plan.temp_path)
    yield _service_step(ServiceAction.STOP, host, product)
    yield from _settings_page(host, product)
    yield _paste("paste", plan.proposed, product)
    start = _service_step(ServiceAction.START, host, product)
    yield replace(start, folder=plan.temp_path)
    yield HandoffStep(VERIFY, "arguments.handoff.verify", folder)
    yield HandoffStep(WATCH, "arguments.handoff.watch", folder)


def _back(host: Host, product: Product, plan: Plan) -> Iterator[HandoffStep]:
    yield _service_step(ServiceAction.STOP, host, product)
    yield from _settings_page(host, product)
    text = "paste_back" if plan.current else "paste_back_nothing"
    yield _paste(text, plan.current or None, product)
    yield _service_step(ServiceAction.START, host, product)
    yield HandoffStep(VERIFY, "arguments.handoff.verify_back")


def _settings_page(host: Host, product: Product) -> Iterator[HandoffStep]:
    facts = product.facts
    key = facts.arguments_setting.value
    address = f"https://{host.facts().name}:{facts.director_port.value}/"
    yield HandoffStep(OPEN, "arguments.handoff.open", {"address": address}, address=address)
    yield HandoffStep(FIND, "arguments.handoff.find", {"key": key}, copy=key)


def _in_file(made: Sequence[HandoffStep], file: str, product: Product) -> tuple[HandoffStep, ...]:
    """The way to the settings page becomes the way to the file that stands for it."""
    values = {"file": visible(file), "key": product.facts.arguments_setting.value}
    opened = HandoffStep(OPEN, "arguments.handoff.open_stand_in", values, copy=file)
    return tuple(opened if step.id == OPEN else step for step in made if step.id != FIND)


def _paste(text: str, value: str | None, product: Product) -> HandoffStep:
    key = {"key": product.facts.arguments_setting.value}
    return HandoffStep(PASTE, f"arguments.handoff.{text}", key, copy=value)


def _service_step(action: ServiceAction, host: Host, product: Product) -> HandoffStep:
    """Stop or start the Transporter by its name as found; in words only where none was found."""
    service = transporter_service(host, product)
    text = f"arguments.handoff.{action.value}"
    if service is None:
        unit = product.facts.linux_transporter_unit.value
        return HandoffStep(action.value, f"{text}_unknown", {"unit": unit})
    line = command(host, service.name, action)
    values = {"service": service.display_name or service.name, "command": line}
    return HandoffStep(action.value, text, values, line, action=action, service=service.name)
