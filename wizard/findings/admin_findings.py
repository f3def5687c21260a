# SPDX-License-Identifier: MIT
"""What the findings ask of whoever looks after the tenant: the app, the permissions, the requests.

Made of what the checks recorded, so that the window, the text and a stored diagnosis show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wizard.checks import rejected_operations, token_roles
from wizard.checks.token_roles import TokenRoles
from wizard.findings import admin_permissions, admin_rows
from wizard.findings.admin_permissions import WantedLists
from wizard.graph import admin_requests, clouds, portal_links
from wizard.graph.admin_requests import RequestKind
from wizard.graph.clouds import Cloud
from wizard.graph.portal_links import Link, PortalPage
from wizard.model import CheckResult, Diagnosis, Evidence, Outcome
from wizard.texts import Texts

GRANTING = (RequestKind.PERMISSIONS, RequestKind.CONSENT)
_LIMITS = (RequestKind.MAILBOXES, RequestKind.SITES, RequestKind.LIMITS)
_BAD = (Outcome.PROBLEM, Outcome.WARNING)
_UNKNOWN = (Outcome.COULD_NOT_CHECK, Outcome.TIMED_OUT)


@dataclass(frozen=True)
class Request:
    """One thing that is asked for; `advice` where the findings have steps of their own for it.

    A place of the portal has no link where its cloud's portal isn't known.
    """

    kind: RequestKind
    found: tuple[str, ...]
    wanted: WantedLists
    advice: tuple[str, ...]
    places: tuple[tuple[PortalPage, Link | None], ...]
    look_up: tuple[Evidence, ...]
    client_id: str  # empty where nobody signed in


def requests(diagnosis: Diagnosis, texts: Texts, cloud: str | None = None) -> tuple[Request, ...]:
    """What the tenant's administrators are asked for, each kind once, in the order of the text."""
    table = admin_requests.load()
    asked: dict[RequestKind, list[CheckResult]] = {}
    for row in admin_rows.told(diagnosis):
        service = str(row.finding.values.get("service", ""))
        kind = table.of(row.finding.text, row.check, service) if _is_asked(row) else None
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
    wanted = _wanted(told_by, diagnosis, texts) if kind in GRANTING else WantedLists()
    if kind in GRANTING:
        kind = RequestKind.CONSENT if wanted.lacks_only_consent else RequestKind.PERMISSIONS
    if kind is RequestKind.CONSENT:
        wanted = wanted.requested
    table, made = admin_requests.load(), admin_rows.report(diagnosis)
    pages = (*table.pages(kind), *(table.in_exchange_pages if wanted.in_exchange else ()))
    return Request(
        kind=kind,
        found=_without_repeated([texts.summary(row.finding) for row in told_by]),
        wanted=wanted,
        advice=_advice(kind, told_by, texts),
        places=tuple((page, found.get(page)) for page in pages),
        look_up=tuple(admin_rows.look_up(told_by)),
        client_id=made.client_id if made else "",
    )


def untested(diagnosis: Diagnosis) -> tuple[CheckResult, ...]:
    """What could not be checked, so that nobody takes it for fine."""
    return tuple(
        row
        for row in admin_rows.rows(diagnosis)
        if row.finding.outcome in _UNKNOWN and not row.check.startswith(admin_rows.LOGS)
    )


def links(diagnosis: Diagnosis, cloud: str | None = None) -> dict[PortalPage, Link]:
    """Links for the app that signed in; a sample's have the shape of the usual cloud's."""
    made = admin_rows.report(diagnosis)
    found = cloud_of(diagnosis, cloud)
    return portal_links.make(found, made.tenant_id, made.client_id) if made and found else {}


def cloud_of(diagnosis: Diagnosis, cloud: str | None = None) -> Cloud | None:
    """The cloud that was signed in to, None where nobody knows it; `cloud` is one's own file."""
    made = admin_rows.report(diagnosis)
    if diagnosis.host.sample:
        return clouds.choose(clouds.DEFAULT)
    return portal_links.cloud_at(made.url, cloud) if made else None


def tested(diagnosis: Diagnosis) -> TokenRoles | None:
    """What was read from the token."""
    return admin_rows.observed(diagnosis, token_roles.CHECK.id, TokenRoles)


def _is_asked(row: CheckResult) -> bool:
    """Warnings of logs are about the past; those of live checks, such as an end in sight, count.

    So do limits on single objects: for these the backup goes on failing.
    """
    if row.check.startswith(admin_rows.LOGS) and not _is_limit(row):
        return row.finding.outcome is Outcome.PROBLEM
    return row.finding.outcome in _BAD


def _is_limit(row: CheckResult) -> bool:
    finding = row.finding
    kind = admin_requests.load().of(finding.text, row.check, str(finding.values.get("service", "")))
    return kind in _LIMITS and bool(finding.values.get("recent"))


def _wanted(told_by: Sequence[CheckResult], diagnosis: Diagnosis, texts: Texts) -> WantedLists:
    """What the token lacks, and what refused requests need; without either all of the list."""
    of_logs = [row.finding for row in told_by if row.check == rejected_operations.CHECK.id]
    seen = tested(diagnosis)
    if seen:
        known = admin_permissions.of_token(seen, texts)
    elif len(of_logs) == len(told_by):
        known = WantedLists()
    else:
        known = admin_permissions.of_list(texts)
    return replace(known, rejected=admin_permissions.of_refusals(of_logs, known, texts))


def _without_repeated(told: Sequence[str]) -> tuple[str, ...]:
    """Each sentence once; one that another holds in full adds nothing to it."""
    once = tuple(dict.fromkeys(told))
    return tuple(one for one in once if not any(one in other for other in once if other != one))


def _advice(kind: RequestKind, found: Iterable[CheckResult], texts: Texts) -> tuple[str, ...]:
    """What the findings themselves tell the tenant; all they advise, where we have no words."""
    told = texts.advice if kind is RequestKind.OTHER else texts.for_tenant
    return tuple(dict.fromkeys(line for row in found for line in told(row.finding)))
