# SPDX-License-Identifier: MIT
"""Which hosts are excepted from a proxy, in each way to write it; Java's own is tried elsewhere."""

from __future__ import annotations

import pytest

from wizard.graph import proxy_exceptions
from wizard.host.base import ProxyExceptions, ProxySetting, ProxyWriting

HOST = "login.microsoftonline.com"


def by_whom(writing: ProxyWriting, hosts: str, target: str = HOST) -> str | None:
    place = ProxySetting("place", "p:80", writing, (ProxyExceptions("the list", hosts),))
    return proxy_exceptions.by_whom(place, target)


@pytest.mark.parametrize(
    ("hosts", "target"),
    [
        ("*.microsoftonline.com", HOST),
        ("contoso.test;LOGIN.microsoftonline.com", HOST),
        ("contoso.test login.*.com", HOST),
        ("https://login.microsoftonline.com", HOST),
        ("login.microsoftonline.com:443", HOST),
        ("<local>", "server1"),
        ("*", HOST),
        ("10.*", "10.1.2.3"),
        ("[::1]", "[::1]"),
    ],
)
def test_by_whom_when_windows_list_has_it_then_the_list(hosts: str, target: str) -> None:
    assert by_whom(ProxyWriting.WINDOWS, hosts, target) == "the list"


@pytest.mark.parametrize(
    "hosts",
    [
        "",
        "<local>",
        "microsoftonline.com",
        ".microsoftonline.com",
        "http://login.microsoftonline.com",
        "login.microsoftonline.com:80",
        "login.microsoftonline.com,other",
        "logi?.microsoftonline.com",
    ],
)
def test_by_whom_when_windows_list_does_not_have_it_then_none(hosts: str) -> None:
    assert by_whom(ProxyWriting.WINDOWS, hosts) is None


def test_by_whom_when_variable_then_ends_of_names_count() -> None:
    assert by_whom(ProxyWriting.VARIABLE, "x, .microsoftonline.com") == "the list"
    assert by_whom(ProxyWriting.VARIABLE, "microsoftonline.com") == "the list"
    assert by_whom(ProxyWriting.VARIABLE, "online.com") is None


def test_by_whom_when_there_is_no_list_then_none() -> None:
    assert proxy_exceptions.by_whom(ProxySetting("place", "p:80"), HOST) is None


def test_by_whom_when_of_two_lists_the_second_has_it_then_the_second() -> None:
    lists = (ProxyExceptions("NO_PROXY", "a.test"), ProxyExceptions("no_proxy", HOST))
    place = ProxySetting("place", "p:80", ProxyWriting.VARIABLE, lists)
    assert proxy_exceptions.by_whom(place, HOST) == "no_proxy"
