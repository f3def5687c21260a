# SPDX-License-Identifier: MIT
"""The Linux manual page, made from the command line's own definition so that it can't go stale."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator

from installer import contents
from installer.linux import man_sections
from wizard.cli import parser as command_line

PROGRAM = contents.CONSOLE_PROGRAM
_Commands = argparse._SubParsersAction


def man_page(version: str, moment: int) -> str:
    """The page in the man macros' form."""
    parser = command_line.build()
    day = time.strftime("%Y-%m-%d", time.gmtime(moment))
    lines = [
        f'.TH {_text(PROGRAM.upper())} 1 {day} "{_text(PROGRAM)} {version}" "User Commands"',
        ".SH NAME",
        rf"{_text(PROGRAM)} \- find out why a Microsoft 365 backup job fails",
        ".SH SYNOPSIS",
        rf".B {_text(PROGRAM)}",
        r"[\fIOPTION\fR]... [\fICOMMAND\fR [\fIARGUMENT\fR]...]",
        ".SH DESCRIPTION",
        _text(parser.description or ""),
        *_options(parser),
        ".SH COMMANDS",
        *_commands(parser, common=_flags(parser)),
        *_sections(),
    ]
    return "\n".join(lines) + "\n"


def _text(words: str) -> str:
    """Words with roff's own signs taken literally."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-")
    # A line that starts with a dot or a quote would be a request.
    return r"\&" + escaped if escaped.startswith((".", "'")) else escaped


def _sections() -> Iterator[str]:
    for title, entries in man_sections.SECTIONS.items():
        yield f".SH {title}"
        for term, told in entries.items():
            yield ".TP"
            yield rf"\fB{_text(term)}\fR"
            yield _text(told)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for group in parser._action_groups:
        shown = [action for action in group._group_actions if not isinstance(action, _Commands)]
        if shown:
            yield f".SH {_text((group.title or '').upper())}"
            yield from _entries(shown)


def _entries(actions: Iterable[argparse.Action]) -> Iterator[str]:
    for action in actions:
        yield ".TP"
        yield _heading(action)
        # Installed, the program has another name than in the project's folder.
        yield _text((action.help or "").replace(f": {command_line.PROGRAM} ", f": {PROGRAM} "))


def _heading(action: argparse.Action) -> str:
    value = ""
    if action.nargs != 0:
        name = action.metavar or "|".join(action.choices or ()) or action.dest.upper()
        value = rf"\fI{_text(str(name))}\fR"
    flags = ", ".join(rf"\fB{_text(flag)}\fR" for flag in action.option_strings)
    return " ".join(part for part in (flags, value) if part)


def _flags(parser: argparse.ArgumentParser) -> set[str]:
    return {flag for action in parser._actions for flag in action.option_strings}


def _commands(parser: argparse.ArgumentParser, common: set[str], above: str = "") -> Iterator[str]:
    """Each command with what only it understands, and its own commands behind it."""
    for action in parser._actions:
        if not isinstance(action, _Commands):
            continue
        told = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, command in action.choices.items():
            yield f".SS {_text(f'{above}{name}')}"
            yield _text(told[name])
            own = [a for a in command._actions if not isinstance(a, _Commands)]
            yield from _entries(a for a in own if not common.issuperset(a.option_strings or "-"))
            yield from _commands(command, common, f"{above}{name} ")
