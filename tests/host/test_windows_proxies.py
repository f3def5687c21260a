# SPDX-License-Identifier: MIT
"""Is a proxy found wherever Windows may name it, without its password?"""

from __future__ import annotations

import struct

import pytest

from tests.host.windows_system import Values, WrittenWindows
from wizard.errors import CannotCheck
from wizard.graph import proxies
from wizard.host import windows_proxies
from wizard.host.base import ProxyWriting, Service, ServiceState
from wizard.texts import Texts

SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
POLICY = r"HKLM\Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings"
MACHINE = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
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
            CONNECTIONS: {"WinHttpSettings": blob(3, "p2:3128", "<local>")},
            MACHINE: {
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


def test_proxies_when_switched_off_then_none() -> None:
    off: Values = {"ProxyEnable": 0, "ProxyServer": "off:1"}
    assert windows_proxies.proxies(WrittenWindows(registry={f"HKCU\\{SETTINGS}": off})) == ()


def test_proxies_when_hosts_are_excepted_then_told_with_their_place() -> None:
    named: Values = {"ProxyEnable": 1, "ProxyServer": "p:1", "ProxyOverride": "*.test;<local>"}
    registry: dict[str, Values] = {
        f"HKCU\\{SETTINGS}": named,
        CONNECTIONS: {"WinHttpSettings": blob(3, "p2:3128", "*.other.test")},
    }
    own, winhttp = windows_proxies.proxies(WrittenWindows(registry=registry))
    assert own.writing is winhttp.writing is ProxyWriting.WINDOWS
    (excepted,) = own.exceptions
    assert (excepted.source, excepted.hosts) == (
        f"HKCU\\{SETTINGS} ProxyOverride",
        "*.test;<local>",
    )
    assert [one.hosts for one in winhttp.exceptions] == ["*.other.test"]


def test_proxies_when_a_policy_makes_them_the_computers_then_the_accounts_do_not_count() -> None:
    registry: dict[str, Values] = {
        f"HKCU\\{SETTINGS}": {"ProxyEnable": 1, "ProxyServer": "of-account:1"},
        f"HKLM\\{SETTINGS}": {"ProxyEnable": 1, "ProxyServer": "of-computer:1"},
    }
    by_account = windows_proxies.proxies(WrittenWindows(registry=dict(registry)))
    policy: dict[str, Values] = {POLICY: {"ProxySettingsPerUser": 0}}
    by_policy = windows_proxies.proxies(WrittenWindows(registry={**registry, **policy}))
    assert [setting.value for setting in by_account] == ["of-account:1"]
    assert [setting.value for setting in by_policy] == ["of-computer:1"]


def test_proxies_when_the_key_is_closed_then_cannot_check_and_never_none() -> None:
    windows = WrittenWindows(closed_keys=(POLICY,))
    with pytest.raises(CannotCheck):
        windows_proxies.proxies(windows)


def service(account: str | None) -> Service:
    return Service("NkvTransporter", "NAKIVO", ServiceState.RUNNING, account=account)


ACCOUNTS = {
    "LocalSystem": "S-1-5-18",
    r"NT AUTHORITY\LocalService": "S-1-5-19",
    r"NT AUTHORITY\NetworkService": "S-1-5-20",
    r".\svc-backup": "S-1-5-21-1-2-3-1001",
    r"CONTOSO\svc-backup": "S-1-5-21-9-9-9-1104",
}


@pytest.mark.parametrize(("account", "sid"), ACCOUNTS.items())
def test_service_proxies_when_its_account_has_one_then_that_and_not_ours(
    account: str, sid: str
) -> None:
    windows = WrittenWindows(
        registry={
            f"HKCU\\{SETTINGS}": {"ProxyEnable": 1, "ProxyServer": "ours:1"},
            f"HKU\\{sid}\\{SETTINGS}": {"ProxyEnable": 1, "ProxyServer": "u:canary@theirs:1"},
        },
        accounts={account.removeprefix(".\\"): sid},
    )
    (told,) = windows_proxies.service_proxies(service(account), windows)
    assert (told.source, told.value) == (f"HKU\\{sid}\\{SETTINGS} ProxyServer", "u:***@theirs:1")


def test_service_proxies_when_variables_name_one_then_its_own_before_the_computers() -> None:
    own = r"HKLM\SYSTEM\CurrentControlSet\Services\NkvTransporter"
    windows = WrittenWindows(
        registry={
            own: {"Environment": ("HTTPS_PROXY=http://own:1", "NO_PROXY=.test", "TEMP=x")},
            r"HKU\S-1-5-18\Environment": {"HTTPS_PROXY": "http://accounts:1"},
            MACHINE: {"HTTPS_PROXY": "http://computers:1"},
        }
    )
    told = windows_proxies.service_proxies(service("LocalSystem"), windows)
    values = [setting.value for setting in told]
    assert values == ["http://own:1", "http://accounts:1", "http://computers:1"]
    assert told[0].source == f"{own} Environment HTTPS_PROXY"
    assert [one.hosts for one in told[0].exceptions] == [".test"]


def test_service_proxies_when_a_policy_makes_them_the_computers_then_those() -> None:
    windows = WrittenWindows(
        registry={
            POLICY: {"ProxySettingsPerUser": 0},
            f"HKLM\\{SETTINGS}": {"ProxyEnable": 1, "ProxyServer": "of-computer:1"},
            f"HKU\\S-1-5-18\\{SETTINGS}": {"ProxyEnable": 1, "ProxyServer": "of-account:1"},
        }
    )
    (told,) = windows_proxies.service_proxies(service("LocalSystem"), windows)
    assert told.value == "of-computer:1"


@pytest.mark.parametrize(
    ("account", "closed_keys", "text"),
    [
        ("LocalSystem", ("HKU",), "error.host_registry_closed"),
        ("LocalSystem", (), "error.host_account_not_loaded"),
        (r"CONTOSO\gone", (), "error.host_account_unknown"),
        (None, (), "error.host_service_account"),
    ],
)
def test_service_proxies_when_they_cannot_be_seen_then_cannot_check(
    account: str | None, closed_keys: tuple[str, ...], text: str, texts: Texts
) -> None:
    with pytest.raises(CannotCheck) as told:
        windows_proxies.service_proxies(service(account), WrittenWindows(closed_keys=closed_keys))
    assert told.value.text == text
    assert texts.summary(told.value)


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


@pytest.mark.parametrize(("flags", "is_told"), [(0x09, True), (0x0B, True), (0x01, False)])
def test_proxies_when_windows_detects_by_itself_then_told_and_decides_nothing(
    flags: int, is_told: bool
) -> None:
    """Windows does so unless it is told not to, and finds a script in few networks."""
    key = f"HKCU\\{SETTINGS}\\Connections"
    windows = WrittenWindows(registry={key: {"DefaultConnectionSettings": blob(flags, "", "", "")}})
    told = windows_proxies.proxies(windows)
    assert [one.value for one in told] == ["WPAD"] * is_told
    assert not any(one.decides for one in told)
    chosen = proxies.pick(told, "graph.microsoft.com").choice
    assert (chosen.address, chosen.unusable, len(chosen.looked_at)) == (None, None, len(told))


def test_proxies_when_a_detection_cannot_be_read_then_the_rest_is_told() -> None:
    registry: dict[str, Values] = {
        f"HKCU\\{SETTINGS}": {"ProxyEnable": 1, "ProxyServer": "p:1"},
        f"HKCU\\{SETTINGS}\\Connections": {"DefaultConnectionSettings": b"\x46\0"},
    }
    assert [one.value for one in windows_proxies.proxies(WrittenWindows(registry=registry))] == [
        "p:1"
    ]


def test_proxies_when_a_script_stands_beside_a_server_then_the_server_says_so() -> None:
    registry: dict[str, Values] = {
        f"HKCU\\{SETTINGS}": {
            "ProxyEnable": 1,
            "ProxyServer": "p:1",
            "AutoConfigURL": "http://wpad/a.pac",
        },
        CONNECTIONS: {"WinHttpSettings": blob(3 | 8, "p2:1", "")},
    }
    server, script, winhttp, detected = windows_proxies.proxies(WrittenWindows(registry=registry))
    assert (server.behind, winhttp.behind) == (script.source, detected.source)
