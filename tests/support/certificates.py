# SPDX-License-Identifier: MIT
"""Certificates for an app to sign in with, as PEM and PFX files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Pair:
    """A private key with its self-signed certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def public_pem(self) -> str:
        """What is registered with the app."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def pem(self, password: str | None = None) -> bytes:
        """Key and certificate in one file."""
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _locked(password))
        return key + self.public_pem.encode()

    def pfx(self, password: str | None = None) -> bytes:
        """The same as PFX."""
        return pkcs12.serialize_key_and_certificates(
            b"app", self.key, self.certificate, None, _locked(password)
        )

    def written(self, path: Path, password: str | None = None) -> str:
        """The path of a file of the kind that its name says."""
        make = self.pfx if path.suffix == ".pfx" else self.pem
        path.write_bytes(make(password))
        return str(path)


def _locked(password: str | None) -> KeySerializationEncryption:
    return BestAvailableEncryption(password.encode()) if password else NoEncryption()


@cache
def pair() -> Pair:
    """The same pair for all tests: making RSA keys takes a while."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "backup app")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=29, hours=12))
        .sign(key, hashes.SHA256())
    )
    return Pair(key, certificate)
