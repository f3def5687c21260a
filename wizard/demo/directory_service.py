# SPDX-License-Identifier: MIT
"""The directory of a sample tenant, as Graph shows it: an app's registration and its consent."""

from __future__ import annotations

import base64
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote

from wizard import codec
from wizard.demo.behaviour import Behaviour, GraphAnswer
from wizard.demo.sample_registration import HOURS_OF_A_YEAR, SampleKey
from wizard.demo.sample_tenant import SampleTenant
from wizard.graph import app_roles

ROOTS = ("/v1.0/servicePrincipals", "/v1.0/applications")
NOT_THERE = GraphAnswer(404, "Request_ResourceNotFound", "Resource does not exist.")
GRAPH = "00000003-0000-0000-c000-000000000000"
PAGE_SIZE = 5
_BY_APP_ID = re.compile(r"\(appId='([^']+)'\)")

Body = dict[str, Any]


@dataclass(frozen=True)
class DirectoryService:
    """Answers for the paths below ROOTS; who may ask is decided before."""

    behaviour: Behaviour
    tenant: SampleTenant

    def answer(self, base: str, path: str, query: str) -> GraphAnswer | Body:
        """The answer to one granted request."""
        root, address, below = _split(unquote(path))
        app_id = self._app_id(address)
        if app_id == self.tenant.client_id:
            return self._own(root, below, base + path, query)
        return self._service(app_id)

    def _app_id(self, address: str) -> str:
        """An object is asked for by its app id, or by what it is called in this tenant."""
        listed = (resource.id for resource in app_roles.load().resources)
        foreign = (resource for resource, _ in self.behaviour.registration.foreign_grants)
        by_app = _BY_APP_ID.fullmatch(address)
        known = (*listed, *foreign, self.tenant.client_id)
        if by_app:
            return by_app[1] if by_app[1] in known else ""
        return next((app for app in known if _object_id(app) == address), "")

    def _own(self, root: str, below: str, url: str, query: str) -> GraphAnswer | Body:
        there = self.behaviour.registration
        if root == "/v1.0/applications":
            return self._application() if there.owner_tenant is None else NOT_THERE
        if not there.exists:
            return NOT_THERE
        if below == "appRoleAssignments":
            return _page(self._grants(), url, query)
        if below == "oauth2PermissionGrants":
            scope = " ".join(there.delegated)
            return _page([{"scope": f" {scope} "}] if scope else [], url, query)
        return self._principal()

    def _principal(self) -> Body:
        there = self.behaviour.registration
        return {
            "id": _object_id(self.tenant.client_id),
            "accountEnabled": there.enabled,
            "signInAudience": self._audience(),
            "appOwnerOrganizationId": there.owner_tenant or self.tenant.tenant_id,
        }

    def _audience(self) -> str:
        single = self.behaviour.registration.single_tenant
        return "AzureADMyOrg" if single else "AzureADMultipleOrgs"

    def _grants(self) -> list[Body]:
        hours = self.behaviour.registration.consent_hours_ago
        graph = [
            _grant(GRAPH, _role_id(role), hours.get(role, HOURS_OF_A_YEAR))
            for role in self.behaviour.roles or ()
        ]
        foreign = self.behaviour.registration.foreign_grants
        return [*graph, *(_grant(app, role, HOURS_OF_A_YEAR) for app, role in foreign)]

    def _application(self) -> Body:
        there = self.behaviour.registration
        asked = (self.behaviour.roles or ()) if there.requested is None else there.requested
        roles = [{"id": _role_id(name), "type": "Role"} for name in asked]
        scopes = [{"id": _scope_id(name), "type": "Scope"} for name in there.requested_of_user]
        return {
            "id": _object_id(f"application {self.tenant.client_id}"),
            "signInAudience": self._audience(),
            "requiredResourceAccess": [
                {"resourceAppId": GRAPH, "resourceAccess": [*roles, *scopes]}
            ],
            "passwordCredentials": [self._secret(key) for key in there.secrets],
            "keyCredentials": [_certificate(key) for key in there.certificates],
        }

    def _secret(self, key: SampleKey) -> Body:
        hint = self.tenant.secret[:3] if key.hint is None else key.hint
        return {**_validity(key), "hint": hint, "secretText": None}

    def _service(self, app_id: str) -> GraphAnswer | Body:
        """What a service offers: with names that the shipped list doesn't have, too."""
        if not app_id:
            return NOT_THERE
        there = self.behaviour.registration
        scopes = (*there.requested_of_user, *there.delegated)
        foreign = [role for app, role in there.foreign_grants if app == app_id]
        return {
            "appId": app_id,
            "appRoles": [
                {"id": role, "value": f"Sample.Role{n}"} for n, role in enumerate(foreign)
            ],
            "oauth2PermissionScopes": [{"id": _scope_id(name), "value": name} for name in scopes],
        }


def _split(path: str) -> tuple[str, str, str]:
    """The root, the object and what is asked for below it."""
    root = next(root for root in ROOTS if path.startswith(root))
    address, _, below = path.removeprefix(root).removeprefix("/").partition("/")
    return root, address, below


def _page(entries: list[Body], url: str, query: str) -> Body:
    """A page of a list, with the address of the next one where there is more."""
    first = int(parse_qs(query).get("$skiptoken", ["0"])[0])
    body: Body = {"value": entries[first : first + PAGE_SIZE]}
    if first + PAGE_SIZE < len(entries):
        body["@odata.nextLink"] = f"{url}?$skiptoken={first + PAGE_SIZE}"
    return body


def _grant(resource: str, role_id: str, hours_ago: float) -> Body:
    given = datetime.now(UTC) - timedelta(hours=hours_ago)
    return {
        "appRoleId": role_id,
        "resourceId": _object_id(resource),
        "createdDateTime": codec.to_rfc3339(given),
    }


def _certificate(key: SampleKey) -> Body:
    identifier = base64.b64encode(bytes.fromhex(key.thumbprint)).decode()
    more = {"type": "AsymmetricX509Cert", "usage": "Verify", "key": None}
    return {**_validity(key), "customKeyIdentifier": identifier, **more}


def _validity(key: SampleKey) -> Body:
    ends = datetime.now(UTC) + timedelta(days=key.days_left)
    return {
        "keyId": _object_id(f"key {key}"),
        "startDateTime": codec.to_rfc3339(ends - timedelta(days=730)),
        "endDateTime": codec.to_rfc3339(ends),
    }


def _role_id(name: str) -> str:
    """Microsoft's own id, or one of this tenant's for a name that the shipped list doesn't have."""
    graph = app_roles.load().resource(GRAPH)
    return (graph.roles if graph else {}).get(name) or _object_id(f"role {name}")


def _scope_id(name: str) -> str:
    return _object_id(f"scope {name}")


def _object_id(name: str) -> str:
    """The same id for a name each time, as in a directory."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"sample tenant, {name}"))
