# SPDX-License-Identifier: MIT
"""Are the services behind Microsoft Graph switched on in the tenant, as when a subscription lapses?

Graph itself stays on then, so permissions look right and every request for content fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from wizard.checks.base import (
    Check,
    Context,
    Need,
    could_not_check,
    not_applicable,
    ok,
    problem,
    warning,
)
from wizard.checks.service_evidence import refusal_evidence
from wizard.graph import resource_tokens, words
from wizard.graph.deadline import side_by_side
from wizard.graph.resource_tokens import Resource, ResourceToken
from wizard.model import CauseId, Finding, Value
from wizard.product import Product

SOURCE = "sign_in_errors"
# Meanings of refusals, worst first, and how sure each is that the service is what is missing.
_SWITCHED_OFF, _NO_SUBSCRIPTION, _NOT_THERE = (
    "resource_disabled",
    "no_subscription",
    "resource_missing",
)


@dataclass(frozen=True)
class ServiceTokens:
    """How asking for a token ended at each service on which the chosen ones stand."""

    tokens: tuple[ResourceToken, ...]


def observe(context: Context) -> ServiceTokens:
    """Take the shared tokens; those that nobody has yet are asked for side by side."""
    needed = resource_tokens.load().of(context.scope.workloads)
    return ServiceTokens(tuple(side_by_side([partial(_token, context, one) for one in needed])))


def _token(context: Context, resource: Resource) -> ResourceToken:
    return resource_tokens.recorded(resource, context.resource_tokens[resource]())


def judge(seen: ServiceTokens, product: Product) -> Finding:
    """A service that is switched off is proof; any other refusal is told for what it is."""
    if not seen.tokens:
        return not_applicable("check.disabled_services.not_needed")
    more: dict[str, Any] = {
        "evidence": tuple(row for one in seen.tokens for row in refusal_evidence(one, product)),
        "source": SOURCE,
    }
    for text in (_SWITCHED_OFF, _NO_SUBSCRIPTION):
        found = [one for one in seen.tokens if one.meaning == text]
        if found:
            values = _values(found)
            return problem(f"check.disabled_services.{text}", values=values, **more, decisive=True)
    of_app = [one for one in seen.tokens if one.is_without_rights]
    others = [one for one in seen.tokens if one not in of_app]
    refused = [one for one in others if one.meaning not in ("", _NOT_THERE)]
    if refused:
        return warning("check.disabled_services.refused", values=_values(refused), **more)
    if not others:
        text = "check.disabled_services.without_rights"
        return not_applicable(text, values=_values(of_app), **more)
    return _not_refused(others, more)


def _not_refused(tokens: Sequence[ResourceToken], more: dict[str, Any]) -> Finding:
    unknown = [one for one in tokens if not one.report.signed_in and not one.meaning]
    if unknown:
        text = "unknown_code" if unknown[0].report.error else "no_answer"
        return could_not_check(f"check.disabled_services.{text}", values=_values(unknown), **more)
    missing = [one for one in tokens if one.meaning]
    if missing:
        return warning("check.disabled_services.resource_missing", values=_values(missing), **more)
    return ok("check.disabled_services.all_on", values=_values(tokens), **more)


def _values(tokens: Sequence[ResourceToken]) -> dict[str, Value]:
    names = [resource_tokens.load().service(one.resource).name for one in tokens]
    report, known = tokens[0].report, words.load()
    codes = report.error.codes if report.error else ()
    code = f"AADSTS{codes[0]}" if codes else report.error.word if report.error else ""
    return {
        "services": ", ".join(names),
        "count": len(names),
        "code": code,
        "detail": known.no_answer_in(report.detail) or str(report.failure or "-"),
        "wait": known.wait(report.retry_after),
    }


CHECK = Check(
    "disabled_services",
    CauseId.GRAPH_FORBIDDEN,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    45.0,
    ServiceTokens,
    observe,
    judge,
)
