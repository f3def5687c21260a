# SPDX-License-Identifier: MIT
"""Connections: open, broken by kind, costly, or not reached."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from tests.support.network_namespace import CABLE, run_in_network
from wizard import codec
from wizard.checks.own_way import Compared, JavasWay
from wizard.checks.tcp import CHECK, Line, Lines, judge
from wizard.demo.microsoft365 import Behaviour
from wizard.graph.connections import Attempt, ConnectFailure, Connections
from wizard.graph.network_path import Layer
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

SAME = JavasWay(Compared.SAME)
CONNECT = """
import json
from wizard import codec
from wizard.graph import addresses, connections
found = tuple(addresses.read(*one) for one in {addresses})
print(json.dumps(codec.to_plain(connections.connect("login.test", 443, found, 6.0))))
"""
OPEN = Attempt("40.126.1.1", "IPv4", None, "", 21.0)


def failed(failure: ConnectFailure, family: str = "IPv4") -> Attempt:
    address = "40.126.1.2" if family == "IPv4" else "2603:1027::1"
    return Attempt(address, family, failure, "words", 4000.0)


def line(*attempts: Attempt, host: str = "login.test") -> Line:
    return Line("sign-in", host, Connections(host, 443, attempts), None, SAME)


def told(product: Product, *lines: Line) -> Finding:
    finding = judge(Lines(lines), product)
    assert_told(finding, product)
    return finding


def test_judge_when_open_then_ok_with_the_time(product: Product) -> None:
    finding = told(product, line(OPEN))
    assert (finding.outcome, finding.values["slowest"]) == (Outcome.OK, 21.0)
    assert values_of(finding)["connection_time"] == 21.0


def test_judge_when_it_leads_to_the_proxy_then_says_so(product: Product, texts: Texts) -> None:
    graph = replace(line(OPEN, host="proxy.test"), host="graph.test", endpoint="graph")
    own = replace(graph, host="login.test")
    sentence = texts.summary(told(product, graph, own))
    assert sentence.startswith("1 connection to the proxy (proxy.test:443) came about")
    mixed = texts.summary(told(product, graph, line(OPEN)))
    assert mixed.startswith("2 connections came about, 1 of them to the proxy (proxy.test:443)")
    assert "proxy" not in texts.summary(told(product, line(OPEN)))


def test_judge_when_several_addresses_of_a_host_fail_alike_then_one_row_with_all(
    product: Product,
) -> None:
    first = failed(ConnectFailure.TIMEOUT)
    second = replace(first, address="40.126.1.3", duration_ms=4100.0)
    finding = told(product, line(first, second))
    rows = [(row.label, row.value, row.source) for row in finding.evidence]
    place = "TCP to 40.126.1.2, 40.126.1.3 for login.test:443"
    assert rows == [
        ("connection_failure", "no answer in time (words)", place),
        ("connection_given_up", 4100.0, place),
    ]


@pytest.mark.parametrize("failure", list(ConnectFailure))
def test_judge_when_all_addresses_fail_then_problem_by_kind(
    product: Product, texts: Texts, failure: ConnectFailure
) -> None:
    finding = told(product, line(OPEN, host="graph.test"), line(failed(failure)))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert finding.text == f"check.tcp.{failure}"
    assert "login.test:443" in texts.summary(finding)
    assert "graph.test" not in texts.summary(finding)


@pytest.mark.parametrize("failure", list(ConnectFailure))
def test_judge_when_several_hosts_fail_then_the_sentence_is_plural_and_each_is_told_once(
    product: Product, texts: Texts, failure: ConnectFailure
) -> None:
    dead = failed(failure)
    finding = told(
        product, line(dead), line(dead), replace(line(dead, host="graph.test"), endpoint="graph")
    )
    sentence = texts.summary(finding)
    assert sentence.count("Sign-in, Microsoft Graph") == 1
    assert "443" not in sentence
    assert "connection to" not in sentence
    assert "onnection was" not in sentence
    one = texts.summary(told(product, line(dead), line(dead)))
    assert "connections" not in one
    assert "were" not in one


def test_judge_when_hosts_fail_in_different_ways_then_none_goes_untold(
    product: Product, texts: Texts
) -> None:
    finding = told(
        product,
        line(failed(ConnectFailure.TIMEOUT)),
        replace(line(failed(ConnectFailure.UNREACHABLE), host="graph.test"), endpoint="graph"),
        replace(line(failed(ConnectFailure.REFUSED), host="sites.test"), endpoint="sharepoint"),
    )
    sentence = texts.summary(finding)
    assert sentence.startswith("There was no answer from login.test:443 within")
    assert "Besides, no connection came about to graph.test:443 (reported as unreach" in sentence
    assert "Besides, no connection came about to sites.test:443 (refused)." in sentence


@pytest.mark.parametrize("address", ["0.0.0.0", "10.1.2.3", "127.0.0.1"])
def test_judge_when_the_name_led_astray_then_the_name_is_to_be_mended_first(
    product: Product, texts: Texts, address: str
) -> None:
    """Nobody is to open a firewall for an address that a name filter made up."""
    lost = line(replace(failed(ConnectFailure.TIMEOUT), address=address))
    finding = told(product, lost, line(OPEN, host="graph.test"))
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, "not_reached.odd_name")
    assert "login.test" in texts.summary(finding)
    dead = replace(line(failed(ConnectFailure.TIMEOUT), host="graph.test"), endpoint="graph")
    both = told(product, lost, dead)
    assert (both.text, both.values["places"]) == ("check.tcp.timeout", "graph.test:443")


def test_judge_when_an_address_stands_in_place_of_a_name_then_no_name_leads_astray(
    product: Product,
) -> None:
    dead = line(replace(failed(ConnectFailure.TIMEOUT), address="10.1.2.3"), host="10.1.2.3")
    assert told(product, dead).text == "check.tcp.timeout"


def test_judge_when_a_blackhole_route_stops_it_then_in_own_words(
    product: Product, texts: Texts
) -> None:
    dead = replace(failed(ConnectFailure.CLOSED_ROUTE), detail="blackhole")
    finding = told(product, line(dead))
    assert texts.summary(finding).startswith("A route of this computer itself stops")
    told_by = values_of(finding)["connection_failure"]
    assert told_by == "stopped by a route of this computer (a blackhole route, which discards)"


def test_judge_when_something_says_unreachable_then_a_firewall_is_possible(
    product: Product, texts: Texts
) -> None:
    sentence = texts.summary(told(product, line(failed(ConnectFailure.UNREACHABLE))))
    assert "firewall" in sentence
    assert "although this computer has a route" in sentence


def test_judge_when_the_proxy_refuses_then_it_is_called_a_proxy_and_a_host_is_not(
    product: Product, texts: Texts
) -> None:
    dead = failed(ConnectFailure.REFUSED)
    to_proxy = replace(line(dead), host="graph.test", endpoint="graph")
    finding = told(product, to_proxy)
    assert finding.text == "check.tcp.refused_by_proxy"
    assert "the proxy login.test:443" in texts.summary(finding)
    straight = told(product, line(dead))
    assert "proxy" not in " ".join((texts.summary(straight), *texts.advice(straight)))


def test_judge_when_one_address_was_tried_often_then_the_slowest_of_all_is_told(
    product: Product,
) -> None:
    finding = told(product, line(replace(OPEN, duration_ms=90.0)), line(OPEN))
    assert (finding.values["count"], finding.values["slowest"]) == (1, 90.0)


def test_judge_when_refused_then_evidence_has_words_first(product: Product) -> None:
    shown = values_of(told(product, line(failed(ConnectFailure.BLOCKED))))
    assert shown["connection_failure"] == "forbidden by this computer (words)"


def test_judge_when_both_families_fail_then_told_by_ipv4(product: Product) -> None:
    six = failed(ConnectFailure.UNREACHABLE, "IPv6")
    finding = told(product, line(six, failed(ConnectFailure.TIMEOUT)))
    assert finding.text == "check.tcp.timeout"


def test_judge_when_ipv6_is_broken_then_warning_with_its_cost(product: Product) -> None:
    finding = told(product, line(OPEN, failed(ConnectFailure.TIMEOUT, "IPv6")))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tcp.ipv6")
    assert finding.values["cost"] == 4000.0


@pytest.mark.parametrize("failure", [ConnectFailure.UNREACHABLE, ConnectFailure.NO_ROUTE])
def test_judge_when_there_is_no_ipv6_here_then_no_matter(
    product: Product, failure: ConnectFailure
) -> None:
    absent = replace(failed(failure, "IPv6"), duration_ms=0.2)
    assert told(product, line(OPEN, absent)).outcome is Outcome.OK


def test_judge_when_ipv6_leads_to_a_dead_gateway_then_warning_with_its_cost(
    tmp_path: Path, product: Product
) -> None:
    """A route whose gateway is gone: the system says so only after seconds."""
    gone = (*CABLE, "ip -6 route add 2603:1027::/32 via fd99::3 dev cable")
    code = CONNECT.format(addresses=[("2603:1027::1", "IPv6")])
    plain = run_in_network(code, commands=gone, folder=tmp_path)
    tried = codec.from_plain(plain, Connections)
    assert tried.attempts[0].failure is ConnectFailure.UNREACHABLE
    finding = told(product, line(OPEN, *tried.attempts))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tcp.ipv6")
    assert finding.values["cost"] == tried.attempts[0].duration_ms


def test_judge_when_one_of_several_addresses_is_dead_then_warning(product: Product) -> None:
    finding = told(product, line(OPEN, failed(ConnectFailure.TIMEOUT)))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tcp.some")


def test_judge_when_name_was_lost_then_not_reached(product: Product, texts: Texts) -> None:
    finding = told(product, line(OPEN), Line("graph", "graph.test", None, Layer.NAME))
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "graph.test" in texts.summary(finding)


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (Behaviour(), Outcome.OK),
        (Behaviour(listening=False), Outcome.PROBLEM),
        (Behaviour(name_resolves=False), Outcome.COULD_NOT_CHECK),
    ],
)
def test_observe_when_walked_then_round_trip(
    tmp_path: Path, product: Product, behaviour: Behaviour, outcome: Outcome
) -> None:
    with running(behaviour, tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    assert codec.from_plain(codec.to_plain(seen), Lines) == seen
    assert judge(seen, product).outcome is outcome
