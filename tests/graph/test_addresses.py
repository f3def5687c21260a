# SPDX-License-Identifier: MIT
"""Where an address can be reached from, also one that holds another."""

from __future__ import annotations

import pytest

from wizard.graph import addresses
from wizard.graph.addresses import IPV4, IPV6, AddressScope


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("40.126.1.1", AddressScope.PUBLIC),
        ("224.0.0.251", AddressScope.NOWHERE),
        ("239.255.0.1", AddressScope.NOWHERE),
        ("233.252.1.1", AddressScope.NOWHERE),
        ("240.0.0.1", AddressScope.PRIVATE),
        ("2603:1027::1", AddressScope.PUBLIC),
        ("ff0e::1", AddressScope.NOWHERE),
        ("fe80::1%eth0", AddressScope.PRIVATE),
        ("::", AddressScope.NOWHERE),
        ("::1", AddressScope.LOOPBACK),
        ("::ffff:0.0.0.0", AddressScope.NOWHERE),
        ("::ffff:10.1.2.3", AddressScope.PRIVATE),
        ("64:ff9b::40.126.1.1", AddressScope.PUBLIC),
        ("64:ff9b::10.1.2.3", AddressScope.PRIVATE),
        ("64:ff9b::127.0.0.1", AddressScope.LOOPBACK),
        ("2002:a01:203::1", AddressScope.PRIVATE),
        ("2002:7f00:1::1", AddressScope.LOOPBACK),
        ("2002:287e:101::1", AddressScope.PUBLIC),
        ("::10.1.2.3", AddressScope.PRIVATE),
        ("::127.0.0.1", AddressScope.LOOPBACK),
    ],
)
def test_read_when_an_address_is_of_any_class_then_where_it_leads(
    text: str, scope: AddressScope
) -> None:
    family = IPV6 if ":" in text else IPV4
    found = addresses.read(text, family)
    assert (found.address, found.scope) == (text, scope)


@pytest.mark.parametrize(
    ("host", "told"),
    [("login.test", "login.test:443"), ("10.0.0.7", "10.0.0.7:443"), ("fd00::7", "[fd00::7]:443")],
)
def test_with_port_when_ipv6_then_in_brackets(host: str, told: str) -> None:
    assert addresses.with_port(host, 443) == told
