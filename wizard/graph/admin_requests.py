# SPDX-License-Identifier: MIT
"""What kind of thing a finding asks of whoever looks after the tenant: admin_requests.toml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from wizard import codec, resources
from wizard.graph import graph_errors, probes, sign_in_errors
from wizard.graph.graph_errors import Kind
from wizard.graph.portal_links import PortalPage
from wizard.graph.sign_in_errors import Page, Who
from wizard.model import Workload

SIGN_IN, GRAPH = "sign_in_error.", "graph_error."
WAIT = "_wait"  # the same answer, with how long it asks to wait


class RequestKind(StrEnum):
    """What is asked for, in the order in which it is told."""

    PERMISSIONS = "permissions"
    CONSENT = "consent"
    CREDENTIAL = "credential"
    REGISTRATION = "registration"
    POLICY = "policy"
    MAILBOXES = "mailboxes"  # single ones are closed to the app
    SITES = "sites"  # or drives
    LIMITS = "limits"  # one of the two
    LICENCE = "licence"
    EXCHANGE = "exchange"  # its own web services
    SHAREPOINT = "sharepoint"  # its own interface
    ACCOUNT = "account"  # of the user that the backup signs in as
    PROTECTED_API = "protected-api"
    LOOK_UP = "look-up"
    OTHER = "other"


@dataclass(frozen=True)
class KnownRequest:
    """One kind, and which findings ask for it."""

    request: RequestKind
    sign_in: tuple[Page, ...]
    graph: tuple[Kind, ...]
    texts: tuple[str, ...]
    checks: tuple[str, ...]
    pages: tuple[PortalPage, ...]
    services: tuple[Workload, ...] = ()


@dataclass(frozen=True)
class AdminRequests:
    """The whole table."""

    source: str
    date: str
    asked: tuple[Who, ...]
    not_asked: tuple[str, ...]
    in_exchange_pages: tuple[PortalPage, ...]
    requests: tuple[KnownRequest, ...]

    def of(self, text: str, check: str, service: str = "") -> RequestKind | None:
        """What a finding asks for; None where the tenant's administrators can do nothing.

        `service` is its service, as Microsoft calls it, where it names one.
        """
        kind = self._of(text, check)
        return self._of_service(service) if kind is RequestKind.LIMITS else kind

    def _of_service(self, service: str) -> RequestKind:
        """Limits on single objects, by what kind of objects the service has."""
        known = probes.load()
        found = (
            row.request
            for row in self.requests
            if service in [known.name(workload) for workload in row.services]
        )
        return next(found, RequestKind.LIMITS)

    def _of(self, text: str, check: str) -> RequestKind | None:
        if {text, check} & set(self.not_asked):
            return None
        named = next((row.request for row in self.requests if text in row.texts), None)
        if named:
            return named
        if text.startswith(SIGN_IN):
            return self._of_sign_in(text.removeprefix(SIGN_IN))
        if text.startswith(GRAPH):
            return self._of_graph(text.removeprefix(GRAPH).removesuffix(WAIT))
        checked = (row.request for row in self.requests if check in row.checks)
        return next(checked, RequestKind.OTHER)

    def pages(self, kind: RequestKind) -> tuple[PortalPage, ...]:
        """Where in the portal it is done."""
        return next(row.pages for row in self.requests if row.request is kind)

    def _of_sign_in(self, text: str) -> RequestKind | None:
        known = sign_in_errors.load().errors
        error = next((entry for entry in known if entry.text == text), None)
        if error is None or error.who not in self.asked:
            return None
        if error.user_only:
            is_consent = error.page is Page.PERMISSIONS
            return RequestKind.OTHER if is_consent else RequestKind.ACCOUNT
        return next((row.request for row in self.requests if error.page in row.sign_in), None)

    def _of_graph(self, answer: str) -> RequestKind | None:
        known = graph_errors.load().errors
        kind = next((row.kind for row in known if row.id == answer), Kind.UNKNOWN)
        return next((row.request for row in self.requests if kind in row.graph), None)


@cache
def load() -> AdminRequests:
    """Read and check the shipped table."""
    return codec.from_plain(resources.read_toml("graph", "admin_requests.toml"), AdminRequests)
