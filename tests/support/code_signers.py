# SPDX-License-Identifier: MIT
"""A self-made authority with certificates for signing programs and time stamps."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CODE_SIGNING = ExtendedKeyUsageOID.CODE_SIGNING
TIME_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING
SERVER = ExtendedKeyUsageOID.SERVER_AUTH


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test & Söhne"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


@dataclass(frozen=True)
class Identity:
    """A key with its certificate and the authority's."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    def pfx(self, path: Path, password: str = "secret") -> Path:  # noqa: S107
        """Key and certificates as PFX; open when the password is empty."""
        locked = BestAvailableEncryption(password.encode()) if password else NoEncryption()
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"signer",
                self.key,
                self.certificate,
                [self.root],
                locked,
            )
        )
        return path

    def certificate_pem(self, path: Path) -> Path:
        """The certificate alone."""
        path.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return path

    def key_pem(self, path: Path) -> Path:
        """The key alone, not locked."""
        path.write_bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return path


class Authority:
    """A root that gives out certificates."""

    def __init__(self, name: str = "Test root") -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        self._name = _name(name)
        builder = _builder(self._name, self._name, self._key, -800, 800)
        self.root = builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        ).sign(self._key, hashes.SHA256())

    def identity(
        self,
        name: str = "Test signer",
        *,
        use: x509.ObjectIdentifier | None = CODE_SIGNING,
        starts: int = -5,
        ends: int = 365,
    ) -> Identity:
        """A certificate valid from and until so many days from now."""
        key = rsa.generate_private_key(65537, 2048)
        builder = _builder(_name(name), self._name, key, starts, ends).add_extension(
            x509.BasicConstraints(ca=False, path_length=None), critical=True
        )
        if use:
            builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=True)
        return Identity(key, builder.sign(self._key, hashes.SHA256()), self.root)

    def bundle(self, path: Path) -> Path:
        """What is trusted, as PEM."""
        path.write_bytes(self.root.public_bytes(Encoding.PEM))
        return path


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, starts: int, ends: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=starts))
        .not_valid_after(now + timedelta(days=ends))
    )


def sign(path: Path, identity: Identity, *options: str) -> Path:
    """Sign a file in place, by the tool itself."""
    folder = path.parent
    unsigned = path.rename(path.with_suffix(".unsigned"))
    pfx = identity.pfx(folder / "signer.pfx")
    command = [
        "osslsigncode", "sign", "-h", "sha256", "-pkcs12", str(pfx), "-pass", "secret", *options,
        "-in", str(unsigned), "-out", str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    unsigned.unlink()
    pfx.unlink()
    return path
