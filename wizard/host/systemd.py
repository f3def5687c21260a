# SPDX-License-Identifier: MIT
"""Which services does systemd know, and in which state are they?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wizard.host import commands
from wizard.host.base import Service, ServiceState

_SECONDS = 4.0
_PROPERTIES = "Id,Description,LoadState,ActiveState,UnitFileState,ExecStart,User"

_STATES = {
    "active": ServiceState.RUNNING,
    "inactive": ServiceState.STOPPED,
    "failed": ServiceState.FAILED,
}
# "disabled" means to systemd that nothing starts it by itself; only "masked" forbids a start.
_START_TYPES = {
    "enabled": "automatic",
    "enabled-runtime": "automatic",
    "generated": "automatic",
    "disabled": "manual",
    "static": "manual",
    "indirect": "manual",
    "masked": "disabled",
    "masked-runtime": "disabled",
}
_ARGV = re.compile(r"argv\[\]=(.*?) ;")


def services() -> tuple[Service, ...]:
    """All service units: those that are loaded and those that only lie on the disk."""
    # A stopped unit that nothing refers to is forgotten by list-units and stays in list-unit-files.
    listings = [
        commands.output(["systemctl", listing, "--type=service", *_PLAIN], _SECONDS)
        for listing in ("list-unit-files", "list-units")
    ]
    names = sorted({name for listing in listings for name in unit_names(listing)})
    if not names:
        return ()
    command = ["systemctl", "show", "--no-pager", f"--property={_PROPERTIES}", "--", *names]
    return parse_show(commands.output(command, _SECONDS))


_PLAIN = ("--all", "--plain", "--no-legend", "--no-pager")


def unit_names(listing: str) -> Iterator[str]:
    """The first words of a listing, without templates, which are no services yet."""
    for line in listing.splitlines():
        name = line.split(maxsplit=1)[0] if line.strip() else ""
        if name.endswith(".service") and "@." not in name:
            yield name


def parse_show(text: str) -> tuple[Service, ...]:
    """The answer of `systemctl show`: blocks of key=value, a blank line between two units."""
    units = [_properties(block) for block in text.split("\n\n") if block.strip()]
    return tuple(_service(unit) for unit in units if unit.get("LoadState") != "not-found")


def _properties(block: str) -> dict[str, str]:
    unit: dict[str, str] = {}
    for line in block.splitlines():
        key, _, value = line.partition("=")
        unit.setdefault(key, value)  # of several ExecStart lines the first is the program
    return unit


def _service(unit: dict[str, str]) -> Service:
    argv = _ARGV.search(unit.get("ExecStart", ""))
    return Service(
        name=unit["Id"],
        display_name=unit.get("Description", ""),
        state=_STATES.get(unit.get("ActiveState", ""), ServiceState.CHANGING),
        start_type=_START_TYPES.get(unit.get("UnitFileState", "")),
        command=argv[1] if argv else None,
        account=unit.get("User") or "root",
    )
