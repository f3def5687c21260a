# SPDX-License-Identifier: MIT
"""Whose host a log record of trouble on the network is about: Microsoft's, a proxy's or another."""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from wizard.graph import clouds
from wizard.nakivo.log_signatures import HostRules

_NAME = r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})"
_HOST = re.compile(
    r"://(?:[^\s/@]{1,60}@)?(?P<url>[\w.-]{1,253})(?::(?P<url_port>\d{1,5}))?"
    r"|UnknownHostException:\s{0,3}(?P<unknown>[\w.-]{1,253})"
    rf"|(?<![\w.:/@$-])(?P<socket>{_NAME}{{1,10}})(?:/[\d.:a-fA-F]{{2,45}})?:(?P<port>\d{{2,5}})\b"
    r"|(?:resolve \x27|[Cc]onnect(?:ing|ion)? (?:to|with) [\x27\"(]?|host is known \()"
    rf"(?P<to>{_NAME}{{1,10}})(?:/[\d.:a-fA-F]{{2,45}})?(?::(?P<to_port>\d{{2,5}}))?"
    rf"|[Nn]ame matching (?P<certificate>{_NAME}{{1,10}}) found"
)
# The place of a line in a program's source looks like a host with a port.
_SOURCE_FILE = re.compile(r"\.(?:java|kt|scala|groovy|cpp|hpp|c|h|log|xml|properties)$", re.I)


@lru_cache(maxsize=256)  # many lines of one log say the same
def is_foreign(record: str, rules: HostRules) -> bool:
    """Whether a record names hosts, and none of them is Microsoft's or may be a proxy's."""
    if "proxy" in record.lower():
        return False
    found = [_is_foreign(match, rules) for match in _HOST.finditer(record)]
    told = [one for one in found if one is not None]
    return bool(told) and all(told)


def _is_foreign(match: re.Match[str], rules: HostRules) -> bool | None:
    """None where the match is no host, or might be anybody's."""
    groups = match.groupdict()
    name = next((groups[key] for key in _NAMES if groups[key]), "").strip(".").lower()
    if not name or _SOURCE_FILE.search(name):
        return None
    port = int(groups["url_port"] or groups["port"] or groups["to_port"] or 0)
    if _is_microsofts(name, rules):
        return False
    address = _address(name)
    if address is not None and not address.is_private:
        return None  # of a public address nobody knows whose it is
    if (address is not None or name == "localhost") and port in rules.proxy_ports:
        return None
    return True


_NAMES = ("url", "unknown", "socket", "to", "certificate")


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _is_microsofts(name: str, rules: HostRules) -> bool:
    return any(name == one or name.endswith(f".{one}") for one in _domains(rules.microsoft))


@cache
def _domains(more: tuple[str, ...]) -> tuple[str, ...]:
    """The domains under which the clouds' hosts stand, and more."""
    urls = [
        url
        for cloud in (*clouds.known(), *clouds.sign_in_only())
        for url in (cloud.authority, cloud.graph, cloud.exchange, cloud.sharepoint, cloud.portal)
    ]
    hosts = [urlsplit(url).hostname or "" for url in urls if url]
    return tuple(dict.fromkeys([*(".".join(host.split(".")[-2:]) for host in hosts), *more]))
