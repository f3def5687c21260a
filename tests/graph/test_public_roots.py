# SPDX-License-Identifier: MIT
"""The shipped certificates are what they say they are; a link that is left out is recognised."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from tests.support.chains import Kind, for_host
from wizard.graph import chain, public_roots
from wizard.graph.chain import Judged
from wizard.graph.network_data import TrustFailure

NOW = datetime.now(UTC)
SHIPPED = {one.name: one for one in public_roots.load().certificates}
ISSUER_2026 = SHIPPED["Microsoft TLS G2 RSA CA OCSP 02"].certificate
ROOT_2026 = SHIPPED["Microsoft TLS RSA Root G2"].certificate


def judge(*sent: x509.Certificate) -> Judged:
    return public_roots.judge(sent, "no.host.test", NOW)


@pytest.mark.parametrize("name", SHIPPED)
def test_addition_when_read_then_its_name_its_time_and_where_it_comes_from(name: str) -> None:
    addition = SHIPPED[name]
    common = addition.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert common[0].value == name
    assert addition.certificate.not_valid_after_utc > NOW + timedelta(days=90), "replace it"
    assert addition.proof
    assert datetime.fromisoformat(addition.date) < datetime.now()  # noqa: DTZ005


def test_additions_when_links_then_they_lead_to_a_root() -> None:
    roots = [*public_roots.common(), *(one.certificate for one in SHIPPED.values() if one.is_root)]
    links = [one.certificate for one in SHIPPED.values() if not one.is_root]
    assert links
    assert all(any(chain.is_signed_by(link, root) for root in roots) for link in links)


def test_addition_when_a_letter_slips_then_refused() -> None:
    slipped = replace(SHIPPED["DigiCert Global Root CA"], sha256="00" * 32)
    with pytest.raises(ValueError, match="DigiCert Global Root CA"):
        _ = slipped.certificate


def test_common_when_read_then_has_the_root_that_the_list_dropped() -> None:
    found = {one.fingerprint(hashes.SHA1()).hex() for one in public_roots.common()}  # noqa: S303
    assert "a8985d3a65e5e5c4b2d7d66d40c6dd2fb19c5436" in found  # DigiCert Global Root CA
    assert "df3c24f9bfd666761b268073fe06d1cc8d4f82a4" in found  # DigiCert Global Root G2
    assert len(found) > 100


def test_judge_when_microsofts_bridge_is_left_out_then_incomplete_not_unknown() -> None:
    found = judge(ISSUER_2026)
    assert (found.failure, found.detail) == (
        TrustFailure.INCOMPLETE_CHAIN,
        "Microsoft TLS RSA Root G2",
    )


def test_judge_when_the_root_that_no_store_has_is_sent_then_still_incomplete() -> None:
    assert judge(ISSUER_2026, ROOT_2026).failure is TrustFailure.INCOMPLETE_CHAIN


def test_judge_when_an_issuer_only_bears_the_name_then_unknown() -> None:
    borrowed = Kind("Microsoft TLS G2 RSA CA OCSP 02").make()
    leaf = for_host(borrowed, "no.host.test").make()
    found = judge(leaf.certificate, borrowed.certificate)
    assert found.failure is TrustFailure.UNTRUSTED_ISSUER


def test_judge_when_the_last_names_its_issuers_address_then_left_open() -> None:
    link = Kind("Link", Kind("Root").make(), issuer_address=True).make()
    leaf = for_host(link, "no.host.test").make()
    assert judge(leaf.certificate, link.certificate).failure is TrustFailure.UNTRACED
    assert judge(leaf.certificate).failure is TrustFailure.UNTRUSTED_ISSUER


def test_judge_when_nothing_was_sent_then_says_so() -> None:
    assert judge() == Judged(TrustFailure.OTHER, "no certificate")
