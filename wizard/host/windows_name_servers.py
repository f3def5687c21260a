# SPDX-License-Identifier: MIT
"""Which name servers is Windows set to ask? Those of the adapters that have a line.

SOURCE: Microsoft, "TCP/IP configuration parameters" (NameServer, DhcpNameServer). The registry also
keeps the name servers of adapters without a line, and nobody asks those.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from wizard.errors import CannotCheck
from wizard.host.base import NameServer
from wizard.host.windows_system import WindowsSystem

_SERVICES = r"HKLM\SYSTEM\CurrentControlSet\Services"
_INTERFACES = tuple(rf"{_SERVICES}\{part}\Parameters\Interfaces" for part in ("Tcpip", "Tcpip6"))
_CONNECTION = (
    r"HKLM\SYSTEM\CurrentControlSet\Control\Network"
    r"\{{4D36E972-E325-11CE-BFC1-08002BE10318}}\{adapter}\Connection"
)


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
    for interfaces in _INTERFACES:
        for adapter in system.subkeys(interfaces):
            name = system.values(_CONNECTION.format(adapter=adapter)).get("Name")
            if name in connected:
                values = system.values(f"{interfaces}\\{adapter}")
                told = values.get("NameServer") or values.get("DhcpNameServer") or ""
                yield from filter(None, re.split(r"[,;\s]+", str(told)))
