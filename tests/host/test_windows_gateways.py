# SPDX-License-Identifier: MIT
"""Which gateways has Windows? Those of connected adapters, as its registry has them."""

from __future__ import annotations

import pytest

from tests.host.test_windows_name_servers import FOUR, LAN, NAMES, VPN
from tests.host.windows_system import Values, WrittenWindows
from wizard.host import windows_gateways
from wizard.host.base import Gateway


def found(*connected: str, lan: Values, vpn: Values) -> tuple[Gateway, ...]:
    registry = NAMES | {f"{FOUR}\\{LAN}": lan, f"{FOUR}\\{VPN}": vpn}
    return windows_gateways.gateways(WrittenWindows(registry), connected)


@pytest.mark.parametrize(
    ("values", "addresses"),
    [
        ({"DefaultGateway": ("10.0.0.1", "")}, ["10.0.0.1"]),
        ({"DefaultGateway": (), "DhcpDefaultGateway": ("10.0.0.2",)}, ["10.0.0.2"]),
        ({"DefaultGateway": ("10.0.0.1",), "DhcpDefaultGateway": ("10.0.0.2",)}, ["10.0.0.1"]),
        ({"DefaultGateway": "10.0.0.1"}, ["10.0.0.1"]),
        ({"DhcpDefaultGateway": ("0.0.0.0",)}, []),
        ({}, []),
    ],
)
def test_gateways_when_set_then_by_hand_before_dhcp(values: Values, addresses: list[str]) -> None:
    told = found("Ethernet", lan=values, vpn={})
    assert told == tuple(Gateway(address, "Ethernet") for address in addresses)


def test_gateways_when_an_adapter_has_no_line_then_not_its() -> None:
    lan, vpn = {"DefaultGateway": ("10.0.0.1",)}, {"DefaultGateway": ("172.16.0.1",)}
    assert [one.adapter for one in found("Ethernet", lan=lan, vpn=vpn)] == ["Ethernet"]
    assert len(found("Ethernet", "Firmen-VPN", lan=lan, vpn=vpn)) == 2
