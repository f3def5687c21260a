# SPDX-License-Identifier: MIT
"""The diagnosis as JSON, in the form that other programs rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wizard import codec
from wizard.findings import advice
from wizard.findings.wording import check_title, source_title
from wizard.model import CheckResult, Diagnosis, Evidence, Outcome, Source, Status, Verdict
from wizard.product import Product
from wizard.texts import Texts

SCHEMA = "m365-backup-wizard/diagnosis/1"
PROGRAM = "m365-backup-wizard"
NOT_CHECKED = (Outcome.COULD_NOT_CHECK, Outcome.TIMED_OUT, Outcome.NOT_APPLICABLE)

Document = dict[str, Any]


def diagnosis_to_json(
    diagnosis: Diagnosis, product: Product, texts: Texts, *, with_observations: bool = False
) -> Document:
    """The diagnosis as plain values; with observations it can be judged anew."""
    document: Document = {
        "schema": SCHEMA,
        "program": {"name": PROGRAM, "version": diagnosis.program_version},
        "started": codec.to_rfc3339(diagnosis.started),
        "finished": codec.to_rfc3339(diagnosis.finished),
        "cancelled": diagnosis.cancelled,
        "host": codec.to_plain(diagnosis.host),
        "verdict": _verdict(diagnosis, texts),
        "causes": [_cause(diagnosis, v, product, texts) for v in diagnosis.verdicts],
        "not_checked": [
            {
                "check": row.check,
                "outcome": str(row.finding.outcome),
                "reason": texts.summary(row.finding),
            }
            for row in diagnosis.results
            if row.finding.outcome in NOT_CHECKED
        ],
    }
    if with_observations:
        document["observations"] = {row.check: _observed(row) for row in diagnosis.results}
    return document


def evidence_to_json(row: Evidence, texts: Texts) -> Document:
    """One row of evidence with its label in words."""
    label = texts(f"label.{row.label}")
    return {"label": label, "value": row.value, "unit": row.unit, "source": row.source}


def because(verdict: Verdict, texts: Texts) -> str:
    """Why a cause stands where it stands, in one sentence."""
    check = check_title(verdict.check, texts) if verdict.check else ""
    return texts(verdict.because, {"check": check, **verdict.values})


def summary(diagnosis: Diagnosis, texts: Texts) -> str:
    """The whole diagnosis in one sentence."""
    likely = diagnosis.likely_cause
    if likely is None:
        return texts(f"report.summary.{_kind(diagnosis)}")
    title = texts(f"cause.{likely}.title")
    rows = [row for row in diagnosis.of_cause(likely) if row.check == diagnosis.verdicts[0].check]
    told = texts.summary(rows[0].finding) if rows else because(diagnosis.verdicts[0], texts)
    return texts("report.summary.likely", title=title, finding=told)


def _kind(diagnosis: Diagnosis) -> str:
    """Which sentence fits when no cause was found: how much was looked at decides."""
    answered = [row for row in diagnosis.results if row.finding.outcome == Outcome.OK]
    if diagnosis.status == Status.UNKNOWN and not answered:
        return "unknown_all"
    if diagnosis.status == Status.OK and not answered:
        return str(Status.SKIPPED)
    left_out = any(verdict.status == Status.SKIPPED for verdict in diagnosis.verdicts)
    return "ok_partly" if diagnosis.status == Status.OK and left_out else str(diagnosis.status)


def _verdict(diagnosis: Diagnosis, texts: Texts) -> Document:
    likely = diagnosis.likely_cause
    return {
        "status": str(diagnosis.status),
        "likely_cause": str(likely) if likely else None,
        "summary": summary(diagnosis, texts),
    }


def _cause(diagnosis: Diagnosis, verdict: Verdict, product: Product, texts: Texts) -> Document:
    return {
        "id": str(verdict.cause),
        "title": texts(f"cause.{verdict.cause}.title"),
        "status": str(verdict.status),
        "rank": verdict.rank,
        "because": because(verdict, texts),
        "findings": [
            _finding(r, diagnosis.results, product, texts)
            for r in diagnosis.of_cause(verdict.cause)
        ],
    }


def _finding(
    row: CheckResult, beside: Sequence[CheckResult], product: Product, texts: Texts
) -> Document:
    finding = row.finding
    return {
        "check": row.check,
        "outcome": str(finding.outcome),
        "summary": texts.summary(finding),
        "evidence": [evidence_to_json(evidence, texts) for evidence in finding.evidence],
        "advice": list(advice.of(row, beside, texts)),
        "fixes": list(finding.fixes),
        "source": _source(product.sources[finding.source], texts),
        "duration_s": row.duration_s,
    }


def _source(source: Source, texts: Texts) -> Document:
    return {"title": source_title(source, texts), "url": source.url, "date": source.date}


def _observed(row: CheckResult) -> Document:
    """What a later version needs to judge the row anew."""
    return {"observed": codec.to_rfc3339(row.observed), "observation": row.observation}
