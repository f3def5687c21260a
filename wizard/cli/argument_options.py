# SPDX-License-Identifier: MIT
"""The options of wizard arguments and its parts; what each does is loaded when chosen."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from wizard.cli.terminal import Commands, Terminal


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
    """Register the command and its parts."""
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

    reading = part("read", _read, "show the argument string and its readings")
    _add_source(reading, is_required=False)
    placing = part("places", _places, "list where the folder may go; change nothing")
    about = "judge only this folder"
    placing.add_argument("--temp-path", metavar="DIR", help=about)
    planning = part("plan", _plan, "show what a new temporary folder changes; change nothing")
    _add_source(planning, is_required=True)
    _add_temp_path(planning)
    _add_make_folder(planning, "show, too, what making the folder on this computer takes")
    applying = part("apply", _apply, "make the change in a text file, with backup and receipt")
    applying.add_argument("--file", metavar="FILE", required=True, help="text file to change")
    _add_key(applying)
    _add_temp_path(applying)
    _add_make_folder(applying, "make the folder first, where this computer has none")
    about = "also where something speaks against the folder on this computer"
    applying.add_argument("--any-place", action="store_true", help=about)
    applying.add_argument("--expect", metavar="DIGEST", help="only if the plan has this digest")
    verifying = part("verify", _verify, "look whether the running process has it")
    _add_verifying(verifying)
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


def _add_make_folder(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("--make-folder", action="store_true", help=about)


def _places(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import argument_places  # noqa: PLC0415 - loads what only a command needs

    return argument_places.list_places(options, terminal)


def _add_verifying(parser: argparse.ArgumentParser) -> None:
    _add_temp_path(parser)
    about = "then look so long for new files in the folder while a job runs"
    parser.add_argument("--watch", metavar="SECONDS", type=float, help=about)
    before = parser.add_mutually_exclusive_group()
    about = "folder from before the change, watched too: no file should appear there any more"
    before.add_argument("--old", metavar="DIR", help=about)
    about = "receipt of the change, which tells the folder from before"
    before.add_argument("--receipt", metavar="RECEIPT", help=about)


def _read(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import argument_sources  # noqa: PLC0415 - loads what only a command needs

    return argument_sources.read(options, terminal)


def _plan(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import arguments  # noqa: PLC0415 - loads what only a command needs

    return arguments.plan_change(options, terminal)


def _apply(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import arguments  # noqa: PLC0415 - loads what only a command needs

    return arguments.apply_change(options, terminal)


def _verify(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import argument_verify  # noqa: PLC0415 - loads what only a command needs

    return argument_verify.verify_running(options, terminal)


def _undo(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import arguments  # noqa: PLC0415 - loads what only a command needs

    return arguments.undo_change(options, terminal)
