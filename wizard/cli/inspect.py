# SPDX-License-Identifier: MIT
"""wizard list and wizard selftest: what this copy of the program holds, and whether it is whole."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from wizard.checks import CHECKS
from wizard.cli import selftest
from wizard.cli.terminal import Commands, ExitStatus, Terminal, format_of
from wizard.demo.scenarios import SCENARIOS
from wizard.model import CauseId


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Register both commands."""
    about: dict[str, tuple[Callable[[argparse.Namespace, Terminal], int], str]] = {
        "list": (list_all, "checks, causes and sample servers"),
        "selftest": (run_selftest, "every resource loads, every rule's own fixtures pass"),
    }
    for name, (command, text) in about.items():
        parser = commands.add_parser(name, parents=[common], help=text, description=text)
        parser.set_defaults(command=command)


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
    failed = sum(bool(reason) for reason, _ in found.values())
    if as_json:
        terminal.json(_selftest_to_json(found))
    else:
        _tell_selftest(found, failed, terminal)
    return ExitStatus.PROBLEM if failed else ExitStatus.OK


Found = Mapping[str, tuple[str, int]]  # why a part failed, or "", and how much it looked at


def _selftest_to_json(found: Found) -> dict[str, object]:
    parts = [
        {"name": name, "ok": not reason, "count": count, "reason": reason or None}
        for name, (reason, count) in found.items()
    ]
    return {"schema": "m365-backup-wizard/selftest/1", "parts": parts}


def _tell_selftest(found: Found, failed: int, terminal: Terminal) -> None:
    for name, (reason, count) in found.items():
        text = "cli.selftest_failed" if reason else "cli.selftest_ok"
        terminal.say(terminal.texts(text, name=name, count=count, reason=reason))
    end = "cli.selftest_some_failed" if failed else "cli.selftest_all_ok"
    terminal.say(terminal.texts(end, count=failed, total=len(found)))
