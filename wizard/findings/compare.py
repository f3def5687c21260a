# SPDX-License-Identifier: MIT
"""What changed between two diagnoses: new, gone and changed findings, check by check."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wizard.findings.as_json import Document
from wizard.model import Outcome

_BAD = (Outcome.PROBLEM, Outcome.WARNING)
# What differs between any two runs and says nothing: how long a call took, request ids, times.
_TIMING_UNITS = ("ms", "s")
_ID_OR_TIME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d[T ][\d:.]+Z?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z| UTC)?)?")


class Kind(StrEnum):
    """How a row differs."""

    NEW = "new"  # a problem or warning that wasn't there
    GONE = "gone"  # one that isn't there any more
    CHANGED = "changed"  # another outcome, or a problem or warning with other words or numbers
    NUMBERS = "numbers"  # the same harmless outcome with other numbers: no change of the state


@dataclass(frozen=True)
class Row:
    """A check's answer in one of the two."""

    outcome: str
    summary: str
    numbers: tuple[tuple[str, str], ...]

    def counted(self) -> dict[tuple[str, int], str]:
        """Numbers by label and by how often the label stood before: one label may come twice."""
        seen: Counter[str] = Counter()
        found: dict[tuple[str, int], str] = {}
        for label, value in self.numbers:
            found[label, seen[label]] = value
            seen[label] += 1
        return found


@dataclass(frozen=True)
class Change:
    """One check whose answer differs. A side is None where the check isn't listed."""

    check: str
    kind: Kind
    before: Row | None
    after: Row | None

    @property
    def numbers(self) -> tuple[tuple[str, str, str], ...]:
        """Label, before and after of evidence that stands on both sides with another value."""
        if self.before is None or self.after is None:
            return ()
        before, after = self.before.counted(), self.after.counted()
        return tuple(
            (place[0], before[place], value)
            for place, value in after.items()
            if place in before and before[place] != value
        )

    @property
    def is_telling(self) -> bool:
        """Whether there is a difference to show, beyond moments and how many rows there are."""
        if self.kind is not Kind.NUMBERS or self.before is None or self.after is None:
            return True
        words = [_MOMENT.sub("", row.summary) for row in (self.before, self.after)]
        return bool(self.numbers) or words[0] != words[1]


@dataclass(frozen=True)
class Comparison:
    """Two diagnoses side by side."""

    before: str
    after: str
    likely_before: str | None
    likely_after: str | None
    changes: tuple[Change, ...]
    same: int

    @property
    def is_reversed(self) -> bool:
        """Whether the one given as the earlier is the later; both are written in UTC."""
        return self.before > self.after

    @property
    def is_changed(self) -> bool:
        """Whether anything but numbers differs."""
        return any(change.kind is not Kind.NUMBERS for change in self.changes)


def compare(before: Document, after: Document) -> Comparison:
    """Every check that answers differently, in the order of the newer diagnosis."""
    old, new = _rows(before), _rows(after)
    checks = [*new, *(check for check in old if check not in new)]
    pairs = [(check, old.get(check), new.get(check)) for check in checks]
    changes = [Change(c, _kind(o, n), o, n) for c, o, n in pairs if o != n]
    telling = tuple(change for change in changes if change.is_telling)
    return Comparison(
        before=before["finished"],
        after=after["finished"],
        likely_before=before["verdict"]["likely_cause"],
        likely_after=after["verdict"]["likely_cause"],
        changes=telling,
        same=len(pairs) - len(telling),
    )


def _kind(before: Row | None, after: Row | None) -> Kind:
    was_bad = before is not None and before.outcome in _BAD
    is_bad = after is not None and after.outcome in _BAD
    if is_bad and not was_bad:
        return Kind.NEW
    # A check that can't answer any more has not made a finding go away.
    if was_bad and after is not None and after.outcome == Outcome.OK:
        return Kind.GONE
    if before and after and before.outcome == after.outcome and not is_bad:
        return Kind.NUMBERS
    return Kind.CHANGED


def _rows(document: Document) -> dict[str, Row]:
    return {
        finding["check"]: _row(finding)
        for cause in document["causes"]
        for finding in cause["findings"]
    }


def _row(finding: dict[str, Any]) -> Row:
    numbers = tuple(
        (row["label"], f"{row['value']} {row['unit']}".rstrip())
        for row in finding["evidence"]
        if row["unit"] not in _TIMING_UNITS and not _ID_OR_TIME.fullmatch(str(row["value"]))
    )
    return Row(finding["outcome"], finding["summary"], numbers)
