# SPDX-License-Identifier: MIT
"""Host names: found, lost, filtered, or the proxy's business."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.dns import CHECK, Name, Names, judge
from wizard.demo.microsoft365 import Behaviour
from wizard.graph.addresses import Address, AddressScope
from wizard.graph.names import Lookup, NameFailure
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts


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
    finding = told(product, Name("a", lookup(), None), Name("b", lookup("x.test", failure), None))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert "x.test" in texts.summary(finding)
    assert "login.test" not in texts.summary(finding)


def test_judge_when_proxy_applies_then_only_its_name_matters(product: Product) -> None:
    lost = lookup(failure=NameFailure.NOT_FOUND)
    proxy = lookup("proxy.test", scope=AddressScope.PRIVATE)
    assert told(product, Name("a", lost, proxy)).outcome is Outcome.OK


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
