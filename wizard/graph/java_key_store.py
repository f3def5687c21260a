# SPDX-License-Identifier: MIT
"""Which certificates does a Java key store hold as trusted? Private keys in it are passed over.

Java finds out by the first bytes which of its formats a store has, whatever its type is called.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from enum import StrEnum

from wizard.graph import der, pkcs12_store
from wizard.graph.key_store_errors import Reason, Unreadable, WrongPassword
from wizard.model import Secret

JKS, JCEKS = 0xFEEDFEED, 0xCECECECE
_KEY, _TRUSTED = 1, 2
_VERSIONS = (1, 2)
_WITH_TYPES = 2  # the version that says of each certificate which type it is
_TYPES = (b"X.509", b"X509")
_SALT = b"Mighty Aphrodite"  # a constant of the format
_DIGEST_BYTES = 20


class Format(StrEnum):
    """How a store is written."""

    JKS = "JKS"
    JCEKS = "JCEKS"
    PKCS12 = "PKCS12"


@dataclass(frozen=True)
class KeyStore:
    """`certificates` are those that Java trusts, as DER.

    `closed` says that parts were left unread for want of a password, as Java leaves them.
    """

    format: Format
    certificates: tuple[bytes, ...]
    closed: bool = False


def read(data: bytes, password: Secret | None) -> KeyStore:
    """As Java reads it with this password.

    Raises:
        WrongPassword: Java refuses the store with it.
        Unreadable: it is no key store, a damaged one, or of a kind that can't be read here.
    """
    if not data:
        raise Unreadable(Reason.EMPTY)
    magic = int.from_bytes(data[:4], "big")
    if magic in (JKS, JCEKS):
        return _java_own(data, Format.JKS if magic == JKS else Format.JCEKS, password)
    if data[:1] == b"\x30":
        found = pkcs12_store.read(data, password)
        return KeyStore(Format.PKCS12, found.certificates, found.closed)
    raise Unreadable(Reason.UNKNOWN_FORMAT)


def _java_own(data: bytes, written: Format, password: Secret | None) -> KeyStore:
    """What stands behind the check sum is of no matter to Java, nor is that without a password."""
    reader = _Reader(data)
    certificates = reader.certificates()
    if password is not None:
        end = reader.position
        mark = password.reveal().encode("utf-16-be") + _SALT
        digest = hashlib.sha1(mark + data[:end], usedforsecurity=False).digest()
        if digest != data[end : end + _DIGEST_BYTES]:
            raise WrongPassword
    return KeyStore(written, certificates)


class _Reader:
    """Reads Java's own format from its beginning."""

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)
        self._take(4)
        self._version = self._number()
        if self._version not in _VERSIONS:
            raise Unreadable(Reason.OTHER_VERSION)

    @property
    def position(self) -> int:
        """How far it was read."""
        return self._stream.tell()

    def certificates(self) -> tuple[bytes, ...]:
        """Of each entry the certificate that Java trusts; of two with one alias, the last."""
        found = {}
        for _ in range(self._number()):
            tag = self._number()
            alias = self._text()
            self._take(8)  # when it was made
            found[alias] = self._trusted(tag)
        return tuple(one for one in found.values() if one is not None)

    def _trusted(self, tag: int) -> bytes | None:
        """Of a key, the first certificate of its chain."""
        if tag == _TRUSTED:
            return self._certificate()
        if tag != _KEY:
            raise Unreadable(Reason.UNKNOWN_ENTRY)
        self._take(self._number())
        return next(iter([self._certificate() for _ in range(self._number())]), None)

    def _certificate(self) -> bytes:
        """Java reads it to its own end, whatever length is given."""
        if self._version == _WITH_TYPES and self._text().upper() not in _TYPES:
            raise Unreadable(Reason.OTHER_TYPE)
        return der.first(self._take(self._number()))

    def _number(self) -> int:
        return int.from_bytes(self._take(4), "big")

    def _text(self) -> bytes:
        return self._take(int.from_bytes(self._take(2), "big"))

    def _take(self, count: int) -> bytes:
        taken = self._stream.read(count)
        if len(taken) < count:
            raise Unreadable(Reason.DAMAGED)
        return taken
