# SPDX-License-Identifier: MIT
"""What do the logs say about each cause? Seven checks that share one reading of the logs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wizard.checks import base, log_sentences, sizes
from wizard.checks.base import Check, Context
from wizard.errors import CannotCheck
from wizard.graph import words
from wizard.model import CauseId, Evidence, Finding, Sensitivity, Value
from wizard.nakivo import log_signatures
from wizard.nakivo.log_signatures import LogRules, Signature, Weight
from wizard.nakivo.log_tally import LogMatch
from wizard.nakivo.logs import LogFile
from wizard.product import Confidence, Product

DEADLINE_S = 60.0
_SHOWN_MATCHES = 4
_SHOWN_SKIPPED = 20
_FIELDS = (
    *("status", "code", "inner_code", "permission_needed", "request_id"),
    *("path", "host", "service", "process", "kind"),
)
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
    stopped_after_s: float | None = None
    temp_folder: str | None = None  # the one seen in use; asked for lines about it only
    system_logs: tuple[str, ...] = ()  # the system's own logs that were read beside these


Pair = tuple[Signature, LogMatch]


def observe(cause: CauseId, context: Context) -> LogHits:
    """What the logs, read once for all, say about one cause."""
    evidence = context.logs()
    concerned = [file for file in evidence.files if not file.only or cause in file.only]
    read = [file for file in concerned if file.bytes and not file.only]
    return LogHits(
        files=len(read),
        bytes=sum(file.bytes for file in read),
        newest=evidence.newest,
        complete=evidence.complete,
        skipped=tuple(file for file in concerned if file.skipped)[:_SHOWN_SKIPPED],
        matches=tuple(match for match in evidence.matches if match.cause == cause),
        stopped_after_s=evidence.stopped_after_s,
        temp_folder=_temp_folder(context) if cause is CauseId.TEMP_FOLDER else None,
        system_logs=tuple(file.path for file in concerned if file.bytes and file.only),
    )


def _temp_folder(context: Context) -> str | None:
    """The folder in use, None where nobody saw it."""
    try:
        found = context.temp_folder()
    except CannotCheck:
        return None
    return None if found.assumed else found.in_use


def judge(hits: LogHits, product: Product) -> Finding:
    """Lines of the newest run decide; earlier ones, and lines without a time, are only shown."""
    rules = log_signatures.load(product)
    known = [(s, m) for m in hits.matches if (s := rules.signature(m.signature))]
    known.sort(key=lambda pair: pair[0].confidence is Confidence.INFERRED)
    recent = [pair for pair in known if is_enough(pair[0], pair[1].recent)]
    for weight, finding in ((Weight.PROBLEM, base.problem), (Weight.WARNING, base.warning)):
        fitting = [pair for pair in recent if pair[0].weight is weight]
        if fitting:
            first = fitting[0]
            elsewhere = _path_elsewhere(first[1], hits)
            if elsewhere:
                return _another_folder(elsewhere, hits, known, first)
            told = log_sentences.tell(*first, first[1].recent)
            others = [pair for pair in known if pair is not first]
            return finding(
                told.text,
                values=told.values,
                evidence=_evidence([first, *others], hits),
                decisive=weight is Weight.PROBLEM,
                source=first[0].source,
            )
    return _nothing_recent(hits, known, rules)


def _path_elsewhere(match: LogMatch, hits: LogHits) -> str | None:
    """The path a line names, when it isn't below the temporary folder that is in use now."""
    path, folder = str(match.fields.get("path") or ""), hits.temp_folder
    if not path or not folder or folder.lower() in path.lower():
        return None
    return path


def _another_folder(path: str, hits: LogHits, known: Sequence[Pair], first: Pair) -> Finding:
    """A line of the time before a move, or of another place such as a repository: no proof."""
    others = [pair for pair in known if pair is not first]
    values: dict[str, Value] = {"path": path, "folder": hits.temp_folder or ""}
    values |= {"count": first[1].recent, "last": first[1].last or ""}
    evidence = _evidence([first, *others], hits)
    return base.warning(
        "log_evidence.another_folder", values=values, evidence=evidence, source=first[0].source
    )


def is_enough(signature: Signature, count: int) -> bool:
    """Whether there are enough lines of a kind to mean something."""
    return count >= max(1, signature.minimum_hits)


def _nothing_recent(hits: LogHits, known: Sequence[Pair], rules: LogRules) -> Finding:
    more: dict[str, Any] = {"evidence": _evidence(known, hits), "source": "wizard"}
    weighty = [pair for pair in known if pair[0].weight is not Weight.NOTE]
    earlier = [match for signature, match in weighty if is_enough(signature, match.earlier)]
    undated = sum(match.undated for _, match in weighty)
    if earlier:
        values = {"count": sum(match.earlier for match in earlier), "age": _age(earlier)}
        values |= {"pause": rules.limits.run_pause_hours, "longest": rules.limits.run_hours}
        return base.warning("log_evidence.earlier", values=values, **more)
    if undated:
        return base.warning("log_evidence.undated", values={"count": undated}, **more)
    unread = unread_text(hits)
    if unread:
        return base.could_not_check(unread, values=read_values(hits), **more)
    return _nothing_of_weight(hits, weighty, more)


def read_values(hits: LogHits) -> dict[str, Value]:
    """How much was read, and of what not."""
    size, unit = sizes.shown(hits.bytes)
    read: dict[str, Value] = {"files": hits.files, "size": size, "unit": unit}
    return read | {"skipped": len(hits.skipped), "seconds": hits.stopped_after_s or 0.0}


def unread_text(hits: LogHits) -> str | None:
    """The text that tells what wasn't read, where that leaves the question open."""
    if hits.stopped_after_s is not None:
        return "log_evidence.stopped"
    if not hits.files:
        return "log_evidence.unreadable" if hits.skipped else "log_evidence.no_logs"
    if not hits.complete:
        return "log_evidence.cancelled"
    return "log_evidence.partly_read" if hits.skipped else None


def _nothing_of_weight(hits: LogHits, weighty: Sequence[Pair], more: dict[str, Any]) -> Finding:
    size, unit = sizes.shown(hits.bytes)
    values: dict[str, Value] = {"files": hits.files, "size": size, "unit": unit}
    matches = [match for _, match in weighty]
    few = sum(match.recent + match.earlier for match in matches)
    if few:
        return base.ok("log_evidence.few", values=values | {"count": few}, **more)
    if weighty:
        values |= {"count": sum(match.count for match in matches), "age": _age(matches)}
        values["limit"] = max(signature.maximum_age_days for signature, _ in weighty)
        return base.ok("log_evidence.old", values=values, **more)
    if hits.newest is None:
        return base.ok("log_evidence.none_undated", values=values, **more)
    return base.ok("log_evidence.none", values=values | {"newest": hits.newest}, **more)


def _age(matches: Sequence[LogMatch]) -> float:
    """Days from the newest of some lines to the end of the logs."""
    return min((match.age_days for match in matches if match.age_days is not None), default=0.0)


def _evidence(pairs: Sequence[Pair], hits: LogHits) -> tuple[Evidence, ...]:
    rows: list[Evidence] = []
    shown: set[tuple[str, int, int]] = set()
    for signature, match in pairs[:_SHOWN_MATCHES]:
        # One line may be of two kinds; shown once, it says both.
        if (match.file, match.line, match.count) not in shown:
            shown.add((match.file, match.line, match.count))
            rows += _rows(signature, match)
    return (*rows, *logs_rows(hits))


def logs_rows(hits: LogHits) -> tuple[Evidence, ...]:
    """What was read, and what not."""
    rows = [Evidence("logs_read", hits.files)]
    if hits.files:
        rows.append(Evidence("logs_size", *sizes.shown(hits.bytes)))
    if hits.stopped_after_s is not None:
        rows.append(Evidence("logs_stopped", round(hits.stopped_after_s), "s"))
    if hits.newest:
        rows.append(Evidence("logs_newest", hits.newest))
    rows += [Evidence("logs_of_system", name) for name in hits.system_logs]
    rows += [
        Evidence(file.skipped or "", file.path, "", "", Sensitivity.HOST)
        for file in hits.skipped[:_SHOWN_MATCHES]
    ]
    return tuple(rows)


def _rows(signature: Signature, match: LogMatch) -> Iterator[Evidence]:
    place = f"{match.file}:{match.line}"
    reading = log_sentences.tell(signature, match, match.count).reading
    yield Evidence(f"log_line_of.{signature.id}", match.excerpt, "", place, Sensitivity.HOST)
    counted = "log_count_sampled" if match.sampled else "log_count"
    yield Evidence(counted, match.count, "", place)
    if match.recent != match.count:
        yield Evidence("log_count_recent", match.recent, "", place)
    if match.last:
        yield Evidence("log_last", match.last, "", place)
    if "url" in match.fields:
        asked = log_sentences.operation(match)
        yield Evidence("log_operation", asked, "", place, Sensitivity.HOST)
    if reading:
        kind = words.told(words.load().kind, reading.kind)
        yield Evidence("call_reading", kind, "", place)
    for name in _FIELDS:
        # Where the answer itself names another reason, the permission is not what is missing.
        if name in match.fields and not (reading and name == "permission_needed"):
            kind = Sensitivity.HOST if name in _FIELDS_SENSITIVE else Sensitivity.PUBLIC
            yield Evidence(f"log_{name}", match.fields[name], "", place, kind)


def _check(stem: str, cause: CauseId) -> Check[LogHits]:
    def of_cause(context: Context) -> LogHits:
        return observe(cause, context)

    return Check(f"log_{stem}", cause, frozenset(), DEADLINE_S, LogHits, of_cause, judge)


LOG_PERMISSIONS = _check("permissions", CauseId.PERMISSIONS)
LOG_CONNECTIVITY = _check("connectivity", CauseId.CONNECTIVITY)
LOG_TEMP_FOLDER = _check("temp_folder", CauseId.TEMP_FOLDER)
LOG_ANTIVIRUS = _check("antivirus", CauseId.ANTIVIRUS)
LOG_MEMORY = _check("memory", CauseId.MEMORY)
LOG_GRAPH_FORBIDDEN = _check("graph_forbidden", CauseId.GRAPH_FORBIDDEN)
LOG_OTHER = _check("other", CauseId.OTHER)
