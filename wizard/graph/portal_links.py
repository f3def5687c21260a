# SPDX-License-Identifier: MIT
"""Links to the right page of the right cloud's portal for one app registration.

No link is followed by this program: a person opens it, in a browser that is signed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import quote, urlsplit

from wizard import codec, product, resources
from wizard.errors import BadInput
from wizard.graph import clouds
from wizard.graph.clouds import Cloud
from wizard.product import Confidence


class PortalPage(StrEnum):
    """Where somebody has something to do or to look up."""

    API_PERMISSIONS = "api-permissions"
    CONSENT = "consent"
    APP_REGISTRATION = "app-registration"
    CREDENTIALS = "credentials"
    ENTERPRISE_APPLICATION = "enterprise-application"
    SIGN_IN_LOGS = "sign-in-logs"
    CONDITIONAL_ACCESS = "conditional-access"
    ALL_APPLICATIONS = "all-applications"
    PRODUCTS = "products"  # subscriptions
    ACTIVE_SITES = "active-sites"
    EXCHANGE_POWERSHELL = "exchange-powershell"
    EXCHANGE_RIGHTS = "exchange-rights"  # RBAC for Applications
    WEB_SERVICES_ACCESS = "web-services-access"


@dataclass(frozen=True)
class Link:
    """One page; how sure it is that the link leads there."""

    page: PortalPage
    url: str
    confidence: Confidence


@dataclass(frozen=True)
class _Page:
    page: PortalPage
    path: str
    confidence: Confidence


@dataclass(frozen=True)
class _Fixed:
    """A page with one address for all tenants of a cloud."""

    page: PortalPage
    url: str
    cloud: str


@dataclass(frozen=True)
class _Document:
    page: PortalPage
    source: str


@dataclass(frozen=True)
class _Portals:
    source: str
    date: str
    consent: str
    pages: tuple[_Page, ...]
    fixed: tuple[_Fixed, ...]
    documents: tuple[_Document, ...]


@cache
def load() -> _Portals:
    """Read and check the shipped paths."""
    return codec.from_plain(resources.read_toml("graph", "portals.toml"), _Portals)


def cloud_at(authority: str, named: str | None = None) -> Cloud | None:
    """The cloud whose sign-in host an address has; None where nobody knows it.

    Clouds that share a sign-in host share the portal, too. `named` may be the file of another.
    """
    host = urlsplit(authority).netloc.lower()
    candidates = (*clouds.known(), *_own(named))
    return next((one for one in candidates if urlsplit(one.authority).netloc == host), None)


def _own(named: str | None) -> tuple[Cloud, ...]:
    """The cloud of a file; none once the file can't be read any more."""
    try:
        return (clouds.choose(named),) if named else ()
    except BadInput:
        return ()


def make(cloud: Cloud, tenant_id: str, client_id: str) -> dict[PortalPage, Link]:
    """A link for each page that the cloud is known to have; documents are the same for all."""
    ids = {"tenant": quote(tenant_id, safe=""), "client": quote(client_id, safe="")}
    known = load()
    consent = cloud.authority + known.consent.format(**ids)
    sure = Confidence.INFERRED if cloud.is_own else Confidence.VENDOR
    links = {PortalPage.CONSENT: Link(PortalPage.CONSENT, consent, sure)}
    if cloud.portal:
        start = f"{cloud.portal}/{ids['tenant']}/"
        for row in known.pages:
            url = start + row.path.format(**ids)
            links[row.page] = Link(row.page, url, _sureness(cloud, row.confidence))
    return links | _alike_for_all(cloud)


def _alike_for_all(cloud: Cloud) -> dict[PortalPage, Link]:
    """Pages without an id in their address."""
    known, sources = load(), product.load().sources
    urls = {row.page: row.url for row in known.fixed if row.cloud == cloud.id}
    urls |= {row.page: sources[row.source].url for row in known.documents}
    return {page: Link(page, url, Confidence.VENDOR) for page, url in urls.items()}


def _sureness(cloud: Cloud, of_usual: Confidence) -> Confidence:
    """What is known of the usual cloud's portal is only believed of the others'."""
    return of_usual if cloud.id == clouds.DEFAULT else Confidence.INFERRED
