# SPDX-License-Identifier: MIT
"""Links into the portal: the right cloud's host, the right ids, and how sure each is."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from wizard.graph import clouds, portal_links
from wizard.graph.clouds import OWN, Cloud
from wizard.graph.portal_links import Link, PortalPage
from wizard.product import Confidence

DOCUMENTS = (
    PortalPage.EXCHANGE_POWERSHELL,
    PortalPage.EXCHANGE_RIGHTS,
    PortalPage.WEB_SERVICES_ACCESS,
)
TENANT, APP = "5a5a5a5a-1111-4222-8333-444444444444", "c0c0c0c0-5555-4666-8777-888888888888"


def own(portal: str = "") -> Cloud:
    places = ("https://login.example", "https://graph.example", "https://ex.example", "")
    return Cloud(OWN, "Own", *places, portal)


def of_portal(links: dict[PortalPage, Link]) -> dict[PortalPage, Link]:
    """Without Microsoft's documents, which are the same for everybody."""
    return {page: one for page, one in links.items() if page not in DOCUMENTS}


def test_make_when_worldwide_then_each_page_names_tenant_and_app() -> None:
    links = portal_links.make(clouds.choose("global"), TENANT, APP)
    assert set(links) == set(PortalPage)
    permissions = links[PortalPage.API_PERMISSIONS]
    assert permissions.url == (
        f"https://entra.microsoft.com/{TENANT}/#view/Microsoft_AAD_RegisteredApps/"
        f"ApplicationMenuBlade/~/CallAnAPI/appId/{APP}"
    )
    assert permissions.confidence is Confidence.THIRD_PARTY
    consent = links[PortalPage.CONSENT]
    login = "https://login.microsoftonline.com"
    assert consent.url == f"{login}/{TENANT}/adminconsent?client_id={APP}"
    assert consent.confidence is Confidence.VENDOR


@pytest.mark.parametrize(
    ("name", "portal", "login"),
    [
        ("usgov", "portal.azure.us", "login.microsoftonline.us"),
        ("dod", "portal.azure.us", "login.microsoftonline.us"),
        ("china", "portal.azure.cn", "login.partner.microsoftonline.cn"),
    ],
)
def test_make_when_another_cloud_then_its_own_hosts_and_pages_only_believed(
    name: str, portal: str, login: str
) -> None:
    links = of_portal(portal_links.make(clouds.choose(name), TENANT, APP))
    consent = links.pop(PortalPage.CONSENT)
    assert PortalPage.PRODUCTS not in links
    assert urlsplit(consent.url).hostname == login
    assert {urlsplit(link.url).hostname for link in links.values()} == {portal}
    assert {link.confidence for link in links.values()} == {Confidence.INFERRED}


@pytest.mark.parametrize("name", ["global", "china", "france"])
def test_make_when_any_cloud_then_microsofts_documents_without_an_id(name: str) -> None:
    links = portal_links.make(clouds.choose(name), TENANT, APP)
    for page in DOCUMENTS:
        assert urlsplit(links[page].url).hostname == "learn.microsoft.com"
        assert links[page].confidence is Confidence.VENDOR


@pytest.mark.parametrize("name", ["france", "germany"])
def test_make_when_no_portal_is_known_then_only_the_link_for_consent(name: str) -> None:
    links = of_portal(portal_links.make(clouds.choose(name), TENANT, APP))
    assert list(links) == [PortalPage.CONSENT]


def test_make_when_the_cloud_is_of_a_file_then_nothing_is_sure() -> None:
    assert list(of_portal(portal_links.make(own(), TENANT, APP))) == [PortalPage.CONSENT]
    links = of_portal(portal_links.make(own("https://portal.example"), TENANT, APP))
    assert {link.confidence for link in links.values()} == {Confidence.INFERRED}
    assert links[PortalPage.CREDENTIALS].url.startswith(f"https://portal.example/{TENANT}/#view/")


def test_make_when_an_id_is_something_else_then_it_stays_one_part_of_the_address() -> None:
    links = portal_links.make(clouds.choose("global"), "a/../?x#y", "b&z=1")
    assert links[PortalPage.CONSENT].url.endswith(
        "/a%2F..%2F%3Fx%23y/adminconsent?client_id=b%26z%3D1"
    )
    assert urlsplit(links[PortalPage.API_PERMISSIONS].url).hostname == "entra.microsoft.com"


@pytest.mark.parametrize("cloud", clouds.known(), ids=lambda cloud: cloud.id)
def test_cloud_at_when_a_sign_in_address_is_known_then_a_cloud_with_its_portal(
    cloud: Cloud,
) -> None:
    found = portal_links.cloud_at(f"{cloud.authority}/{TENANT}")
    assert found is not None
    assert (found.authority, found.portal) == (cloud.authority, cloud.portal)


def test_cloud_at_when_nobody_knows_it_then_only_the_file_that_was_named(tmp_path: Path) -> None:
    at, file = "https://login.example/contoso.com", tmp_path / "cloud.toml"
    places = ("authority", "graph", "exchange", "sharepoint", "portal")
    hosts = ("login", "graph", "ex", "sp", "portal")
    rows = zip(places, hosts, strict=True)
    lines = "".join(f'{place} = "https://{host}.example"\n' for place, host in rows)
    file.write_text(f'name = "Own"\n{lines}', encoding="utf-8")
    assert portal_links.cloud_at(at) is None
    assert portal_links.cloud_at(at, "china") is None
    found = portal_links.cloud_at(at, str(file))
    assert found is not None
    assert (found.name, found.portal) == ("Own", "https://portal.example")
    file.unlink()
    assert portal_links.cloud_at(at, str(file)) is None
