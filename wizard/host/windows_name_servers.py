# SPDX-License-Identifier: MIT
"""Which name servers is Windows set to ask? Those of the adapters that have a line.

SOURCE: Microsoft, "TCP/IP configuration parameters" (NameServer, DhcpNameServer). The registry also
keeps the name servers of adapters without a line, and nobody asks those.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from wizard.errors import CannotCheck
from wizard.host import windows_adapters
from wizard.host.base import NameServer
from wizard.host.windows_system import WindowsSystem


def name_servers(system: WindowsSystem, connected: Collection[str]) -> tuple[NameServer, ...]:
    """The name servers of the adapters with these names, each once; set by hand before DHCP's.

    Raises:
        CannotCheck: no adapter names one, so they must stand where this program doesn't look.
    """
    found = dict.fromkeys(_addresses(system, connected))
    if not found:
        raise CannotCheck("error.host_adapters_without_name_server")
    return tuple(map(NameServer, found))


def _addresses(system: WindowsSystem, connected: Collection[str]) -> Iterator[str]:
    for interfaces in (windows_adapters.FOUR, windows_adapters.SIX):
        for adapter in windows_adapters.of(system, connected, interfaces):
            told = adapter.values.get("NameServer") or adapter.values.get("DhcpNameServer") or ""
            yield from filter(None, re.split(r"[,;\s]+", str(told)))
