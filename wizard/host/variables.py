# SPDX-License-Identifier: MIT
"""Which environment variables does a place hold, and what does it say of the ones asked for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wizard.host.base import ServiceVariable


@dataclass(frozen=True)
class Variables:
    """All of one place, secrets included: never kept whole."""

    place: str
    given: Mapping[str, str]


def read(lines: Iterable[str]) -> dict[str, str]:
    """Variables as environment files and services write them: NAME=value, perhaps in quotes."""
    pairs = (line.strip().removeprefix("export ").partition("=") for line in lines)
    return {name.strip(): value.strip().strip("\"'") for name, mark, value in pairs if mark}


def named(
    places: Iterable[Variables], names: Sequence[str], *, any_case: bool = False
) -> tuple[ServiceVariable, ...]:
    """What the places say of these names, in their order: of several of one name the first counts.

    To Windows, large and small letters are the same.
    """
    wanted = {name.upper() if any_case else name: name for name in names}
    return tuple(
        ServiceVariable(wanted[key], value, f"{place.place} {name}")
        for place in places
        for key, name, value in _keyed(place.given, any_case=any_case)
        if key in wanted
    )


def _keyed(given: Mapping[str, str], *, any_case: bool) -> Iterator[tuple[str, str, str]]:
    for name, value in given.items():
        if value:
            yield (name.upper() if any_case else name), name, value
