# SPDX-License-Identifier: MIT
"""Does the tenant live in the cloud that everything else is asked of, and is it the one meant?

The tenant's own document says where it lives; its SharePoint host says whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
from wizard.checks.not_reached import distinct
from wizard.graph import network_data, tenant_cloud, words
from wizard.graph.answer import AnswerKind
from wizard.graph.network_path import NetworkPath
from wizard.graph.tenant_cloud import Basis, CloudChoice, Document
from wizard.model import CauseId, Evidence, Finding, Sensitivity, Value
from wizard.product import Product

SOURCE = "national_clouds"


@dataclass(frozen=True)
class Realm:
    """The tenant that a SharePoint host says it belongs to."""

    host: str
    tenant_id: str


@dataclass(frozen=True)
class CloudSeen:
    """The cloud in use, why, and what sign-in hosts and SharePoint hosts said of the tenant."""

    name: str
    graph_host: str
    basis: Basis
    tenant: str  # as it was given; empty when none was
    documents: tuple[Document, ...]
    realms: tuple[Realm, ...]

    @property
    def document(self) -> Document | None:
        """What the tenant's own document says; of several, the one that names the cloud in use."""
        found = [one for one in self.documents if one.kind is AnswerKind.EXPECTED]
        own = [one for one in found if one.graph_host == self.graph_host]
        return next(iter(own or found), None)

    @property
    def tenant_id(self) -> str:
        """The tenant's id: as its document has it, else as it was given."""
        told = self.document.tenant_id if self.document else ""
        return told or tenant_cloud.tenant_in(self.tenant)


def observe(context: Context) -> CloudSeen:
    """The choice made for all checks; of one made by hand, its sign-in host is asked, too."""
    choice = context.cloud()
    return CloudSeen(
        name=choice.cloud.name,
        graph_host=(urlsplit(choice.cloud.graph).hostname or "").lower(),
        basis=choice.basis,
        tenant=context.scope.tenant_id or "",
        documents=_documents(context, choice),
        realms=tuple(_realms(context.network())),
    )


def _documents(context: Context, choice: CloudChoice) -> tuple[Document, ...]:
    if choice.basis is not Basis.BY_HAND or not context.scope.tenant_id:
        return choice.documents
    seconds = network_data.load().limits.cloud_s
    return (tenant_cloud.ask(choice.cloud, context.scope, context.host, seconds),)


def _realms(paths: tuple[NetworkPath, ...]) -> Iterator[Realm]:
    for path in paths:
        if path.answer and path.answer.tenant_realm:
            yield Realm(path.host, path.answer.tenant_realm)


def judge(seen: CloudSeen, _product: Product) -> Finding:
    """The wrong tenant first, then the wrong cloud, then what could not be told."""
    told = _unknown_tenant(seen) or _other_tenant(seen) or _other_cloud(seen) or _told(seen)
    return Finding(told.outcome, told.text, told.values, tuple(_evidence(seen)), source=SOURCE)


def _other_tenant(seen: CloudSeen) -> Finding | None:
    """Where no id is known to compare with, nothing is said."""
    others = [realm for realm in seen.realms if realm.tenant_id != seen.tenant_id]
    if not others or not seen.tenant_id:
        return None
    values = {"hosts": distinct(realm.host for realm in others), "count": len(others)}
    values["realms"] = distinct(realm.tenant_id for realm in others)
    return warning("check.tenant_cloud.other_tenant", values=values)


def _unknown_tenant(seen: CloudSeen) -> Finding | None:
    kinds = [document.kind for document in seen.documents]
    if not kinds or set(kinds) != {AnswerKind.TENANT_UNKNOWN}:
        return None
    values = {"hosts": distinct(one.host for one in seen.documents), "count": len(kinds)}
    if not seen.realms:
        return warning("check.tenant_cloud.unknown_tenant", values=values)
    values["own"] = distinct(realm.host for realm in seen.realms)
    values["realms"] = distinct(realm.tenant_id for realm in seen.realms)
    return warning("check.tenant_cloud.unknown_tenant_but_realm", values=values)


def _other_cloud(seen: CloudSeen) -> Finding | None:
    """The document names a Graph that isn't the one in use: chosen by hand, or a new cloud."""
    named = seen.document.graph_host if seen.document else ""
    if not named or named == seen.graph_host:
        return None
    text = "other_cloud" if seen.basis is Basis.BY_HAND else "unknown_graph"
    values = {"named": named, "chosen": seen.graph_host, "cloud": seen.name}
    return warning(f"check.tenant_cloud.{text}", values=values)


def _told(seen: CloudSeen) -> Finding:
    values: dict[str, Value] = {"cloud": seen.name, "graph": seen.graph_host}
    if not seen.tenant:
        text = "by_hand_alone" if seen.basis is Basis.BY_HAND else "no_tenant"
        return not_applicable(f"check.tenant_cloud.{text}", values=values)
    if seen.document is None:
        return _untold(seen, values)
    if not seen.document.graph_host:
        return not_applicable("check.tenant_cloud.no_graph_named", values=values)
    text = "by_hand" if seen.basis is Basis.BY_HAND else "found"
    return ok(f"check.tenant_cloud.{text}", values=values)


def _untold(seen: CloudSeen, values: dict[str, Value]) -> Finding:
    """Where all were given too little time, that time is told: slow answers are no missing ones."""
    late = bool(seen.documents) and all(one.is_late for one in seen.documents)
    text = "late" if late else "no_answer"
    if seen.basis is Basis.BY_HAND:
        text = f"by_hand_{text}"
    hosts = distinct(one.host for one in seen.documents)
    seconds = max((one.limit_s for one in seen.documents), default=0.0)
    more = {**values, "hosts": hosts, "seconds": seconds}
    return could_not_check(f"check.tenant_cloud.{text}", values=more)


def _evidence(seen: CloudSeen) -> Iterator[Evidence]:
    yield Evidence("cloud_used", seen.name, "", "--cloud" if seen.basis is Basis.BY_HAND else "")
    if seen.tenant:
        yield Evidence("tenant_given", seen.tenant, "", "--tenant-id", Sensitivity.IDENTITY)
    for document in seen.documents:
        yield from _document_evidence(document)
    for realm in seen.realms:
        source = f"WWW-Authenticate: {realm.host}"
        yield Evidence("tenant_realm", realm.tenant_id, "", source, Sensitivity.IDENTITY)


def _document_evidence(document: Document) -> Iterator[Evidence]:
    source = f"OpenID document at {document.host}"
    if document.kind is not AnswerKind.EXPECTED:
        known = words.load().no_answer
        detail = document.detail or " ".join(filter(None, (_status(document), document.words)))
        told = words.told(known, document.broken or document.kind, detail)
        yield Evidence("document_failure", told, "", source)
    else:
        yield Evidence("document_graph", document.graph_host, "", source)
        shown = (document.instance, document.region, document.sub_region)
        yield Evidence("document_region", ", ".join(filter(None, shown)), "", source)
        if document.tenant_id:
            told = document.tenant_id
            yield Evidence("document_tenant", told, "", source, Sensitivity.IDENTITY)
        yield Evidence("answer_time", document.duration_ms, "ms", source)
    if document.client_request_id:
        yield Evidence("client_request_id", document.client_request_id, "", source)


def _status(document: Document) -> str:
    return str(document.status or "")


CHECK = Check(
    "tenant_cloud",
    CauseId.CONNECTIVITY,
    frozenset({Need.NETWORK}),
    20.0,
    CloudSeen,
    observe,
    judge,
)
