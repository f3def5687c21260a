# SPDX-License-Identifier: MIT
"""The diagnosis for a terminal: the likeliest cause with its evidence, then the rest in short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wizard.checks import token_roles
from wizard.findings import (
    alike,
    as_json,
    permission_rows,
    rejected_rows,
    stations,
    timeline,
    vendor_steps,
)
from wizard.findings.as_json import Document
from wizard.findings.matrix_text import matrix_to_text
from wizard.findings.permission_rows import Matrix
from wizard.findings.rejected_rows import RejectedRow
from wizard.findings.rejected_text import rejected_to_text
from wizard.findings.stations import Path
from wizard.findings.timeline import Timeline
from wizard.findings.timeline_text import timeline_to_text
from wizard.findings.vendor_steps import Fitting
from wizard.findings.wording import (
    check_title,
    explanation,
    glyph,
    outcome_word,
    status_word,
    worst_first,
)
from wizard.findings.wrapped import chained, wrapped
from wizard.model import CauseId, CheckResult, Diagnosis, Outcome, Status, Verdict
from wizard.product import Product
from wizard.texts import Texts

_WORTH_A_LOOK = ("problem", "warning")
_LABEL_WIDTH = 40
_NAMED = 5  # checks left out for one reason; more are counted


@dataclass(frozen=True)
class _Beside:
    """What is told of a cause beside its findings."""

    paths: Sequence[Path]
    matrix: Matrix | None
    rejected: Sequence[RejectedRow]
    fitting: Fitting
    logged: Timeline | None


def diagnosis_to_text(
    diagnosis: Diagnosis, product: Product, texts: Texts, asked: Sequence[str] = ()
) -> str:
    """The whole diagnosis, with the lines that were asked for before its last one."""
    document = as_json.diagnosis_to_json(diagnosis, product, texts, with_observations=True)
    return document_to_text(document, texts, asked)


def verdict_to_text(diagnosis: Diagnosis, product: Product, texts: Texts) -> str:
    """What it comes down to, in one paragraph."""
    return _verdict(as_json.diagnosis_to_json(diagnosis, product, texts), texts)


def cause_to_text(diagnosis: Diagnosis, verdict: Verdict, product: Product, texts: Texts) -> str:
    """One cause with everything that is known of it."""
    document = as_json.diagnosis_to_json(diagnosis, product, texts)
    cause = next(cause for cause in document["causes"] if cause["id"] == verdict.cause)
    beside = _Beside(
        paths=stations.of_results(diagnosis.results, texts),
        matrix=permission_rows.of_results(diagnosis.results, texts),
        rejected=rejected_rows.of_results(diagnosis.results, texts),
        fitting=vendor_steps.of_results(verdict.cause, diagnosis.results),
        logged=timeline.of_results(diagnosis.results).get(verdict.cause),
    )
    return "\n".join(_cause(cause, beside, texts))


def paths_to_text(paths: Sequence[Path], texts: Texts) -> Iterator[str]:
    """The ways to Microsoft 365, each as a chain of stations."""
    if paths:
        yield f"  {texts('path.title')}:"
        yield wrapped(texts("path.as_seen"), "    ", 0)
    for path in stations.together(paths, texts):
        place = stations.place(path, texts)
        sign = glyph(str(path.outcome or "unknown"))
        told = f"{sign} {path.name}, {place}: {stations.verdict(path, texts)}"
        yield wrapped(told, "    ")
        if path.stations:
            yield from chained(tuple(_stations(path, texts)), f"{texts('path.next')} ", "      ")


def views_to_text(results: Iterable[CheckResult], texts: Texts) -> Iterator[str]:
    """What the Transporter's own service and Java meet on the way."""
    rows = stations.through_transporter(results)
    if rows:
        yield f"  {texts('path.transporter')}:"
    for row in rows:
        outcome, title = str(row.finding.outcome), check_title(row.check, texts)
        told = f"{glyph(outcome)} {outcome_word(outcome, texts)}: {title}. "
        yield wrapped(told + texts.summary(row.finding), "    ")


def _stations(path: Path, texts: Texts) -> Iterator[str]:
    for station in path.stations:
        name = stations.layer_name(station.layer, texts)
        yield f"{glyph(str(station.outcome))} {name}: {stations.said(station, texts)}"


def not_checked_to_text(diagnosis: Diagnosis, product: Product, texts: Texts) -> str:
    """What could not be checked or was left out, and why."""
    document = as_json.diagnosis_to_json(diagnosis, product, texts)
    return "\n".join(_not_checked(document, None, texts))


def document_to_text(document: Document, texts: Texts, asked: Sequence[str] = ()) -> str:
    """The same from a diagnosis that was stored as JSON."""
    first, others = _parted(document)
    blocks = [[_verdict(document, texts)]]
    if first:
        beside = _Beside(
            paths=stations.of_document(document, texts),
            matrix=permission_rows.of_document(document, texts),
            rejected=rejected_rows.of_document(document, texts),
            fitting=vendor_steps.of_document(document, first),
            logged=timeline.of_document(document).get(first["id"]),
        )
        blocks.append(list(_cause(first, beside, texts)))
    heading = "report.other_causes" if first else "report.causes"
    blocks.append([texts(heading), *_lines(others, texts)])
    blocks.append(list(_not_checked(document, first, texts)))
    if not first:
        blocks.append([wrapped(texts("report.if_it_still_fails"), "")])
    if asked:
        blocks.append(list(asked))
    host, program = document["host"], document["program"]
    made = {"host": host["name"], "os": host["os"], "version": program["version"]}
    blocks.append([texts("report.made", made, finished=document["finished"])])
    return "\n\n".join("\n".join(block) for block in blocks)


def _parted(document: Document) -> tuple[Document | None, Sequence[Document]]:
    causes = document["causes"]
    if causes and causes[0]["status"] in _WORTH_A_LOOK:
        return causes[0], causes[1:]
    return None, causes


def _verdict(document: Document, texts: Texts) -> str:
    lines = []
    if document["host"].get("sample"):
        lines.append(texts("report.sample", scenario=document["host"]["sample"]))
    if document.get("cancelled"):
        lines.append(texts("report.cancelled"))
    status = document["verdict"]["status"]
    lines.append(wrapped(f"{glyph(status)} {document['verdict']['summary']}", ""))
    return "\n".join(lines)


def _lines(causes: Sequence[Document], texts: Texts) -> Iterator[str]:
    """A cause in one line; those that were left out for the same reason in one together."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for cause in causes:
        told = cause["because"]
        if cause["status"] in _WORTH_A_LOOK:
            told = worst_first(cause["findings"])[0]["summary"]
        own = "" if cause["status"] == Status.SKIPPED else cause["id"]
        groups.setdefault((own, cause["status"], told), []).append(cause["title"])
    for (_, status, told), titles in groups.items():
        yield _line(status, titles, told, texts)


def _line(status: str, titles: Sequence[str], told: str, texts: Texts) -> str:
    """Sign, word, title, and what was found or why nothing was."""
    sign = f"{glyph(status)} {status_word(status, texts)}"
    return wrapped(f"{sign:<18} {', '.join(titles)}. {told}", "  ", 21)


def _cause(cause: Document, beside: _Beside, texts: Texts) -> Iterator[str]:
    status = cause["status"]
    yield f"{glyph(status)} {cause['title']}: {status_word(status, texts)}"
    yield wrapped(explanation(cause["id"], texts), "  ", 0)
    yield wrapped(f"{texts('report.why')}: {cause['because']}", "  ")
    if cause["id"] == CauseId.CONNECTIVITY and beside.paths:
        yield ""
        yield from paths_to_text(beside.paths, texts)
    for finding in worst_first(cause["findings"]):
        yield ""
        yield from _finding(finding, texts)
        if finding["check"] == token_roles.CHECK.id and beside.matrix:
            yield ""
            yield from matrix_to_text(beside.matrix, texts)
    if cause["id"] == CauseId.GRAPH_FORBIDDEN and beside.rejected:
        yield ""
        yield from rejected_to_text(beside.rejected, texts)
    if beside.logged:
        yield ""
        yield from timeline_to_text(beside.logged, texts)
    if status in _WORTH_A_LOOK and beside.fitting.steps:
        yield ""
        yield from _vendor_steps(cause["id"], beside.fitting, texts)


def _vendor_steps(cause: str, fitting: Fitting, texts: Texts) -> Iterator[str]:
    yield f"  {texts('report.steps_part' if fitting.is_part else 'report.steps')}:"
    for number, step in enumerate(fitting.sentences(cause, texts), start=1):
        yield wrapped(f"{number}. {step}", "    ", 3)


def _finding(finding: Document, texts: Texts) -> Iterator[str]:
    outcome = finding["outcome"]
    title = check_title(finding["check"], texts)
    yield wrapped(
        f"{glyph(outcome)} {outcome_word(outcome, texts)}: {title}. {finding['summary']}", "  ", 4
    )
    if outcome == Outcome.OK:
        return
    yield from _evidence(finding["evidence"], texts)
    for number, step in enumerate(finding["advice"], start=1):
        yield wrapped(f"{number}. {step}", "    ", 3)
    source = finding["source"]
    if outcome in _WORTH_A_LOOK and source["url"]:
        yield f"    {texts('report.source')}: {source['title']}, {source['date']}"
        yield f"    {source['url']}"


def _evidence(rows: Sequence[Document], texts: Texts) -> Iterator[str]:
    """Label, value and place in columns; a place is named once for the rows that share it."""
    told = tuple(alike.rows(rows, texts))
    labels = [len(row.label) for row in told if len(row.label) <= _LABEL_WIDTH]
    width, before = max(labels, default=0) + 2, ""
    for row in told:
        place = f"  ({row.place})" if row.place not in ("", before) else ""
        before = row.place
        label = f"{row.label:<{width}}" if len(row.label) < width else f"{row.label}: "
        yield wrapped(f"{label}{row.value}{place}", "      ", width)


def _not_checked(document: Document, told: Document | None, texts: Texts) -> Iterator[str]:
    """Rows without an answer, by reason with what to do; then what was left out, as asked.

    Why a check of the cause that is told above has no answer stands there.
    """
    above = {finding["check"] for finding in told["findings"]} if told else set()
    rows = document["not_checked"]
    unknown = [row for row in rows if row["outcome"] != Outcome.NOT_APPLICABLE]
    left_out = [row for row in rows if row["outcome"] == Outcome.NOT_APPLICABLE]
    nothing = "report.nothing_unknown" if left_out else "report.nothing_left_out"
    yield texts("report.not_checked" if unknown else nothing)
    seen = [check_title(row["check"], texts) for row in unknown if row["check"] in above]
    if seen:
        yield wrapped(texts("report.told_above", checks=", ".join(seen)), "  ", 2)
    unknown = [row for row in unknown if row["check"] not in above]
    for (outcome, reason), checks in _by_reason(unknown, texts).items():
        sign = f"{glyph(outcome)} {outcome_word(outcome, texts)}"
        yield wrapped(f"{sign}: {', '.join(checks)}. {reason}", "  ", 2)
        for step in _advice_for(reason, document):
            yield wrapped(step, "    ", 2)
    for (_, reason), checks in _by_reason(left_out, texts).items():
        names = ", ".join(checks)
        if len(checks) > _NAMED:
            names = texts("report.checks", count=len(checks))
        yield wrapped(f"{glyph(Outcome.NOT_APPLICABLE)} {names}. {reason}", "  ", 2)


def _by_reason(rows: Sequence[Document], texts: Texts) -> dict[tuple[str, str], list[str]]:
    """Titles of checks by outcome and reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        key = (row["outcome"], row["reason"])
        found.setdefault(key, []).append(check_title(row["check"], texts))
    return found


def _advice_for(reason: str, document: Document) -> Sequence[str]:
    """What the first finding with this reason advises."""
    findings = (finding for cause in document["causes"] for finding in cause["findings"])
    return next((f["advice"] for f in findings if f["summary"] == reason), ())
