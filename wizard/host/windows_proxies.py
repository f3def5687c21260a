# SPDX-License-Identifier: MIT
"""Which places of Windows name a proxy: for an account, for WinHTTP, by policy, for a service?

SOURCE: Microsoft, "WinHTTP proxy configuration", "ProxySettingsPerUser", "Registry entries of
Internet settings"; the binary value's form was read off what netsh writes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from wizard.errors import CannotCheck
from wizard.host import proxy_variables
from wizard.host.base import ProxyExceptions, ProxySetting, ProxyWriting, Service
from wizard.host.shown import without_password
from wizard.host.windows_accounts import identify
from wizard.host.windows_system import RegistryValue, WindowsSystem

_INTERNET_SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
_POLICY = r"HKLM\Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings"
_WINHTTP = f"HKLM\\{_INTERNET_SETTINGS}\\Connections"
_MACHINE_ENVIRONMENT = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
_SERVICES = r"HKLM\SYSTEM\CurrentControlSet\Services"
# Marks a place that names no proxy but a script that chooses one.
_PAC = "PAC"

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
        *_variables(_MACHINE_ENVIRONMENT, system.values(_MACHINE_ENVIRONMENT)),
    )


def service_proxies(service: Service, system: WindowsSystem) -> tuple[ProxySetting, ...]:
    """What applies to a service's account, and the variables that it is given.

    Raises:
        CannotCheck: its account isn't known or signed in, or its settings are closed to us.
    """
    if service.account is None:
        raise CannotCheck("error.host_service_account", service=service.name)
    hive = rf"HKU\{identify(service.account, system)[0]}"
    if not system.subkeys(hive):
        raise CannotCheck("error.host_account_not_loaded", account=service.account)
    key = f"{_SERVICES}\\{service.name}"
    own = system.values(key).get("Environment", ())
    lines = own if isinstance(own, tuple) else ()
    return (
        *_wininet(system, hive),
        *proxy_variables.proxies(proxy_variables.read(lines), f"{key} Environment"),
        *_variables(f"{hive}\\Environment", system.values(f"{hive}\\Environment")),
        *_variables(_MACHINE_ENVIRONMENT, system.values(_MACHINE_ENVIRONMENT)),
    )


def _wininet(system: WindowsSystem, hive: str) -> tuple[ProxySetting, ...]:
    """An account's settings, or those of the computer where a policy puts them in their place."""
    if system.values(_POLICY).get("ProxySettingsPerUser") == 0:
        hive = "HKLM"
    key = f"{hive}\\{_INTERNET_SETTINGS}"
    return tuple(_settings(key, system.values(key)))


def _settings(key: str, values: Mapping[str, RegistryValue]) -> Iterator[ProxySetting]:
    server, script = values.get("ProxyServer"), values.get("AutoConfigURL")
    # A server that is written down and switched off is not in use.
    if values.get("ProxyEnable") == 1 and isinstance(server, str) and server:
        hosts = values.get("ProxyOverride")
        yield _setting(f"{key} ProxyServer", server, f"{key} ProxyOverride", hosts)
    if isinstance(script, str) and script:
        yield _setting(f"{key} AutoConfigURL {_PAC}", script)


def _setting(
    source: str, value: str, excepted_by: str = "", hosts: RegistryValue | None = None
) -> ProxySetting:
    named = isinstance(hosts, str) and hosts
    exceptions = (ProxyExceptions(excepted_by, str(hosts)),) if named else ()
    return ProxySetting(source, without_password(value), ProxyWriting.WINDOWS, exceptions)


def _variables(key: str, values: Mapping[str, RegistryValue]) -> tuple[ProxySetting, ...]:
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    return proxy_variables.proxies(texts, key)


def _winhttp(blob: RegistryValue | None) -> Iterator[ProxySetting]:
    if not isinstance(blob, bytes):
        return
    flags, server, bypass, script = connection_settings(blob)
    source = f"{_WINHTTP} WinHttpSettings"
    if flags & _NAMED and server:
        yield _setting(source, server, source, bypass)
    if flags & _SCRIPT and script:
        yield _setting(f"{source} {_PAC}", script)
    if flags & _DETECT:
        yield _setting(f"{source} {_PAC}", "WPAD")


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
