# SPDX-License-Identifier: MIT
"""wizard arguments read and verify: the argument string as it is, given, stored or in use."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wizard import product
from wizard.cli.terminal import ExitStatus, Terminal, format_of
from wizard.errors import BadInput, CannotCheck
from wizard.fixes import arguments, atomic, plan_output, settings_file
from wizard.fixes.readings import read_all, visible
from wizard.fixes.verification import State, values_of, verify
from wizard.nakivo import java
from wizard.nakivo.java import JavaProcess

READ_SCHEMA = "m365-backup-wizard/arguments/1"
VERIFY_SCHEMA = "m365-backup-wizard/arguments-verification/1"

_STATUS_OF = {
    State.VERIFIED: ExitStatus.OK,
    State.NO_PROCESS: ExitStatus.UNKNOWN,
    State.UNREADABLE: ExitStatus.UNKNOWN,
}


@dataclass(frozen=True)
class Source:
    """An argument string and where it is from; `text` is the id that says so."""

    current: str
    text: str
    file: str | None = None
    key: str | None = None


def is_json(options: argparse.Namespace) -> bool:
    """Whether JSON was asked for."""
    return format_of(options, "arguments") == "json"


def key_of(options: argparse.Namespace) -> str:
    """The setting's key: the product's unless another was given."""
    return options.key or product.load().facts.arguments_setting.value


def source_from(options: argparse.Namespace) -> Source:
    """The string of --current, or of a file that holds it alone or as the setting."""
    if options.current is not None:
        return Source(options.current, "arguments.cli.source_option")
    file, key = options.current_file, key_of(options)
    text = settings_file.parse(atomic.read(Path(file))).text
    try:
        found = settings_file.find(text, key)
    except BadInput:
        return Source(text.rstrip("\r\n"), "arguments.cli.source_file", file)
    return Source(found.value, "arguments.cli.source_setting", file, key)


def read(options: argparse.Namespace, terminal: Terminal) -> int:
    """Show the string, the temporary folder it sets, and the readings."""
    as_json = is_json(options)
    if options.current is None and options.current_file is None:
        return _read_processes(options, terminal, as_json=as_json)
    source = source_from(options)
    name = product.load().facts.temp_path_property.value
    tokens = arguments.properties(source.current, name)
    values = [arguments.value_of(token.plain) for token in tokens]
    readings = read_all(source.current, source.current, name)
    if as_json:
        words = [token.text for token in arguments.tokenise(source.current)]
        told = plan_output.readings_to_json(readings, terminal.texts)
        origin = {"file": source.file, "key": source.key, "pid": None}
        terminal.json(_read_to_json(origin, source.current, words, values, told))
        return ExitStatus.OK
    where = {"file": source.file or "", "key": source.key or ""}
    terminal.say(terminal.texts(source.text, where))
    terminal.say(visible(source.current))
    terminal.say(_temp_path_line(values, terminal))
    terminal.say()
    terminal.say(plan_output.readings_to_text(readings, terminal.texts, with_proposed=False))
    return ExitStatus.OK


def _read_to_json(
    source: dict[str, Any],
    current: str | None,
    words: Sequence[str] | None,
    values: Sequence[str] | None,
    readings: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    return {
        "schema": READ_SCHEMA,
        "source": source,
        "current": current,
        "arguments": words,
        "temp_path": values,
        "readings": list(readings),
    }


def _temp_path_line(values: Sequence[str], terminal: Terminal) -> str:
    kind = {0: "none", 1: "one"}.get(len(values), "several")
    shown = ", ".join(visible(value) for value in values)
    return terminal.texts(f"arguments.cli.temp_path_{kind}", folders=shown)


def _read_processes(options: argparse.Namespace, terminal: Terminal, *, as_json: bool) -> int:
    known = product.load()
    name = known.facts.temp_path_property.value
    with options.open_host() as host:
        found = java.find(host, known)
        is_hidden = java.hidden(host)
    if not found:
        raise CannotCheck(f"arguments.error.{'process_hidden' if is_hidden else 'no_process'}")
    if as_json:
        terminal.json(
            [
                _read_to_json(
                    {"file": None, "key": None, "pid": process.pid},
                    None,
                    process.arguments,
                    values_of(process, name),
                )
                for process in found
            ]
        )
    else:
        for process in found:
            _say_process(process, values_of(process, name), terminal)
        terminal.note(terminal.texts("arguments.cli.process_note"))
    is_readable = all(process.arguments is not None for process in found)
    return ExitStatus.OK if is_readable else ExitStatus.UNKNOWN


def _say_process(process: JavaProcess, values: tuple[str, ...] | None, terminal: Terminal) -> None:
    if process.arguments is None or values is None:
        terminal.say(terminal.texts("arguments.cli.process_hidden", pid=process.pid))
        return
    terminal.say(terminal.texts("arguments.cli.source_process", pid=process.pid))
    for word in process.arguments:
        terminal.say(f"  {visible(word)}")
    terminal.say(_temp_path_line(values, terminal))


def verify_running(options: argparse.Namespace, terminal: Terminal) -> int:
    """Whether the running Java Transporter has the folder; 2 when not, 3 when it can't be told."""
    as_json = is_json(options)
    with options.open_host() as host:
        seen = verify(host, product.load(), options.temp_path)
    sentence = seen.notice.sentence(terminal.texts)
    if as_json:
        processes = [{"pid": one.pid, "temp_path": one.values} for one in seen.seen]
        terminal.json(
            {
                "schema": VERIFY_SCHEMA,
                "state": seen.state.value,
                "wanted": seen.wanted,
                "text": sentence,
                "processes": processes,
            }
        )
    else:
        terminal.say(sentence)
        for line in terminal.texts.lines(f"{seen.notice.text}.advice", seen.notice.values):
            terminal.say(line)
    return _STATUS_OF.get(seen.state, ExitStatus.PROBLEM)
