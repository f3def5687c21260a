# SPDX-License-Identifier: MIT
"""The walk to every endpoint stops at the first broken layer and never calls the rest fine."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from tests.support.microsoft365 import host, running
from wizard import codec
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.errors import CannotCheck
from wizard.graph import network_data
from wizard.graph.answer import AnswerKind
from wizard.graph.network_path import Layer, NetworkPath


def reached(path: NetworkPath) -> list[bool]:
    layers = (path.connections, path.tunnel, path.encryption, path.answer)
    return [layer is not None for layer in layers]


def test_walk_when_healthy_then_all_layers_of_all_endpoints(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        paths = m365.walk()
    assert list(paths) == [endpoint.id for endpoint in network_data.load().endpoints]
    for path in paths.values():
        assert path.broken is None
        assert reached(path) == [True, False, True, True]
        assert path.answer is not None
        assert path.answer.kind is AnswerKind.EXPECTED


@pytest.mark.parametrize(
    ("behaviour", "broken", "layers"),
    [
        (Behaviour(name_resolves=False), Layer.NAME, [False, False, False, False]),
        (Behaviour(listening=False), Layer.CONNECTION, [True, False, False, False]),
        (Behaviour(untrusted_authority=True), Layer.ENCRYPTION, [True, False, True, False]),
    ],
)
def test_walk_when_a_layer_is_broken_then_the_next_ones_are_not_reached(
    tmp_path: Path, behaviour: Behaviour, broken: Layer, layers: list[bool]
) -> None:
    with running(behaviour, tmp_path) as m365:
        paths = m365.walk()
    for path in paths.values():
        assert path.broken is broken
        assert reached(path) == layers


def test_walk_when_proxy_refuses_then_broken_there(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, SignInProxy() as proxy:
        path = m365.walk(proxy=proxy.address)["graph"]
    assert path.broken is Layer.PROXY
    assert reached(path) == [True, True, False, False]


def test_walk_when_proxy_passes_then_all_layers(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, SignInProxy(ProxyBehaviour(tunnels=True)) as p:
        path = m365.walk(proxy=p.address)["graph"]
    assert path.broken is None
    assert reached(path) == [True, True, True, True]


def test_walk_when_proxy_knows_a_name_that_is_unknown_here_then_no_fault(tmp_path: Path) -> None:
    with running(Behaviour(name_resolves=False), tmp_path) as m365, SignInProxy() as proxy:
        path = m365.walk(proxy=proxy.address)["graph"]
    assert path.lookup.failure is not None
    assert path.broken is Layer.PROXY  # got as far as the proxy's own answer


def test_walk_when_proxy_is_not_found_then_broken_at_the_name(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        path = m365.walk(proxy="http://proxy.invalid:8080")["graph"]
    assert (path.broken, path.first_lookup.host) == (Layer.NAME, "proxy.invalid")


def test_walk_when_proxy_cannot_be_used_then_broken_there(tmp_path: Path) -> None:
    computer = host({"HTTPS_PROXY": "socks5://p.test:1080"})
    with running(Behaviour(), tmp_path, computer) as m365:
        path = m365.walk()["graph"]
    assert path.broken is Layer.PROXY
    assert reached(path) == [False, False, False, False]


def test_walk_when_tenant_is_given_then_its_document_is_asked_for(tmp_path: Path) -> None:
    other = "aaaaaaaa-1111-4222-8333-444444444444"
    with running(Behaviour(), tmp_path) as m365:
        known, unknown, none = (
            m365.walk(**more)["sign-in"] for more in ({}, {"tenant_id": other}, {"tenant_id": None})
        )
    assert m365.stand_in.tenant_id in known.url
    assert "/common/" in none.url
    kinds = [path.answer.kind if path.answer else None for path in (known, unknown, none)]
    assert kinds == [AnswerKind.EXPECTED, AnswerKind.TENANT_UNKNOWN, AnswerKind.EXPECTED]


def test_walk_when_clock_is_off_then_measured(tmp_path: Path) -> None:
    with running(Behaviour(clock_offset_s=-600), tmp_path) as m365:
        answer = m365.walk()["graph"].answer
    assert answer is not None
    assert answer.clock_ahead_s == pytest.approx(600, abs=2)


def test_walk_when_answer_hangs_then_ends_with_the_checks_time_out(tmp_path: Path) -> None:
    with running(Behaviour(hang_s=30), tmp_path) as m365:
        started = time.monotonic()
        path = m365.walk(timeout_s=0.8)["graph"]
    assert path.broken is Layer.ANSWER
    assert time.monotonic() - started < 6


def test_walk_when_cancelled_then_stops(tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with running(Behaviour(), tmp_path) as m365, pytest.raises(CannotCheck):
        m365.walks(cancelled)()


def test_path_when_stored_as_json_then_comes_back_equal(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, SignInProxy(ProxyBehaviour(tunnels=True)) as p:
        path = m365.walk(proxy=p.address)["graph"]
    assert codec.from_plain(codec.to_plain(path), NetworkPath) == path
