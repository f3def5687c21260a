# SPDX-License-Identifier: MIT
"""Which gateways does Linux have, by its own tables and in a network of one's own?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.network_namespace import CABLE, run_in_network
from wizard.host import gateways
from wizard.host.base import Gateway

HEAD = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT"
HERE = "0A000002" if sys.byteorder == "big" else "0200000A"  # 10.0.0.2
NOWHERE, ONE = "0" * 32, "fe80" + "0" * 27 + "1"
ASKS = """
import json
from wizard.host.gateways import gateways
print(json.dumps([[one.address, one.adapter] for one in gateways()]))
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"eth0 00000000 {HERE} 0003 0 0 0 00000000 0 0 0", [Gateway("10.0.0.2", "eth0")]),
        ("ppp0 00000000 00000000 0001 0 0 0 00000000 0 0 0", [Gateway("", "ppp0")]),
        (f"eth0 00000000 {HERE} 0003 0 0 0 000000FF 0 0 0", []),  # not everywhere
        (f"eth0 00000000 {HERE} 0002 0 0 0 00000000 0 0 0", []),  # not up
        (f"* 00000000 {HERE} 0201 0 0 0 00000000 0 0 0", []),  # refuses
        ("cut off", []),
    ],
)
def test_of_four_when_a_line_stands_there_then_default_routes_alone(
    line: str, found: list[Gateway]
) -> None:
    assert list(gateways.of_four([HEAD, line])) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"{NOWHERE} 00 {NOWHERE} 00 {ONE} 400 1 0 00000003 eth0", [Gateway("fe80::1", "eth0")]),
        (f"{NOWHERE} 00 {NOWHERE} 00 {NOWHERE} 400 1 0 00000001 tun0", [Gateway("", "tun0")]),
        (f"{NOWHERE} 00 {NOWHERE} 00 {NOWHERE} ffffffff 1 0 00200200 lo", []),
        (f"{ONE} 40 {NOWHERE} 00 {ONE} 400 1 0 00000003 eth0", []),
        ("cut off", []),
    ],
)
def test_of_six_when_a_line_stands_there_then_default_routes_alone(
    line: str, found: list[Gateway]
) -> None:
    assert list(gateways.of_six([line])) == found


def test_gateways_when_the_network_has_none_or_two_then_as_the_kernel_has_them(
    tmp_path: Path,
) -> None:
    assert run_in_network(ASKS, folder=tmp_path) == []
    routes = (
        "ip route add default via 10.99.0.2",
        "ip -6 route add default via fd99::2 dev cable",
    )
    found = run_in_network(ASKS, commands=(*CABLE, *routes), folder=tmp_path)
    assert found == [["10.99.0.2", "cable"], ["fd99::2", "cable"]]


def test_silent_neighbours_when_some_answered_then_the_others_alone() -> None:
    lines = [
        "IP address       HW type     Flags       HW address            Mask     Device",
        "10.0.0.1         0x1         0x2         02:00:00:00:00:99     *        eth0",
        "10.0.0.2         0x1         0x0         00:00:00:00:00:00     *        eth0",
        "cut off",
    ]
    assert list(gateways.silent_neighbours(lines)) == [("10.0.0.2", "eth0")]


def test_gateways_when_one_does_not_answer_then_silent_once_something_was_sent(
    tmp_path: Path,
) -> None:
    code = """
import json, socket
from wizard.host.gateways import gateways
before = [one.is_silent for one in gateways()]
try:
    socket.create_connection(("10.98.0.1", 443), timeout=6)
except OSError:
    pass
print(json.dumps([before, [one.is_silent for one in gateways()]]))
"""
    for gateway, found in (("10.99.0.77", [[False], [True]]), ("10.99.0.2", [[False], [False]])):
        commands = (*CABLE, f"ip route add default via {gateway}")
        assert run_in_network(code, commands=commands, folder=tmp_path) == found
