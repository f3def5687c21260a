# SPDX-License-Identifier: MIT
"""Reads the app registration from the tenant's directory, each part by a right of its own.

Two objects hold it: the application, with what it asks for and what it signs in with, is in the
tenant that it was made in; the service principal, with consent, is in each tenant that uses it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import quote, urlsplit

from wizard.errors import CannotCheck
from wizard.graph import access_token, app_roles, network_data, proxies, registered_credentials
from wizard.graph.app_registration import (
    APPLICATION,
    DELEGATED,
    GRANTS,
    SERVICE_PRINCIPAL,
    AppCredential,
    AppRegistration,
    Grant,
    Requested,
    Unread,
)
from wizard.graph.clouds import Cloud
from wizard.graph.directory import (
    ELSEWHERE,
    NOT_THERE,
    Directory,
    NotRead,
    Object,
    guid,
    moment,
    objects,
)
from wizard.graph.http import Http
from wizard.graph.permission_names import Names
from wizard.graph.permissions import PermissionKind
from wizard.host.base import Host
from wizard.model import Scope, Secret

T = TypeVar("T")

SHARE_OF_TIMEOUT = 0.15  # what a sign-in leaves of a check's time-out, with room to spare
SINGLE_TENANT = "AzureADMyOrg"
_KINDS = {"Role": PermissionKind.APPLICATION, "Scope": PermissionKind.DELEGATED}


def read(
    cloud: Cloud,
    scope: Scope,
    host: Host,
    token: Secret,
    cancel: threading.Event,
    *,
    secret: Secret | None = None,
) -> AppRegistration:
    """All parts that the app may read; `secret` is what it signed in with, if it was one.

    Raises:
        CannotCheck: Graph answered nothing at all, or nobody waits for the answer any more.
    """
    route = proxies.choose(scope, host, urlsplit(cloud.graph).hostname or "")
    limit = network_data.load().limits.registration_s
    seconds = min(limit, (scope.timeout_s or limit / SHARE_OF_TIMEOUT) * SHARE_OF_TIMEOUT)
    with Http(route, scope.ca_file) as http:
        directory = Directory(cloud.graph, http, token, cancel, seconds)
        tenant_id = access_token.read(token).tenant_id or ""
        found = _Reader(directory, scope.client_id or "", tenant_id, secret).read()
    if not directory.answered:
        first = found.unread[0]
        raise CannotCheck(first.reason, **first.values)
    return found


class _Reader:
    """Reads one part after the other, and keeps why one could not be read."""

    def __init__(
        self, directory: Directory, client_id: str, tenant_id: str, secret: Secret | None
    ) -> None:
        self._directory, self._names = directory, Names(directory)
        self._client_id, self._tenant_id, self._secret = client_id, tenant_id, secret
        self._unread: list[Unread] = []

    def read(self) -> AppRegistration:
        principal = self._part(SERVICE_PRINCIPAL, self._one)
        grants = self._part(GRANTS, self._all)
        delegated = self._part(DELEGATED, self._all)
        application = self._part(APPLICATION, self._one)
        if application is None and self._is_of_another_tenant(principal):
            self._unread = [_elsewhere(unread) for unread in self._unread]
        return AppRegistration(
            enabled=_truth(principal, "accountEnabled"),
            single_tenant=_is_single(principal or application),
            grants=None if grants is None else tuple(map(self._grant, grants)),
            delegated=None if delegated is None else _scopes(delegated),
            requested=None if application is None else tuple(self._requested(application)),
            credentials=None if application is None else self._credentials(application),
            unread=tuple(self._unread),
        )

    def _part(self, part: str, ask: Callable[[str, Sequence[str]], T]) -> T | None:
        known = app_roles.load().part(part)
        try:
            return ask(known.path.format(client=quote(self._client_id, safe="")), known.any_of)
        except NotRead as why:
            self._unread.append(Unread(part, why.reason, why.values))
            return None

    def _one(self, path: str, any_of: Sequence[str]) -> Object:
        return self._directory.one(path, "signInAudience", any_of)

    def _all(self, path: str, any_of: Sequence[str]) -> list[Object]:
        return self._directory.all(path, any_of)

    def _is_of_another_tenant(self, principal: Object | None) -> bool:
        owner = guid(principal or {}, "appOwnerOrganizationId")
        return bool(owner and self._tenant_id) and owner != self._tenant_id.lower()

    def _grant(self, told: Object) -> Grant:
        role_id = guid(told, "appRoleId")
        resource_id, name = self._names.of_role(guid(told, "resourceId"), role_id)
        return Grant(resource_id, role_id, name, moment(told, "createdDateTime"))

    def _requested(self, application: Object) -> list[Requested]:
        found = []
        for resource in objects(application, "requiredResourceAccess"):
            resource_id = guid(resource, "resourceAppId")
            for access in objects(resource, "resourceAccess"):
                kind = _KINDS.get(str(access.get("type")))
                if kind:
                    asked = guid(access, "id")
                    name = self._names.of_request(resource_id, asked, kind)
                    found.append(Requested(resource_id, asked, name, kind))
        return found

    def _credentials(self, application: Object) -> tuple[AppCredential, ...]:
        return registered_credentials.of(application, self._secret)


def _elsewhere(unread: Unread) -> Unread:
    """An application that isn't here because it was made in another tenant."""
    is_it = unread.part == APPLICATION and unread.reason == NOT_THERE
    return Unread(APPLICATION, ELSEWHERE) if is_it else unread


def _is_single(told: Object | None) -> bool | None:
    audience = (told or {}).get("signInAudience")
    return audience == SINGLE_TENANT if isinstance(audience, str) else None


def _truth(told: Object | None, key: str) -> bool | None:
    value = (told or {}).get(key)
    return value if isinstance(value, bool) else None


def _scopes(delegated: list[Object]) -> tuple[str, ...]:
    """The names in all grants, each once; a grant holds several with blanks between."""
    names = {name for told in delegated for name in str(told.get("scope") or "").split()}
    return tuple(sorted(names))
