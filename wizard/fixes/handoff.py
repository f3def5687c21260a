# SPDX-License-Identifier: MIT
"""The change by hand, step by step: what the window and the text face show in the same words.

Where the product keeps the setting isn't documented, so its own settings page is the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.errors import CannotCheck
from wizard.fixes.plan import Plan
from wizard.fixes.readings import visible
from wizard.fixes.verification import Verification, verify
from wizard.host.base import Host, Service
from wizard.model import Value
from wizard.nakivo import services
from wizard.nakivo.services import Role
from wizard.product import Product

__all__ = ["HandoffStep", "Verification", "steps", "verify"]


@dataclass(frozen=True)
class HandoffStep:
    """One step. `text` is an id with a `summary` and perhaps `advice`.

    `copy` is what a copy button takes, `command` what may be run in an administrator's shell,
    `address` what a browser opens; each None where the step has none.
    """

    id: str
    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    copy: str | None = None
    command: str | None = None
    address: str | None = None


def steps(host: Host, product: Product, plan: Plan) -> tuple[HandoffStep, ...]:
    """All steps in their order, with the names found on this computer."""
    facts = product.facts
    key = facts.arguments_setting.value
    address = f"https://{host.facts().name}:{facts.director_port.value}/"
    folder = {"folder": visible(plan.temp_path)}
    place = {**folder, "account": facts.linux_transporter_user.value}
    return (
        HandoffStep("copy", "arguments.handoff.copy", copy=plan.proposed),
        HandoffStep("folder", "arguments.handoff.folder", place, copy=plan.temp_path),
        _service_step("stop", host, product),
        HandoffStep("open", "arguments.handoff.open", {"address": address}, address=address),
        HandoffStep("find", "arguments.handoff.find", {"key": key}, copy=key),
        HandoffStep("paste", "arguments.handoff.paste", {"key": key}, copy=plan.proposed),
        HandoffStep("save", "arguments.handoff.save"),
        _service_step("start", host, product),
        HandoffStep("verify", "arguments.handoff.verify", folder),
    )


def _service_step(action: str, host: Host, product: Product) -> HandoffStep:
    """Stop or start the Transporter by its name as found; in words only where none was found."""
    service = transporter_service(host, product)
    text = f"arguments.handoff.{action}"
    if service is None:
        unit = product.facts.linux_transporter_unit.value
        return HandoffStep(action, f"{text}_unknown", {"unit": unit})
    if host.facts().system == "windows":
        # sc alone is another command in PowerShell.
        command = f'sc.exe {action} "{service.name}"'
    else:
        command = f"systemctl {action} {service.name}"
    values = {"service": service.display_name or service.name, "command": command}
    return HandoffStep(action, text, values, copy=command, command=command)


def transporter_service(host: Host, product: Product) -> Service | None:
    """The Transporter's service; None when there is none, several, or they can't be listed."""
    try:
        found = [s.service for s in services.find(host, product) if s.role is Role.TRANSPORTER]
    except CannotCheck:
        return None
    return found[0] if len(found) == 1 else None
