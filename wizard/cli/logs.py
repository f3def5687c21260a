# SPDX-License-Identifier: MIT
"""wizard logs: evidence in log files, folders, .gz or a support bundle (.zip, .tar.gz)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from wizard import product as product_module
from wizard.checks import log_hits, log_rows, log_sentences, sizes
from wizard.cli import log_reading, start
from wizard.cli.terminal import ExitStatus, Terminal
from wizard.errors import BadInput
from wizard.findings import timeline
from wizard.findings.timeline_text import timeline_to_text
from wizard.model import Value
from wizard.nakivo import failed_at, log_signatures
from wizard.nakivo.deciding_run import Chosen
from wizard.nakivo.log_bearing import Bearing
from wizard.nakivo.log_signatures import LogRules, Weight
from wizard.nakivo.log_tally import LogMatch
from wizard.nakivo.logs import LogEvidence, LogFile
from wizard.secret_patterns import mask
from wizard.texts import Texts

SCHEMA = "m365-backup-wizard/log-evidence/1"


def search_logs(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print what the files hold; exit status by the worst of it."""
    format_ = getattr(options, "format", "text")
    if format_ == "junit":
        raise BadInput("error.no_junit", command="logs")
    if "" in options.paths:
        raise BadInput("error.path_empty")
    product = product_module.load()
    word = getattr(options, "failed_at", None)
    told = failed_at.parse(word) if word is not None else None
    seconds = start.seconds(getattr(options, "timeout", None))
    evidence = log_reading.read(options.paths, product, terminal, seconds=seconds, told=told)
    rules = log_signatures.load(product)
    if format_ == "json":
        terminal.json(evidence_to_json(evidence, terminal.texts))
    else:
        _show(evidence, rules, terminal)
    if evidence.is_cancelled:
        terminal.note(terminal.texts("logs.interrupted"))
        return ExitStatus.INTERRUPTED
    return status_of(evidence, rules)


def status_of(evidence: LogEvidence, rules: LogRules) -> ExitStatus:
    """A problem outweighs what couldn't be read, and that outweighs everything else."""
    if any(_explains(match, rules) for match in evidence.matches):
        return ExitStatus.PROBLEM
    read = any(file.bytes for file in evidence.files)
    if evidence.run.chosen is Chosen.NOT_LOGGED:
        return ExitStatus.UNKNOWN
    if not read or not evidence.complete or any(file.skipped for file in evidence.files):
        return ExitStatus.UNKNOWN
    counted = any(match.bearing.is_counted for match in evidence.matches)
    return ExitStatus.WARNING if counted else ExitStatus.OK


def _explains(match: LogMatch, rules: LogRules) -> bool:
    signature = rules.signature(match.signature)
    if signature is None or log_hits.weight((signature, match)) is not Weight.PROBLEM:
        return False
    return log_hits.is_enough(signature, match.recent)


def evidence_to_json(evidence: LogEvidence, texts: Texts) -> dict[str, Any]:
    """The evidence in the form that other programs rely on."""
    return {
        "schema": SCHEMA,
        "files": [
            {
                "path": mask(file.path),
                "bytes": file.bytes,
                "encoding": file.encoding,
                "skipped": texts(f"label.{file.skipped}") if file.skipped else None,
            }
            for file in evidence.files
        ],
        "run": {
            name: getattr(evidence.run, name)
            for name in ("chosen", "begin", "end", "zone", "failed_at")
        },
        "doubts": asdict(evidence.doubts),
        "matches": [_match_to_json(match) for match in evidence.matches],
    }


def _match_to_json(match: LogMatch) -> dict[str, Any]:
    shown = ("signature", "count", "recent", "first", "last", "file", "line", "excerpt")
    told = {name: getattr(match, name) for name in shown}
    told["file"] = mask(match.file)
    told["bearing"] = str(match.bearing)
    return told | {"cause": str(match.cause), "fields": dict(match.fields)}


def _show(evidence: LogEvidence, rules: LogRules, terminal: Terminal) -> None:
    texts = terminal.texts
    read = [file for file in evidence.files if file.bytes]
    skipped = [file for file in evidence.files if file.skipped]
    for match in evidence.matches:
        for line in _lines(match, evidence, rules, texts):
            terminal.say(line)
        terminal.say()
    if evidence.run.chosen is Chosen.NOT_LOGGED:
        values = log_hits.values_of(evidence.run, evidence.newest)
        terminal.say(texts("log_evidence.not_logged.summary", values))
    elif read and not evidence.matches:
        whole = evidence.complete and not skipped
        terminal.say(texts("logs.none" if whole else "logs.none_in_part"))
    for file in skipped:
        reason = texts(f"label.{file.skipped}")
        terminal.say(texts("logs.skipped", path=mask(file.path), reason=reason))
    terminal.say(_read(read, evidence, texts))
    for line in _runs(evidence, texts):
        terminal.say(line)
    if not evidence.matches:
        return
    limits = rules.limits
    hours = {"pause": limits.run_pause_hours, "longest": limits.run_hours}
    ages = [signature.maximum_age_days for signature in rules.signatures]
    terminal.note(texts("logs.limit", hours, least=min(ages), most=max(ages)))


def _runs(evidence: LogEvidence, texts: Texts) -> Iterator[str]:
    """Which run decides, and when the lines of each cause were written."""
    run = evidence.run
    for row in log_rows.of_run(run, evidence.doubts):
        told = f"{row.value} {row.unit}".rstrip()
        yield texts("logs.field", label=texts(f"label.{row.label}"), value=told)
    for cause in dict.fromkeys(match.cause for match in evidence.matches):
        matches = [match for match in evidence.matches if match.cause == cause]
        shown = timeline.of_matches(matches, run)
        if shown:
            yield ""
            yield texts("logs.of_cause", title=texts(f"cause.{cause}.title"))
            yield from timeline_to_text(shown, texts)


def _lines(match: LogMatch, evidence: LogEvidence, rules: LogRules, texts: Texts) -> list[str]:
    """One kind of line: what it means, when, where, what it says, and what to do."""
    signature = rules.signature(match.signature)
    if signature is None:
        raise AssertionError("a match is made by a signature")
    told = log_sentences.tell(signature, match, match.count)
    values = told.values | {"last": match.last or texts("logs.unknown_time")}
    title = texts(f"cause.{match.cause}.title")
    summary = texts(f"{told.text}.summary", values)
    lines = [
        texts("logs.found", title=title, signature=match.signature, summary=summary),
        f"  {_when(match, evidence, texts)}",
        *(f"  {texts(f'logs.bearing.{b}')}" for b in [match.bearing] if b is not Bearing.DECIDES),
        *(["  " + texts("logs.sampled")] if match.sampled else []),
        "  " + texts("logs.place", file=mask(match.file), line=match.line),
        f"  {match.excerpt}",
    ]
    for name, value in match.fields.items():
        if not (told.reading and name == "permission_needed"):
            label = texts(f"label.log_{name}") if texts.has(f"label.log_{name}") else name
            lines.append("  " + texts("logs.field", label=label, value=value))
    steps = enumerate(texts.lines(f"{told.text}.advice", values), start=1)
    return [*lines, *(f"  {texts('logs.step', number=n, step=step)}" for n, step in steps)]


def _when(match: LogMatch, evidence: LogEvidence, texts: Texts) -> str:
    """How the lines lie to the run that decides."""
    counts = {
        name: getattr(match, name) for name in ("recent", "earlier", "later", "undated", "count")
    }
    if match.last is None:
        kind = "undated"
    elif evidence.run.chosen is Chosen.NOT_LOGGED:
        kind = "not_logged"
    else:
        parts = (name for name in ("recent", "earlier", "later") if counts[name])
        kind = next(parts, "old")
    counts["ahead"] = int(evidence.doubts.ahead > 0)
    return texts(f"logs.when_{kind}", counts, age=match.age_days or 0.0)


def _read(read: Sequence[LogFile], evidence: LogEvidence, texts: Texts) -> str:
    if not read:
        return texts("logs.nothing_read")
    size, unit = sizes.shown(sum(file.bytes for file in read))
    values: dict[str, Value] = {"files": len(read), "size": size, "unit": unit}
    if evidence.newest is None:
        return texts("logs.read_undated", values, ahead=int(evidence.doubts.ahead > 0))
    return texts("logs.read", values, newest=evidence.newest)
