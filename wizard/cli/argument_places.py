# SPDX-License-Identifier: MIT
"""wizard arguments places: where the temporary folder may go, in the words of the window."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from wizard import product
from wizard.cli.argument_sources import is_json
from wizard.cli.terminal import ExitStatus, Terminal
from wizard.errors import CannotCheck
from wizard.fixes import folder_step, place_look, places, plan_output
from wizard.fixes.notice import Notice
from wizard.fixes.place_look import Needs
from wizard.fixes.place_rules import Place, Standing
from wizard.fixes.places import Candidate
from wizard.fixes.plan_output import aligned, notice_to_json
from wizard.fixes.readings import visible
from wizard.host.base import Host, Volume
from wizard.nakivo import installation, item_sizes
from wizard.nakivo.installation import Installation
from wizard.texts import Texts

SCHEMA = "m365-backup-wizard/places/1"
_STATUS_OF = {
    Standing.GOOD: ExitStatus.OK,
    Standing.DOUBTFUL: ExitStatus.WARNING,
    Standing.BAD: ExitStatus.PROBLEM,
}


@dataclass(frozen=True)
class Server:
    """The computer, and what is known of the product on it. None: not found."""

    host: Host
    installation: Installation | None
    in_use: str | None
    needs: Needs

    def judge(self, path: str) -> Place:
        """What speaks against one folder."""
        known = (product.load(), self.in_use, self.installation)
        return places.judge_place(path, self.host, *known, needs=self.needs)

    def candidates(self) -> tuple[Candidate, ...]:
        """A folder per volume; CannotCheck when they can't be listed."""
        known = (product.load(), self.in_use, self.installation)
        return places.candidates(self.host, *known, needs=self.needs)


def needs_from(options: argparse.Namespace) -> Needs:
    """What the options tell that counts when choosing; BadInput for sizes that can't be meant."""
    sizes = getattr(options, "largest_items", None)
    items = item_sizes.parse(sizes) if sizes is not None else ()
    return Needs(tuple(getattr(options, "repository", ())), items)


@contextmanager
def open_server(
    options: argparse.Namespace, terminal: Terminal, *, is_told: bool = True
) -> Iterator[Server]:
    """The computer that the options name; without an installation it is judged by the rest.

    `is_told`: a missing installation is noted; not where the folder is a side question.
    """
    known, needs = product.load(), needs_from(options)
    with options.open_host() as host:
        folder = getattr(options, "install_dir", None)
        found = None
        try:
            found = installation.find(host, known, folder)
        except CannotCheck as missing:
            if folder is not None:
                raise
            if is_told:
                terminal.note(terminal.texts.summary(missing))
        yield Server(host, found, place_look.folder_in_use(host, known, found), needs)


def list_places(options: argparse.Namespace, terminal: Terminal) -> int:
    """List a folder per volume, or judge the one that is named; change nothing."""
    as_json, texts = is_json(options), terminal.texts
    with open_server(options, terminal) as server:
        if options.temp_path is None:
            found = server.candidates()
            told = lines(found, server.in_use, texts)
        else:
            place = server.judge(options.temp_path)
            found, told = (Candidate(place, place.volume),), place_lines(place, texts)
    if as_json:
        listed = [_to_json(one, texts) for one in found]
        terminal.json({"schema": SCHEMA, "in_use": server.in_use, "places": listed})
    else:
        terminal.say("\n".join(told))
    return _STATUS_OF[found[0].place.standing if found else Standing.BAD]


def place_lines(place: Place, texts: Texts) -> Iterator[str]:
    """All that is to be said of one folder."""
    for notice in place.against:
        yield plan_output.refusal_to_text(notice, texts)
    if place.against:
        return
    if place.volume is not None:
        free = product.load().shown_gb(place.volume.free_bytes)
        needed = product.load().facts.temp_free_gb.value
        mount = visible(place.volume.mount)
        yield texts("page.arguments.room", mount=mount, free=free, needed=needed)
    for notice in place.doubts:
        yield texts("arguments.cli.warning", sentence=notice.sentence(texts))
    step = folder_step.planned(place)
    if step is not None:
        yield texts("arguments.cli.places_step", step=step.notice.sentence(texts))
    for notice in place.unknown:
        yield texts("arguments.cli.note", sentence=notice.sentence(texts))


def lines(
    found: Sequence[Candidate], in_use: str | None, texts: Texts, *, numbered: bool = False
) -> Iterator[str]:
    """The folder of today, the places as a table, and what to know of the best one."""
    if in_use is not None:
        yield texts("arguments.cli.places_in_use", folder=visible(in_use))
    columns = ("folder", "free", "kind", "standing", "why")
    rows = [[texts(f"arguments.cli.places_{column}") for column in columns]]
    rows += [_row(one, texts) for one in found]
    if numbered:
        rows = [[str(number or ""), *row] for number, row in enumerate(rows)]
    yield aligned(rows)
    best = found[0].place if found else None
    if best is None or best.standing is Standing.BAD:
        yield texts("arguments.cli.places_none")
        return
    step = folder_step.planned(best)
    if step is not None and not numbered:
        yield texts("arguments.cli.places_step", step=step.notice.sentence(texts))
    for notice in best.unknown:
        yield texts("arguments.cli.note", sentence=notice.sentence(texts))


def _row(candidate: Candidate, texts: Texts) -> list[str]:
    place, volume = candidate.place, candidate.volume
    name = "recommended" if candidate.recommended else place.standing.value
    return [
        visible(place.folder),
        f"{product.load().shown_gb(volume.free_bytes):.10g} GB" if volume else "",
        texts(f"arguments.place.kind.{volume.kind}") if volume else "",
        texts(f"arguments.place.{name}"),
        places.why(candidate, texts),
    ]


def _to_json(candidate: Candidate, texts: Texts) -> dict[str, Any]:
    place, look = candidate.place, candidate.place.look
    return {
        "folder": place.folder,
        "standing": place.standing.value,
        "recommended": candidate.recommended,
        "exists": look.exists if look else None,
        "leads_to": look.real if look and look.real != place.folder else None,
        "account": place.account,
        "volume": _volume_to_json(candidate.volume),
        "against": _notices_to_json(place.against, texts),
        "doubts": _notices_to_json(place.doubts, texts),
        "unknown": _notices_to_json(place.unknown, texts),
    }


def _volume_to_json(volume: Volume | None) -> dict[str, Any] | None:
    if volume is None:
        return None
    return {
        "mount": volume.mount,
        "kind": volume.kind.value,
        "file_system": volume.file_system,
        "total_bytes": volume.total_bytes,
        "free_bytes": volume.free_bytes,
        "source": volume.source,
    }


def _notices_to_json(notices: Sequence[Notice], texts: Texts) -> list[dict[str, str]]:
    return [notice_to_json(notice, texts) for notice in notices]
