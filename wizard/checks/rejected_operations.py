# SPDX-License-Identifier: MIT
"""Which requests did Microsoft Graph refuse, what do they need, and what worked before?

The article's step of reviewing the job logs for the rejected operation, done. Refusals of the
newest run decide; the token of now, where there is one, tells whether what they need is granted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from wizard.checks import base, log_evidence, log_hits, log_rows, log_sentences
from wizard.checks import rejected_operations_evidence as shown
from wizard.checks.base import Check, Context
from wizard.checks.log_hits import LogHits
from wizard.checks.rejected_operations_evidence import Refusal
from wizard.errors import WizardError
from wizard.graph import sign_in, words
from wizard.graph.graph_errors import Kind
from wizard.graph.probes import FORBIDDEN
from wizard.model import CauseId, Finding, Outcome, Value
from wizard.nakivo import log_signatures
from wizard.nakivo.deciding_run import Chosen
from wizard.nakivo.log_operations import RejectedOperation, Standing
from wizard.product import Product

_KEPT = 20
_VENDORS_WORDS = "vendor_graph_forbidden"
_OTHER_REASON = "other_reason"
_AROUND = "check.rejected_operations.reason_told"
_BY_CATALOGUE = ("other_reason", "believed_reason", "need_unknown", "answer_unknown")
_PROVEN = "missing_now"
_OTHER_TOKEN = "other_token"  # noqa: S105 - a sentence, not a token
_PERHAPS_OVER = ("granted_now", _OTHER_TOKEN)
_OF_SOME = "some_objects"
_UNDECIDED = ("within_run", "within_run_unknown", _OF_SOME)
_OF_OBJECTS = (Kind.OBJECT_LEVEL, Kind.LICENCE)
_SUREST_FIRST = (
    *("missing_now", "other_reason", "user_needed", "needed", "missing_or_in_exchange"),
    *(
        "some_objects",
        _OTHER_TOKEN,
        "granted_now",
        "believed_reason",
        "need_unknown",
        "answer_unknown",
    ),
    *("within_run", "within_run_unknown", "many_kinds"),
)


@dataclass(frozen=True)
class RejectedOperations:
    """The refusals by kind of request. `roles` are those of a token of now; None: there is none.

    `logs` is what was read; its matches are the product's own words without a request.
    """

    logs: LogHits
    operations: tuple[RejectedOperation, ...]
    answered_well: int
    roles: tuple[str, ...] | None
    answered_otherwise: int = 0  # by an error that is no refusal


def observe(context: Context) -> RejectedOperations:
    """Share the reading of the logs, and the sign-in where one can be made."""
    hits = log_evidence.observe(CauseId.GRAPH_FORBIDDEN, context)
    evidence = context.logs()
    words = tuple(match for match in hits.matches if match.signature == _VENDORS_WORDS)
    return RejectedOperations(
        logs=replace(hits, matches=words),
        operations=_kept(evidence.rejected),
        answered_well=evidence.answered_well,
        roles=_roles(context) if evidence.rejected else None,
        answered_otherwise=evidence.answered_otherwise,
    )


def _kept(rejected: Sequence[RejectedOperation]) -> tuple[RejectedOperation, ...]:
    """The first named ones, and those whose kinds weren't kept apart."""
    named = [one for one in rejected if not one.others]
    return (*named[:_KEPT], *(one for one in rejected if one.others))


def _roles(context: Context) -> tuple[str, ...] | None:
    """The permissions of the app's token; that none can be had is told by other checks."""
    if context.scope.offline or not sign_in.can_sign_in(context.scope, context.credentials):
        return None
    try:
        signed_in = context.sign_in()
    except WizardError:
        return None
    if signed_in.token is None or not signed_in.claims.readable:
        return None
    return signed_in.claims.roles or ()


def judge(seen: RejectedOperations, product: Product) -> Finding:
    """The worst refusal of the newest run; without one, how old the others are."""
    known = [shown.read(operation, seen.roles) for operation in seen.operations]
    recent = [refusal for refusal in known if refusal.operation.recent]
    if recent:
        worst = min(recent, key=_badness)
        rows = shown.rows(worst, len(known) - 1, seen.logs)
        return _recent(worst, seen.logs, evidence=rows)
    if known:
        evidence = shown.rows(known[0], len(known) - 1, seen.logs)
        return _not_recent(known, seen, product, evidence=evidence)
    return _none(seen, evidence=log_rows.of_logs(seen.logs))


def _badness(refusal: Refusal) -> tuple[bool, bool, bool, int, int]:
    """Sort key: what explains nothing last, then what is named, proven, most frequent, surest."""
    text = _meaning(refusal)
    others, often = refusal.operation.others, refusal.operation.recent
    return (not _proves(refusal), others, text != _PROVEN, -often, _SUREST_FIRST.index(text))


def _recent(refusal: Refusal, logs: LogHits, **more: Any) -> Finding:
    """A refusal of the newest run is hard evidence, unless it passes or others were answered."""
    text = _meaning(refusal)
    source = refusal.catalogue.source if text in _BY_CATALOGUE else refusal.table.source
    values = shown.values(refusal) | log_hits.run_values(logs)
    values["client_id"] = words.load().client_id(logs.client_id)
    more |= {"values": values, "source": source}
    told = f"check.rejected_operations.{text}"
    if text == _OTHER_REASON and refusal.kind not in log_sentences.OWN_SENTENCE:
        more["around"], told = _AROUND, refusal.reading.text_id
    if outcome_of(refusal) is Outcome.WARNING:
        return base.warning(told, **more)
    return base.problem(told, decisive=not (text == "needed" and refusal.is_of_one_object), **more)


def outcome_of(refusal: Refusal) -> Outcome:
    """How one refusal weighs by itself."""
    stops = refusal.operation.recent and _proves(refusal) and not _is_undecided(refusal)
    return Outcome.PROBLEM if stops else Outcome.WARNING


def _is_undecided(refusal: Refusal) -> bool:
    """Whether the same kind of request went well in that run, so that it isn't closed as such."""
    if _meaning(refusal) in _UNDECIDED:
        return True
    if refusal.operation.standing is Standing.WITHIN:
        return refusal.kind in _OF_OBJECTS
    return refusal.operation.standing is Standing.BETWEEN


def _proves(refusal: Refusal) -> bool:
    """Whether it explains failing jobs still; what the app may do by now is perhaps over."""
    return refusal.explains and _meaning(refusal) not in _PERHAPS_OVER


def _meaning(refusal: Refusal) -> str:
    """Which sentence tells it: the answer's own reason first, then what the request needs."""
    if refusal.operation.others:
        return "many_kinds"
    if not refusal.is_open:
        return _OTHER_REASON
    if refusal.is_believed and _is_throughout(refusal):
        return "believed_reason"
    if not refusal.wanted:
        return _nothing_to_grant(refusal)
    if refusal.operation.standing is Standing.BETWEEN:
        return _OF_SOME
    return _permission(refusal)


def _is_throughout(refusal: Refusal) -> bool:
    """Whether nothing of the kind was answered well in the newest run."""
    return refusal.operation.standing not in (Standing.BETWEEN, Standing.WITHIN)


def _nothing_to_grant(refusal: Refusal) -> str:
    """What worked in the same run is forbidden neither for its kind nor for want of a user."""
    if not _is_throughout(refusal):
        is_between = refusal.operation.standing is Standing.BETWEEN
        return _OF_SOME if is_between else "within_run_unknown"
    if refusal.operation.status != FORBIDDEN:
        return "answer_unknown"
    return "user_needed" if refusal.need and refusal.need.needs_user else "need_unknown"


def _permission(refusal: Refusal) -> str:
    """What the request needs, beside what the app's token of now has."""
    if refusal.granted is None:
        return "within_run" if refusal.operation.standing is Standing.WITHIN else "needed"
    if refusal.granted:
        return _OTHER_TOKEN if refusal.is_of_other_token else "granted_now"
    return "missing_or_in_exchange" if refusal.perhaps_in_exchange else "missing_now"


def _not_recent(
    known: Sequence[Refusal], seen: RejectedOperations, product: Product, **more: Any
) -> Finding:
    """Refusals that aren't of the newest run: solved, of an earlier run, without a time, or old."""
    all_of = [refusal.operation for refusal in known]
    rules = log_signatures.load(product)
    limits = rules.limits
    more |= {"source": known[0].table.source}
    values = shown.values(known[0]) | {"pause": limits.run_pause_hours}
    values |= {"longest": limits.run_hours, "limit": rules.refusals_old_after_days}
    values |= log_hits.run_values(seen.logs)
    values |= {"kinds": len(all_of), "count": sum(one.count for one in all_of)}
    if any(one.undated for one in all_of):
        return base.warning("check.rejected_operations.undated", values=values, **more)
    if seen.logs.run.chosen is Chosen.NOT_LOGGED:
        return base.could_not_check("log_evidence.not_logged", values=values, **more)
    still = [one for one in all_of if one.earlier and one.standing is not Standing.AFTERWARDS]
    if still:
        return base.warning("check.rejected_operations.earlier", values=values, **more)
    unread = log_hits.unread_text(seen.logs)
    if unread:
        return base.could_not_check(unread, values=log_hits.read_values(seen.logs), **more)
    solved = all(one.standing is Standing.AFTERWARDS for one in all_of)
    return base.ok(
        f"check.rejected_operations.{'solved' if solved else 'old'}", values=values, **more
    )


def _none(seen: RejectedOperations, **more: Any) -> Finding:
    """No refusal in the logs; said without naming anything fine that wasn't seen."""
    values: dict[str, Value] = log_hits.read_values(seen.logs)
    said = sum(match.recent + match.undated for match in seen.logs.matches)
    if said:
        text = "check.rejected_operations.not_named"
        return base.could_not_check(text, values=values | {"count": said}, **more)
    unread = log_hits.unread_text(seen.logs)
    if seen.logs.run.chosen is Chosen.NOT_LOGGED:
        unread = "log_evidence.not_logged"
        values |= log_hits.run_values(seen.logs)
    if unread:
        return base.could_not_check(unread, values=values, **more)
    values |= {"answered": seen.answered_well, "otherwise": seen.answered_otherwise}
    text = "none" if seen.answered_well else "no_requests"
    if seen.answered_otherwise:
        text = "other_errors"
    return base.ok(f"check.rejected_operations.{text}", values=values, **more)


CHECK = Check(
    "rejected_operations",
    CauseId.GRAPH_FORBIDDEN,
    frozenset(),
    log_evidence.DEADLINE_S,
    RejectedOperations,
    observe,
    judge,
)
