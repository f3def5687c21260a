# SPDX-License-Identifier: MIT
"""wizard arguments plan, apply and undo: a change of the argument string."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from wizard import codec, product
from wizard.cli.argument_places import Server, open_server, place_lines
from wizard.cli.argument_sources import is_json, key_of, source_from
from wizard.cli.terminal import ExitStatus, Terminal
from wizard.errors import Refused
from wizard.fixes import apply as change
from wizard.fixes import folder_step, places, plan, plan_output, receipt, undo
from wizard.fixes.folder_step import FolderStep, Maker
from wizard.fixes.notice import Notice
from wizard.fixes.place_rules import Place
from wizard.fixes.plan import Plan
from wizard.fixes.readings import visible
from wizard.fixes.receipt import FolderReceipt, Receipt
from wizard.host.acts import FolderMade


def plan_change(options: argparse.Namespace, terminal: Terminal) -> int:
    """Show what would change; change nothing."""
    as_json = is_json(options)
    made = plan.make(source_from(options).current, options.temp_path, product.load())
    with open_server(options, terminal, is_told=options.make_folder) as server:
        judged, harm = _judged(options, server)
    place = judged if options.make_folder else None
    if place is None and judged is not None and made.refused is None:
        made = replace(made, warnings=(*made.warnings, *harm))
        for notice in judged.against:
            if notice not in harm and notice.id != "parent_missing":
                _note(notice, terminal)
    if as_json:
        told = plan_output.plan_to_json(made, terminal.texts)
        more = {"folder": _folder_to_json(place, terminal)} if place else {}
        terminal.json(told | more)
    else:
        terminal.say(plan_output.plan_to_text(made, terminal.texts))
        for line in ("", *place_lines(place, terminal.texts)) if place else ():
            terminal.say(line)
    return _status_of(made, place)


def _judged(options: argparse.Namespace, server: Server) -> tuple[Place | None, tuple[Notice, ...]]:
    """The place on this computer and what is wrong with it; None for a path that can't be here."""
    if not options.make_folder and places.refusal(options.temp_path, server.host):
        return None, ()
    place = server.judge(options.temp_path)
    is_here = server.installation is not None
    return place, folder_step.harm(place, is_product_here=is_here)


def _note(notice: Notice, terminal: Terminal) -> None:
    sentence = notice.sentence(terminal.texts)
    terminal.note(terminal.texts("arguments.cli.warning", sentence=sentence))


def _folder_to_json(place: Place, terminal: Terminal) -> dict[str, Any]:
    """What has to be made, None where the folder is there; and why it can't be used."""
    step, texts = folder_step.planned(place), terminal.texts
    return {
        "standing": place.standing.value,
        "make": {"path": step.path, "account": step.account} if step else None,
        "against": [plan_output.notice_to_json(notice, texts) for notice in place.against],
        "doubts": [plan_output.notice_to_json(notice, texts) for notice in place.doubts],
    }


def _status_of(made: Plan, place: Place | None) -> ExitStatus:
    if made.refused or (place and place.against):
        return ExitStatus.PROBLEM
    doubts = place.doubts if place else ()
    return ExitStatus.WARNING if made.warnings or doubts else ExitStatus.OK


def apply_change(options: argparse.Namespace, terminal: Terminal) -> int:
    """Make the change in a file; the receipt's path is the result."""
    with open_server(options, terminal, is_told=options.make_folder) as server:
        step = _step(options, server, terminal)
        return _apply(options, terminal, Maker(server.host, step) if step else None)


def _step(options: argparse.Namespace, server: Server, terminal: Terminal) -> FolderStep | None:
    """What is made first; says what speaks against the folder, Refused for one that harms."""
    place, harm = _judged(options, server)
    if place is None:
        return None
    if options.make_folder and not options.any_place:
        folder_step.refuse_bad(place)
    for notice in (*place.against, *(place.doubts if options.make_folder else ())):
        _note(notice, terminal)
    if harm and not options.any_place:
        raise Refused("arguments.error.bad_place", folder=visible(place.folder))
    step = folder_step.planned(place)
    if step is None or options.make_folder:
        return step
    if not place.against:
        sentence = terminal.texts("arguments.cli.places_missing", folder=visible(place.folder))
        terminal.note(terminal.texts("arguments.cli.warning", sentence=sentence))
    return None


def _apply(options: argparse.Namespace, terminal: Terminal, maker: Maker | None) -> int:
    as_json, key, known = is_json(options), key_of(options), product.load()
    made = change.apply(
        options.file,
        key,
        options.temp_path,
        known,
        expected_digest=options.expect,
        folder=maker,
    )
    if made is None:
        alone = change.make_folder(maker, names=(options.file, key)) if maker else None
        _show(alone, terminal, as_json=as_json)
        where = {"file": options.file, "key": key}
        terminal.note(terminal.texts("arguments.cli.apply_unchanged", where))
        _tell_folder(alone.folder if alone else None, terminal)
        return ExitStatus.OK
    _show(made, terminal, as_json=as_json)
    _tell_folder(made.folder, terminal)
    planned = plan.make(made.before, options.temp_path, known)
    terminal.note(plan_output.diff_to_text(planned, terminal.texts))
    for line in _told(planned, made, terminal):
        terminal.note(line)
    return ExitStatus.OK


def _tell_folder(made: FolderMade | None, terminal: Terminal) -> None:
    if made is not None:
        terminal.note(folder_step.was_made(made).sentence(terminal.texts))


def _told(planned: Plan, made: Receipt, terminal: Terminal) -> Iterator[str]:
    told = plan_output.notices_to_text(planned, terminal.texts)
    if told:
        yield told
    if "\\" in planned.temp_path and not change.read_setting(made.file, made.key).is_json:
        offer = planned.temp_path.replace("\\", "/")
        yield terminal.texts("arguments.cli.properties_backslash", offer=offer)
    yield terminal.texts("arguments.cli.applied")


def _show(made: Receipt | FolderReceipt | None, terminal: Terminal, *, as_json: bool) -> None:
    """The receipt's path alone, or the whole receipt as JSON; null when nothing was written."""
    if as_json:
        terminal.json(codec.to_plain(made) if made else None)
    elif made:
        terminal.say(made.path)


def undo_change(options: argparse.Namespace, terminal: Terminal) -> int:
    """Put back the setting that a receipt names, and remove the folder that it tells was made."""
    as_json = is_json(options)
    given = receipt.read_any(Path(options.receipt))
    say = terminal.note if as_json else terminal.say
    with options.open_host() as host:
        undone = undo.undo(given, host, product.load())
    if as_json:
        _show(undone.receipt, terminal, as_json=True)
    if isinstance(given, Receipt):
        name = "undone_whole" if undone.is_whole else "undone"
        where = {"file": given.file, "key": given.key}
        say(terminal.texts(f"arguments.cli.{name if undone.receipt else 'undo_unchanged'}", where))
    if undone.folder is not None:
        say(undone.folder.sentence(terminal.texts))
    return ExitStatus.OK
