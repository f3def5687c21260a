# SPDX-License-Identifier: MIT
"""Which folder may become the temporary folder: one per volume, or one that the person names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.errors import CannotCheck
from wizard.fixes import folder_path, place_rules
from wizard.fixes.notice import Notice
from wizard.fixes.place_look import Needs, Surroundings, look, surroundings
from wizard.fixes.place_rules import Place, Standing
from wizard.fixes.readings import visible
from wizard.host.base import Host, Volume
from wizard.nakivo.installation import Installation
from wizard.product import Product
from wizard.texts import Texts

_NAME = {"windows": "Dtmp", "linux": "dtmp"}  # the first as in the vendor's example
_ORDER = (Standing.GOOD, Standing.DOUBTFUL, Standing.BAD)
NO_NEEDS = Needs()
_CONTAINERS = "overlay"  # each container's root is one: it shows another volume's room once more


@dataclass(frozen=True)
class Candidate:
    """A folder, and the volume as it was listed; None for a named one whose volume isn't known."""

    place: Place
    volume: Volume | None
    recommended: bool = False


def candidates(
    host: Host,
    product: Product,
    in_use: str | None,
    installation: Installation | None,
    *,
    needs: Needs = NO_NEEDS,
) -> tuple[Candidate, ...]:
    """One folder per volume, the best first; one at most is recommended.

    Raises:
        CannotCheck: volumes can't be listed.
    """
    around = surroundings(host, product, in_use, installation, needs)
    found = [_candidate(volume, host, product, around) for volume in _usable(host)]
    found.sort(key=_rank)
    if found and found[0].place.standing is Standing.GOOD:
        found[0] = Candidate(found[0].place, found[0].volume, recommended=True)
    return tuple(found)


def judge_place(
    path: str,
    host: Host,
    product: Product,
    in_use: str | None,
    installation: Installation | None,
    *,
    needs: Needs = NO_NEEDS,
) -> Place:
    """A folder that somebody named, by the same rules."""
    refused = refusal(path, host)
    if refused is not None:
        return Place(path, against=(refused,))
    around = surroundings(host, product, in_use, installation, needs)
    return place_rules.judge(look(path, host, around), around, host, product)


def refusal(path: str, host: Host) -> Notice | None:
    """Why a path can't be one of this computer's, before anything is looked at."""
    refused = folder_path.refusal(path)
    if refused is None and not host.path(path).is_absolute():
        system = host.facts().system
        return Notice(f"arguments.place.not_of_{system}", {"folder": visible(path)})
    return refused


def why(candidate: Candidate, texts: Texts) -> str:
    """Why a place is good or isn't, in a few words for a table; it shows the folder beside them."""
    place = candidate.place
    reasons = [_short(notice, texts) for notice in place.against or place.doubts]
    good = "most" if candidate.recommended else "enough"
    return "; ".join(reasons) or texts(f"arguments.place.{good}")


def _short(notice: Notice, texts: Texts) -> str:
    short = f"{notice.text}.short"
    return texts(short, notice.values) if texts.has(short) else texts("arguments.place.unsafe")


def _rank(candidate: Candidate) -> tuple[int, int]:
    """The better standing first, then the more room."""
    free = candidate.volume.free_bytes if candidate.volume else 0
    return _ORDER.index(candidate.place.standing), -free


def _candidate(volume: Volume, host: Host, product: Product, around: Surroundings) -> Candidate:
    folder = str(host.path(volume.mount) / _NAME[host.facts().system])
    refused = folder_path.refusal(folder)
    if refused is not None:  # no safe name can be made of this mount
        return Candidate(Place(folder, against=(refused,)), volume)
    return Candidate(place_rules.judge(look(folder, host, around), around, host, product), volume)


def _usable(host: Host) -> Iterator[Volume]:
    """Not the roots of containers, and not what is mounted on a mere file."""
    for volume in sorted(host.volumes(), key=lambda volume: volume.mount):
        is_container = volume.file_system == _CONTAINERS and volume.mount != "/"
        if not is_container and not _is_no_folder(host, volume.mount):
            yield volume


def _is_no_folder(host: Host, mount: str) -> bool:
    try:
        return not host.is_folder(mount)
    except CannotCheck:  # a recording tells volumes without their folders
        return False
