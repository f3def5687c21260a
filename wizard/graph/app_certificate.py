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

PEM_MARK, KEY_MARK = b"-----BEGIN", b"PRIVATE KEY-----"


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
    key, certificates = open_file(content, unlock, path)
    if not isinstance(key, RSAPrivateKey):
        raise CannotCheck("error.certificate_no_key", path=path)
    if not certificates:
        raise CannotCheck("error.certificate_no_certificate", path=path)
    return _pack(key, _own(key, certificates, path))


_Opened = tuple[object, list[x509.Certificate]]


def _open_pfx(content: bytes, unlock: bytes | None, path: str) -> _Opened:
    refused: ValueError | None = None
    for password in dict.fromkeys((unlock, None)):  # one that isn't needed is no mistake
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(content, password)
        except ValueError as error:
            refused = refused or error
        else:
            return key, [one for one in (certificate, *others) if one is not None]
    if _is_certificate_alone(content):
        return None, []
    raise _refused(path, unlock, refused) from None


def _is_certificate_alone(content: bytes) -> bool:
    try:
        x509.load_der_x509_certificate(content)
    except ValueError:
        return False
    return True


def _open_pem(content: bytes, unlock: bytes | None, path: str) -> _Opened:
    certificates = _pem_certificates(content)
    if certificates and KEY_MARK not in content:
        return None, certificates
    encrypted = b"ENCRYPTED" in content
    try:
        # A password for a key that has none is no mistake worth stopping for.
        key = load_pem_private_key(content, unlock if encrypted else None)
    except (ValueError, TypeError) as error:
        if encrypted:
            # One wrong password in some hundreds unlocks to noise, which reads like a bad file.
            raise _wrong_password(path, unlock) from None
        raise _refused(path, unlock, error) from None
    return key, certificates


def _pem_certificates(content: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(content)
    except ValueError:
        return []


def _own(key: RSAPrivateKey, certificates: list[x509.Certificate], path: str) -> x509.Certificate:
    """The certificate of the key, wherever it stands among those above it."""
    mine = key.public_key()
    found = next((one for one in certificates if one.public_key() == mine), None)
    if found is None:
        raise CannotCheck("error.certificate_of_another_key", path=path)
    return found


def _refused(path: str, unlock: bytes | None, error: Exception | None) -> CannotCheck:
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
