# SPDX-License-Identifier: MIT
"""What do the logs say about each cause? Six checks that share one reading of the logs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.checks import base
from wizard.checks.base import Check, Context
from wizard.model import CauseId, Evidence, Finding, Sensitivity, Value
from wizard.nakivo import log_signatures
from wizard.nakivo.log_signatures import LogRules, Signature, Weight
from wizard.nakivo.log_tally import LogMatch
from wizard.nakivo.logs import LogFile
from wizard.product import Confidence, Product

DEADLINE_S = 60.0
_SHOWN_MATCHES = 4
_SHOWN_SKIPPED = 20
_FIELDS = ("status", "code", "inner_code", "permission_needed", "request_id", "path", "host")
_FIELDS_SENSITIVE = {"path", "host"}


@dataclass(frozen=True)
class LogHits:
    """One cause's part of what the logs say. Secrets are masked where the logs are read."""

    files: int
    bytes: int
    newest: str | None
    complete: bool
    skipped: tuple[LogFile, ...]
    matches: tuple[LogMatch, ...]


Pair = tuple[Signature, LogMatch]


def _observe(cause: CauseId, context: Context) -> LogHits:
    evidence = context.logs()
    read = [file for file in evidence.files if file.bytes]
    return LogHits(
        files=len(read),
        bytes=sum(file.bytes for file in read),
        newest=evidence.newest,
        complete=evidence.complete,
        skipped=tuple(file for file in evidence.files if file.skipped)[:_SHOWN_SKIPPED],
        matches=tuple(match for match in evidence.matches if match.cause == cause),
    )


def judge(hits: LogHits, product: Product) -> Finding:
    """Lines of the last run decide; older ones, and lines without a time, are only shown."""
    rules = log_signatures.load(product)
    known = [(s, m) for m in hits.matches if (s := rules.signature(m.signature))]
    known.sort(key=lambda pair: pair[0].confidence is Confidence.INFERRED)
    recent = [pair for pair in known if _counts(pair)]
    for weight, finding in ((Weight.PROBLEM, base.problem), (Weight.WARNING, base.warning)):
        fitting = [pair for pair in recent if pair[0].weight is weight]
        if fitting:
            first = fitting[0]
            others = [pair for pair in known if pair is not first]
            return finding(
                first[0].text,
                values=_values(first[1]),
                evidence=_evidence([first, *others], hits),
                decisive=weight is Weight.PROBLEM,
                source=first[0].source,
            )
    return _nothing_recent(hits, known, rules)


def _counts(pair: Pair) -> bool:
    """Whether there are enough lines of the last run to decide something."""
    return pair[1].recent >= max(1, pair[0].minimum_hits)


def _nothing_recent(hits: LogHits, known: Sequence[Pair], rules: LogRules) -> Finding:
    evidence = _evidence(known, hits)
    weighty = [match for signature, match in known if signature.weight is not Weight.NOTE]
    undated = sum(match.undated for match in weighty)
    values: dict[str, Value] = {"files": hits.files, "skipped": len(hits.skipped)}
    if undated:
        return base.warning(
            "log_evidence.undated", values={"count": undated}, evidence=evidence, source="wizard"
        )
    if not hits.files:
        text = "log_evidence.unreadable" if hits.skipped else "log_evidence.no_logs"
        return base.could_not_check(text, values=values, evidence=evidence, source="wizard")
    if not hits.complete or hits.skipped:
        text = "log_evidence.partly_read" if hits.complete else "log_evidence.cancelled"
        return base.could_not_check(text, values=values, evidence=evidence, source="wizard")
    values |= {"megabytes": hits.bytes / 1_000_000, "newest": hits.newest or "?"}
    few = sum(match.recent for match in weighty)
    if weighty and not few:
        age = min(match.age_days for match in weighty if match.age_days is not None)
        values |= {"count": sum(match.count for match in weighty), "age": age}
        values["limit"] = rules.limits.stale_after_days
        return base.ok("log_evidence.old", values=values, evidence=evidence, source="wizard")
    text = "log_evidence.few" if few else "log_evidence.none"
    values["count"] = few
    return base.ok(text, values=values, evidence=evidence, source="wizard")


def _values(match: LogMatch) -> dict[str, Value]:
    shown: dict[str, Value] = {"count": match.recent, "last": match.last or "?"}
    named = {name: match.fields.get(name, "?") for name in ("code", "status", "host", "path")}
    return shown | named | {"operation": _operation(match)}


def _operation(match: LogMatch) -> str:
    parts = (match.fields.get("method"), match.fields.get("url"))
    return " ".join(str(part) for part in parts if part) or "?"


def _evidence(pairs: Sequence[Pair], hits: LogHits) -> tuple[Evidence, ...]:
    rows = [row for _, match in pairs[:_SHOWN_MATCHES] for row in _rows(match)]
    rows.append(Evidence("logs_read", hits.files))
    rows.append(Evidence("logs_size", round(hits.bytes / 1_000_000, 3), "MB"))
    rows.append(Evidence("logs_newest", hits.newest))
    rows += [
        Evidence(file.skipped or "", file.path, "", "", Sensitivity.HOST)
        for file in hits.skipped[:_SHOWN_MATCHES]
    ]
    return tuple(rows)


def _rows(match: LogMatch) -> list[Evidence]:
    place = f"{match.file}:{match.line}"
    rows = [
        Evidence("log_line", match.excerpt, "", place, Sensitivity.HOST),
        Evidence("log_count", match.count, "", place),
        Evidence("log_last", match.last, "", place),
    ]
    if "url" in match.fields:
        row = Evidence("log_operation", _operation(match), "", place, Sensitivity.HOST)
        rows.append(row)
    rows += [
        Evidence(
            f"log_{name}",
            match.fields[name],
            "",
            place,
            Sensitivity.HOST if name in _FIELDS_SENSITIVE else Sensitivity.PUBLIC,
        )
        for name in _FIELDS
        if name in match.fields
    ]
    return rows


def _check(stem: str, cause: CauseId) -> Check[LogHits]:
    def observe(context: Context) -> LogHits:
        return _observe(cause, context)

    return Check(f"log_{stem}", cause, frozenset(), DEADLINE_S, LogHits, observe, judge)


LOG_PERMISSIONS = _check("permissions", CauseId.PERMISSIONS)
LOG_CONNECTIVITY = _check("connectivity", CauseId.CONNECTIVITY)
LOG_TEMP_FOLDER = _check("temp_folder", CauseId.TEMP_FOLDER)
LOG_ANTIVIRUS = _check("antivirus", CauseId.ANTIVIRUS)
LOG_MEMORY = _check("memory", CauseId.MEMORY)
LOG_GRAPH_FORBIDDEN = _check("graph_forbidden", CauseId.GRAPH_FORBIDDEN)
