# SPDX-License-Identifier: MIT
"""Java's way: the same as ours, another, one that can't be tried, one that isn't known."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.microsoft365 import host, running
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.graph import java_way, proxies
from wizard.graph.java_way import Shown, Ways
from wizard.graph.network_path import Layer, NetworkPath
from wizard.host.base import ProxySetting
from wizard.model import Scope


def through(address: str) -> Ways:
    return Ways(lambda target: proxies.pick((ProxySetting("-D", address),), target))


STRAIGHT = Ways(lambda target: proxies.choose(Scope(), host(), target))


def begun(folder: Path, ways: Ways, **scope: Any) -> Shown:
    with running(Behaviour(), folder) as m365:
        path: NetworkPath = m365.walks(**scope)(Layer.NAME)[0]
        return java_way.begin(path, ways, m365.scope)


def test_begin_when_it_is_our_way_then_nobody_is_greeted_twice(tmp_path: Path) -> None:
    assert begun(tmp_path, STRAIGHT) == Shown("without a proxy", False)


def test_begin_when_only_we_use_a_proxy_then_java_is_shown_the_chain_too(tmp_path: Path) -> None:
    shown = begun(tmp_path, STRAIGHT, proxy="http://127.0.0.1:1")
    assert (shown.way, shown.differs, shown.missed) == ("without a proxy", True, "")
    assert shown.sent


def test_begin_when_only_java_uses_a_proxy_then_greeted_through_it(tmp_path: Path) -> None:
    open_to_joe = ProxyBehaviour(user="joe", password="word", tunnels=True)
    with SignInProxy(open_to_joe) as proxy:
        shown = begun(tmp_path, through(proxy.address.replace("//", "//joe:word@")))
    assert shown.way == f"through {proxy.address}"
    assert shown.sent


@pytest.mark.parametrize(
    ("ways", "reason"),
    [
        (through("socks5://127.0.0.1:1080"), "this program cannot try that way"),
        (through("http://127.0.0.1:1"), r"127\.0\.0\.1:1: refused"),
        # This computer's own name server is asked, and may be slow.
        (through("http://proxy.invalid:80"), r"proxy\.invalid: (not found|no answer in time)"),
        (Ways(lambda target: proxies.pick((), target), "hidden from this account"), "hidden"),
    ],
)
def test_begin_when_it_cannot_be_gone_then_why(tmp_path: Path, ways: Ways, reason: str) -> None:
    shown = begun(tmp_path, ways)
    assert (shown.differs, shown.sent) == (True, ())
    assert re.search(reason, shown.missed)
