# SPDX-License-Identifier: MIT
"""Which certificates does a Java key store hold as trusted? Private keys in it are passed over.

Java finds out by the first bytes which of its formats a store has, whatever its type is called.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wizard.graph import pkcs12_store
from wizard.graph.key_store_errors import Reason, Unreadable, WrongPassword
from wizard.model import Secret

JKS, JCEKS = 0xFEEDFEED, 0xCECECECE
_KEY, _TRUSTED = 1, 2
_WITH_TYPES = 2  # the version that says of each certificate which type it is
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
    magic = int.from_bytes(data[:4], "big")
    if magic in (JKS, JCEKS):
        return _java_own(data, Format.JKS if magic == JKS else Format.JCEKS, password)
    if data[:1] == b"\x30":
        found = pkcs12_store.read(data, password)
        return KeyStore(Format.PKCS12, found.certificates, found.closed)
    raise Unreadable(Reason.UNKNOWN_FORMAT)


def _java_own(data: bytes, written: Format, password: Secret | None) -> KeyStore:
    content, digest = data[:-_DIGEST_BYTES], data[-_DIGEST_BYTES:]
    if password is not None:
        mark = password.reveal().encode("utf-16-be") + _SALT
        if hashlib.sha1(mark + content, usedforsecurity=False).digest() != digest:
            raise WrongPassword
    return KeyStore(written, tuple(_Reader(content).certificates()))


class _Reader:
    """Reads Java's own format from its beginning."""

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)
        self._take(4)
        self._version = self._number()

    def certificates(self) -> Iterator[bytes]:
        """Of each entry the certificate that Java trusts: of a key, the first of its chain."""
        for _ in range(self._number()):
            tag = self._number()
            self._text()  # its alias
            self._take(8)  # when it was made
            if tag == _TRUSTED:
                yield self._certificate()
            elif tag == _KEY:
                self._take(self._number())
                yield from [self._certificate() for _ in range(self._number())][:1]
            else:
                raise Unreadable(Reason.UNKNOWN_ENTRY)
        if self._stream.read(1):
            raise Unreadable(Reason.DAMAGED)

    def _certificate(self) -> bytes:
        if self._version == _WITH_TYPES:
            self._text()
        return self._take(self._number())

    def _number(self) -> int:
        return int.from_bytes(self._take(4), "big")

    def _text(self) -> bytes:
        return self._take(int.from_bytes(self._take(2), "big"))

    def _take(self, count: int) -> bytes:
        taken = self._stream.read(count)
        if len(taken) < count:
            raise Unreadable(Reason.DAMAGED)
        return taken
