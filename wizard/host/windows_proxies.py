# SPDX-License-Identifier: MIT
"""Which places of Windows name a proxy: for this account, for services, for WinHTTP, by policy?"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from wizard.errors import CannotCheck
from wizard.host.base import ProxySetting
from wizard.host.shown import without_password
from wizard.host.windows_system import RegistryValue, WindowsSystem

_INTERNET_SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
# The accounts and policies whose settings may apply: the person's, the services' (LocalSystem),
# the computer's (used when a policy takes the setting away from the accounts).
_WININET = (
    f"HKCU\\{_INTERNET_SETTINGS}",
    f"HKU\\S-1-5-18\\{_INTERNET_SETTINGS}",
    f"HKLM\\{_INTERNET_SETTINGS}",
    r"HKLM\Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings",
)
_WINHTTP = f"HKLM\\{_INTERNET_SETTINGS}\\Connections"
_MACHINE_ENVIRONMENT = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
_VARIABLES = {"http_proxy", "https_proxy", "all_proxy"}
# Marks a place that names no proxy but a script that chooses one.
_PAC = "PAC"

# Flags of a connection settings value.
_NAMED = 2
_SCRIPT = 4
_DETECT = 8


def proxies(system: WindowsSystem) -> tuple[ProxySetting, ...]:
    """Every setting that names a proxy, with passwords masked."""
    return tuple(
        ProxySetting(source, without_password(value)) for source, value in _settings(system)
    )


def _settings(system: WindowsSystem) -> Iterator[tuple[str, str]]:
    for key in _WININET:
        yield from _wininet(key, _readable(system, key))
    yield from _winhttp(system.values(_WINHTTP).get("WinHttpSettings"))
    for name, value in system.values(_MACHINE_ENVIRONMENT).items():
        if name.lower() in _VARIABLES and isinstance(value, str):
            yield f"{_MACHINE_ENVIRONMENT} {name}", value


def _readable(system: WindowsSystem, key: str) -> Mapping[str, RegistryValue]:
    """The values, or none where the key is closed: LocalSystem's is, without admin rights."""
    try:
        return system.values(key)
    except CannotCheck:
        return {}


def _wininet(key: str, values: Mapping[str, RegistryValue]) -> Iterator[tuple[str, str]]:
    server, script = values.get("ProxyServer"), values.get("AutoConfigURL")
    # A server that is written down and switched off is not in use.
    if values.get("ProxyEnable") == 1 and isinstance(server, str) and server:
        yield f"{key} ProxyServer", server
    if isinstance(script, str) and script:
        yield f"{key} AutoConfigURL {_PAC}", script


def _winhttp(blob: RegistryValue | None) -> Iterator[tuple[str, str]]:
    if not isinstance(blob, bytes):
        return
    flags, server, _bypass, script = connection_settings(blob)
    source = f"{_WINHTTP} WinHttpSettings"
    if flags & _NAMED and server:
        yield source, server
    if flags & _SCRIPT and script:
        yield f"{source} {_PAC}", script
    if flags & _DETECT:
        yield f"{source} {_PAC}", "WPAD"


def connection_settings(blob: bytes) -> tuple[int, str, str, str]:
    """Flags, server, bypass list and script of a connection settings value.

    Three numbers (version, counter, flags), then texts with their length before them; the last
    texts may be left out.
    """
    try:
        (flags,) = struct.unpack_from("<I", blob, 8)
        texts = list(_texts(blob, 12))
    except struct.error as error:
        raise CannotCheck("error.host_proxy_setting", reason=str(error)) from error
    server, bypass, script = (*texts, "", "", "")[:3]
    return flags, server, bypass, script


def _texts(blob: bytes, offset: int) -> Iterator[str]:
    for _ in range(3):
        if offset + 4 > len(blob):
            return
        (length,) = struct.unpack_from("<I", blob, offset)
        (text,) = struct.unpack_from(f"{length}s", blob, offset + 4)
        yield text.decode("ascii", "replace")
        offset += 4 + length
