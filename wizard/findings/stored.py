# SPDX-License-Identifier: MIT
"""The stored diagnosis as dataclasses: what comes from outside is checked before it is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizard import codec
from wizard.errors import BadInput
from wizard.findings.as_json import SCHEMA
from wizard.model import CauseId, HostFacts, Outcome, Source, Status, Value


@dataclass(frozen=True)
class Program:
    """Who made it."""

    name: str
    version: str


@dataclass(frozen=True)
class Summary:
    """The whole in one sentence."""

    status: Status
    likely_cause: CauseId | None
    summary: str


@dataclass(frozen=True)
class Shown:
    """One row of evidence, its label in words."""

    label: str
    value: Value | None
    unit: str
    source: str


@dataclass(frozen=True)
class Told:
    """One finding in words."""

    check: str
    outcome: Outcome
    summary: str
    evidence: tuple[Shown, ...]
    advice: tuple[str, ...]
    fixes: tuple[str, ...]
    source: Source
    duration_s: float


@dataclass(frozen=True)
class Cause:
    """One cause with its findings."""

    id: CauseId
    title: str
    status: Status
    rank: int
    because: str
    findings: tuple[Told, ...]


@dataclass(frozen=True)
class NotChecked:
    """A row without an answer."""

    check: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class Observed:
    """What a check saw, to be judged again."""

    observed: datetime
    observation: Any


@dataclass(frozen=True)
class Stored:
    """diagnosis.json, with or without its observations."""

    schema: str
    program: Program
    started: datetime
    finished: datetime
    cancelled: bool
    host: HostFacts
    verdict: Summary
    causes: tuple[Cause, ...]
    not_checked: tuple[NotChecked, ...]
    observations: dict[str, Observed] | None = None

    def row(self, check: str) -> tuple[CauseId, Told] | None:
        """A check's finding and the cause it is listed under."""
        for cause in self.causes:
            for told in cause.findings:
                if told.check == check:
                    return cause.id, told
        return None


def read(document: Any) -> Stored:
    """A stored diagnosis; BadInput when it is of another form."""
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != SCHEMA:
        raise BadInput("error.package_schema", schema=str(schema)[:80], known=SCHEMA)
    return codec.from_plain(document, Stored)
