# SPDX-License-Identifier: MIT
"""Through which gateways does Windows leave its own network? Those of the adapters with a line.

SOURCE: Microsoft, "TCP/IP configuration parameters" (DefaultGateway, DhcpDefaultGateway). Gateways
of IPv6 come from routers and stand nowhere in the registry.
"""

from __future__ import annotations

from collections.abc import Collection

from wizard.host import windows_adapters
from wizard.host.base import Gateway
from wizard.host.windows_system import RegistryValue, WindowsSystem

_NONE = "0.0.0.0"  # noqa: S104 - what stands there for no gateway


def gateways(system: WindowsSystem, connected: Collection[str]) -> tuple[Gateway, ...]:
    """Those of the adapters with these names, set by hand before DHCP's."""
    adapters = windows_adapters.of(system, connected, windows_adapters.FOUR)
    return tuple(
        Gateway(address, adapter.name)
        for adapter in adapters
        for address in _addresses(adapter.values.get("DefaultGateway"))
        or _addresses(adapter.values.get("DhcpDefaultGateway"))
    )


def _addresses(value: RegistryValue | None) -> tuple[str, ...]:
    """One or a list of them, as Windows writes either."""
    told = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in told if isinstance(one, str) and one not in ("", _NONE))
