# SPDX-License-Identifier: MIT
"""Addresses of host names, and where each can be reached from."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum

IPV4, IPV6 = "IPv4", "IPv6"
HTTPS_PORT = 443
_Value = ipaddress.IPv4Address | ipaddress.IPv6Address
# SOURCE: RFC 6052, section 2.1 (NAT64), and RFC 4291, sections 2.5.2, 2.5.3 and 2.5.5.1.
_TRANSLATED, _COMPATIBLE = map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96"))
_OWN = ipaddress.IPv6Network("::/127")  # unspecified and loopback


class AddressScope(StrEnum):
    """Where an address can be reached from."""

    PUBLIC = "public"
    PRIVATE = "private"
    LOOPBACK = "loopback"
    NOWHERE = "nowhere"  # 0.0.0.0 and ::, what name filters answer, and those of groups


@dataclass(frozen=True)
class Address:
    """One address of a name."""

    address: str
    family: str
    scope: AddressScope


def read(text: str, family: str) -> Address:
    """An address as a resolver gave it, perhaps with a zone."""
    value = _in_the_end(ipaddress.ip_address(text.partition("%")[0]))
    if value.is_unspecified or value.is_multicast:
        scope = AddressScope.NOWHERE
    elif value.is_loopback:
        scope = AddressScope.LOOPBACK
    else:
        scope = AddressScope.PUBLIC if value.is_global else AddressScope.PRIVATE
    return Address(text, family, scope)


def _in_the_end(value: _Value) -> _Value:
    """The IPv4 address to which one of IPv6 leads, where it holds one."""
    if not isinstance(value, ipaddress.IPv6Address) or value in _OWN:
        return value
    if value in _TRANSLATED or value in _COMPATIBLE:
        return ipaddress.IPv4Address(value.packed[-4:])
    return value.ipv4_mapped or value.sixtofour or value


def with_port(host: str, port: int) -> str:
    """Host and port as one text; only in brackets can an IPv6 address be told from its port."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_address(host: str) -> bool:
    """Whether this is an address in place of a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
