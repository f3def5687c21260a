# SPDX-License-Identifier: MIT
"""Encryption: trusted, refused by kind with what was shown, not reached."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.tls import CHECK, Handshake, Handshakes, judge
from wizard.demo.microsoft365 import Behaviour, ServerCertificate
from wizard.graph.certificates import Certificate
from wizard.graph.encryption import Encryption
from wizard.graph.network_data import TrustFailure
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

DAY = datetime(2026, 11, 24, tzinfo=UTC)
LEAF = Certificate("login.test", "Example Corp", DAY, DAY, False, ("login.test",), False)


def told(folder: Path, product: Product, behaviour: Behaviour) -> Finding:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context())
    assert codec.from_plain(codec.to_plain(seen), Handshakes) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def test_judge_when_trusted_then_ok_and_says_whose_view_it_is(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour())
    assert finding.outcome is Outcome.OK
    assert "Transporter's own Java trust store was not tested" in texts.summary(finding)
    assert values_of(finding)["tls_version"] == "TLSv1.3"
    assert values_of(finding)["tls_store"] == "of the operating system"


def test_judge_when_authority_is_unknown_then_its_name_and_no_verdict_on_the_transporter(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(untrusted_authority=True))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert "issuer shown: Example Corp TLS Inspection" in texts.summary(finding)
    assert "was not tested and may differ" in texts.summary(finding)


@pytest.mark.parametrize(
    ("shown", "word"),
    [
        (ServerCertificate.EXPIRED, "valid until"),
        (ServerCertificate.NOT_YET_VALID, "valid from"),
        (ServerCertificate.OTHER_NAME, "belongs to another name: elsewhere.example"),
    ],
)
def test_judge_when_certificate_is_wrong_then_problem_that_says_why(
    tmp_path: Path, product: Product, texts: Texts, shown: ServerCertificate, word: str
) -> None:
    finding = told(tmp_path, product, Behaviour(server_certificate=shown))
    assert finding.outcome is Outcome.PROBLEM
    assert word in texts.summary(finding)


@pytest.mark.parametrize("failure", [TrustFailure.UNTRUSTED_ISSUER, TrustFailure.EXPIRED])
def test_judge_when_several_hosts_show_it_then_plural(
    product: Product, texts: Texts, failure: TrustFailure
) -> None:
    encryption = Encryption(None, (LEAF,), failure, "words", "store", None, 1.0)
    shown = [Handshake("e", host, 443, encryption, None) for host in ("a.test", "b.test")]
    many = texts.summary(judge(Handshakes(tuple(shown)), product))
    one = texts.summary(judge(Handshakes((shown[0], shown[0])), product))
    assert many.startswith("The certificates ")
    assert one.startswith("The certificate ")


@pytest.mark.parametrize("behaviour", [Behaviour(listening=False), Behaviour(name_resolves=False)])
def test_judge_when_not_reached_then_could_not_check(
    tmp_path: Path, product: Product, behaviour: Behaviour
) -> None:
    assert told(tmp_path, product, behaviour).outcome is Outcome.COULD_NOT_CHECK


@pytest.mark.parametrize("failure", list(TrustFailure))
@pytest.mark.parametrize("chain", [(), (LEAF,)])
def test_judge_when_failed_in_any_way_then_words(
    product: Product, failure: TrustFailure, chain: tuple[Certificate, ...]
) -> None:
    encryption = Encryption(None, chain, failure, "words", "store", None, 1.0)
    seen = Handshakes((Handshake("graph", "graph.test", 443, encryption, None),))
    finding = judge(seen, product)
    assert_told(finding, product)
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, f"check.tls.{failure}")
    assert str(values_of(finding)["tls_failure"]).endswith(" (words)")
    assert "-" not in str(values_of(finding)["tls_failure"])
