# SPDX-License-Identifier: MIT
"""Host names: found, lost, filtered, or the proxy's business."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import host, running
from wizard import codec
from wizard.checks.dns import CHECK, Name, Names, judge
from wizard.checks.own_way import Compared, JavasWay
from wizard.demo.microsoft365 import Behaviour
from wizard.graph.addresses import Address, AddressScope
from wizard.graph.name_servers import Said, ServerAnswer
from wizard.graph.names import FamilyLookup, Lookup, NameFailure
from wizard.graph.network_path import Layer
from wizard.host.base import ProxySetting
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

SAME = JavasWay(Compared.SAME)


def lookup(
    host: str = "login.test",
    failure: NameFailure | None = None,
    scope: AddressScope = AddressScope.PUBLIC,
) -> Lookup:
    addresses = () if failure else (Address("40.126.1.1", "IPv4", scope),)
    return Lookup(host, addresses, failure, "words" if failure else "", 12.5)


def told(product: Product, *names: Name) -> Finding:
    finding = judge(Names(names), product)
    assert_told(finding, product)
    return finding


def test_judge_when_found_then_ok(product: Product) -> None:
    finding = told(product, Name("a", lookup(), None), Name("b", lookup("graph.test"), None))
    assert (finding.outcome, finding.values["count"]) == (Outcome.OK, 2)
    assert values_of(finding)["name_addresses"] == "40.126.1.1"


@pytest.mark.parametrize("failure", list(NameFailure))
def test_judge_when_lost_then_problem_that_names_the_host(
    product: Product, texts: Texts, failure: NameFailure
) -> None:
    finding = told(
        product, Name("a", lookup(), None), Name("b", lookup("x.test", failure), None, java=SAME)
    )
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert "x.test" in texts.summary(finding)
    assert "login.test" not in texts.summary(finding)


def test_judge_when_proxy_applies_then_only_its_name_matters(product: Product) -> None:
    lost = lookup(failure=NameFailure.NOT_FOUND)
    proxy = lookup("proxy.test", scope=AddressScope.PRIVATE)
    assert told(product, Name("a", lost, proxy)).outcome is Outcome.OK


def test_judge_when_a_cloud_of_numbers_is_private_then_no_name_is_told(product: Product) -> None:
    odd = lookup("10.0.0.7", scope=AddressScope.PRIVATE)
    finding = told(product, Name("a", odd, None, broken=Layer.CONNECTION))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.dns.numbers")


def test_judge_when_proxys_name_is_lost_then_problem(product: Product, texts: Texts) -> None:
    finding = told(product, Name("a", lookup(), lookup("proxy.test", NameFailure.NOT_FOUND)))
    assert finding.outcome is Outcome.PROBLEM
    assert "proxy.test" in texts.summary(finding)
    assert "nothing reaches login.test" in texts.summary(finding)


def test_judge_when_proxy_is_given_by_its_address_then_no_name_is_counted(
    product: Product, texts: Texts
) -> None:
    finding = told(product, Name("a", lookup(), lookup("10.0.0.1")))
    assert finding.outcome is Outcome.OK
    assert texts.summary(finding) == "No host name had to be found: 10.0.0.1 is an address already."
    assert [evidence.label for evidence in finding.evidence] == ["name_not_needed"]


def test_judge_when_two_endpoints_share_a_name_then_it_is_told_once(
    product: Product, texts: Texts
) -> None:
    odd = lookup(scope=AddressScope.PRIVATE)
    finding = told(product, Name("a", odd, None), Name("b", odd, None))
    assert texts.summary(finding).startswith("login.test leads to")


def test_judge_when_lost_then_evidence_has_words_first(product: Product) -> None:
    shown = values_of(told(product, Name("a", lookup(failure=NameFailure.NOT_FOUND), None)))
    assert shown["name_failure"] == "not found (words)"


@pytest.mark.parametrize(
    ("scope", "text"),
    [
        (AddressScope.NOWHERE, "check.dns.filtered"),
        (AddressScope.LOOPBACK, "check.dns.filtered"),
        (AddressScope.PRIVATE, "check.dns.private"),
    ],
)
def test_judge_when_address_is_odd_then_warning(
    product: Product, scope: AddressScope, text: str
) -> None:
    finding = told(product, Name("a", lookup(scope=scope), None))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, text)


@pytest.mark.parametrize(
    ("scope", "servers", "text"),
    [
        (AddressScope.NOWHERE, (), "filtered_broken"),
        (AddressScope.PRIVATE, (), "private_broken"),
        (AddressScope.LOOPBACK, ("public",), "overridden_broken"),
    ],
)
def test_judge_when_odd_address_leads_nowhere_then_problem_of_the_name(
    product: Product, texts: Texts, scope: AddressScope, servers: tuple[str, ...], text: str
) -> None:
    answers = (GOOD,) if servers else ()
    odd = Name("a", lookup(scope=scope), None, answers, broken=Layer.CONNECTION, java=SAME)
    finding = told(product, odd, Name("b", lookup("graph.test"), None))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert finding.text == f"check.dns.{text}"
    assert "graph.test" not in texts.summary(finding)


def test_judge_when_localhost_then_its_loopback_is_right(product: Product) -> None:
    local = lookup("localhost", scope=AddressScope.LOOPBACK)
    assert told(product, Name("a", local, None)).outcome is Outcome.OK


@pytest.mark.parametrize("resolves", [True, False])
def test_observe_when_walked_then_round_trip(
    tmp_path: Path, product: Product, resolves: bool
) -> None:
    with running(Behaviour(name_resolves=resolves), tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    assert codec.from_plain(codec.to_plain(seen), Names) == seen
    outcome = judge(seen, product).outcome
    assert outcome is (Outcome.OK if resolves else Outcome.PROBLEM)


PUBLIC = (Address("40.126.1.1", "IPv4", AddressScope.PUBLIC),)
HIDDEN = (Address("0.0.0.0", "IPv4", AddressScope.NOWHERE),)
INSIDE = (Address("10.1.2.3", "IPv4", AddressScope.PRIVATE),)


def said(
    what: Said, server: str = "10.0.0.53", found: tuple[Address, ...] = (), ms: float = 3.0
) -> ServerAnswer:
    return ServerAnswer(server, "IPv4", what, found, duration_ms=ms)


GOOD = said(Said.ADDRESSES, "10.0.0.53", PUBLIC)
SECOND = "10.0.0.54"


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ((said(Said.TIMEOUT), said(Said.UNREACHABLE, SECOND)), "timeout"),
        ((said(Said.UNREACHABLE), said(Said.UNREACHABLE, SECOND)), "unreachable"),
        ((said(Said.OTHER), said(Said.TIMEOUT, SECOND)), "other"),
        ((said(Said.SERVER_FAILURE), said(Said.TIMEOUT, SECOND)), "server-failure"),
        ((said(Said.TIMEOUT), said(Said.ADDRESSES, SECOND, PUBLIC)), "only_here"),
        ((), "server-failure"),
    ],
)
def test_judge_when_the_system_fails_then_the_servers_tell_in_which_way(
    product: Product, texts: Texts, answers: tuple[ServerAnswer, ...], text: str
) -> None:
    lost = lookup(failure=NameFailure.SERVER_FAILURE)
    finding = told(product, Name("a", lost, None, answers))
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, f"check.dns.{text}")
    if text in ("timeout", "unreachable"):
        assert "10.0.0.53, 10.0.0.54" in texts.summary(finding)


def test_judge_when_no_server_can_be_reached_then_one_cause_in_all_rows_and_no_time_of_answers(
    product: Product, texts: Texts
) -> None:
    gone = replace(said(Said.UNREACHABLE, ms=0.1), detail="Network is unreachable")
    finding = told(product, Name("a", lookup(failure=NameFailure.SERVER_FAILURE), None, (gone,)))
    shown = values_of(finding)
    assert shown["name_failure"] == "no name server can be reached (Network is unreachable)"
    assert shown["name_server_answer"] == "10.0.0.53: not reachable (Network is unreachable)"
    assert "name_server_time" not in shown
    assert "firewall" not in " ".join(texts.advice(finding))


def test_judge_when_a_name_is_known_without_an_address_then_that_in_sentence_and_rows(
    product: Product, texts: Texts
) -> None:
    lost = lookup(failure=NameFailure.NOT_FOUND)
    finding = told(product, Name("a", lost, None, (said(Said.NO_ADDRESS),)))
    assert finding.text == "check.dns.no-address"
    assert texts.summary(finding).startswith("1 host name is known, but without an address")
    shown = values_of(finding)
    assert shown["name_failure"] == "known, without an address"
    told_by_server = "10.0.0.53: known, without an address of this kind"
    assert shown["name_server_answer"] == told_by_server


@pytest.mark.parametrize("scope", [AddressScope.LOOPBACK, AddressScope.PRIVATE])
def test_judge_when_only_this_computer_has_an_odd_address_then_it_overrides_the_servers(
    product: Product, scope: AddressScope
) -> None:
    finding = told(product, Name("a", lookup(scope=scope), None, (GOOD,)))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.dns.overridden")


def test_judge_when_the_servers_hide_it_as_well_then_a_filter(product: Product) -> None:
    odd = said(Said.ADDRESSES, found=HIDDEN)
    finding = told(product, Name("a", lookup(scope=AddressScope.NOWHERE), None, (odd,)))
    assert finding.text == "check.dns.filtered"


@pytest.mark.parametrize(
    ("other", "text"),
    [
        (said(Said.TIMEOUT, SECOND, ms=3000.0), "server_lame"),
        (said(Said.UNREACHABLE, SECOND, ms=3000.0), "server_lame"),
        (said(Said.REFUSED, SECOND, ms=3000.0), "server_lame"),
        (said(Said.SERVER_FAILURE, SECOND, ms=3000.0), "server_lame"),
        (said(Said.NOT_FOUND, SECOND, ms=3000.0), "server_differs"),
        (said(Said.ADDRESSES, SECOND, HIDDEN, ms=3000.0), "server_differs"),
        (said(Said.ADDRESSES, SECOND, INSIDE, ms=3000.0), "server_differs"),
    ],
)
def test_judge_when_one_of_two_servers_is_bad_then_warning_that_names_it(
    product: Product, texts: Texts, other: ServerAnswer, text: str
) -> None:
    finding = told(product, Name("a", lookup(), None, (GOOD, other)))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, f"check.dns.{text}")
    sentence = texts.summary(finding)
    assert sentence.startswith("1 of 2 name servers")
    assert SECOND in sentence
    assert finding.values["cost"] == 3000.0
    (row,) = (row for row in finding.evidence if row.label == "name_server_answer")
    assert str(row.value).startswith(f"{SECOND}: ")
    assert row.source == "lookup of IPv4 for login.test"


@pytest.mark.parametrize("what", [Said.ADDRESSES, Said.NO_ADDRESS])
def test_judge_when_both_servers_do_well_then_ok_with_the_slowest_time(
    product: Product, what: Said
) -> None:
    found = PUBLIC if what is Said.ADDRESSES else ()
    finding = told(product, Name("a", lookup(), None, (GOOD, said(what, SECOND, found, 77.0))))
    assert finding.outcome is Outcome.OK
    assert values_of(finding)["name_server_time"] == 77.0


def test_judge_when_no_server_answers_this_program_but_names_are_found_then_no_fault_of_theirs(
    product: Product,
) -> None:
    silent = (said(Said.TIMEOUT), said(Said.TIMEOUT, SECOND))
    assert told(product, Name("a", lookup(), None, silent)).outcome is Outcome.OK


def test_judge_when_one_kind_of_address_gets_no_answer_then_warning_with_the_cost(
    product: Product, texts: Texts
) -> None:
    four = FamilyLookup("IPv4", PUBLIC, None, "", 5.0)
    six = FamilyLookup("IPv6", (), NameFailure.TIMEOUT, "5 s", 5000.0)
    half = replace(lookup(), families=(four, six))
    finding = told(product, Name("a", half, None))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.dns.family")
    assert "IPv6" in texts.summary(finding)
    assert finding.values["cost"] == 5000.0


def test_judge_when_servers_are_unknown_then_evidence_says_so(product: Product) -> None:
    finding = told(product, Name("a", lookup(), None, (), "error.not_recorded"))
    assert finding.outcome is Outcome.OK
    assert "name_servers_unknown" in values_of(finding)


def test_names_when_recorded_by_the_first_version_then_still_read() -> None:
    plain = codec.to_plain(Names((Name("a", lookup(), None),)))
    for name in plain["names"]:
        del name["servers"], name["servers_unknown"], name["broken"]
        del name["lookup"]["families"]
    assert codec.from_plain(plain, Names).names[0].needed == lookup()


def test_judge_when_a_scripts_proxy_may_find_the_name_then_no_problem(
    tmp_path: Path, product: Product
) -> None:
    computer = host(None, (ProxySetting("WinINET AutoConfigURL PAC", "http://wpad.invalid/p.pac"),))
    with running(Behaviour(name_resolves=False), tmp_path, computer) as m365:
        seen = CHECK.observe(m365.context())
    assert codec.from_plain(codec.to_plain(seen), Names) == seen
    finding = told(product, *seen.names)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.dns.by_script")
    assert not finding.decisive


def test_judge_when_the_name_servers_talk_nonsense_then_not_told_as_not_found(
    product: Product,
) -> None:
    answers = (
        ServerAnswer("10.0.0.1", "IPv4", Said.OTHER, detail="FormError"),
        ServerAnswer("10.0.0.2", "IPv4", Said.TIMEOUT),
    )
    lost = lookup("x.test", NameFailure.NOT_FOUND)
    assert told(product, Name("a", lost, None, answers)).text == "check.dns.other"
    known = (*answers, ServerAnswer("10.0.0.3", "IPv4", Said.NOT_FOUND))
    assert told(product, Name("a", lost, None, known)).text == "check.dns.not-found"
