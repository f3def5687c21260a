# SPDX-License-Identifier: MIT
"""The certificate that an app signs in with, from a PEM or PFX file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.model import Secret

PEM_MARK = b"-----BEGIN"


@dataclass(frozen=True)
class AppCertificate:
    """A certificate with its private key; the key lives in memory only."""

    private_key: Secret
    certificate_pem: str
    thumbprint: str  # SHA-1, as the portal shows it
    expires: datetime


def read(path: str, password: Secret | None) -> AppCertificate:
    """Read the file.

    Raises:
        CannotCheck: it is missing, its password is wrong, or it lacks the key or the certificate.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        reason = failure_words.of(error)
        raise CannotCheck("error.certificate_file", path=path, reason=reason) from None
    unlock = password.reveal().encode() if password and password.reveal() else None
    open_file = _open_pem if PEM_MARK in content else _open_pfx
    key, certificate = open_file(content, unlock, path)
    if not isinstance(key, RSAPrivateKey):
        raise CannotCheck("error.certificate_no_key", path=path)
    if certificate is None:
        raise CannotCheck("error.certificate_no_certificate", path=path)
    return _pack(key, certificate)


_Opened = tuple[object, x509.Certificate | None]


def _open_pfx(content: bytes, unlock: bytes | None, path: str) -> _Opened:
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(content, unlock)
    except ValueError as error:
        raise _refused(path, unlock, error) from None
    return key, certificate


def _open_pem(content: bytes, unlock: bytes | None, path: str) -> _Opened:
    encrypted = b"ENCRYPTED" in content
    try:
        # A password for a key that has none is no mistake worth stopping for.
        key = load_pem_private_key(content, unlock if encrypted else None)
    except (ValueError, TypeError) as error:
        if encrypted:
            # One wrong password in some hundreds unlocks to noise, which reads like a bad file.
            raise _wrong_password(path, unlock) from None
        raise _refused(path, unlock, error) from None
    try:
        return key, x509.load_pem_x509_certificate(content)
    except ValueError:
        return key, None


def _refused(path: str, unlock: bytes | None, error: Exception) -> CannotCheck:
    """The library's words tell a wrong password from a file that holds something else."""
    words = str(error).lower()
    if "password" in words or "decrypt" in words:
        return _wrong_password(path, unlock)
    return CannotCheck("error.certificate_unreadable", path=path)


def _wrong_password(path: str, unlock: bytes | None) -> CannotCheck:
    missing = "_missing" if unlock is None else ""
    return CannotCheck(f"error.certificate_password{missing}", path=path)


def _pack(key: RSAPrivateKey, certificate: x509.Certificate) -> AppCertificate:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return AppCertificate(
        private_key=Secret(pem.decode("ascii")),
        certificate_pem=certificate.public_bytes(Encoding.PEM).decode("ascii"),
        thumbprint=certificate.fingerprint(hashes.SHA1()).hex().upper(),  # noqa: S303 - a name
        expires=certificate.not_valid_after_utc,
    )
