# SPDX-License-Identifier: MIT
"""Asks Exchange Web Services for the id of a mailbox's root folder, and nothing of its content.

Exchange decides by organisation, by app and by mailbox, so a mailbox must be named: the first that
Graph tells of. Its address is sent to Exchange, and neither kept nor shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from wizard import codec
from wizard.graph import network_data, retirements, service_call
from wizard.graph.clouds import Cloud
from wizard.graph.deadline import Deadline
from wizard.graph.http import Http, NoAnswer, Reply
from wizard.graph.proxies import Route
from wizard.graph.service_call import ServiceCall
from wizard.model import Scope, Secret

MAILBOXES = "/v1.0/users?$top=3&$select=mail"
GRANTED = "NoError"
# Another mailbox may fare better: this address has none.
NO_MAILBOX = ("ErrorNonExistentMailbox", "ErrorMissingEmailAddress")
_CODE = re.compile(r"<(?:\w+:)?ResponseCode\b[^>]{0,200}>(\w{1,80})</")
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_EXCHANGE = "http://schemas.microsoft.com/exchange/services/2006"
_REQUEST = f"""<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="{_SOAP}" xmlns:t="{_EXCHANGE}/types" xmlns:m="{_EXCHANGE}/messages">
<s:Header><t:RequestServerVersion Version="Exchange2016"/><t:ExchangeImpersonation>
<t:ConnectingSID><t:PrimarySmtpAddress>{{mailbox}}</t:PrimarySmtpAddress></t:ConnectingSID>
</t:ExchangeImpersonation></s:Header>
<s:Body><m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>
<m:FolderIds><t:DistinguishedFolderId Id="msgfolderroot"/></m:FolderIds></m:GetFolder></s:Body>
</s:Envelope>"""


def mailboxes(cloud: Cloud, scope: Scope, route: Route, token: Secret) -> tuple[str, ...] | None:
    """The addresses of the first few users that have one, by Graph's token.

    None where nobody tells of one, empty where the tenant has no user at all.
    """
    headers = {"Accept": "application/json", "Authorization": f"Bearer {token.reveal()}"}
    with Http(route, scope.ca_file) as http:
        try:
            reply = http.get(cloud.graph + MAILBOXES, headers, network_data.load().limits.call_s)
        except NoAnswer:
            return None
    listed = _listed(reply) if reply.status_code == 200 else None
    return tuple(_addresses(listed or ())) or (() if listed == [] else None)


def ask(
    cloud: Cloud, scope: Scope, route: Route, token: Secret, among: tuple[str, ...]
) -> ServiceCall | None:
    """One request for each mailbox until one decides; None where there is no mailbox to ask for."""
    limits = network_data.load().limits
    deadline, call = Deadline(limits.calls_s), None
    url = cloud.exchange + network_data.load().endpoint("exchange").path
    with Http(route, scope.ca_file) as http:
        for mailbox in among:
            call = _ask_one(http, url, token, mailbox, deadline.left(limits.call_s))
            if call.code not in NO_MAILBOX or deadline.over:
                break
    return call


def _ask_one(http: Http, url: str, token: Secret, mailbox: str, seconds: float) -> ServiceCall:
    request = f"POST {url} (GetFolder)"
    headers = {
        "Authorization": f"Bearer {token.reveal()}",
        "Content-Type": "text/xml; charset=utf-8",
        "X-AnchorMailbox": mailbox,
    }
    body = _REQUEST.format(mailbox=escape(mailbox)).encode()
    try:
        reply = http.post(url, body, headers, seconds)
    except NoAnswer as broken:
        return service_call.unanswered(request, broken)
    found = _CODE.search(reply.text)
    code = found.group(1) if found else ""
    words = reply.header(retirements.load().exchange_web_services.policy_header)
    return service_call.answered(
        request, reply, granted=reply.status_code == 200 and code == GRANTED, code=code, words=words
    )


def _listed(reply: Reply) -> list[object] | None:
    """The users of a page, None where that is no answer of Graph or where others follow."""
    try:
        body = codec.load_json(reply.text)
    except ValueError:
        return None
    listed = body.get("value") if isinstance(body, dict) else None
    is_graphs = isinstance(listed, list) and bool(reply.header("request-id"))
    return listed if is_graphs and (listed or not body.get("@odata.nextLink")) else None


def _addresses(listed: Iterable[object]) -> Iterator[str]:
    for user in listed:
        mail = user.get("mail") if isinstance(user, dict) else None
        if isinstance(mail, str) and re.fullmatch(r"[!-~]{3,320}", mail):
            yield mail
