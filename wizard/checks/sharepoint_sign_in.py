# SPDX-License-Identifier: MIT
"""Does SharePoint's own interface take the app's sign-in, where the app may use that interface?

It takes a certificate only: with a client secret a token is issued, and each request refused. Graph
takes both. Whether a version of the product uses that interface is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from wizard.checks.base import (
    Check,
    Context,
    Need,
    could_not_check,
    not_applicable,
    ok,
    warning,
)
from wizard.checks.service_evidence import call_evidence, role_evidence, token_evidence
from wizard.errors import CannotCheck
from wizard.graph import (
    graph_errors,
    network_walks,
    resource_tokens,
    retirements,
    sharepoint_call,
    words,
)
from wizard.graph.graph_errors import GraphError
from wizard.graph.resource_tokens import Resource, ResourceToken
from wizard.graph.service_call import ServiceCall
from wizard.graph.sign_in import SignIn
from wizard.graph.sign_in_report import Credential
from wizard.graph.tenant_hosts import Origin
from wizard.model import CauseId, Finding, Value, Workload
from wizard.product import Product

_OF_SHAREPOINT = {Workload.SHAREPOINT, Workload.ONEDRIVE}
_SECRET_REFUSED = "sharepoint_secret"  # noqa: S105 - a row of graph_errors.toml
_MADE_WITH = {"1": Credential.SECRET, "2": Credential.CERTIFICATE}  # appidacr


@dataclass(frozen=True)
class SharePointSignIn:
    """SharePoint's token, None where nothing chosen needs it; without a request `call` is None."""

    token: ResourceToken | None
    call: ServiceCall | None = None


def observe(context: Context) -> SharePointSignIn:
    """SharePoint's token; where it has permissions and the host is known, one GET."""
    if not _OF_SHAREPOINT & set(context.scope.workloads):
        return SharePointSignIn(None)
    signed_in = context.resource_tokens[Resource.SHAREPOINT]()
    token = resource_tokens.recorded(Resource.SHAREPOINT, signed_in)
    asked = token.claims.roles and not context.cancel.is_set()
    return SharePointSignIn(token, _call(context, signed_in) if asked else None)


def _call(context: Context, signed_in: SignIn) -> ServiceCall | None:
    """None where there is no token, or the tenant's host isn't known for certain."""
    try:
        hosts = context.tenant_hosts()
    except CannotCheck:
        return None
    if signed_in.token is None or hosts.origin is Origin.TENANT_NAME:
        return None
    route = network_walks.route_to(context.scope, context.host, hosts.sharepoint)
    return sharepoint_call.ask(hosts.sharepoint, context.scope, route, signed_in.token)


def judge(seen: SharePointSignIn, _product: Product) -> Finding:
    """By the permissions first: without any, nothing can rely on this interface."""
    if seen.token is None:
        return not_applicable("check.sharepoint_sign_in.not_needed")
    evidence = [token_evidence(seen.token), *role_evidence(seen.token)]
    if seen.call:
        evidence += call_evidence(seen.call)
    more: dict[str, Any] = {
        "values": _values(seen.token, seen.call),
        "evidence": tuple(evidence),
        "source": retirements.load().sharepoint_interface.source,
    }
    return _by_token(seen.token, seen.call, more)


def _by_token(token: ResourceToken, call: ServiceCall | None, more: dict[str, Any]) -> Finding:
    credential = _made_with(token)
    if token.is_without_rights or (token.claims.readable and not token.claims.roles):
        return ok(f"check.sharepoint_sign_in.not_permitted_{credential}", **more)
    if not token.claims.readable:
        text = "unreadable" if token.report.signed_in else "no_token"
        return could_not_check(f"check.sharepoint_sign_in.{text}", **more)
    if call:
        return _answered(call, more)
    if credential is Credential.CERTIFICATE:
        return ok("check.sharepoint_sign_in.certificate_not_tried", **more)
    return warning("check.sharepoint_sign_in.secret_not_tried", **more)


def _answered(call: ServiceCall, more: dict[str, Any]) -> Finding:
    if call.no_answer:
        return could_not_check("check.sharepoint_sign_in.no_answer", **more)
    if call.granted:
        return ok("check.sharepoint_sign_in.accepted", **more)
    if call.is_passing:
        return could_not_check("check.sharepoint_sign_in.passing", **more)
    error = GraphError(call.status or 0, call.code, message=call.words)
    if graph_errors.load().reading(error).id == _SECRET_REFUSED:
        # The product may sign in with another credential than the one given here.
        return warning("check.sharepoint_sign_in.secret_refused", **more)
    return warning("check.sharepoint_sign_in.refused", **more)


def _made_with(token: ResourceToken) -> Credential:
    """As the token itself says; where it doesn't, as this program signed in."""
    return _MADE_WITH.get(token.claims.appidacr or "", token.report.credential)


def _values(token: ResourceToken, call: ServiceCall | None) -> dict[str, Value]:
    known = words.load()
    return {
        "roles": ", ".join(token.claims.roles or ()) or known.phrase.nothing,
        "old_sign_in_gone": retirements.load()
        .sharepoint_interface.old_sign_in_gone.date()
        .isoformat(),
        "host": urlsplit(call.request.partition(" ")[2]).hostname or "" if call else "",
        **known.of_call(call),
    }


CHECK = Check(
    "sharepoint_sign_in",
    CauseId.PERMISSIONS,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    45.0,
    SharePointSignIn,
    observe,
    judge,
)
