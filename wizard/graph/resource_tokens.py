# SPDX-License-Identifier: MIT
"""Tokens of the services beside Microsoft Graph: where they are asked for, what they tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from wizard import codec, resources
from wizard.graph import app_roles, sign_in_errors
from wizard.graph.access_token import Claims
from wizard.graph.clouds import Cloud
from wizard.graph.sign_in import SignIn
from wizard.graph.sign_in_report import Report
from wizard.graph.tenant_hosts import Origin, TenantHosts
from wizard.model import Workload

# Sign-in errors (by their text) that say of the app that it has no rights at a service.
_NO_RIGHTS = ("nothing_requested", "resource_not_requested", "app_not_assigned")


class Resource(StrEnum):
    """A service that has tokens of its own."""

    EXCHANGE = "exchange"
    SHAREPOINT = "sharepoint"
    TEAMS = "teams"


@dataclass(frozen=True)
class Service:
    """What is known of one; `base` names its address, or is empty."""

    resource: Resource
    name: str
    base: str
    workloads: tuple[Workload, ...]

    @property
    def app_id(self) -> str:
        """Its id in every tenant."""
        return next(one.id for one in app_roles.load().resources if one.name == self.name)


@dataclass(frozen=True)
class Services:
    """All of the file."""

    source: str
    date: str
    services: tuple[Service, ...]

    def service(self, resource: Resource) -> Service:
        """What is known of one."""
        return next(one for one in self.services if one.resource == resource)

    def of(self, workloads: Iterable[Workload]) -> tuple[Resource, ...]:
        """The services on which a backup of these stands."""
        wanted = set(workloads)
        return tuple(one.resource for one in self.services if wanted & set(one.workloads))


@dataclass(frozen=True)
class ResourceToken:
    """How asking for a token ended, without the token: what may be recorded and shown."""

    resource: Resource
    report: Report
    claims: Claims

    @property
    def meaning(self) -> str:
        """The catalogue's text of a lasting refusal; empty for a token and what isn't known."""
        error = self.report.error
        found = sign_in_errors.load().known(error.codes) if error else None
        return found[1].text if found and found[1].is_lasting else ""

    @property
    def is_without_rights(self) -> bool:
        """Whether it was refused because the app has no rights at the service, as one of Graph."""
        return self.meaning in _NO_RIGHTS


@cache
def load() -> Services:
    """Read and check the shipped file."""
    return codec.from_plain(resources.read_toml("graph", "resource_tokens.toml"), Services)


def address(resource: Resource, cloud: Cloud, hosts: TenantHosts | None) -> str:
    """What to ask a token for: the service's address, or its id where the address is not known.

    A guessed host may be nobody's, and would be refused for that.
    """
    service = load().service(resource)
    if service.base == "exchange":
        return cloud.exchange
    if service.base == "sharepoint" and hosts and hosts.origin is not Origin.TENANT_NAME:
        return hosts.sharepoint
    return service.app_id


def recorded(resource: Resource, signed_in: SignIn) -> ResourceToken:
    """The part that may be kept."""
    return ResourceToken(resource, signed_in.report, signed_in.claims)
