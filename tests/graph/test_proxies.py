# SPDX-License-Identifier: MIT
"""Which proxy applies, where it comes from, and that its password stays unseen."""

from __future__ import annotations

import pytest

from tests.support.microsoft365 import host
from wizard import codec
from wizard.errors import BadInput
from wizard.graph import proxies
from wizard.graph.proxies import ProxyChoice, Unusable
from wizard.host.base import ProxyExceptions, ProxySetting, ProxyWriting
from wizard.host.recorded import RecordedHost
from wizard.model import Scope

TARGET = "login.test"


def choice(
    environment: dict[str, str] | None = None, *system: ProxySetting, option: str | None = None
) -> ProxyChoice:
    return proxies.choose(Scope(proxy=option), host(environment, system), TARGET).choice


def test_choose_when_nothing_is_set_then_straight() -> None:
    found = choice()
    assert (found.address, found.looked_at, found.blocked) == (None, (), False)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            {"error": "error.host_registry_closed", "values": {"key": "HKCU", "reason": "denied"}},
            "denied",
        ),
        ({"error": "error.not_recorded", "values": {}}, "the settings could not be read"),
    ],
)
def test_choose_when_the_systems_settings_are_closed_then_why_in_words_without_ids(
    answer: dict[str, object], told: str
) -> None:
    recording = {"facts": codec.to_plain(host().facts()), "environment": {}, "proxies": answer}
    found = proxies.choose(Scope(), RecordedHost(recording), TARGET).choice
    assert (found.address, found.unreadable) == (None, told)


def test_choose_when_option_then_it_wins() -> None:
    found = choice({"HTTPS_PROXY": "http://env:1"}, option="http://option:8080")
    assert (found.address, found.source) == ("http://option:8080", "--proxy")


def test_choose_when_environment_and_system_then_environment_and_both_are_told() -> None:
    found = choice({"HTTPS_PROXY": "http://env:3128"}, ProxySetting("WinHTTP", "sys:80"))
    assert (found.address, found.source) == ("http://env:3128", "HTTPS_PROXY")
    assert [place.value for place in found.looked_at] == ["http://env:3128", "http://sys:80"]


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("p.test:8080", "http://p.test:8080"),
        ("http://p.test", "http://p.test:80"),
        ("http=one:81;https=two:82", "http://two:82"),
        ("HTTPS=two:82", "http://two:82"),
        ("[fd00::1]:3128", "http://[fd00::1]:3128"),
    ],
)
def test_choose_when_system_writes_it_so_then_read(value: str, address: str) -> None:
    assert choice(None, ProxySetting("WinINET", value)).address == address


@pytest.mark.parametrize("value", ["http=one:81", "ftp=one:81", "ftp=one:81;http=two:82"])
def test_choose_when_a_list_has_no_proxy_for_encrypted_requests_then_the_next_place(
    value: str,
) -> None:
    listed = ProxySetting("WinINET", value, ProxyWriting.WINDOWS)
    assert choice(None, listed).address is None
    assert choice(None, listed, ProxySetting("WinHTTP", "p:80")).address == "http://p:80"


def test_choose_when_a_list_has_only_socks_then_unusable_by_its_kind() -> None:
    listed = ProxySetting("WinINET", "http=one:81;socks=two:82", ProxyWriting.WINDOWS)
    assert choice(None, listed).unusable is Unusable.SCHEME


@pytest.mark.parametrize("exception", ["login.test", ".test", "*", "x,login.test"])
def test_choose_when_no_proxy_excepts_then_straight(exception: str) -> None:
    found = choice({"HTTPS_PROXY": "http://p:1", "NO_PROXY": exception})
    assert (found.address, found.exception, found.source) == (None, True, "NO_PROXY")


def test_choose_when_the_system_excepts_it_then_straight_and_its_place() -> None:
    exceptions = (ProxyExceptions("WinINET ProxyOverride", "*.test;<local>"),)
    place = ProxySetting("WinINET", "p:80", ProxyWriting.WINDOWS, exceptions)
    found = choice(None, place)
    assert (found.address, found.exception, found.source) == (None, True, "WinINET ProxyOverride")


def test_choose_when_no_proxy_names_another_then_proxy() -> None:
    assert choice({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "other.test"}).address == "http://p:1"


def test_choose_when_only_unencrypted_requests_are_meant_then_straight() -> None:
    environment = {"HTTP_PROXY": "http://p:1", "http_proxy": "http://p:1"}
    found = choice(environment, ProxySetting("/etc/environment http_proxy", "http://p:1"))
    assert found.address is None


@pytest.mark.parametrize(
    ("place", "unusable", "blocked"),
    [
        (ProxySetting("WinINET AutoConfigURL PAC", "http://wpad/x"), Unusable.SCRIPT, False),
        (ProxySetting("WinINET", "http://p.test/proxy.pac"), Unusable.SCRIPT, False),
        (ProxySetting("HTTPS_PROXY", "socks5://p.test:1080"), Unusable.SCHEME, True),
        (ProxySetting("HTTPS_PROXY", "https://p.test:443"), Unusable.SCHEME, True),
        (ProxySetting("HTTPS_PROXY", "http://:80"), Unusable.NOT_AN_ADDRESS, True),
        (ProxySetting("HTTPS_PROXY", "http://p.test:no"), Unusable.NOT_AN_ADDRESS, True),
    ],
)
def test_choose_when_not_usable_then_says_why(
    place: ProxySetting, unusable: Unusable, blocked: bool
) -> None:
    in_variable = place.source == "HTTPS_PROXY"
    found = choice({place.source: place.value}) if in_variable else choice(None, place)
    assert (found.address, found.unusable, found.blocked) == (None, unusable, blocked)


@pytest.mark.parametrize(
    "value", ["http://u:PLANTED@p:1", "http://PLANTED@p:1", "socks5://u:PLANTED@p:1", "u:PLANTED@p"]
)
def test_choose_when_password_then_kept_for_use_and_never_shown(value: str) -> None:
    route = proxies.choose(Scope(), host({"HTTPS_PROXY": value}), TARGET)
    shown = repr(route.choice) + str(codec.to_plain(route.choice))
    assert "PLANTED" not in shown
    assert "PLANTED" not in repr(route.password)


def test_choose_when_password_is_escaped_then_plain_in_use() -> None:
    route = proxies.choose(Scope(), host({"HTTPS_PROXY": "http://a%40b:p%3Aq@p:1"}), TARGET)
    assert route.user == "a@b"
    assert route.password is not None
    assert route.password.reveal() == "p:q"


@pytest.mark.parametrize(
    "text",
    [
        "socks5://p:1",
        "https://p:1",
        "http://",
        "http://u:p@h:1",
        "foo",
        "foo:8080",
        "http://foo",
        "http://foo:8080/path",
        "https=foo:8080",
    ],
)
def test_check_proxy_option_when_wrong_then_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        proxies.check_proxy_option(text)


def test_check_proxy_option_when_right_then_itself() -> None:
    assert proxies.check_proxy_option("http://p.test:8080") == "http://p.test:8080"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("ftp=http://u:PLANTED@a:1;x=b:2", "ftp=http://a:1;x=b:2"),
        ("socks5://joe:PLA://NTED9@p:1", "socks5://p:1"),
        ("http://joe:1234/PLANTED@proxy:3128", "http://proxy:3128"),
        ("http://joe:12?PLANTED@proxy:3128", "http://proxy:3128"),
        ("http://joe:PLANTED;PLANTED@p:1", "http://p:1"),
        ("ftp=http://joe:PLANTED;x=PLANTED@p:1", "...;x=p:1"),
    ],
)
def test_choose_when_a_password_makes_it_unreadable_then_neither_used_nor_shown(
    value: str, shown: str
) -> None:
    route = proxies.choose(Scope(), host({"HTTPS_PROXY": value}), TARGET)
    assert route.choice.unusable is Unusable.NOT_AN_ADDRESS
    assert [place.value for place in route.choice.looked_at] == [shown]


def test_choose_when_a_scripts_address_holds_a_token_then_used_and_never_shown() -> None:
    address = "http://u:PLANTED@wpad.test/proxy.pac?token=PLANTED"
    place = ProxySetting("WinINET AutoConfigURL PAC", address)
    route = proxies.choose(Scope(), host(None, (place,)), TARGET)
    assert route.script is not None
    assert route.script.reveal() == address
    assert [one.value for one in route.choice.looked_at] == ["http://wpad.test/proxy.pac?..."]
    assert "PLANTED" not in repr(route)
