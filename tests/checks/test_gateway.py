# SPDX-License-Identifier: MIT
"""The gateway: there, missed, not missed; and its lack is proof only where Java goes our way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, observed
from tests.support.hosts import bare_host
from tests.support.network_namespace import CABLE, run_in_network
from wizard import codec
from wizard.checks.gateway import CHECK, Tried, WayOut, judge
from wizard.checks.own_way import Compared, JavasWay
from wizard.errors import CannotCheck
from wizard.host.base import Gateway
from wizard.host.recorded import RecordedHost
from wizard.model import Finding, HostFacts, Outcome, Scope
from wizard.product import Product
from wizard.texts import Texts

ONE = (Gateway("10.0.0.1", "eth0"),)
LINE = (Gateway("", "ppp0"),)
SILENT = (Gateway("10.0.0.1", "eth0", is_silent=True),)
REACHED = Tried("graph.microsoft.com", answered=True)
SAME, OTHER = (
    Tried("graph.microsoft.com", answered=False, java=JavasWay(way))
    for way in (Compared.SAME, Compared.UNSEEN)
)
CLOSED = Tried("graph.microsoft.com", answered=False, stopped_here=True)
OK, WARNING, PROBLEM = Outcome.OK, Outcome.WARNING, Outcome.PROBLEM


def told(seen: WayOut, product: Product) -> Finding:
    assert codec.from_plain(codec.to_plain(seen), WayOut) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


@pytest.mark.parametrize(
    ("seen", "outcome", "text", "decisive"),
    [
        (WayOut(ONE, (REACHED, SAME)), OK, "found", False),
        (WayOut(ONE, (SAME,)), OK, "found_and_not_reached", False),
        (WayOut(ONE, (CLOSED, SAME)), OK, "found_and_not_reached", False),
        (WayOut(ONE, (CLOSED, CLOSED)), WARNING, "found_and_closed", False),
        (WayOut(SILENT, (SAME,)), PROBLEM, "silent", True),
        (WayOut(SILENT, (SAME, OTHER)), PROBLEM, "silent", False),
        (WayOut(SILENT, (SAME, REACHED)), OK, "found", False),
        (WayOut((*ONE, *SILENT), (SAME,)), OK, "found_and_not_reached", False),
        (WayOut((), (SAME, REACHED)), OK, "not_needed", False),
        (WayOut((), (SAME,)), PROBLEM, "none", True),
        (WayOut((), (SAME, OTHER)), PROBLEM, "none", False),
        (WayOut((), (SAME,), only_ipv4=True), PROBLEM, "none_of_ipv4", False),
    ],
)
def test_judge_when_seen_then_a_lack_matters_only_where_nothing_was_reached(
    seen: WayOut, outcome: Outcome, text: str, decisive: bool, product: Product
) -> None:
    finding = told(seen, product)
    assert (finding.outcome, finding.text) == (outcome, f"check.gateway.{text}")
    assert finding.decisive is decisive


def test_judge_when_a_gateway_is_there_and_nothing_reached_then_its_routes_are_not_cleared(
    product: Product, texts: Texts
) -> None:
    """A default route proves only that there is one."""
    sentence = texts.summary(told(WayOut(ONE, (SAME,)), product))
    assert "not cut off" not in sentence
    assert "not known" in sentence


def test_judge_when_it_is_a_line_without_an_address_then_its_adapter(product: Product) -> None:
    finding = told(WayOut((*ONE, *LINE, *LINE), (REACHED,)), product)
    assert finding.values["gateways"] == "10.0.0.1, ppp0"
    assert finding.values["count"] == 2


@pytest.mark.parametrize(
    ("proxy", "answered"), [("http://proxy.invalid:9", False), ("http://127.0.0.1:9", True)]
)
def test_observe_when_the_proxy_refuses_then_it_answered_and_no_gateway_is_missed(
    proxy: str, answered: bool
) -> None:
    facts = HostFacts("windows", "Windows Server 2022", "backup01", is_admin=True)
    names: dict[str, Any] = {"environment": {}, "proxies": [], "name_servers": [], "processes": []}
    host = RecordedHost({"facts": codec.to_plain(facts), **names, "gateways": codec.to_plain(ONE)})
    scope = Scope(cloud="global", proxy=proxy, timeout_s=2.0)
    seen = observed(CHECK, host, scope=scope)
    assert (seen.gateways, seen.only_ipv4) == (ONE, True)
    assert seen.tried
    assert {one.answered for one in seen.tried} == {answered}


def test_observe_when_the_routes_are_hidden_then_could_not_check() -> None:
    with pytest.raises(CannotCheck):
        observed(CHECK, bare_host())


OBSERVE = """
import json
from tests.checks.told import observed
from wizard import codec
from wizard.checks.gateway import CHECK
from wizard.host.live import live_host
from wizard.model import Scope
seen = observed(CHECK, live_host(), scope=Scope(cloud="global", proxy="http://10.98.0.1:3128"))
print(json.dumps(codec.to_plain(seen)))
"""


@pytest.mark.parametrize(
    ("route", "stopped", "silent"),
    [("blackhole 10.98.0.0/24", True, False), ("default via 10.99.0.77", False, True)],
)
def test_observe_when_a_route_or_the_gateway_stops_it_then_which(
    tmp_path: Path, route: str, stopped: bool, silent: bool
) -> None:
    alive = () if silent else ("ip route add default via 10.99.0.2",)
    commands = (*CABLE, *alive, f"ip route add {route}")
    plain = run_in_network(OBSERVE, commands=commands, folder=tmp_path)
    seen = codec.from_plain(plain, WayOut)
    assert {one.stopped_here for one in seen.tried} == {stopped}
    assert [one.is_silent for one in seen.gateways] == [silent]


def test_observe_when_names_lead_to_this_computer_itself_then_its_refusal_is_no_answer(
    tmp_path: Path,
) -> None:
    hosts = "".join(
        f"0.0.0.0 {name}\n" for name in ("login.microsoftonline.com", "graph.microsoft.com")
    )
    code = OBSERVE.replace(', proxy="http://10.98.0.1:3128"', "")
    plain = run_in_network(code, files={"/etc/hosts": hosts}, folder=tmp_path)
    seen = codec.from_plain(plain, WayOut)
    assert [one.answered for one in seen.tried] == [False] * len(seen.tried)
    assert seen.tried
