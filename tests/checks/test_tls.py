# SPDX-License-Identifier: MIT
"""Encryption: trusted, refused by kind with what was shown, not reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.chains import Kind, for_host
from tests.support.java import needs_java
from tests.support.microsoft365 import running
from tests.support.trust import HOST, Seen, look
from wizard import codec
from wizard.checks import java_trust
from wizard.checks.tls import CHECK, Handshake, Handshakes, judge
from wizard.demo.microsoft365 import Behaviour, ServerCertificate
from wizard.graph.certificates import Certificate
from wizard.graph.encryption import Encryption, View
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
    assert "made by Sample Authority, no public authority; --ca-file" in texts.summary(finding)
    assert "What the Transporter's own Java says is a check of its own" in texts.summary(finding)
    assert values_of(finding)["tls_version"] == "TLSv1.3"
    assert str(values_of(finding)["view_operating_system"]).startswith("issuer not trusted")
    assert values_of(finding)["view_ca_file"] == "believed"
    assert values_of(finding)["view_public_roots"] == "issuer not trusted"


def test_judge_when_only_the_file_is_believed_by_microsofts_own_cloud_then_still_inspected(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    known = [replace(one, own_cloud=False, java=True) for one in seen.handshakes]
    both = (known[0], replace(known[0], host="login.test"))
    finding = judge(Handshakes(both), product)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tls.inspected_accepted")
    assert "by --ca-file alone" in texts.summary(finding)
    assert "This computer trusts" not in texts.summary(finding)


def test_judge_when_a_public_chain_is_believed_by_file_alone_then_warning(
    product: Product, texts: Texts
) -> None:
    one = with_public(None, "", None)
    assert one.encryption
    views = (
        View("operating-system", TrustFailure.UNTRUSTED_ISSUER, ""),
        View("ca-file", None, ""),
        View("public-roots", None, ""),
    )
    finding = judge(
        Handshakes((replace(one, encryption=replace(one.encryption, views=views)),)), product
    )
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tls.only_by_file")


@pytest.mark.parametrize(
    ("inspected", "java", "word"),
    [
        (False, None, "expired-above"),
        (True, False, "expired-inspecting"),
        (True, True, "authority_expired_only_here"),
    ],
)
def test_judge_when_an_authority_is_over_then_its_own_day_is_told(
    inspected: bool, java: bool | None, word: str, product: Product, texts: Texts
) -> None:
    public = TrustFailure.UNTRUSTED_ISSUER if inspected else TrustFailure.EXPIRED
    one = with_public(public, "", TrustFailure.EXPIRED)
    assert one.encryption
    leaf = replace(LEAF, not_after=DAY + timedelta(days=90))
    old = Certificate("Old Root", "Old Root", DAY, DAY, True, (), False)
    seen = replace(one.encryption, chain=(leaf, old), top=old, not_valid_now=old)
    finding = judge(Handshakes((replace(one, encryption=seen, java=java),)), product)
    assert_told(finding, product)
    assert finding.text == f"check.tls.{word}"
    assert "2027" not in texts.summary(finding)
    if java is not True:
        assert "Old Root" in texts.summary(finding)
        assert "2026-11-24" in texts.summary(finding)
    assert values_of(finding)["certificate_not_valid"] == "Old Root"


def test_judge_when_authority_is_unknown_then_its_name_and_no_verdict_on_the_transporter(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(tmp_path, product, Behaviour(untrusted_authority=True))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert "made by: Example Corp TLS Inspection" in texts.summary(finding)
    assert "a check of its own" in texts.summary(finding)


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
    encryption = replace(encryption, not_valid_now=LEAF)
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
    encryption = replace(encryption, not_valid_now=next(iter(chain), None))
    seen = Handshakes((Handshake("graph", "graph.test", 443, encryption, None),))
    finding = judge(seen, product)
    assert_told(finding, product)
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, f"check.tls.{failure}")
    assert str(values_of(finding)["tls_failure"]).endswith(" (words)")
    assert "-" not in str(values_of(finding)["tls_failure"])


# --- trusted here and yet not public; by real servers and a real list of Java's

BOX = Kind("Example Corp TLS Inspection").make()
OTHER = Kind("Somebody").make()
SENT = (for_host(BOX, HOST).make(), BOX)


def judged(seen: Seen, product: Product, *, java: bool | None, own_cloud: bool = False) -> Finding:
    path = seen.path
    shown = Handshake(path.endpoint, path.host, path.port, path.encryption, None, java)
    shown = replace(shown, own_cloud=own_cloud)
    both = (shown, replace(shown, endpoint="sign-in", host="login.test"))
    finding = judge(Handshakes(both), product)
    assert_told(finding, product)
    return finding


@needs_java
def test_judge_when_a_strangers_server_answers_then_its_name_and_nobody_is_to_trust_it(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    seen = look([for_host(BOX, "portal.hotel.test").make(), BOX], tmp_path, java_list=[OTHER])
    finding = judged(seen, product, java=None)
    assert finding.text == "check.tls.name-mismatch"
    assert "portal.hotel.test (made by Example Corp TLS Inspection)" in texts.summary(finding)
    by_java = java_trust.judge(seen.java, product)
    assert "keytool" not in " ".join(texts.advice(by_java))
    assert "another name" in texts.summary(by_java)


@needs_java
@pytest.mark.parametrize(
    ("java", "expected"),
    [
        (True, ("inspected_accepted", "does not by itself make backups fail")),
        (False, ("inspected_refused", "the Transporter's Java does not")),
        (None, ("inspected", "could not be told")),
    ],
)
def test_judge_when_inspected_and_trusted_here_then_warning_with_the_authority(
    java: bool | None, expected: tuple[str, str], tmp_path: Path, product: Product, texts: Texts
) -> None:
    word, sentence = expected
    finding = judged(look(SENT, tmp_path, system=[BOX], java_list=[BOX]), product, java=java)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, f"check.tls.{word}")
    assert "Example Corp TLS Inspection" in texts.summary(finding)
    assert sentence in texts.summary(finding)


@needs_java
def test_judge_when_only_java_trusts_then_warning_and_no_problem(
    tmp_path: Path, product: Product
) -> None:
    seen = look(SENT, tmp_path, java_list=[BOX])
    assert judged(seen, product, java=True).text == "check.tls.inspected_only_here"
    own = judged(seen, product, java=True, own_cloud=True)
    assert own.text == "check.tls.unknown_only_here"  # may be the cloud's own authority
    assert judged(seen, product, java=None).text == "check.tls.untrusted-issuer"


@needs_java
def test_judge_when_neither_trusts_then_the_advice_stands_with_java_alone(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = judged(look(SENT, tmp_path, java_list=[OTHER]), product, java=False)
    assert finding.outcome is Outcome.PROBLEM
    assert "neither by this computer nor by the Transporter's Java" in texts.summary(finding)
    assert "ask the network team" not in " ".join(texts.advice(finding))


@needs_java
def test_judge_when_the_authority_breaks_strict_rules_then_what_they_say(
    tmp_path: Path, product: Product
) -> None:
    loose = Kind("Old Box", key_identifier=False).make()
    sent = [for_host(loose, HOST, key_identifier=False).make(), loose]
    finding = judged(look(sent, tmp_path, system=[loose], java_list=[loose]), product, java=True)
    assert "Missing Authority Key Identifier" in str(values_of(finding)["tls_strict"])


def with_public(failure: TrustFailure | None, detail: str, here: TrustFailure | None) -> Handshake:
    views = (View("operating-system", here, ""), View("public-roots", failure, detail))
    encryption = Encryption("TLSv1.3", (LEAF,), here, "", "store", None, 1.0, views, LEAF)
    return Handshake("graph", "graph.test", 443, encryption, None, None)


@pytest.mark.parametrize(
    ("public", "here", "word"),
    [
        (TrustFailure.INCOMPLETE_CHAIN, None, "link_missing"),
        (TrustFailure.UNTRACED, None, "not_traced"),
        (TrustFailure.UNDECIDED, None, "trusted_here"),
        (None, TrustFailure.UNTRUSTED_ISSUER, "public_unknown_here"),
        (TrustFailure.INCOMPLETE_CHAIN, TrustFailure.INCOMPLETE_CHAIN, "incomplete-chain"),
    ],
)
def test_judge_when_views_differ_then_says_which(
    public: TrustFailure | None, here: TrustFailure | None, word: str, product: Product
) -> None:
    finding = judge(Handshakes((with_public(public, "Missing Link CA", here),)), product)
    assert_told(finding, product)
    assert finding.text == f"check.tls.{word}"


@needs_java
def test_judge_when_the_cloud_is_an_own_one_then_nobody_is_said_to_inspect(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    seen = look(SENT, tmp_path, system=[BOX], java_list=[BOX])
    finding = judged(seen, product, java=True, own_cloud=True)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tls.own_cloud")
    assert "Example Corp TLS Inspection. In a cloud" in texts.summary(finding)
    assert "inspection)" not in texts.summary(finding)


def test_observe_when_the_cloud_is_of_a_file_then_it_is_an_own_one(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        assert CHECK.observe(m365.context()).handshakes[0].own_cloud


def test_judge_when_hosts_show_different_authorities_then_inspection_is_only_likely(
    product: Product, texts: Texts
) -> None:
    odd = with_public(TrustFailure.UNTRUSTED_ISSUER, "", None)
    other = replace(LEAF, issuer="Another Authority")
    assert odd.encryption
    strange = replace(odd.encryption, chain=(other,), top=other)
    both = (odd, replace(odd, host="login.test", encryption=strange))
    finding = judge(Handshakes(both), product)
    assert finding.text == "check.tls.inspected_likely"
    assert "most likely" in texts.summary(finding)


def test_judge_when_one_of_two_is_inspected_then_that_one(product: Product, texts: Texts) -> None:
    fine = with_public(None, "", None)
    odd = replace(with_public(TrustFailure.UNTRUSTED_ISSUER, "", None), host="login.test")
    finding = judge(Handshakes((fine, odd)), product)
    assert finding.text == "check.tls.inspected_likely"
    assert "login.test" in texts.summary(finding)
    assert "graph.test" not in texts.summary(finding)


def test_judge_when_what_was_sent_is_valid_then_says_that_it_was_not_sent(
    product: Product, texts: Texts
) -> None:
    finding = judge(Handshakes((with_public(None, "", TrustFailure.EXPIRED),)), product)
    assert finding.text == "check.tls.expired-unsent"
    assert "which was not sent" in texts.summary(finding)
