# SPDX-License-Identifier: MIT
"""What a claims challenge of Microsoft Graph comes to, once it was followed.

Graph sends challenges only to programs that say they understand them. So a policy may stop this
program and not the product, or both: the call without challenges tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from wizard.checks.base import problem, warning
from wizard.checks.graph_calls_evidence import answer_of
from wizard.checks.sign_in import sign_in_evidence
from wizard.graph import graph_errors, sign_in_errors, words
from wizard.graph.challenged import Again, FollowUp
from wizard.graph.graph_errors import Kind
from wizard.model import CauseId, Evidence, Finding
from wizard.product import Product


def challenged(seen: FollowUp | None) -> Finding:
    """What the two ways say; no proof unless both were gone to their end."""
    if seen and seen.with_claims.call and seen.with_claims.call.is_ok:
        return warning("check.graph_calls.challenge_met")
    reason = _reason(seen.with_claims) if seen else None
    if seen is None or reason is None:
        return problem("check.graph_calls.challenge_not_followed")
    values = {"reason": reason}
    if seen.without.call and seen.without.call.is_ok:
        return problem("check.graph_calls.challenge_stands_not_without", values=values)
    if _reason(seen.without) is None:
        return problem("check.graph_calls.challenge_stands_half_tried", values=values)
    return problem("check.graph_calls.challenge_stands", values=values, decisive=True)


def _reason(met: Again) -> str | None:
    """How a policy goes on refusing, None where it is no policy or there was no answer."""
    known = words.load().challenge
    if met.report.error:
        catalogue = sign_in_errors.load()
        found = catalogue.known(met.report.error.codes)
        if found is None or catalogue.cause(found[1]) is not CauseId.GRAPH_FORBIDDEN:
            return None
        return known["refused"].format(code=found[0])
    if met.call and met.call.error:
        kind = graph_errors.load().reading(met.call.error).kind
        return known["repeated"] if kind is Kind.CONDITIONAL_ACCESS else None
    return None


def follow_up_evidence(seen: FollowUp | None, product: Product) -> Iterator[Evidence]:
    """Both ways, with all that a search in the sign-in logs needs."""
    if seen is None:
        return
    yield Evidence("challenge_with_claims", _outcome(seen.with_claims), "", _source(seen))
    yield Evidence("challenge_without", _outcome(seen.without), "", _source(seen))
    if seen.with_claims.report.error:
        yield from sign_in_evidence(seen.with_claims.report, product)


def _source(seen: FollowUp) -> str:
    calls = [again.call for again in (seen.with_claims, seen.without) if again.call]
    return f"GET {calls[0].path}" if calls else seen.with_claims.report.request


def _outcome(again: Again) -> str:
    """In a few words: what the call was answered, or why there was no token for it."""
    call, report = again.call, again.report
    if call and call.error:
        return answer_of(call.error)
    if call:
        return str(call.status or words.told(words.load().no_answer, call.no_answer))
    if report.error and report.error.codes:
        return f"AADSTS{report.error.codes[0]}"
    return words.told(words.load().no_answer, str(report.failure or Kind.UNKNOWN))
