# SPDX-License-Identifier: MIT
"""Is a proxy found wherever Windows may name it, without its password?"""

from __future__ import annotations

import struct

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.errors import CannotCheck
from wizard.host import windows_proxies
from wizard.host.base import ProxySetting

SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
CONNECTIONS = f"HKLM\\{SETTINGS}\\Connections"


def blob(flags: int, *texts: str, version: int = 0x28) -> bytes:
    """A connection settings value as netsh and the control panel write it."""
    packed = b"".join(struct.pack("<I", len(text)) + text.encode("ascii") for text in texts)
    return struct.pack("<III", version, 1, flags) + packed


def test_proxies_when_every_place_names_one_then_all_are_told_in_order() -> None:
    windows = WrittenWindows(
        registry={
            f"HKCU\\{SETTINGS}": {
                "ProxyEnable": 1,
                "ProxyServer": "http=u:canary@p1:80;https=p1:443",
                "AutoConfigURL": "http://wpad/a.pac",
            },
            f"HKU\\S-1-5-18\\{SETTINGS}": {"ProxyEnable": 0, "ProxyServer": "off:1"},
            CONNECTIONS: {"WinHttpSettings": blob(3, "p2:3128", "<local>")},
            r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment": {
                "Path": "C:\\Windows",
                "HTTPS_PROXY": "http://p3:3128",
                "NO_PROXY": "localhost",
            },
        }
    )
    told = windows_proxies.proxies(windows)
    assert [setting.value for setting in told] == [
        "http=u:***@p1:80;https=p1:443",
        "http://wpad/a.pac",
        "p2:3128",
        "http://p3:3128",
    ]
    assert told[1].source.endswith("AutoConfigURL PAC")


def test_proxies_when_the_service_accounts_key_is_closed_then_the_others_still_count() -> None:
    windows = WrittenWindows(
        registry={f"HKCU\\{SETTINGS}": {"ProxyEnable": 1, "ProxyServer": "p:1"}},
        closed_keys=("HKU",),
    )
    assert windows_proxies.proxies(windows) == (
        ProxySetting(f"HKCU\\{SETTINGS} ProxyServer", "p:1"),
    )


def test_proxies_when_winhttp_goes_direct_then_none() -> None:
    direct = blob(1, "", "", version=0x18)
    windows = WrittenWindows(registry={CONNECTIONS: {"WinHttpSettings": direct}})
    assert windows_proxies.proxies(windows) == ()


def test_proxies_when_winhttp_detects_or_has_a_script_then_marked_as_such() -> None:
    script = blob(1 | 4 | 8, "", "", "http://wpad/b.pac")
    windows = WrittenWindows(registry={CONNECTIONS: {"WinHttpSettings": script}})
    told = windows_proxies.proxies(windows)
    assert [setting.value for setting in told] == ["http://wpad/b.pac", "WPAD"]
    assert all(setting.source.endswith(" PAC") for setting in told)


@pytest.mark.parametrize("broken", [b"", b"\x28\0\0\0", blob(3, "p:1")[:-1]])
def test_connection_settings_when_cut_off_then_cannot_check(broken: bytes) -> None:
    with pytest.raises(CannotCheck) as told:
        windows_proxies.connection_settings(broken)
    assert told.value.text == "error.host_proxy_setting"
