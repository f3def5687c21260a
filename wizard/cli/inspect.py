# SPDX-License-Identifier: MIT
"""wizard list and wizard selftest: what this copy of the program holds, and whether it is whole."""

from __future__ import annotations

import argparse

from wizard.checks import CHECKS
from wizard.cli import selftest, selftest_result
from wizard.cli.terminal import ExitStatus, Terminal, format_of
from wizard.demo.scenarios import SCENARIOS
from wizard.errors import Refused
from wizard.fixes import backup
from wizard.model import CauseId


def list_all(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print what there is, as text or JSON."""
    if format_of(options, "list") == "json":
        terminal.json(_as_json(terminal))
        return ExitStatus.OK
    texts = terminal.texts
    terminal.say(texts("cli.causes"))
    for cause in CauseId:
        terminal.say(f"  {cause:16} {texts(f'cause.{cause}.title')}")
    terminal.say("\n" + texts("cli.checks"))
    for check in CHECKS:
        title = texts(f"check.{check.id}.title")
        terminal.say(f"  {check.cause:16} {check.id:20} {title}, {check.deadline_s:g} s")
    terminal.say("\n" + texts("cli.scenarios"))
    for name in SCENARIOS:
        terminal.say(f"  {name:20} {texts(f'scenario.{name}')}")
    return ExitStatus.OK


def _as_json(terminal: Terminal) -> dict[str, object]:
    texts = terminal.texts
    return {
        "schema": "m365-backup-wizard/list/1",
        "causes": [{"id": c, "title": texts(f"cause.{c}.title")} for c in CauseId],
        "checks": [
            {
                "id": check.id,
                "cause": check.cause,
                "title": texts(f"check.{check.id}.title"),
                "deadline_s": check.deadline_s,
            }
            for check in CHECKS
        ],
        "scenarios": [{"id": s, "title": texts(f"scenario.{s}")} for s in SCENARIOS],
    }


def run_selftest(options: argparse.Namespace, terminal: Terminal) -> int:
    """Run every part of the self test; 2 when one fails."""
    as_json = format_of(options, "selftest") == "json"
    found = {name: selftest.attempt(part) for name, part in selftest.PARTS.items()}
    folder = _data_folder()
    if as_json:
        terminal.json(selftest_result.to_json(found) | {"data_folder": folder})
    else:
        selftest_result.say(found, terminal)
        if folder:
            terminal.say(terminal.texts("cli.data_folder", folder=folder))
    failed = any(reason for reason, _ in found.values())
    return ExitStatus.PROBLEM if failed else ExitStatus.OK


def _data_folder() -> str | None:
    """Where a change would keep its backup; None for an account without a home directory."""
    try:
        return str(backup.data_folder())
    except Refused:
        return None
