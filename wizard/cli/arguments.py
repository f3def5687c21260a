# SPDX-License-Identifier: MIT
"""wizard arguments: read, plan, apply, verify and undo a change of the argument string."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wizard import codec, product
from wizard.cli import argument_sources
from wizard.cli.argument_sources import is_json, key_of, source_from
from wizard.cli.terminal import Commands, ExitStatus, Terminal
from wizard.fixes import apply as change
from wizard.fixes import plan, plan_output, receipt
from wizard.fixes.plan import Plan
from wizard.fixes.receipt import Receipt


class _TakesArgumentStrings(argparse.ArgumentParser):
    """A parser whose --current takes a value that begins with a dash, as every argument does."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Join the option and its value before argparse can take the value for an option."""
        given = iter(args or ())
        joined = [
            f"--current={value}"
            if word == "--current" and (value := next(given, None)) is not None
            else word
            for word in given
        ]
        return super().parse_known_args(joined, namespace)


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Register the command and its five parts."""
    about = "read, plan, apply, verify or undo a change of the argument string"
    parser = commands.add_parser("arguments", parents=[common], help=about, description=about)
    kind: Any = type("Parser", (_TakesArgumentStrings, type(parser)), {})
    parts = parser.add_subparsers(title="parts", metavar="PART", required=True, parser_class=kind)

    def part(name: str, command: Any, about: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = parts.add_parser(
            name, parents=[common], help=about, description=about
        )
        added.set_defaults(command=command)
        return added

    reading = part("read", argument_sources.read, "show the argument string and its readings")
    _add_source(reading, is_required=False)
    planning = part("plan", _plan, "show what a new temporary folder changes; change nothing")
    _add_source(planning, is_required=True)
    _add_temp_path(planning)
    applying = part("apply", _apply, "make the change in a text file, with backup and receipt")
    applying.add_argument("--file", metavar="FILE", required=True, help="text file to change")
    _add_key(applying)
    _add_temp_path(applying)
    applying.add_argument("--expect", metavar="DIGEST", help="only if the plan has this digest")
    verifying = part(
        "verify", argument_sources.verify_running, "look whether the running process has it"
    )
    _add_temp_path(verifying)
    undoing = part("undo", _undo, "put back the one setting that a receipt names")
    undoing.add_argument("receipt", metavar="RECEIPT", help="receipt that apply wrote")


def _add_source(parser: argparse.ArgumentParser, *, is_required: bool) -> None:
    source = parser.add_mutually_exclusive_group(required=is_required)
    source.add_argument("--current", metavar="TEXT", help="the argument string as it is now")
    source.add_argument(
        "--current-file", metavar="FILE", help="file with the string alone, or with the setting"
    )
    _add_key(parser)


def _add_key(parser: argparse.ArgumentParser) -> None:
    about = "the setting's key, the product's own unless given"
    parser.add_argument("--key", metavar="KEY", help=about)


def _add_temp_path(parser: argparse.ArgumentParser) -> None:
    about = "full path of the temporary folder"
    parser.add_argument("--temp-path", metavar="DIR", required=True, help=about)


def _plan(options: argparse.Namespace, terminal: Terminal) -> int:
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


def _apply(options: argparse.Namespace, terminal: Terminal) -> int:
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


def _undo(options: argparse.Namespace, terminal: Terminal) -> int:
    as_json = is_json(options)
    given = receipt.read(Path(options.receipt))
    made = change.undo(given)
    if as_json:
        _show(made, terminal, as_json=True)
    said = "undone" if made else "undo_unchanged"
    where = {"file": given.file, "key": given.key}
    (terminal.note if as_json else terminal.say)(terminal.texts(f"arguments.cli.{said}", where))
    return ExitStatus.OK
