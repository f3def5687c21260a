# SPDX-License-Identifier: MIT
"""Is this a certificate that programs can be signed with today?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from installer.environment import PASSWORD_VARIABLE
from installer.errors import BuildError


def from_pfx(file: Path, password: str | None) -> x509.Certificate:
    """The signer's certificate of a PFX file that also holds the private key."""
    try:
        held = pkcs12.load_pkcs12(_content(file), password.encode() if password else None)
    except ValueError as error:
        state = "isn't its password" if password else "isn't set, and it may have a password"
        raise BuildError(
            f"{file} can't be opened: {PASSWORD_VARIABLE} {state}, or the file is no PFX ({error})."
        ) from error
    if not (held.cert and held.key):
        missing = "certificate" if held.key else "private key"
        raise BuildError(f"{file} holds no {missing}: export it again with its private key.")
    return held.cert.certificate


def from_pem(file: Path) -> x509.Certificate:
    """The signer's certificate, the first one of a PEM file."""
    try:
        return x509.load_pem_x509_certificates(_content(file))[0]
    except ValueError as error:
        raise BuildError(f"{file} holds no certificate in PEM form ({error}).") from error


def require_usable(certificate: x509.Certificate, file: Path, now: datetime | None = None) -> None:
    """BuildError unless the certificate is valid now and meant for signing programs."""
    now = now or datetime.now(UTC)
    starts, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now >= ends:
        raise BuildError(f"{file}: the certificate expired on {ends:%Y-%m-%d}. Use a newer one.")
    if now < starts:
        raise BuildError(
            f"{file}: the certificate is valid from {starts:%Y-%m-%d} on, which is later than now. "
            "Check this computer's clock."
        )
    if ExtendedKeyUsageOID.CODE_SIGNING not in _uses(certificate):
        raise BuildError(
            f"{file}: the certificate isn't meant for signing programs (extended key usage "
            "“code signing” is missing). Ask your authority for a code signing certificate."
        )


def common_name(name: x509.Name) -> str:
    """The common name, else the whole name."""
    for attribute in name.get_attributes_for_oid(NameOID.COMMON_NAME):
        return str(attribute.value)
    return name.rfc4514_string()


def _uses(certificate: x509.Certificate) -> list[x509.ObjectIdentifier]:
    try:
        return list(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return []


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BuildError(f"{file} can't be read: {error.strerror}.") from error
