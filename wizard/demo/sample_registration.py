# SPDX-License-Identifier: MIT
"""The app registration of a sample tenant, as its directory has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HOURS_OF_A_YEAR = 24.0 * 365


@dataclass(frozen=True)
class SampleKey:
    """A secret or a certificate. `hint` is how the secret begins, None: as the sample's own."""

    days_left: float = 300.0
    hint: str | None = None
    thumbprint: str = ""  # only a certificate has one


@dataclass(frozen=True)
class SampleRegistration:
    """The default is made in this tenant for it alone, and has consent to all that it asks for.

    `requested` and `delegated` are names of Graph's; None: what the token grants.
    """

    exists: bool = True
    enabled: bool = True
    single_tenant: bool = True
    owner_tenant: str | None = None  # None: this tenant
    requested: tuple[str, ...] | None = None
    requested_of_user: tuple[str, ...] = ()
    delegated: tuple[str, ...] = ()
    consent_hours_ago: Mapping[str, float] = field(default_factory=dict)  # others: a year ago
    foreign_grants: tuple[tuple[str, str], ...] = ()  # resource's app id and role's id
    secrets: tuple[SampleKey, ...] = (SampleKey(),)
    certificates: tuple[SampleKey, ...] = ()
