# SPDX-License-Identifier: MIT
"""A diagnosis made by hand: one row of each outcome, names and numbers in its values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from wizard import verdict
from wizard.model import (
    CauseId,
    CheckResult,
    Diagnosis,
    Evidence,
    Finding,
    HostFacts,
    Outcome,
    Sensitivity,
    Value,
)
from wizard.product import Product

STARTED = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FULL = Finding(
    Outcome.PROBLEM,
    "log_signature.no_space",
    {"path": "/opt/nakivo/transporter/java/tmp/a.bin", "count": 2, "last": "2026-11-23T02:14:07"},
    (
        Evidence("log_line", "No space left on device", "", "/l/a.log:7", Sensitivity.HOST),
        Evidence("temp_free", 3.1, "GB", "statvfs"),
        Evidence("log_request_id", None),
        Evidence("log_status", True),
    ),
    fixes=("move-temp-folder",),
    decisive=True,
    source="article",
)
MATCH = {
    "signature": "no_space",
    "cause": "temp-folder",
    "count": 2,
    "recent": 2,
    "undated": 0,
    "first": "2026-11-23T02:14:00",
    "last": "2026-11-23T02:14:07",
    "age_days": 0.0,
    "file": "/l/a.log",
    "line": 7,
    "excerpt": "No space left on device",
    "context": "before\nNo space left on device\nafter",
    "fields": {"path": "/opt/nakivo/transporter/java/tmp/a.bin"},
    "days": {"2026-11-23": 2},
}
HITS = {
    "files": 1,
    "bytes": 4096,
    "newest": "2026-11-23T02:15:00",
    "complete": True,
    "skipped": [],
    "matches": [MATCH],
}


def row(
    check: str, cause: CauseId, finding: Finding, observation: Any = None, seconds: float = 0.5
) -> CheckResult:
    return CheckResult(check, cause, finding, STARTED, seconds, observation)


def rows() -> tuple[CheckResult, ...]:
    values: dict[str, Value] = {"count": 1, "named": 0, "begin": "?", "ahead": 0}
    warned = Finding(Outcome.WARNING, "log_evidence.undated", values, source="wizard")
    unknown = Finding(Outcome.COULD_NOT_CHECK, "log_evidence.no_logs", source="wizard")
    late = Finding(Outcome.TIMED_OUT, "engine.timed_out", {"seconds": 30}, source="wizard")
    left = Finding(Outcome.NOT_APPLICABLE, "engine.offline", source="wizard")
    fine = Finding(
        Outcome.OK,
        "log_evidence.none",
        {"files": 1, "size": 4.0, "unit": "kB", "newest": "2026-11-23T02:15:00"},
        source="wizard",
    )
    return (
        row("log_permissions", CauseId.PERMISSIONS, fine, {**HITS, "matches": []}),
        row("dns", CauseId.CONNECTIVITY, left, seconds=0.0),
        row("log_connectivity", CauseId.CONNECTIVITY, warned),
        row("log_temp_folder", CauseId.TEMP_FOLDER, FULL, HITS),
        row("log_antivirus", CauseId.ANTIVIRUS, unknown),
        row("log_memory", CauseId.MEMORY, late, seconds=30.0),
        row("log_graph_forbidden", CauseId.GRAPH_FORBIDDEN, fine, {**HITS, "matches": []}),
        row("installation", CauseId.OTHER, fine),
    )


def diagnosis(product: Product, results: tuple[CheckResult, ...] | None = None) -> Diagnosis:
    results = rows() if results is None else results
    return Diagnosis(
        program_version="9.8.7",
        started=STARTED,
        finished=STARTED + timedelta(seconds=31.5),
        host=HostFacts("linux", "Debian GNU/Linux 12", "backup01", is_admin=False),
        results=results,
        verdicts=verdict.rank(results, product),
    )


def of_sample(told: Diagnosis) -> Diagnosis:
    """The same, measured on a sample server."""
    return replace(told, host=replace(told.host, sample="several"))
