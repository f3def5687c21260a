# SPDX-License-Identifier: MIT
"""What do the logs say about each cause? Seven checks that share one reading of the logs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wizard.checks import base, log_hits, log_rows, log_sentences
from wizard.checks.base import Check, Context
from wizard.checks.log_hits import LogHits, Pair
from wizard.errors import CannotCheck
from wizard.model import CauseId, Finding
from wizard.nakivo import log_signatures
from wizard.nakivo.deciding_run import Chosen
from wizard.nakivo.log_signatures import LogRules, Weight
from wizard.nakivo.log_tally import LogMatch
from wizard.product import Confidence, Product

DEADLINE_S = 60.0
_SHOWN_SKIPPED = 20
_VENDORS_WORDS = "vendor_graph_forbidden"
_OF_THE_APP = (CauseId.PERMISSIONS, CauseId.GRAPH_FORBIDDEN)


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
        run=evidence.run,
        doubts=evidence.doubts,
        client_id=(context.scope.client_id or "") if cause in _OF_THE_APP else "",
    )


def _temp_folder(context: Context) -> str | None:
    """The folder in use, None where nobody saw it."""
    try:
        found = context.temp_folder()
    except CannotCheck:
        return None
    return None if found.assumed else found.in_use


def judge(hits: LogHits, product: Product) -> Finding:
    """Lines of one run decide; those of others, and lines without a time, are only shown."""
    rules = log_signatures.load(product)
    known = [(s, m) for m in hits.matches if (s := rules.signature(m.signature))]
    known, listed = _listed_apart(known)
    known.sort(key=lambda pair: pair[0].confidence is Confidence.INFERRED)
    recent = [pair for pair in known if log_hits.is_enough(pair[0], pair[1].recent)]
    for weight, finding in ((Weight.PROBLEM, base.problem), (Weight.WARNING, base.warning)):
        fitting = [pair for pair in recent if log_hits.weight(pair) is weight]
        if fitting:
            first = fitting[0]
            elsewhere = _path_elsewhere(first[1], hits)
            if elsewhere:
                return _another_folder(elsewhere, hits, known, first)
            told = log_sentences.tell(*first, first[1].recent, hits.client_id)
            others = [pair for pair in known if pair is not first]
            run = log_hits.run_values(hits)
            return finding(
                told.text,
                values=told.values | run,
                around=f"log_evidence.in_run.{hits.run.chosen}" if run["named"] else "",
                evidence=log_rows.of([first, *others], hits),
                decisive=weight is Weight.PROBLEM,
                source=first[0].source,
            )
    return _nothing_recent(hits, known, rules, listed)


def _listed_apart(known: list[Pair]) -> tuple[list[Pair], int]:
    """What is judged here, and how many refused requests the list of rejected requests judges."""
    refused = [
        match for signature, match in known if signature.is_refusal and match.cause in _OF_THE_APP
    ]
    if not refused:
        return known, 0
    # The product's own words speak of these requests, unless it wrote them in a run without any.
    runs = any(match.recent for match in refused)
    judged = [
        (signature, match)
        for signature, match in known
        if match not in refused
        and not (signature.id == _VENDORS_WORDS and (runs or not match.recent))
    ]
    return judged, sum(match.count for match in refused)


def _path_elsewhere(match: LogMatch, hits: LogHits) -> str | None:
    """The path a line names, when it isn't below the temporary folder that is in use now."""
    path, folder = str(match.fields.get("path") or ""), hits.temp_folder
    if not path or not folder or folder.lower() in path.lower():
        return None
    return path


def _another_folder(path: str, hits: LogHits, known: Sequence[Pair], first: Pair) -> Finding:
    """A line of the time before a move, or of another place such as a repository: no proof."""
    others = [pair for pair in known if pair is not first]
    values = log_hits.run_values(hits) | {"path": path, "folder": hits.temp_folder or ""}
    values |= {"count": first[1].recent, "last": first[1].last or ""}
    evidence = log_rows.of([first, *others], hits)
    return base.warning(
        "log_evidence.another_folder", values=values, evidence=evidence, source=first[0].source
    )


def _nothing_recent(hits: LogHits, known: Sequence[Pair], rules: LogRules, listed: int) -> Finding:
    more: dict[str, Any] = {"evidence": log_rows.of(known, hits), "source": "wizard"}
    weighty = [pair for pair in known if log_hits.weight(pair) is not Weight.NOTE]
    aside = [match for _, match in known if not match.bearing.is_counted]
    undated = log_hits.lines([match for _, match in weighty], "undated")
    if hits.run.chosen is Chosen.NOT_LOGGED:
        text = "log_evidence.not_logged"
        return base.could_not_check(text, values=log_hits.run_values(hits), **more)
    other = _of_other_runs(hits, weighty, rules, more)
    if other:
        return other
    if undated:
        values = log_hits.run_values(hits) | {"count": undated}
        return base.warning("log_evidence.undated", values=values, **more)
    unread = log_hits.unread_text(hits)
    if unread:
        return base.could_not_check(unread, values=log_hits.read_values(hits), **more)
    if listed:
        more |= {"values": {"count": listed}}
        return base.not_applicable("log_evidence.in_the_list", **more)
    if aside and not weighty:
        values = log_hits.read_values(hits) | {"count": log_hits.lines(aside, "count")}
        return base.ok("log_evidence.aside", values=values, **more)
    return _nothing_of_weight(hits, weighty, more)


def _of_other_runs(
    hits: LogHits, weighty: Sequence[Pair], rules: LogRules, more: dict[str, Any]
) -> Finding | None:
    """Lines of runs before the one that decides, or, where the person named one, after it."""
    for name in ("earlier", "later"):
        found = [m for s, m in weighty if log_hits.is_enough(s, getattr(m, name))]
        if found:
            newest = min(found, key=lambda match: match.age_days or 0.0)
            values = log_hits.run_values(hits) | {"age": _age(found), "last": newest.last or ""}
            values |= {"count": log_hits.lines(found, name)}
            values |= {"after": newest.runs_after, "followed": int(newest.runs_after > 0)}
            values |= {"pause": rules.limits.run_pause_hours, "longest": rules.limits.run_hours}
            return base.warning(f"log_evidence.{name}", values=values, **more)
    return None


def _nothing_of_weight(hits: LogHits, weighty: Sequence[Pair], more: dict[str, Any]) -> Finding:
    values = log_hits.read_values(hits) | log_hits.run_values(hits)
    matches = [match for _, match in weighty]
    few = log_hits.lines(matches, "recent") + log_hits.lines(matches, "earlier")
    if few:
        return base.ok("log_evidence.few", values=values | {"count": few}, **more)
    if weighty:
        values |= {"count": log_hits.lines(matches, "count"), "age": _age(matches)}
        values["limit"] = max(signature.maximum_age_days for signature, _ in weighty)
        return base.ok("log_evidence.old", values=values, **more)
    if hits.newest is None:
        return base.ok("log_evidence.none_undated", values=values, **more)
    return base.ok("log_evidence.none", values=values | {"newest": hits.newest}, **more)


def _age(matches: Sequence[LogMatch]) -> float:
    """Days from the newest of some lines to the end of the logs."""
    return min((match.age_days for match in matches if match.age_days is not None), default=0.0)


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
# All of them, in the causes' order.
CHECKS = (
    *(LOG_PERMISSIONS, LOG_CONNECTIVITY, LOG_TEMP_FOLDER, LOG_ANTIVIRUS, LOG_MEMORY),
    *(LOG_GRAPH_FORBIDDEN, LOG_OTHER),
)
