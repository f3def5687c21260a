# SPDX-License-Identifier: MIT
"""The walk to every endpoint stops at the first broken layer and never calls the rest fine."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.lying_name_server import lying, says, silent
from tests.support.microsoft365 import host, running
from wizard import codec
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.errors import CannotCheck
from wizard.graph import network_data
from wizard.graph.answer import AnswerKind
from wizard.graph.clouds import Cloud
from wizard.graph.name_servers import Said
from wizard.graph.network_path import Layer, NetworkPath
from wizard.graph.network_walks import Walks
from wizard.host.recorded import RecordedHost
from wizard.model import HostFacts, Workload


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


def test_walk_when_answers_hang_then_the_layers_before_are_told_at_once(tmp_path: Path) -> None:
    with running(Behaviour(hang_s=2), tmp_path) as m365:
        walks, started = m365.walks(), time.monotonic()
        shaken = walks(Layer.ENCRYPTION)
        until_shaken = time.monotonic() - started
        whole = walks()
        until_whole = time.monotonic() - started
    assert all(path.encryption and not path.answer for path in shaken)
    assert all(path.answer for path in whole)
    assert until_shaken < 1.9
    assert until_whole > 2
    slowest = max(path.answer.duration_ms / 1000 for path in whole if path.answer)
    assert until_whole < slowest + 1  # five endpoints, and no longer than the slowest of them


def test_walk_when_services_are_chosen_then_only_their_endpoints(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        chosen = m365.walk(workloads=(Workload.ONEDRIVE,))
    assert list(chosen) == ["sign-in", "graph", "onedrive"]


def test_walk_when_sharepoint_answers_then_the_tenant_it_belongs_to(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        paths = m365.walk()
    for name in ("sharepoint", "onedrive"):
        answer = paths[name].answer
        assert answer is not None
        assert answer.tenant_realm == m365.stand_in.tenant_id


def nobody() -> str:
    raise CannotCheck("sharepoint_host.no_sign_in")


@pytest.mark.parametrize(
    ("tenant", "reason"),
    [
        (None, "sharepoint_host.no_sign_in"),
        ("contoso.onmicrosoft.com", "sharepoint_host.guess_not_found"),
    ],
)
def test_walk_when_the_tenants_hosts_are_unknown_then_left_out_with_the_reason(
    tmp_path: Path, tenant: str | None, reason: str
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        cloud = replace(m365.cloud, id="global", sharepoint="https://sharepoint.invalid")
        scope = replace(m365.scope, tenant_id=tenant)
        walks = Walks(lambda: cloud, scope, m365.computer, threading.Event(), nobody)
        paths, left = walks(), walks.left_out()
    assert [path.endpoint for path in paths] == ["sign-in", "graph", "exchange"]
    assert [(one.endpoint, one.reason) for one in left] == [
        ("sharepoint", reason),
        ("onedrive", reason),
    ]


@pytest.mark.parametrize(("status", "walked"), [(503, False), (403, True)])
def test_walk_when_a_guess_can_only_be_found_by_the_proxy_then_the_proxy_is_asked(
    tmp_path: Path, status: int, walked: bool
) -> None:
    """Behind a proxy names of the internet often can't be looked up here."""
    with (
        running(Behaviour(), tmp_path) as m365,
        SignInProxy(ProxyBehaviour(status=status, schemes=())) as proxy,
    ):
        cloud = replace(m365.cloud, id="global", sharepoint="https://sharepoint.invalid")
        scope = replace(m365.scope, tenant_id="contoso.onmicrosoft.com", proxy=proxy.address)
        walks = Walks(lambda: cloud, scope, m365.computer, threading.Event(), nobody)
        paths, left = walks(), walks.left_out()
    assert "contoso.sharepoint.invalid:443" in proxy.targets
    assert ("sharepoint" in [path.endpoint for path in paths]) is walked
    assert ("sharepoint" in [one.endpoint for one in left]) is not walked


def test_walk_when_the_cloud_file_names_no_onedrive_then_only_that_is_left_out(
    tmp_path: Path,
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        cloud = replace(m365.cloud, onedrive="")
        walks = Walks(lambda: cloud, m365.scope, m365.computer, threading.Event(), nobody)
        assert [one.endpoint for one in walks.left_out()] == ["onedrive"]
        assert len(walks()) == 4


def test_walk_when_name_servers_are_set_then_each_is_asked_for_the_name(tmp_path: Path) -> None:
    public = says("login.test.invalid. 60 IN A 40.126.1.1")
    with running(Behaviour(), tmp_path) as m365, lying(public) as good, lying(silent) as bad:
        cloud = replace(m365.cloud, authority="https://login.test.invalid")
        computer = host(name_servers=(good, bad))
        walks = Walks(lambda: cloud, m365.scope, computer, threading.Event(), nobody)
        path = walks(Layer.NAME)[0]
        walks()
    assert path.lookup.failure is not None
    said = [(a.said, a.family) for a in path.servers]
    assert said[:2] == [(Said.ADDRESSES, "IPv4"), (Said.NO_ADDRESS, "IPv6")]
    assert {answer for answer, _ in said[2:]} == {Said.TIMEOUT}


def test_walk_when_name_servers_are_unknown_then_the_reason(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        cloud = replace(m365.cloud, authority="https://login.test.invalid")
        computer = host(name_servers=None)
        walks = Walks(lambda: cloud, m365.scope, computer, threading.Event(), nobody)
        path = walks()[0]
    assert (path.servers, path.servers_unknown) == ((), "error.not_recorded")


def test_walk_when_the_authority_file_is_unreadable_then_what_was_found_before_is_told(
    tmp_path: Path,
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        walks = m365.walks(ca_file=str(tmp_path / "missing.pem"))
        assert all(path.connections for path in walks(Layer.CONNECTION))
        with pytest.raises(CannotCheck):
            walks()


def test_walks_when_the_cloud_is_still_asked_for_then_the_likeliest_is_walked_to_meanwhile(
    tmp_path: Path,
) -> None:
    """Each answer is held back for 0.8 s: one after the other it would take 1.6 s and more."""
    with running(Behaviour(hang_s=0.8), tmp_path) as m365:
        only_mail = replace(m365.scope, workloads=(Workload.EXCHANGE,))

        def find_cloud() -> Cloud:
            time.sleep(0.8)
            return m365.cloud

        walks = Walks(
            find_cloud, only_mail, m365.computer, threading.Event(), nobody, guess=m365.cloud
        )
        begun = time.monotonic()
        paths = walks()
        took = time.monotonic() - begun
    assert [path.broken for path in paths] == [None] * 3
    assert took < 1.55


def test_walks_when_the_tenant_lives_in_another_cloud_then_only_its_hosts_are_told(
    tmp_path: Path,
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        dead = "https://login.other-cloud.invalid"
        other = replace(m365.cloud, authority=dead, graph=dead, exchange=dead)
        find = Walks(
            lambda: m365.cloud,
            m365.scope,
            m365.computer,
            threading.Event(),
            nobody,
            guess=other,
        )
        paths = find()
    assert {path.host for path in paths} == {"localhost"}
    assert [path.broken for path in paths] == [None] * 5


def test_walks_when_no_cloud_can_be_found_out_then_each_who_asks_is_told_why(
    tmp_path: Path,
) -> None:
    def find_cloud() -> Cloud:
        raise CannotCheck("error.stopped")

    with running(Behaviour(), tmp_path) as m365:
        walks = Walks(find_cloud, m365.scope, m365.computer, threading.Event(), nobody)
        for _ in range(2):
            with pytest.raises(CannotCheck):
                walks(Layer.NAME)


def test_walks_when_one_endpoints_way_fails_oddly_then_the_others_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        odd = replace(m365.cloud, exchange="https://[odd")
        walks = Walks(lambda: odd, m365.scope, m365.computer, threading.Event(), nobody)
        paths, left = walks(), walks.left_out()
    assert [path.endpoint for path in paths if path.broken is None] == [
        endpoint.id for endpoint in network_data.load().endpoints if endpoint.id != "exchange"
    ]
    assert [(one.endpoint, one.reason, dict(one.values)["error"]) for one in left] == [
        ("exchange", "error.walk_failed", "it holds something that cannot be used")
    ]
    assert ["exchange" in record.getMessage() for record in caplog.records] == [True]
    caplog.clear()


def test_walks_when_every_way_fails_oddly_then_nobody_takes_it_for_well(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        bad = "https://[odd"
        odd = replace(m365.cloud, authority=bad, graph=bad, exchange=bad)
        scope = replace(m365.scope, workloads=(Workload.EXCHANGE,))
        walks = Walks(lambda: odd, scope, m365.computer, threading.Event(), nobody)
        with pytest.raises(CannotCheck, match="walk_failed"):
            walks()
    caplog.clear()


class Counting(RecordedHost):
    """A computer that counts how often somebody asks for its way out."""

    asked = 0

    def environment(self) -> dict[str, str]:
        self.asked += 1
        return {}


@pytest.mark.parametrize("given", ["contoso.invalid", None])
def test_walks_when_the_tenants_host_is_known_then_nobody_waits_for_the_cloud(
    tmp_path: Path, given: str | None
) -> None:
    facts = HostFacts("linux", "Debian GNU/Linux 12", "backup01", is_admin=False)
    computer = Counting({"facts": codec.to_plain(facts), "proxies": [], "name_servers": []})
    seen: list[int] = []
    with running(Behaviour(), tmp_path) as m365:
        scope = replace(m365.scope, sharepoint_host=given)

        def find_cloud() -> Cloud:
            time.sleep(0.3)
            seen.append(computer.asked)
            return m365.cloud

        walks = Walks(find_cloud, scope, computer, threading.Event(), nobody, guess=m365.cloud)
        paths = {path.endpoint: path.host for path in walks()}
    assert seen == [5]
    assert paths["sharepoint"] == (given or "localhost")


def test_early_when_the_cloud_is_asked_for_then_the_likeliest_ones_hosts_alone(
    tmp_path: Path,
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        asked = (lambda: m365.cloud, m365.scope, m365.computer, threading.Event(), nobody)
        early = Walks(*asked, guess=m365.cloud).early()
        walked = m365.walk()
    assert {(one.host, one.port) for one in early} == {
        (path.host, path.port)
        for path in walked.values()
        if path.endpoint in ("sign-in", "graph", "exchange")
    }
    assert Walks(*asked).early() == ()  # the cloud was chosen by hand
