# SPDX-License-Identifier: MIT
"""What the tenant's directory says of the app registration, as far as the app may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wizard.graph.permissions import PermissionKind
from wizard.graph.sign_in_report import Credential
from wizard.model import Value

# The parts that are read apart, each with a right of its own.
SERVICE_PRINCIPAL, GRANTS = "service_principal", "grants"
DELEGATED, APPLICATION = "delegated", "application"


@dataclass(frozen=True)
class Unread:
    """A part that could not be read; `reason` is a text id, such as app_registration.no_right."""

    part: str
    reason: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Grant:
    """An application permission with consent; `permission` is empty when its id is unknown."""

    resource_id: str
    role_id: str
    permission: str
    granted: datetime | None


@dataclass(frozen=True)
class Requested:
    """A permission that the app's manifest asks for; `permission` as in a Grant."""

    resource_id: str
    id: str
    permission: str
    kind: PermissionKind


@dataclass(frozen=True)
class AppCredential:
    """A secret or certificate of the app. `hint` is its id or thumbprint, and no part of it."""

    kind: Credential
    begins: datetime | None
    expires: datetime | None
    hint: str
    ours: bool = False  # surely the secret that was given for the sign-in


@dataclass(frozen=True)
class AppRegistration:
    """Each part is None where it could not be read, and `unread` says why."""

    enabled: bool | None
    single_tenant: bool | None
    grants: tuple[Grant, ...] | None
    delegated: tuple[str, ...] | None
    requested: tuple[Requested, ...] | None
    credentials: tuple[AppCredential, ...] | None
    unread: tuple[Unread, ...]

    def why_unread(self, part: str) -> Unread | None:
        """Why a part could not be read, None when it was."""
        return next((unread for unread in self.unread if unread.part == part), None)
