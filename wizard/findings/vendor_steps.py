# SPDX-License-Identifier: MIT
"""Which of the article's steps for a cause fit what was found: resources/vendor_steps.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from wizard import codec, product, resources
from wizard.checks import CHECKS
from wizard.errors import BadInput
from wizard.graph import admin_requests
from wizard.graph.admin_requests import RequestKind
from wizard.model import CauseId, CheckResult, Finding, Outcome
from wizard.texts import Texts

_WORST_FIRST = (Outcome.PROBLEM, Outcome.WARNING)


@dataclass(frozen=True)
class Fitting:
    """Ids of the steps that fit; `is_part` once some are done, or a reason leaves them out."""

    steps: tuple[str, ...]
    is_part: bool

    def sentences(self, cause: str, texts: Texts) -> list[str]:
        """The steps in words, in their order."""
        return [texts(f"cause.{cause}.steps.{step}") for step in self.steps]


@dataclass(frozen=True)
class _Step:
    cause: CauseId
    step: str
    fits: tuple[RequestKind, ...]


@dataclass(frozen=True)
class _Done:
    cause: CauseId
    step: str
    check: str
    outcomes: tuple[Outcome, ...]
    not_by: tuple[str, ...]

    def is_by(self, check: str, finding: Finding) -> bool:
        """Whether a finding shows the step done."""
        is_told = bool(finding.text) and finding.text not in self.not_by
        return check == self.check and finding.outcome in self.outcomes and is_told


@dataclass(frozen=True)
class VendorSteps:
    """The whole table."""

    source: str
    date: str
    unexplained: tuple[RequestKind, ...]
    unexplained_texts: tuple[str, ...]
    done: tuple[_Done, ...]
    steps: tuple[_Step, ...]

    def kinds(self, found: Iterable[tuple[str, Finding]]) -> set[RequestKind | None] | None:
        """What the findings ask for; None where one of them names no reason."""
        asked: set[RequestKind | None] = set()
        for check, finding in found:
            kind = admin_requests.load().of(finding.text, check)
            if kind in self.unexplained or finding.text in self.unexplained_texts:
                return None
            asked.add(kind)
        return asked

    def undone(
        self, cause: str, steps: tuple[str, ...], rows: Sequence[tuple[str, Finding]]
    ) -> tuple[str, ...]:
        """The steps without those that a check has done."""
        done = {
            one.step
            for one in self.done
            if one.cause == cause and any(one.is_by(*row) for row in rows)
        }
        return tuple(step for step in steps if step not in done)

    def fits(self, cause: str, step: str, asked: set[RequestKind | None]) -> bool:
        """Whether a step goes with what is asked for."""
        named = next((row for row in self.steps if (row.cause, row.step) == (cause, step)), None)
        return named is None or not asked.isdisjoint(named.fits)


@cache
def load() -> VendorSteps:
    """Read and check the shipped table."""
    return codec.from_plain(resources.read_toml("vendor_steps.toml"), VendorSteps)


def of_results(cause: str, results: Iterable[CheckResult]) -> Fitting:
    """The steps that fit the findings of one cause, the worst of which count."""
    return _of(cause, [(row.check, row.finding) for row in results if row.cause == cause])


def of_document(document: Mapping[str, Any], cause: Mapping[str, Any]) -> Fitting:
    """The same of a diagnosis as JSON, which is judged anew as far as it holds observations."""
    observed = document.get("observations") or {}
    rows = [(row["check"], _judged(row, observed)) for row in cause["findings"]]
    return _of(cause["id"], rows)


def _of(cause: str, rows: list[tuple[str, Finding]]) -> Fitting:
    known = next((one for one in product.load().causes if one.id == cause), None)
    steps = tuple(step.id for step in known.steps) if known else ()
    asked = load().kinds(_worst(rows))
    is_told = any(row.cause == cause for row in load().steps)
    left = load().undone(cause, steps, rows)
    if not asked or not is_told:
        return Fitting(left, is_part=left != steps)
    steps = left
    fitting = tuple(step for step in steps if load().fits(cause, step, asked))
    return Fitting(fitting, is_part=True)


def _worst(rows: list[tuple[str, Finding]]) -> list[tuple[str, Finding]]:
    """What the cause stands for; nothing where it is neither a problem nor a warning."""
    for outcome in _WORST_FIRST:
        found = [row for row in rows if row[1].outcome is outcome]
        if found:
            return found
    return []


def _judged(row: Mapping[str, Any], observed: Mapping[str, Any]) -> Finding:
    """A finding with its text; one that can't be judged anew has none that is known."""
    seen = (observed.get(row["check"]) or {}).get("observation")
    check = next((check for check in CHECKS if check.id == row["check"]), None)
    if check is not None and seen is not None:
        try:
            return check.judge(codec.from_plain(seen, check.observation), product.load())
        except BadInput:  # of another version
            pass
    outcome = row["outcome"]
    return Finding(Outcome(outcome) if outcome in set(Outcome) else Outcome.OK, "")
