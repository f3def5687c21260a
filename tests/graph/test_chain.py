# SPDX-License-Identifier: MIT
"""Ways through a heap of certificates end, lead to the right one, and the top is found."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from tests.support.chains import OVER, Kind, for_host
from wizard.graph import chain, leaf_rules
from wizard.graph.network_data import TrustFailure

NOW = datetime.now(UTC)
ROOT = Kind("Root").make()
LINK = Kind("Link", ROOT).make()
LEAF = for_host(LINK, "a.test").make()


def test_judge_when_believed_then_the_way_to_the_trusted_one() -> None:
    sent = [LEAF.certificate, LINK.certificate]
    found = chain.judge(sent, [ROOT.certificate], "a.test", NOW)
    assert found.path == (LEAF.certificate, LINK.certificate, ROOT.certificate)


def test_judge_when_one_way_is_over_then_the_other_counts() -> None:
    old = Kind("Link", ROOT, days=OVER, key=LINK.key).make()
    sent = [LEAF.certificate, old.certificate, LINK.certificate]
    assert chain.judge(sent, [ROOT.certificate], "a.test", NOW).failure is None
    over = chain.judge(sent[:2], [ROOT.certificate], "a.test", NOW)
    assert (over.failure, over.detail) == (TrustFailure.EXPIRED, "Link")


def test_judge_when_many_bear_the_same_name_and_key_then_ends_soon() -> None:
    one = Kind("One").make()
    heap = [Kind("One", one, key=one.key).make().certificate for _ in range(40)]
    leaf = for_host(one, "a.test").make().certificate
    begin = time.monotonic()
    found = chain.judge([leaf, *heap], [ROOT.certificate], "a.test", NOW)
    assert found.failure is TrustFailure.UNTRUSTED_ISSUER
    assert time.monotonic() - begin < 3


def test_top_when_sent_in_any_order_then_the_highest() -> None:
    sent = [LEAF.certificate, ROOT.certificate, LINK.certificate]
    assert chain.top(sent) == ROOT.certificate
    assert chain.top(sent[:2]) == LEAF.certificate
    assert chain.top([]) is None


@pytest.mark.parametrize(
    ("named", "host", "belongs"),
    [
        ("login.test.com", "LOGIN.test.com", True),
        ("*.test.com", "login.test.com", True),
        ("*.test.com", "a.login.test.com", False),
        ("*.test.com", "test.com", False),
        ("*.com", "test.com", False),
        ("log*.test.com", "login.test.com", False),
        ("test.com", "login.test.com", False),
    ],
)
def test_fault_of_name_when_compared_then_as_browsers_do(
    named: str, host: str, belongs: bool
) -> None:
    leaf = for_host(ROOT, named).make().certificate
    assert (leaf_rules.fault_of_name(leaf, host) is None) is belongs
