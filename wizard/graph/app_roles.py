# SPDX-License-Identifier: MIT
"""Names of permissions by their ids, and where a registration is read: graph/app_roles.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from wizard import codec, resources
from wizard.graph.permissions import PermissionKind


@dataclass(frozen=True)
class Part:
    """Where a part of the registration is read; any one of the permissions suffices."""

    id: str
    path: str  # {client} is the app's own id
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class Resource:
    """A service that gives permissions: application permissions are its roles, a user's scopes."""

    id: str
    name: str
    roles: dict[str, str]  # id by name
    scopes: dict[str, str]

    def named(self, kind: PermissionKind) -> dict[str, str]:
        """The names of its permissions of a kind, by their ids."""
        ids = self.roles if kind is PermissionKind.APPLICATION else self.scopes
        return {permission_id: name for name, permission_id in ids.items()}


@dataclass(frozen=True)
class AppRoles:
    """All of the file."""

    source: str
    date: str
    parts: tuple[Part, ...]
    resources: tuple[Resource, ...]

    def part(self, wanted: str) -> Part:
        """A part by its id."""
        return next(part for part in self.parts if part.id == wanted)

    def resource(self, resource_id: str) -> Resource | None:
        """A resource by its app id, None when it isn't known."""
        return next((known for known in self.resources if known.id == resource_id), None)

    def of_role(self, role_id: str) -> tuple[str, str] | None:
        """The resource and name of an application permission, None when the id isn't known."""
        for resource in self.resources:
            name = resource.named(PermissionKind.APPLICATION).get(role_id)
            if name:
                return resource.id, name
        return None


@cache
def load() -> AppRoles:
    """Read and check the shipped file."""
    return codec.from_plain(resources.read_toml("graph", "app_roles.toml"), AppRoles)
