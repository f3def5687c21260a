# SPDX-License-Identifier: MIT
"""Which cloud a tenant lives in, by the tenant's own OpenID document, which needs no sign-in.

The hosts in the document decide, not its words about a region: the sign-in hosts of some clouds
answer for tenants of others, too. The usual cloud is asked first and alone; the others only where
it doesn't settle the matter, so that a tenant's id goes no further than it must.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from wizard import codec
from wizard.graph import answer as answers
from wizard.graph import clouds, network_data
from wizard.graph.answer import AnswerKind
from wizard.graph.clouds import Cloud
from wizard.graph.deadline import Deadline, side_by_side
from wizard.graph.http import Http, NoAnswer, NoAnswerKind, Reply
from wizard.graph.network_data import Expects
from wizard.graph.network_walks import route_to
from wizard.host.base import Host
from wizard.host.deadline import Call, StillRunning
from wizard.model import Scope

SHARE_OF_FIRST = 0.5
_GUID = re.compile(answers.GUID, re.IGNORECASE)


class Basis(StrEnum):
    """Why a cloud was chosen."""

    BY_HAND = "by-hand"
    DOCUMENT = "document"  # the tenant's document names this cloud's Graph
    NO_TENANT = "no-tenant"  # nobody named a tenant, so the usual one
    NOBODY_KNOWS_TENANT = "nobody-knows-tenant"  # clouds answered, none knows it
    UNKNOWN_GRAPH = "unknown-graph"  # the document names a Graph of no cloud that we know
    NO_ANSWER = "no-answer"


@dataclass(frozen=True)
class Document:
    """What one sign-in host told of the tenant."""

    cloud: str  # id of the cloud whose sign-in host was asked
    host: str
    kind: AnswerKind
    graph_host: str = ""
    tenant_id: str = ""  # as the issuer has it, also where a domain was asked for
    instance: str = ""
    region: str = ""
    sub_region: str = ""
    status: int | None = None
    words: str = ""
    broken: NoAnswerKind | None = None
    detail: str = ""
    client_request_id: str = ""
    duration_ms: float = 0.0
    limit_s: float = 0.0  # that it had

    @property
    def is_late(self) -> bool:
        """Whether nothing came in that time."""
        return self.broken is NoAnswerKind.TIMEOUT


@dataclass(frozen=True)
class CloudChoice:
    """The cloud that everything else goes to, and why."""

    cloud: Cloud
    basis: Basis
    documents: tuple[Document, ...] = ()


def choose(scope: Scope, host: Host, candidates: Sequence[Cloud] | None = None) -> CloudChoice:
    """The cloud named by hand, else the tenant's own, else the usual one.

    Raises:
        BadInput: what was named by hand is no cloud.
    """
    if scope.cloud:
        return CloudChoice(clouds.choose(scope.cloud), Basis.BY_HAND)
    known = tuple(candidates or (*clouds.known(), *clouds.sign_in_only()))
    if not scope.tenant_id:
        return CloudChoice(known[0], Basis.NO_TENANT)
    return _by_documents(scope, host, known)


def ask(cloud: Cloud, scope: Scope, host: Host, seconds: float) -> Document:
    """The tenant's document at one cloud's sign-in host."""
    url = cloud.authority + _path().replace("{tenant}", quote(scope.tenant_id or "", safe=""))
    name = urlsplit(url).hostname or ""
    asked = Document(cloud.id, name, AnswerKind.NONE, limit_s=round(seconds, 1))
    with Http(route_to(scope, host, url), scope.ca_file) as http:
        try:
            reply = http.get(url, {"Accept": "application/json"}, seconds)
        except NoAnswer as error:
            return replace(asked, broken=error.kind, detail=error.detail)
    return _read(asked, reply)


def _read(asked: Document, reply: Reply) -> Document:
    read = answers.read(reply, Expects.OPENID_DOCUMENT, reply.duration_ms)
    body = _body(reply.text) if read.kind is AnswerKind.EXPECTED else {}
    return replace(
        asked,
        kind=read.kind,
        graph_host=_text(body, "msgraph_host").lower(),
        tenant_id=tenant_in(_text(body, "issuer")),
        instance=_text(body, "cloud_instance_name"),
        region=_text(body, "tenant_region_scope"),
        sub_region=_text(body, "tenant_region_sub_scope"),
        status=read.status,
        words=f"AADSTS{read.code}" if read.code else read.words,
        client_request_id=read.client_request_id,
        duration_ms=read.duration_ms,
    )


def tenant_in(text: str) -> str:
    """The first id in an issuer or a realm; empty when there is none."""
    found = _GUID.search(text)
    return found[0].lower() if found else ""


def _by_documents(scope: Scope, host: Host, known: Sequence[Cloud]) -> CloudChoice:
    """A slow first answer still counts, when it comes while the others are asked."""
    seconds = network_data.load().limits.cloud_s
    deadline = Deadline(seconds)
    asking = Call(partial(ask, known[0], scope, host, seconds))
    with suppress(StillRunning):
        first = asking.wait(seconds * SHARE_OF_FIRST)
        if named := _named(first, known):
            return CloudChoice(named, Basis.DOCUMENT, (first,))
    first_of = {cloud.authority: cloud for cloud in reversed(known)}
    others = [cloud for cloud in known[1:] if first_of[cloud.authority] is cloud]
    calls = [partial(ask, cloud, scope, host, deadline.left()) for cloud in others]
    told = side_by_side(calls)
    documents = (asking.wait(threading.TIMEOUT_MAX), *told)
    for document in documents:
        named = _named(document, known)
        if named:
            return CloudChoice(named, Basis.DOCUMENT, documents)
    return CloudChoice(known[0], _why_not(documents), documents)


def _named(document: Document, known: Sequence[Cloud]) -> Cloud | None:
    """The cloud whose Graph the document names."""
    graphs = {urlsplit(cloud.graph).hostname: cloud for cloud in reversed(known) if cloud.graph}
    return graphs.get(document.graph_host)


def _why_not(documents: Sequence[Document]) -> Basis:
    kinds = {document.kind for document in documents}
    if AnswerKind.EXPECTED in kinds:
        return Basis.UNKNOWN_GRAPH
    is_known_nowhere = kinds == {AnswerKind.TENANT_UNKNOWN}
    return Basis.NOBODY_KNOWS_TENANT if is_known_nowhere else Basis.NO_ANSWER


def _path() -> str:
    """Where sign-in hosts keep the document."""
    endpoints = network_data.load().endpoints
    return next(one.path for one in endpoints if one.expects is Expects.OPENID_DOCUMENT)


def _body(text: str) -> dict[str, Any]:
    body = codec.load_json(text)
    return body if isinstance(body, dict) else {}


def _text(body: dict[str, Any], key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""
