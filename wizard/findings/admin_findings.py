# SPDX-License-Identifier: MIT
"""What the findings ask of whoever looks after the tenant: the app, the permissions, the requests.

Made of what the checks recorded, so that the window, the text and a stored diagnosis show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from wizard import codec
from wizard.checks import graph_calls, sign_in, token_roles
from wizard.checks.graph_calls import GraphCalls
from wizard.checks.token_roles import TokenRoles
from wizard.errors import BadInput
from wizard.findings import admin_permissions
from wizard.findings.admin_permissions import WantedLists
from wizard.graph import admin_requests, clouds, portal_links
from wizard.graph.admin_requests import RequestKind
from wizard.graph.clouds import Cloud
from wizard.graph.portal_links import Link, PortalPage
from wizard.graph.sign_in_report import Report
from wizard.model import CauseId, CheckResult, Diagnosis, Evidence, Outcome
from wizard.texts import Texts

T = TypeVar("T")
CAUSES = (CauseId.PERMISSIONS, CauseId.GRAPH_FORBIDDEN)
_GRANTING = (RequestKind.PERMISSIONS, RequestKind.CONSENT)
_BAD = (Outcome.PROBLEM, Outcome.WARNING)
_UNKNOWN = (Outcome.COULD_NOT_CHECK, Outcome.TIMED_OUT)
# The checks of log lines: their warnings are about the past, and a tenant can't open a log.
_LOGS = ("log_", "rejected_operations")
# What a search in the sign-in logs, or Microsoft's support, asks for.
_LOOK_UP = (
    *("sign_in_code", "microsoft_text", "correlation_id", "trace_id"),
    *("request_id", "microsoft_time"),
)


@dataclass(frozen=True)
class Request:
    """One thing that is asked for; `advice` only where no words of our own fit.

    A place of the portal has no link where its cloud's portal isn't known.
    """

    kind: RequestKind
    found: tuple[str, ...]
    wanted: WantedLists
    advice: tuple[str, ...]
    places: tuple[tuple[PortalPage, Link | None], ...]
    look_up: tuple[Evidence, ...]


def requests(diagnosis: Diagnosis, texts: Texts, cloud: str | None = None) -> tuple[Request, ...]:
    """What the tenant's administrators are asked for, each kind once, in the order of the text."""
    table = admin_requests.load()
    asked: dict[RequestKind, list[CheckResult]] = {}
    for row in rows(diagnosis):
        kind = table.of(row.finding.text, row.check) if _is_asked(row) else None
        if kind:
            asked.setdefault(kind, []).append(row)
    if RequestKind.PERMISSIONS in asked:  # which holds the consent to them
        asked[RequestKind.PERMISSIONS] += asked.pop(RequestKind.CONSENT, [])
    found = links(diagnosis, cloud)
    return tuple(
        _request(kind, asked[kind], diagnosis, found, texts)
        for kind in RequestKind
        if kind in asked
    )


def _request(
    kind: RequestKind,
    told_by: Sequence[CheckResult],
    diagnosis: Diagnosis,
    found: Mapping[PortalPage, Link],
    texts: Texts,
) -> Request:
    wanted = _wanted(diagnosis, texts) if kind in _GRANTING else WantedLists()
    kind = RequestKind.CONSENT if wanted.lacks_only_consent else kind
    return Request(
        kind=kind,
        found=tuple(dict.fromkeys(texts.summary(row.finding) for row in told_by)),
        wanted=wanted,
        advice=_advice(told_by, texts) if kind is RequestKind.OTHER else (),
        places=tuple((page, found.get(page)) for page in admin_requests.load().pages(kind)),
        look_up=tuple(_look_up(told_by)),
    )


def untested(diagnosis: Diagnosis) -> tuple[CheckResult, ...]:
    """What could not be checked, so that nobody takes it for fine."""
    return tuple(
        row
        for row in rows(diagnosis)
        if row.finding.outcome in _UNKNOWN and not row.check.startswith(_LOGS)
    )


def rows(diagnosis: Diagnosis) -> tuple[CheckResult, ...]:
    """The findings of the causes that lie with the tenant."""
    return tuple(row for cause in CAUSES for row in diagnosis.of_cause(cause))


def report(diagnosis: Diagnosis) -> Report | None:
    """The sign-in that was made, whichever check recorded it."""
    made = _observed(diagnosis, sign_in.CHECK.id, Report)
    calls = None if made else _observed(diagnosis, graph_calls.CHECK.id, GraphCalls)
    return calls.report if calls else made


def links(diagnosis: Diagnosis, cloud: str | None = None) -> dict[PortalPage, Link]:
    """Links for the app that signed in; a sample's have the shape of the usual cloud's."""
    made = report(diagnosis)
    found = cloud_of(diagnosis, cloud)
    return portal_links.make(found, made.tenant_id, made.client_id) if made and found else {}


def cloud_of(diagnosis: Diagnosis, cloud: str | None = None) -> Cloud | None:
    """The cloud that was signed in to, None where nobody knows it; `cloud` is one's own file."""
    made = report(diagnosis)
    if diagnosis.host.sample:
        return clouds.choose(clouds.DEFAULT)
    return portal_links.cloud_at(made.url, cloud) if made else None


def tested(diagnosis: Diagnosis) -> TokenRoles | None:
    """What was read from the token."""
    return _observed(diagnosis, token_roles.CHECK.id, TokenRoles)


def _observed(diagnosis: Diagnosis, check: str, kind: type[T]) -> T | None:
    """What a check recorded; None where it recorded nothing, or another version did."""
    plain = next((row.observation for row in diagnosis.results if row.check == check), None)
    if plain is None:
        return None
    try:
        return codec.from_plain(plain, kind)
    except BadInput:
        return None


def _is_asked(row: CheckResult) -> bool:
    """Warnings of logs are about the past; those of live checks, such as an end in sight, count."""
    if row.check.startswith(_LOGS):
        return row.finding.outcome is Outcome.PROBLEM
    return row.finding.outcome in _BAD


def _wanted(diagnosis: Diagnosis, texts: Texts) -> WantedLists:
    """What the token lacks; without a token all that the list has."""
    seen = tested(diagnosis)
    return admin_permissions.of_token(seen, texts) if seen else admin_permissions.of_list(texts)


def _advice(found: Iterable[CheckResult], texts: Texts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for row in found for line in texts.advice(row.finding)))


def _look_up(found: Iterable[CheckResult]) -> Iterator[Evidence]:
    """Each value once, in the order in which the checks told them."""
    seen = set()
    for row in found:
        for evidence in row.finding.evidence:
            if evidence.label in _LOOK_UP and (evidence.label, evidence.value) not in seen:
                seen.add((evidence.label, evidence.value))
                yield evidence
