# SPDX-License-Identifier: MIT
"""What single name servers say: lost questions, and names that fail in several ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.lying_name_server import first_lost, lying, says
from wizard.checks.dns import Name, Names, judge
from wizard.graph import name_servers
from wizard.graph.addresses import Address, AddressScope
from wizard.graph.name_servers import Said, ServerAnswer
from wizard.graph.names import Lookup, NameFailure
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

SERVER = "10.0.0.53"
PUBLIC = (Address("40.126.1.1", "IPv4", AddressScope.PUBLIC),)
GOOD = ServerAnswer(SERVER, "IPv4", Said.ADDRESSES, PUBLIC, duration_ms=3.0)
LOST = replace(GOOD, lost=1)


def lookup(host: str, failure: NameFailure | None = None) -> Lookup:
    return Lookup(host, () if failure else PUBLIC, failure, "", 5.0)


def told(product: Product, *names: Name) -> Finding:
    finding = judge(Names(names), product)
    assert_told(finding, product)
    return finding


def again(host: str) -> Name:
    return Name(host, lookup(host), None, (LOST,))


def test_judge_when_one_question_got_lost_then_ok_and_told(product: Product, texts: Texts) -> None:
    finding = told(product, again("a.test"), Name("b", lookup("login.test"), None, (GOOD,)))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.dns.found_again")
    assert f"1 of 2 questions to the name server {SERVER} had" in texts.summary(finding)
    assert "only when asked again" in str(values_of(finding)["name_server_answer"])


def test_judge_when_questions_get_lost_again_and_again_then_warning(
    product: Product, texts: Texts
) -> None:
    finding = told(
        product, again("a.test"), again("b.test"), Name("c", lookup("login.test"), None, (GOOD,))
    )
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.dns.server_loses")
    assert f"2 of 3 questions to the name server {SERVER} were" in texts.summary(finding)


def test_observe_when_a_question_gets_lost_then_the_server_is_told_to_lose_it(
    product: Product,
) -> None:
    with lying(first_lost(says("login.example.com. 60 IN A 40.126.1.1"))) as server:
        answers = name_servers.ask_all([server], "login.example.com", 0.4)
    finding = told(product, Name("a", lookup("login.example.com"), None, answers))
    assert finding.text == "check.dns.server_loses"  # one of each family


@pytest.mark.parametrize("kind", list(NameFailure))
@pytest.mark.parametrize("other", list(NameFailure))
def test_judge_when_names_are_lost_in_several_ways_then_none_goes_untold(
    product: Product, texts: Texts, kind: NameFailure, other: NameFailure
) -> None:
    lost = (Name("a", lookup("a.test", kind), None), Name("b", lookup("b.test", other), None))
    sentence = texts.summary(told(product, *lost))
    assert "a.test" in sentence
    assert "b.test" in sentence
    assert ("Besides" in sentence) is (kind is not other)


def test_judge_when_only_this_computer_loses_one_then_the_other_is_told_too(
    product: Product, texts: Texts
) -> None:
    here = Name("a", lookup("a.test", NameFailure.NOT_FOUND), None, (GOOD,))
    silent = Name(
        "b",
        lookup("b.test", NameFailure.TIMEOUT),
        None,
        (ServerAnswer(SERVER, "IPv4", Said.TIMEOUT),),
    )
    finding = told(product, here, silent)
    assert finding.text == "check.dns.only_here"
    assert "no address came for b.test (no answer in time)" in texts.summary(finding)
