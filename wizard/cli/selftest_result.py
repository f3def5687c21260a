# SPDX-License-Identifier: MIT
"""How the result of a self test is told, as text or JSON."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.cli.terminal import Terminal

Found = Mapping[str, tuple[str, int]]  # why a part failed, or "", and how much it looked at


def to_json(found: Found) -> dict[str, object]:
    """The result in the form that other programs rely on."""
    parts = [
        {"name": name, "ok": not reason, "count": count, "reason": reason or None}
        for name, (reason, count) in found.items()
    ]
    return {"schema": "m365-backup-wizard/selftest/1", "parts": parts}


def say(found: Found, terminal: Terminal) -> None:
    """A line for each part, and what it comes to."""
    failed = sum(bool(reason) for reason, _ in found.values())
    for name, (reason, count) in found.items():
        text = "cli.selftest_failed" if reason else "cli.selftest_ok"
        terminal.say(terminal.texts(text, name=name, count=count, reason=reason))
    end = "cli.selftest_some_failed" if failed else "cli.selftest_all_ok"
    terminal.say(terminal.texts(end, count=failed, total=len(found)))
