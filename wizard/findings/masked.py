# SPDX-License-Identifier: MIT
"""The diagnosis as it may leave: its values masked before any sentence is made of them.

Masking values instead of sentences keeps our own words as they are, even where a computer is
called like one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wizard import codec
from wizard.findings.redact import Redactor
from wizard.model import CheckResult, Diagnosis, Evidence, Finding, Sensitivity

_KIND_OF = {Sensitivity.HOST: "host", Sensitivity.IDENTITY: "domain"}


def mask(diagnosis: Diagnosis, redactor: Redactor) -> Diagnosis:
    """The same diagnosis without secrets, and with false names where names are masked."""
    redactor.learn(_strings(codec.to_plain(diagnosis)))
    redactor.learn_whole("host", diagnosis.host.name)
    for row in diagnosis.results:
        for shown in row.finding.evidence:
            if shown.sensitivity in _KIND_OF and isinstance(shown.value, str):
                redactor.learn_whole(_KIND_OF[shown.sensitivity], shown.value)
    host = replace(diagnosis.host, name=redactor.host(diagnosis.host.name))
    rows = tuple(_row(row, redactor) for row in diagnosis.results)
    return replace(diagnosis, host=host, results=rows)


def _row(row: CheckResult, redactor: Redactor) -> CheckResult:
    finding = _finding(row.finding, redactor)
    return replace(row, finding=finding, observation=redactor.plain(row.observation))


def _finding(finding: Finding, redactor: Redactor) -> Finding:
    values = {key: redactor.plain(value) for key, value in finding.values.items()}
    evidence = tuple(_evidence(row, redactor) for row in finding.evidence)
    return replace(finding, values=values, evidence=evidence)


def _evidence(row: Evidence, redactor: Redactor) -> Evidence:
    return replace(row, value=redactor.plain(row.value), source=redactor.text(row.source))


def _strings(thing: Any) -> Iterator[str]:
    """Every string in plain values."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for part in thing.values():
            yield from _strings(part)
    elif isinstance(thing, list):
        for part in thing:
            yield from _strings(part)
