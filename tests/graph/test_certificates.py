# SPDX-License-Identifier: MIT
"""What certificates say."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from wizard.graph import certificates


def leaf() -> bytes:
    issued = trustme.CA(organization_name="Authority").issue_cert("a.test", common_name="a.test")
    return ssl.PEM_cert_to_DER_cert(issued.cert_chain_pems[0].bytes().decode())


def public_leaf() -> bytes:
    """As a public authority makes it: it says where its issuer's certificate is to be had."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    where = x509.UniformResourceIdentifier("http://ca.test/issuer.crt")
    access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, where)
    built = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "login.test")]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Issuing CA 1")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(Encoding.DER)


def test_read_when_leaf_then_names_dates_and_issuer() -> None:
    found = certificates.read(x509.load_der_x509_certificate(leaf()))
    assert found.subject.startswith("a.test")
    assert found.issuer == "Authority"
    assert found.names == ("a.test",)
    assert found.not_before.tzinfo is not None
    assert not found.self_issued
    assert not found.names_issuer_address


def test_read_when_public_then_it_names_its_issuers_address() -> None:
    found = certificates.read(x509.load_der_x509_certificate(public_leaf()))
    assert found.names_issuer_address
    assert (found.issuer, found.names) == ("Issuing CA 1", ())


def test_parsed_when_some_are_none_then_the_others() -> None:
    found = certificates.parsed([leaf(), b"no certificate", public_leaf()])
    assert [certificates.read(one).issuer for one in found] == ["Authority", "Issuing CA 1"]
