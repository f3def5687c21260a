# SPDX-License-Identifier: MIT
"""May the app use Exchange Web Services, and if so, does Exchange still let it?

Microsoft announced to turn them off by default in October 2026. To a backup that uses them this
looks like a missing permission. Whether a version of the product uses them is not known, so what is
found here is never called proof.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from wizard.checks.service_evidence import call_evidence, role_evidence, token_evidence
from wizard.graph import exchange_call, network_walks, resource_tokens, retirements, words
from wizard.graph.resource_tokens import Resource, ResourceToken
from wizard.graph.retirements import Stage
from wizard.graph.service_call import ServiceCall
from wizard.graph.sign_in import SignIn
from wizard.model import CauseId, Finding, Value
from wizard.product import Product

FORBIDDEN = 403


@dataclass(frozen=True)
class WebServices:
    """Exchange's token, None where nothing chosen needs it; `call` is None where none was made.

    `nobody` is set where the tenant has no user for whom it could be made.
    """

    token: ResourceToken | None
    call: ServiceCall | None = None
    nobody: bool = False


def observe(context: Context) -> WebServices:
    """Exchange's token; where it has the permission, one read-only request."""
    if Resource.EXCHANGE not in resource_tokens.load().of(context.scope.workloads):
        return WebServices(None)
    signed_in = context.resource_tokens[Resource.EXCHANGE]()
    token = resource_tokens.recorded(Resource.EXCHANGE, signed_in)
    if not _may_use(token) or context.cancel.is_set():
        return WebServices(token)
    return _tried(token, context, signed_in)


def _tried(token: ResourceToken, context: Context, signed_in: SignIn) -> WebServices:
    of_graph, of_exchange = context.sign_in().token, signed_in.token
    if of_graph is None or of_exchange is None:
        return WebServices(token)
    cloud, scope = context.cloud().cloud, context.scope
    to_graph = network_walks.route_to(scope, context.host, cloud.graph)
    to_exchange = network_walks.route_to(scope, context.host, cloud.exchange)
    among = exchange_call.mailboxes(cloud, scope, to_graph, of_graph)
    if among == ():
        return WebServices(token, nobody=True)
    call = exchange_call.ask(cloud, scope, to_exchange, of_exchange, among or ())
    return WebServices(token, call)


def _may_use(token: ResourceToken) -> bool:
    """Whether the token has the permission."""
    return retirements.load().exchange_web_services.permission in (token.claims.roles or ())


def judge(seen: WebServices, _product: Product) -> Finding:
    """By the permission first: without it the block can't be what stops the app."""
    if seen.token is None:
        return not_applicable("check.exchange_web_services.not_needed")
    evidence = [token_evidence(seen.token), *role_evidence(seen.token)]
    if seen.call:
        evidence += call_evidence(seen.call)
    more: dict[str, Any] = {
        "values": _values(seen.token, seen.call),
        "evidence": tuple(evidence),
        "source": retirements.load().source,
    }
    if seen.token.is_without_rights:
        return ok("check.exchange_web_services.not_permitted", **more)
    if not seen.token.report.signed_in:
        return could_not_check("check.exchange_web_services.no_token", **more)
    if not seen.token.claims.readable:
        return could_not_check("check.exchange_web_services.unreadable", **more)
    if not _may_use(seen.token):
        return ok("check.exchange_web_services.not_permitted", **more)
    stage = retirements.load().exchange_web_services.stage(seen.token.report.attempted)
    return _by_call(seen, stage, more)


def _by_call(seen: WebServices, stage: Stage, more: dict[str, Any]) -> Finding:
    if seen.call:
        return _answered(seen.call, stage, more)
    if seen.nobody:
        return not_applicable("check.exchange_web_services.nobody", **more)
    return warning(f"check.exchange_web_services.not_tried_{stage}", **more)


def _answered(call: ServiceCall, stage: Stage, more: dict[str, Any]) -> Finding:
    if call.no_answer:
        return could_not_check("check.exchange_web_services.no_answer", **more)
    if call.granted:
        return ok("check.exchange_web_services.answers", **more)
    if call.status == FORBIDDEN and call.words:
        setting = retirements.load().exchange_web_services.setting(call.words)
        text = "gone" if stage is Stage.GONE else setting
        return problem(f"check.exchange_web_services.{text}", **more)
    if call.code in exchange_call.NO_MAILBOX:
        return could_not_check("check.exchange_web_services.no_mailbox", **more)
    if call.code:
        return warning("check.exchange_web_services.other_limit", **more)
    if call.is_passing:
        return could_not_check("check.exchange_web_services.passing", **more)
    if call.status == FORBIDDEN:
        return warning("check.exchange_web_services.forbidden", **more)
    return could_not_check("check.exchange_web_services.unexpected", **more)


def _values(token: ResourceToken, call: ServiceCall | None) -> dict[str, Value]:
    rules = retirements.load().exchange_web_services
    return {
        "permission": rules.permission,
        "client_id": words.load().client_id(token.report.client_id),
        "blocked": rules.blocked.date().isoformat(),
        "gone": rules.gone.date().isoformat(),
        "hours": rules.settings_hours,
        **words.load().of_call(call),
    }


CHECK = Check(
    "exchange_web_services",
    CauseId.GRAPH_FORBIDDEN,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    60.0,
    WebServices,
    observe,
    judge,
)
