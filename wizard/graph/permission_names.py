# SPDX-License-Identifier: MIT
"""What permissions are called of which the directory holds only ids.

The shipped list comes first. An id that isn't in it is looked up in the tenant: Microsoft adds
permissions all the time, and the ids of other clouds are not confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from wizard.graph import app_roles
from wizard.graph.directory import Directory, NotRead, Object, guid, objects
from wizard.graph.permissions import PermissionKind

_LISTS = {
    PermissionKind.APPLICATION: "appRoles",
    PermissionKind.DELEGATED: "oauth2PermissionScopes",
}


@dataclass(frozen=True)
class _Listed:
    """What a service in the tenant says of itself; empty where it wasn't told."""

    resource_id: str = ""
    names: dict[str, str] = field(default_factory=dict)


class Names:
    """Looks up what isn't in the shipped list, each service once."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._asked: dict[tuple[str, PermissionKind], _Listed] = {}

    def of_role(self, resource_object: str, role_id: str) -> tuple[str, str]:
        """Resource and name of an application permission; empty where nobody tells them.

        `resource_object` is what the service is called in this tenant, and in no other.
        """
        known = app_roles.load().of_role(role_id)
        if known:
            return known
        listed = self._listed(f"/{quote(resource_object, safe='')}", PermissionKind.APPLICATION)
        return listed.resource_id, listed.names.get(role_id, "")

    def of_request(self, resource_id: str, permission_id: str, kind: PermissionKind) -> str:
        """The name of a permission of a service; empty where nobody tells it."""
        known = app_roles.load().resource(resource_id)
        name = known.named(kind).get(permission_id) if known else None
        if name:
            return name
        listed = self._listed(f"(appId='{quote(resource_id, safe='')}')", kind)
        return listed.names.get(permission_id, "")

    def _listed(self, address: str, kind: PermissionKind) -> _Listed:
        if (address, kind) not in self._asked:
            self._asked[address, kind] = self._ask(address, kind)
        return self._asked[address, kind]

    def _ask(self, address: str, kind: PermissionKind) -> _Listed:
        path = f"/v1.0/servicePrincipals{address}?$select=appId,{_LISTS[kind]}"
        try:
            told = self._directory.one(path, "appId")
        except NotRead:
            return _Listed()
        return _Listed(guid(told, "appId"), _names(told, _LISTS[kind]))


def _names(told: Object, key: str) -> dict[str, str]:
    return {guid(entry, "id"): str(entry.get("value") or "") for entry in objects(told, key)}
