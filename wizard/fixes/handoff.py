# SPDX-License-Identifier: MIT
"""The change by hand, step by step: what the window and the text face show in the same words.

Where the product keeps the setting isn't documented, so its own settings page is the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from wizard.fixes import folder_sight
from wizard.fixes.notice import Notice
from wizard.fixes.plan import Plan
from wizard.fixes.readings import visible
from wizard.fixes.service import command, transporter_service
from wizard.host.acts import ServiceAction
from wizard.host.base import Host
from wizard.model import Value
from wizard.product import Product

STOP, START, VERIFY, WATCH = "stop", "start", "verify", "watch"
RESTART = (STOP, START, VERIFY, WATCH)  # all that is left once the setting holds the new string


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
    `folder_receipt` is that of a folder made for a change by hand.
    """

    plan: Plan
    step: str | None = None
    is_restart: bool = False
    back: bool = False
    receipt: str | None = None
    note: str = ""
    folder_receipt: str | None = None

    def is_same(self, other: Task | None) -> bool:
        """Whether it is the same change in the same way, at whichever step."""
        return other is not None and (
            (self.plan, self.is_restart, self.back) == (other.plan, other.is_restart, other.back)
        )


def steps_of(host: Host, product: Product, task: Task) -> tuple[HandoffStep, ...]:
    """The steps of a change, all of them or those that are left."""
    find = restart if task.is_restart else steps
    return find(host, product, task.plan, back=task.back)


def steps(
    host: Host, product: Product, plan: Plan, *, back: bool = False
) -> tuple[HandoffStep, ...]:
    """All steps in their order, with the names found on this computer.

    With `back` they put the old string of the plan in the place of the new one.
    """
    return tuple(_back(host, product, plan) if back else _forth(host, product, plan))


def restart(
    host: Host, product: Product, plan: Plan, *, back: bool = False
) -> tuple[HandoffStep, ...]:
    """The steps that are left when the setting holds the string already."""
    return tuple(step for step in steps(host, product, plan, back=back) if step.id in RESTART)


def folder_problem(host: Host, step: HandoffStep) -> Notice | None:
    """What is wrong for certain with the folder that has to be there before the step."""
    return folder_sight.look(host, step.folder).problem if step.folder else None


def _forth(host: Host, product: Product, plan: Plan) -> Iterator[HandoffStep]:
    folder = {"folder": visible(plan.temp_path)}
    place = {**folder, "account": product.facts.linux_transporter_user.value}
    yield HandoffStep("copy", "arguments.handoff.copy", copy=plan.proposed)
    yield HandoffStep("folder", "arguments.handoff.folder", place, copy=plan.temp_path)
    yield _service_step(ServiceAction.STOP, host, product)
    yield from _settings_page(host, product)
    yield _paste("paste", plan.proposed, product)
    yield HandoffStep("save", "arguments.handoff.save")
    start = _service_step(ServiceAction.START, host, product)
    yield replace(start, folder=plan.temp_path)
    yield HandoffStep(VERIFY, "arguments.handoff.verify", folder)
    yield HandoffStep(WATCH, "arguments.handoff.watch", folder)


def _back(host: Host, product: Product, plan: Plan) -> Iterator[HandoffStep]:
    yield _service_step(ServiceAction.STOP, host, product)
    yield from _settings_page(host, product)
    text = "paste_back" if plan.current else "paste_back_nothing"
    yield _paste(text, plan.current or None, product)
    yield HandoffStep("save", "arguments.handoff.save")
    yield _service_step(ServiceAction.START, host, product)
    yield HandoffStep(VERIFY, "arguments.handoff.verify_back")


def _settings_page(host: Host, product: Product) -> Iterator[HandoffStep]:
    facts = product.facts
    key = facts.arguments_setting.value
    address = f"https://{host.facts().name}:{facts.director_port.value}/"
    yield HandoffStep("open", "arguments.handoff.open", {"address": address}, address=address)
    yield HandoffStep("find", "arguments.handoff.find", {"key": key}, copy=key)


def _paste(text: str, value: str | None, product: Product) -> HandoffStep:
    key = {"key": product.facts.arguments_setting.value}
    return HandoffStep("paste", f"arguments.handoff.{text}", key, copy=value)


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
