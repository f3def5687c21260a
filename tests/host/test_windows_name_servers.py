# SPDX-License-Identifier: MIT
"""Which name servers does Windows ask? Those of connected adapters, as its registry has them."""

from __future__ import annotations

import pytest

from tests.host.windows_system import Values, WrittenWindows
from wizard.errors import CannotCheck
from wizard.host import windows_name_servers
from wizard.host.base import NameServer

LAN, VPN = "{11111111-2222-3333-4444-555555555555}", "{66666666-7777-8888-9999-000000000000}"
FOUR = r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters\Interfaces"
SIX = r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters\Interfaces"
NETWORK = r"HKLM\SYSTEM\CurrentControlSet\Control\Network\{4D36E972-E325-11CE-BFC1-08002BE10318}"
NAMES: dict[str, Values] = {
    f"{NETWORK}\\{LAN}\\Connection": {"Name": "Ethernet"},
    f"{NETWORK}\\{VPN}\\Connection": {"Name": "Firmen-VPN"},
}


def found(*connected: str, **by_key: Values) -> tuple[str, ...]:
    keys = {"lan": f"{FOUR}\\{LAN}", "vpn": f"{FOUR}\\{VPN}", "lan6": f"{SIX}\\{LAN}"}
    registry = NAMES | {keys[name]: values for name, values in by_key.items()}
    servers = windows_name_servers.name_servers(WrittenWindows(registry), connected)
    assert all(server == NameServer(server.address, 53) for server in servers)
    return tuple(server.address for server in servers)


@pytest.mark.parametrize(
    ("values", "servers"),
    [
        ({"DhcpNameServer": "10.0.0.53 10.0.0.54"}, ("10.0.0.53", "10.0.0.54")),
        ({"NameServer": "10.0.0.53,10.0.0.54"}, ("10.0.0.53", "10.0.0.54")),
        ({"NameServer": "10.0.0.1", "DhcpNameServer": "10.0.0.2"}, ("10.0.0.1",)),
        ({"NameServer": "", "DhcpNameServer": "10.0.0.2"}, ("10.0.0.2",)),
        ({"NameServer": "10.0.0.2,10.0.0.2"}, ("10.0.0.2",)),
    ],
)
def test_name_servers_when_set_then_by_hand_before_dhcp(
    values: Values, servers: tuple[str, ...]
) -> None:
    assert found("Ethernet", lan=values) == servers


def test_name_servers_when_an_adapter_has_no_line_then_nobody_asks_its_servers() -> None:
    lan: Values = {"DhcpNameServer": "10.0.0.53"}
    vpn: Values = {"DhcpNameServer": "172.16.0.53"}
    assert found("Ethernet", lan=lan, vpn=vpn) == ("10.0.0.53",)
    assert found("Ethernet", "Firmen-VPN", lan=lan, vpn=vpn) == ("10.0.0.53", "172.16.0.53")


def test_name_servers_when_ipv6_has_its_own_then_behind_the_others() -> None:
    servers = found("Ethernet", lan={"NameServer": "10.0.0.53"}, lan6={"NameServer": "fd00::53"})
    assert servers == ("10.0.0.53", "fd00::53")


def test_name_servers_when_none_is_found_then_cannot_check() -> None:
    with pytest.raises(CannotCheck) as told:
        found("Ethernet", vpn={"NameServer": "10.0.0.53"})
    assert told.value.text == "error.host_adapters_without_name_server"
