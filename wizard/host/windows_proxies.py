# SPDX-License-Identifier: MIT
"""Which places of Windows name a proxy: for an account, for WinHTTP, by policy, for a service?

SOURCE: Microsoft, "WinHTTP proxy configuration", "ProxySettingsPerUser", "Registry entries of
Internet settings", "What is DefaultConnectionSettings key?" (support of Internet Explorer, 2017);
the binary value's form was read off what netsh writes. That a script is asked before the server
that stands beside it is how libproxy follows Windows.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from wizard.errors import CannotCheck
from wizard.host import proxy_variables, windows_variables
from wizard.host.base import ProxyExceptions, ProxySetting, ProxyWriting, Service
from wizard.host.shown import without_password
from wizard.host.windows_system import RegistryValue, WindowsSystem

_INTERNET_SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
_POLICY = r"HKLM\Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings"
_WINHTTP = f"HKLM\\{_INTERNET_SETTINGS}\\Connections"
# Marks a place that names no proxy but a script that chooses one.
_PAC = "PAC"
_DETECTED = "WPAD"

# Flags of a connection settings value.
_NAMED = 2
_SCRIPT = 4
_DETECT = 8


def proxies(system: WindowsSystem) -> tuple[ProxySetting, ...]:
    """What applies to this account or to the whole computer, with passwords masked."""
    return (
        *_wininet(system, "HKCU"),
        *_settings(_POLICY, system.values(_POLICY)),
        *_winhttp(system.values(_WINHTTP).get("WinHttpSettings")),
        *proxy_variables.proxies(windows_variables.of_computer(system)),
    )


def service_proxies(service: Service, system: WindowsSystem) -> tuple[ProxySetting, ...]:
    """What applies to a service's account, and the variables that it is given.

    Raises:
        CannotCheck: its account isn't known or signed in, or its settings are closed to us.
    """
    given = windows_variables.of_service(service, system)
    return (
        *_wininet(system, windows_variables.hive(service, system)),
        *(found for place in given for found in proxy_variables.proxies(place)),
    )


def _wininet(system: WindowsSystem, hive: str) -> Iterator[ProxySetting]:
    """An account's settings, or those of the computer where a policy puts them in their place."""
    if system.values(_POLICY).get("ProxySettingsPerUser") == 0:
        hive = "HKLM"
    key = f"{hive}\\{_INTERNET_SETTINGS}"
    yield from _settings(key, system.values(key))
    connections = f"{key}\\Connections"
    blob = system.values(connections).get("DefaultConnectionSettings")
    if isinstance(blob, bytes) and any(byte & _DETECT for byte in blob[8:9]):
        source = f"{connections} DefaultConnectionSettings {_PAC}"
        yield ProxySetting(source, _DETECTED, ProxyWriting.WINDOWS, decides=False)


def _settings(key: str, values: Mapping[str, RegistryValue]) -> Iterator[ProxySetting]:
    server, script = values.get("ProxyServer"), values.get("AutoConfigURL")
    by_script = f"{key} AutoConfigURL {_PAC}" if isinstance(script, str) and script else ""
    # A server that is written down and switched off is not in use.
    if values.get("ProxyEnable") == 1 and isinstance(server, str) and server:
        hosts = values.get("ProxyOverride")
        place = f"{key} ProxyServer"
        yield _setting(place, server, f"{key} ProxyOverride", hosts, behind=by_script)
    if by_script:
        yield _setting(by_script, str(script))


def _setting(
    source: str,
    value: str,
    excepted_by: str = "",
    hosts: RegistryValue | None = None,
    behind: str = "",
) -> ProxySetting:
    named = isinstance(hosts, str) and hosts
    exceptions = (ProxyExceptions(excepted_by, str(hosts)),) if named else ()
    shown = without_password(value)
    return ProxySetting(source, shown, ProxyWriting.WINDOWS, exceptions, behind)


def _winhttp(blob: RegistryValue | None) -> Iterator[ProxySetting]:
    if not isinstance(blob, bytes):
        return
    flags, server, bypass, script = connection_settings(blob)
    source = f"{_WINHTTP} WinHttpSettings"
    by_script = f"{source} {_PAC}" if (flags & _SCRIPT and script) or flags & _DETECT else ""
    if flags & _NAMED and server:
        yield _setting(source, server, source, bypass, behind=by_script)
    if flags & _SCRIPT and script:
        yield _setting(by_script, script)
    if flags & _DETECT:
        yield _setting(by_script, _DETECTED)


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
