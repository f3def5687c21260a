# SPDX-License-Identifier: MIT
"""Asks SharePoint's own interface for the id of the tenant's root site, with a token of its own."""

from __future__ import annotations

from wizard import codec
from wizard.graph import network_data, retirements, service_call
from wizard.graph.http import Http, NoAnswer, Reply
from wizard.graph.proxies import Route
from wizard.graph.service_call import ServiceCall
from wizard.model import Scope, Secret

ACCEPT = "application/json;odata=nometadata"


def ask(base: str, scope: Scope, route: Route, token: Secret) -> ServiceCall:
    """One GET; the id that comes is looked at and forgotten."""
    path = retirements.load().sharepoint_interface.path
    request = f"GET {base}{path}"
    headers = {"Accept": ACCEPT, "Authorization": f"Bearer {token.reveal()}"}
    with Http(route, scope.ca_file) as http:
        try:
            reply = http.get(base + path, headers, network_data.load().limits.call_s)
        except NoAnswer as broken:
            return service_call.unanswered(request, broken)
    return _read(request, reply)


def _read(request: str, reply: Reply) -> ServiceCall:
    body = _object(reply.text)
    error = body.get("odata.error", body.get("error"))
    words = body.get("error_description") or (error if isinstance(error, str) else "")
    code = ""
    if isinstance(error, dict):
        code, message = str(error.get("code") or ""), error.get("message")
        words = message.get("value") if isinstance(message, dict) else message
    if not body and reply.status_code not in range(200, 300):
        words = reply.text  # it is not always wrapped in JSON
    granted = reply.status_code == 200 and "Id" in body
    return service_call.answered(request, reply, granted=granted, code=code, words=str(words or ""))


def _object(text: str) -> dict[str, object]:
    try:
        body = codec.load_json(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
