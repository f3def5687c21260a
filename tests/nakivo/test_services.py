# SPDX-License-Identifier: MIT
"""Are the product's services told from others, whatever they are called?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.host.samples import ROOT, closed, service, windows_server
from wizard.errors import CannotCheck
from wizard.host.recorded import RecordedHost
from wizard.nakivo import services
from wizard.nakivo.services import Role
from wizard.product import Product

LINUX = {"system": "linux", "os": "Debian", "name": "b", "is_admin": True, "sample": None}


def roles(host: RecordedHost, product: Product) -> dict[str, Role]:
    return {found.service.name: found.role for found in services.find(host, product)}


@pytest.mark.parametrize(
    ("told", "role"),
    [
        (service("a", "NAKIVO Backup & Replication Transporter"), Role.TRANSPORTER),
        (service("a", "nakivo transporter"), Role.TRANSPORTER),
        (service("a", "NAKIVO Backup & Replication Director"), Role.DIRECTOR),
        # A translated or renamed service shows by its path alone.
        (service("a", "Sicherung", command=f'"{ROOT}\\transporter\\bh.exe" -s'), Role.TRANSPORTER),
        (service("a", "Sicherung", command=f"{ROOT}\\director\\d.exe run"), Role.DIRECTOR),
        (service("a", "NAKIVO Helper", command=f'"{ROOT}\\postgres\\pg.exe"'), None),
        (service("a", "Data Transporter", command="C:\\Tools\\transporter\\x.exe"), None),
        (service("a", "Active Director", command=None), None),
    ],
)
def test_find_when_on_windows_then_by_display_name_or_path(
    told: dict[str, Any], role: Role | None, product: Product
) -> None:
    found = roles(windows_server(services=[told]), product)
    assert found == ({"a": role} if role else {})


def test_find_when_on_linux_then_by_unit_name_or_path(product: Product) -> None:
    host = RecordedHost(
        {
            "facts": LINUX,
            "services": [
                service("nkv-bhsvc.service", "x"),
                service("nkv-dirsvc.service", "y", "stopped"),
                service("cron.service", "cron", command="/usr/sbin/cron -f"),
                service("own.service", "o", command="/srv/nakivo/transporter/bh --run"),
            ],
        }
    )
    assert roles(host, product) == {
        "nkv-bhsvc.service": Role.TRANSPORTER,
        "nkv-dirsvc.service": Role.DIRECTOR,
        "own.service": Role.TRANSPORTER,
    }


def test_find_when_services_cannot_be_listed_then_cannot_check(product: Product) -> None:
    with pytest.raises(CannotCheck):
        services.find(windows_server(services=closed()), product)
