# SPDX-License-Identifier: MIT
"""wizard arguments verify: does the running process have the folder, and do files appear there?"""

from __future__ import annotations

import argparse
import threading
from pathlib import Path
from typing import Any

from wizard import product
from wizard.cli import waiting
from wizard.cli.argument_sources import is_json, masked
from wizard.cli.terminal import ExitStatus, Terminal
from wizard.cli.walk_acts import say, sight_teller
from wizard.errors import BadInput
from wizard.fixes import folder_sight, folder_watch, receipt
from wizard.fixes.folder_watch import Rhythm, Use, Watch, Watched
from wizard.fixes.notice import Notice
from wizard.fixes.plan_output import notice_to_json
from wizard.fixes.verification import State, Verification, verify
from wizard.host.base import Host
from wizard.nakivo import installation
from wizard.nakivo.installation import Installation
from wizard.product import Product

VERIFY_SCHEMA = "m365-backup-wizard/arguments-verification/1"
LONGEST_S = 86_400.0

_STATUS_OF = {
    State.NO_PROCESS: ExitStatus.UNKNOWN,
    State.UNREADABLE: ExitStatus.UNKNOWN,
    State.UNCLEAR: ExitStatus.UNKNOWN,
}
_STATUS_OF_USE = {
    Use.NEW: ExitStatus.OK,
    Use.OLD: ExitStatus.PROBLEM,
    Use.BOTH: ExitStatus.WARNING,
    Use.NONE: ExitStatus.UNKNOWN,
}


def verify_running(options: argparse.Namespace, terminal: Terminal) -> int:
    """Whether the running Java Transporter has the folder; 2 when not, 3 when it can't be told."""
    as_json, known, seconds = is_json(options), product.load(), options.watch
    if seconds is not None and not 0 < seconds <= LONGEST_S:
        raise BadInput("arguments.error.watch_range", given=seconds, longest=LONGEST_S)
    if not options.temp_path.strip():
        raise BadInput("arguments.error.empty_temp_path")
    with options.open_host() as host:
        found = _installation(host, known, getattr(options, "install_dir", None))
        watched = None
        if seconds is None or folder_sight.look(host, options.temp_path).problem:
            seen = verify(host, known, options.temp_path, found)
        else:
            watched = _watch(host, known, options, terminal, found)
            seen = watched.verification
    if as_json:
        terminal.json(_to_json(seen, watched, terminal))
    else:
        say(seen.notice, terminal)
        if seen.folder.problem:
            say(seen.folder.problem, terminal)
        if watched is not None and watched.use is not Use.NOT_IN_USE:
            say(watched.notice, terminal)
    for doubt in seen.doubts:
        terminal.note(doubt.sentence(terminal.texts))
    return _status(seen, watched)


def _status(seen: Verification, watched: Watched | None) -> ExitStatus:
    if not seen.is_verified:
        return _STATUS_OF.get(seen.state, ExitStatus.PROBLEM)
    if seen.folder.problem:
        return ExitStatus.WARNING
    if not seen.is_certain:
        return ExitStatus.UNKNOWN
    if watched is None:
        return ExitStatus.OK
    if watched.use is Use.NEW and not watched.is_good:
        return ExitStatus.UNKNOWN  # the old folder could not be looked at
    return _STATUS_OF_USE[watched.use]


def _installation(host: Host, known: Product, named: str | None) -> Installation | None:
    """Whose processes count; CannotCheck only where the person named a folder that is none."""
    if named is not None:
        return installation.find(host, known, named)
    return installation.find_if_any(host, known, None)


def _watch(
    host: Host,
    known: Product,
    options: argparse.Namespace,
    terminal: Terminal,
    found: Installation | None,
) -> Watched:
    watch = Watch(host, known, options.temp_path, _old(options, found), found)
    tell = sight_teller(terminal, options.temp_path)

    def work(cancel: threading.Event) -> Watched:
        return watch.run(Rhythm(longest_s=options.watch), tell, cancel)

    return waiting.until_answered(work, terminal)


def _old(options: argparse.Namespace, found: Installation | None) -> str | None:
    """The folder from before the change, as it is told: nothing else says which one it was."""
    if options.receipt is None:
        return str(options.old) if options.old else None
    given = receipt.read(Path(options.receipt))
    named = folder_watch.folder_of(given.before, product.load())
    return named or (found.default_temp_folder if found else None)


def _to_json(seen: Verification, watched: Watched | None, terminal: Terminal) -> dict[str, Any]:
    processes = [{"pid": one.pid, "temp_path": masked(one.values)} for one in seen.seen]
    told = {
        "schema": VERIFY_SCHEMA,
        "state": seen.state.value,
        "wanted": seen.wanted,
        "text": seen.notice.sentence(terminal.texts),
        "processes": processes,
        "folder_problem": _notice_to_json(seen.folder.problem, terminal),
        "doubts": [notice_to_json(doubt, terminal.texts) for doubt in seen.doubts],
    }
    if watched is None:
        return told
    return {**told, "watch": _watch_to_json(watched, terminal)}


def _notice_to_json(notice: Notice | None, terminal: Terminal) -> dict[str, str] | None:
    return notice_to_json(notice, terminal.texts) if notice else None


def _watch_to_json(watched: Watched, terminal: Terminal) -> dict[str, Any]:
    return {
        "use": watched.use.value,
        "seconds": round(watched.seconds, 1),
        "folder": watched.folder,
        "appeared": watched.appeared,
        "old_folder": watched.old_folder,
        "appeared_old": watched.appeared_old,
        "text": watched.notice.sentence(terminal.texts),
    }
