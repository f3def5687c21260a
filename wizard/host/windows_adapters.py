# SPDX-License-Identifier: MIT
"""What does Windows' registry say of the network adapters that have a line?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from wizard.host.windows_system import RegistryValue, WindowsSystem

_SERVICES = r"HKLM\SYSTEM\CurrentControlSet\Services"
FOUR, SIX = (rf"{_SERVICES}\{part}\Parameters\Interfaces" for part in ("Tcpip", "Tcpip6"))
_CONNECTION = (
    r"HKLM\SYSTEM\CurrentControlSet\Control\Network"
    r"\{{4D36E972-E325-11CE-BFC1-08002BE10318}}\{adapter}\Connection"
)


@dataclass(frozen=True)
class Adapter:
    """One adapter, and its settings for one family of addresses."""

    name: str
    values: Mapping[str, RegistryValue]


def of(system: WindowsSystem, connected: Collection[str], interfaces: str) -> Iterator[Adapter]:
    """Those with these names: the registry also keeps adapters without a line, of no use."""
    for adapter in system.subkeys(interfaces):
        name = system.values(_CONNECTION.format(adapter=adapter)).get("Name")
        if name in connected:
            yield Adapter(str(name), system.values(f"{interfaces}\\{adapter}"))
