# SPDX-License-Identifier: MIT
"""Does a way lead there? Asked of real proxies that let pass, want a sign-in, forbid and fail."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from tests.support import real_proxies
from tests.support.microsoft365 import host
from tests.support.real_proxies import FORBIDDEN, LOOPBACK, RealProxy
from wizard.graph import proxies
from wizard.graph.reach import Reach, reach
from wizard.model import Scope


@pytest.fixture(scope="module")
def squid() -> Iterator[RealProxy]:
    with real_proxies.squid() as proxy:
        yield proxy


@pytest.fixture(scope="module")
def tinyproxy() -> Iterator[RealProxy]:
    with real_proxies.tinyproxy(sign_in=True) as proxy:
        yield proxy


@pytest.fixture
def target() -> Iterator[int]:
    """Somebody to be reached."""
    with socket.create_server((LOOPBACK, 0)) as server:
        yield server.getsockname()[1]


def by(address: str | None, name: str, port: int, seconds: float = 5) -> Reach:
    environment = {"HTTPS_PROXY": address} if address else {}
    route = proxies.choose(Scope(), host(environment), name)
    return reach(route, name, port, seconds)


def test_reach_when_squid_wants_a_sign_in_then_407_and_its_ways_in_order(
    squid: RealProxy, target: int
) -> None:
    found = by(squid.address, LOOPBACK, target)
    assert (found.passed, found.status) == (False, 407)
    assert found.schemes == ("Digest", "Basic")
    assert found.detail == "407 Proxy Authentication Required"


def test_reach_when_signed_in_then_passes(
    squid: RealProxy, tinyproxy: RealProxy, target: int
) -> None:
    for proxy in (squid, tinyproxy):
        found = by(proxy.signed_in(), LOOPBACK, target)
        assert (found.passed, found.status, found.detail) == (True, 200, "")


def test_reach_when_the_password_is_wrong_then_refused_and_the_password_stays_unseen(
    squid: RealProxy, tinyproxy: RealProxy, target: int
) -> None:
    for proxy, status in ((squid, 407), (tinyproxy, 401)):
        found = by(proxy.signed_in("WRONG-ONE"), LOOPBACK, target)
        assert (found.passed, found.status) == (False, status), proxy
        assert "WRONG-ONE" not in repr(found)


def test_reach_when_tinyproxy_wants_a_sign_in_then_only_basic(
    tinyproxy: RealProxy, target: int
) -> None:
    assert by(tinyproxy.address, LOOPBACK, target).schemes == ("Basic",)


def test_reach_when_the_host_is_forbidden_then_403_without_ways(
    squid: RealProxy, tinyproxy: RealProxy
) -> None:
    for proxy in (squid, tinyproxy):
        found = by(proxy.signed_in(), f"graph.{FORBIDDEN}", 443)
        assert (found.passed, found.status, found.schemes) == (False, 403, ()), proxy


def test_reach_when_the_proxy_itself_gets_no_further_then_its_5xx(
    squid: RealProxy, tinyproxy: RealProxy
) -> None:
    with socket.socket() as closed:
        closed.bind((LOOPBACK, 0))
        port = closed.getsockname()[1]
        for proxy in (squid, tinyproxy):
            found = by(proxy.signed_in(), LOOPBACK, port)
            assert not found.passed
            assert found.status in (500, 502, 503, 504), found


def test_reach_when_straight_and_somebody_listens_then_passes(target: int) -> None:
    found = by(None, LOOPBACK, target)
    assert (found.passed, found.status) == (True, None)


def test_reach_when_straight_and_nobody_listens_then_the_systems_words() -> None:
    with socket.socket() as closed:
        closed.bind((LOOPBACK, 0))
        found = by(None, LOOPBACK, closed.getsockname()[1])
    assert (found.passed, found.detail) == (False, "refused: Connection refused")


def test_reach_when_the_proxys_name_is_lost_then_not_passed_and_why(target: int) -> None:
    found = by("http://proxy.invalid:3128", LOOPBACK, target)
    assert (found.passed, found.status) == (False, None)
    assert found.detail.partition(": ")[0] in ("name", "server-failure")  # where no network is


def test_reach_when_the_proxy_says_nothing_then_ends_in_its_seconds(target: int) -> None:
    with socket.create_server((LOOPBACK, 0)) as silent:
        begin = time.monotonic()
        found = by(f"http://{LOOPBACK}:{silent.getsockname()[1]}", LOOPBACK, target, 0.3)
    assert not found.passed
    assert time.monotonic() - begin < 5
