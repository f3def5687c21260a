# SPDX-License-Identifier: MIT
"""wizard arguments plan, apply and undo: a change of the argument string."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from wizard import codec, product
from wizard.cli.argument_sources import is_json, key_of, source_from
from wizard.cli.terminal import ExitStatus, Terminal
from wizard.fixes import apply as change
from wizard.fixes import plan, plan_output, receipt
from wizard.fixes.plan import Plan
from wizard.fixes.receipt import Receipt


def plan_change(options: argparse.Namespace, terminal: Terminal) -> int:
    """Show what would change; change nothing."""
    as_json = is_json(options)
    made = plan.make(source_from(options).current, options.temp_path, product.load())
    if as_json:
        terminal.json(plan_output.plan_to_json(made, terminal.texts))
    else:
        terminal.say(plan_output.plan_to_text(made, terminal.texts))
    return _status_of(made)


def _status_of(made: Plan) -> ExitStatus:
    if made.refused:
        return ExitStatus.PROBLEM
    return ExitStatus.WARNING if made.warnings else ExitStatus.OK


def apply_change(options: argparse.Namespace, terminal: Terminal) -> int:
    """Make the change in a file; the receipt's path is the result."""
    as_json, key, known = is_json(options), key_of(options), product.load()
    made = change.apply(options.file, key, options.temp_path, known, expected_digest=options.expect)
    _show(made, terminal, as_json=as_json)
    where = {"file": options.file, "key": key}
    if made is None:
        terminal.note(terminal.texts("arguments.cli.apply_unchanged", where))
        return ExitStatus.OK
    planned = plan.make(made.before, options.temp_path, known)
    terminal.note(plan_output.diff_to_text(planned, terminal.texts))
    for line in _told(planned, made, terminal):
        terminal.note(line)
    return ExitStatus.OK


def _told(planned: Plan, made: Receipt, terminal: Terminal) -> Iterator[str]:
    told = plan_output.notices_to_text(planned, terminal.texts)
    if told:
        yield told
    if "\\" in planned.temp_path and not change.read_setting(made.file, made.key).is_json:
        offer = planned.temp_path.replace("\\", "/")
        yield terminal.texts("arguments.cli.properties_backslash", offer=offer)
    yield terminal.texts("arguments.cli.applied")


def _show(made: Receipt | None, terminal: Terminal, *, as_json: bool) -> None:
    """The receipt's path alone, or the whole receipt as JSON; null when nothing was written."""
    if as_json:
        terminal.json(codec.to_plain(made) if made else None)
    elif made:
        terminal.say(made.path)


def undo_change(options: argparse.Namespace, terminal: Terminal) -> int:
    """Put back the setting that a receipt names."""
    as_json = is_json(options)
    given = receipt.read(Path(options.receipt))
    made = change.undo(given)
    if as_json:
        _show(made, terminal, as_json=True)
    said = "undone" if made else "undo_unchanged"
    where = {"file": given.file, "key": given.key}
    (terminal.note if as_json else terminal.say)(terminal.texts(f"arguments.cli.{said}", where))
    return ExitStatus.OK
