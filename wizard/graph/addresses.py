# SPDX-License-Identifier: MIT
"""Addresses of host names, and where each can be reached from."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum

IPV4, IPV6 = "IPv4", "IPv6"
HTTPS_PORT = 443


class AddressScope(StrEnum):
    """Where an address can be reached from."""

    PUBLIC = "public"
    PRIVATE = "private"
    LOOPBACK = "loopback"
    NOWHERE = "nowhere"  # 0.0.0.0 and ::, what name filters answer


@dataclass(frozen=True)
class Address:
    """One address of a name."""

    address: str
    family: str
    scope: AddressScope


def read(text: str, family: str) -> Address:
    """An address as a resolver gave it, perhaps with a zone."""
    value = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(value, ipaddress.IPv6Address) and value.ipv4_mapped:
        value = value.ipv4_mapped
    if value.is_unspecified:
        scope = AddressScope.NOWHERE
    elif value.is_loopback:
        scope = AddressScope.LOOPBACK
    else:
        scope = AddressScope.PUBLIC if value.is_global else AddressScope.PRIVATE
    return Address(text, family, scope)


def is_address(host: str) -> bool:
    """Whether this is an address in place of a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
