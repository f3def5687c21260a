# SPDX-License-Identifier: MIT
"""Evidence for reading: equal values told once, and the times of many places as a range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wizard.findings import wording
from wizard.findings.as_json import Document
from wizard.texts import Texts

_SLOW_MS = 1000  # whoever took as long must stay known by its place
_NEAR = 0.05  # of the first of several that took about as long


@dataclass(frozen=True)
class Row:
    """One line: what it is, its value with the unit, and where it was seen."""

    label: str
    value: str
    place: str


def rows(evidence: Iterable[Document], texts: Texts) -> Iterator[Row]:
    """Evidence as documents, each label and value once."""
    for alike in groups(evidence, texts):
        yield Row(alike[0]["label"], value(alike, texts), _place(alike, texts))


def groups(evidence: Iterable[Document], texts: Texts) -> list[list[Document]]:
    """Those that say the same, in the order in which each label and value first stands."""
    found: dict[tuple[str, str], list[Document]] = {}
    for row in evidence:
        told = wording.value(row, texts)
        if row["unit"] == "ms":
            times = (known for known in found.values() if known[0]["unit"] == "ms")
            alike = (known for known in times if _is_near(known[0], row))
            told = next((wording.value(known[0], texts) for known in alike), told)
        found.setdefault((row["label"], told), []).append(row)
    return list(found.values())


def _is_near(first: Document, row: Document) -> bool:
    """Quick ones are one lot; slow ones where they took about as long as the first."""
    if first["label"] != row["label"]:
        return False
    least, most = sorted((float(first["value"]), float(row["value"])))
    return most < _SLOW_MS or (least >= _SLOW_MS and most - least <= _NEAR * most)


def places(alike: Iterable[Document]) -> list[str]:
    """Where the values of a group were seen, each place once."""
    return list(dict.fromkeys(row["source"] for row in alike if row["source"]))


def value(alike: Sequence[Document], texts: Texts) -> str:
    """What a group says: one value, or the range of its times."""
    ordered = sorted(alike, key=lambda row: row["value"]) if len(alike) > 1 else alike
    told = [wording.value(ordered[place], texts) for place in (0, -1)]
    return told[0] if told[0] == told[1] else texts("report.range", least=told[0], most=told[1])


def _place(alike: Sequence[Document], texts: Texts) -> str:
    seen_in = places(alike)
    if len(seen_in) < 2:
        return "".join(seen_in)
    return texts("report.and_more", first=seen_in[0], count=len(seen_in) - 1)
