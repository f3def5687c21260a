# SPDX-License-Identifier: MIT
"""wizard arguments read: the argument string as it is, given, stored or in use."""

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
from wizard.fixes.verification import Seen, look, shown, variables_unread
from wizard.host.shown import arguments_without_passwords
from wizard.nakivo import java
from wizard.nakivo.java import JavaProcess

READ_SCHEMA = "m365-backup-wizard/arguments/1"


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
    """The setting's key: the product's unless another was given; BadInput for an empty one."""
    if options.key is None:
        return product.load().facts.arguments_setting.value
    if not options.key.strip():
        raise BadInput("arguments.error.empty_key")
    return str(options.key)


def source_from(options: argparse.Namespace) -> Source:
    """The string of --current, or of a file that holds it alone or as the setting."""
    key = key_of(options)
    if options.current is not None:
        return Source(options.current, "arguments.cli.source_option")
    file = options.current_file
    text = settings_file.parse(atomic.read(Path(file))).text
    current, is_setting = settings_file.argument_string(text, key)
    if not is_setting:
        return Source(current, "arguments.cli.source_file", file)
    return Source(current, "arguments.cli.source_setting", file, key)


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
    if values and not values[-1]:
        return terminal.texts("arguments.cli.temp_path_empty")
    kind = {0: "none", 1: "one"}.get(len(values), "several")
    folders = ", ".join(visible(value) for value in values)
    return terminal.texts(f"arguments.cli.temp_path_{kind}", folders=folders)


def _read_processes(options: argparse.Namespace, terminal: Terminal, *, as_json: bool) -> int:
    known = product.load()
    name = known.facts.temp_path_property.value
    with options.open_host() as host:
        found = java.find(host, known)
        is_hidden = java.hidden(host)
    if not found:
        raise CannotCheck(f"arguments.error.{'process_hidden' if is_hidden else 'no_process'}")
    seen = [(process, look(process, name)) for process in found]
    if as_json:
        terminal.json([_process_to_json(*one) for one in seen])
    else:
        for process, told in seen:
            _say_process(process, told, terminal)
        terminal.note(terminal.texts("arguments.cli.process_note"))
    doubt = variables_unread(told for _, told in seen)
    if doubt:
        terminal.note(doubt.sentence(terminal.texts))
    is_told = all(told.values is not None for _, told in seen)
    return ExitStatus.OK if is_told else ExitStatus.UNKNOWN


def _process_to_json(process: JavaProcess, told: Seen) -> dict[str, Any]:
    words, source = process.arguments, {"file": None, "key": None, "pid": process.pid}
    return _read_to_json(source, None, masked(words), masked(told.values))


def masked(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """Words of a running process, which somebody else may read over a shoulder or in a ticket."""
    return None if values is None else arguments_without_passwords(values)


def _say_process(process: JavaProcess, told: Seen, terminal: Terminal) -> None:
    if process.arguments is None:
        terminal.say(terminal.texts("arguments.cli.process_hidden", pid=process.pid))
        return
    terminal.say(terminal.texts("arguments.cli.source_process", pid=process.pid))
    for word in arguments_without_passwords(process.arguments):
        terminal.say(f"  {visible(word)}")
    terminal.say(_temp_path_of(told, terminal))


def _temp_path_of(told: Seen, terminal: Terminal) -> str:
    if told.unseen:
        places = ", ".join(shown(place) for place in told.unseen)
        return terminal.texts("arguments.cli.temp_path_unclear", places=places)
    if told.variable:
        folders = ", ".join(shown(value) for value in told.values or ())
        where = {"variable": told.variable, "folders": folders}
        return terminal.texts("arguments.cli.temp_path_variable", where)
    return _temp_path_line(masked(told.values) or (), terminal)
