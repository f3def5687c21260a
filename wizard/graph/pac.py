# SPDX-License-Identifier: MIT
"""Which proxies does a script (PAC) name, and do they let pass? It is read, never run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from wizard.graph import network_data, proxies
from wizard.graph.deadline import side_by_side
from wizard.graph.http import Http, NoAnswer
from wizard.graph.reach import Reach, reach
from wizard.host.base import ProxySetting

_MOST = 4  # a script for a whole company may name a hundred; the first ones are its usual ones
_OK = 200
_NAMED = re.compile(r"\b(?:PROXY|HTTP)\s+(\[[0-9a-f:]+\]:\d{1,5}|[\w.-]+:\d{1,5})", re.I)


@dataclass(frozen=True)
class NamedProxy:
    """A proxy in a script, and what came of asking it for one host."""

    address: str
    reach: Reach


@dataclass(frozen=True)
class Script:
    """A script, the proxies in it, and why it couldn't be read if so."""

    address: str
    named: tuple[NamedProxy, ...] = ()
    failure: str = ""
    is_cut: bool = False  # longer than what was read: it may name others


def read(address: str, host: str, port: int) -> Script:
    """Fetch the script without a proxy, as Windows does, and try what it names."""
    if not address.lower().startswith(("http://", "https://")):
        return Script(address)
    seconds = network_data.load().limits.script_s
    with Http(proxies.pick((), host), None) as http:
        try:
            reply = http.get(address, {}, seconds)
        except NoAnswer as error:
            return Script(address, failure=error.detail or error.kind)
    if reply.status_code != _OK:
        return Script(address, failure=str(reply.status_code))
    found = dict.fromkeys(f"http://{name.lower()}" for name in _NAMED.findall(reply.text))
    named = tuple(_tried(list(found)[:_MOST], host, port, seconds))
    return Script(address, named, is_cut=reply.cut_off)


def _tried(addresses: list[str], host: str, port: int, seconds: float) -> list[NamedProxy]:
    routes = [proxies.pick((ProxySetting("", address),), host) for address in addresses]
    calls = [partial(reach, route, host, port, seconds) for route in routes]
    pairs = zip(addresses, side_by_side(calls), strict=True)
    return [NamedProxy(address, found) for address, found in pairs]
