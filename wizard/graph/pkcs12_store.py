# SPDX-License-Identifier: MIT
"""Which certificates of a PKCS#12 file does Java trust? Only those that are marked so.

A file that openssl made without that mark looks like an empty store to Java. The library that reads
PKCS#12 elsewhere here doesn't tell the marks, and holds up the whole program for as many rounds as
a file asks for, which is why the file is taken apart by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from wizard.graph import der, pkcs12_check_sum
from wizard.graph.der import Element
from wizard.graph.key_store_errors import Reason, Unreadable, WrongPassword
from wizard.graph.pkcs12_check_sum import MOST_ROUNDS
from wizard.model import Secret

_DATA = der.oid("1.2.840.113549.1.7.1")
_ENCRYPTED = der.oid("1.2.840.113549.1.7.6")
_PLAIN_KEY = der.oid("1.2.840.113549.1.12.10.1.1")
_CLOSED_KEY = der.oid("1.2.840.113549.1.12.10.1.2")
_CERTIFICATE = der.oid("1.2.840.113549.1.12.10.1.3")
_KEYS = (_PLAIN_KEY, _CLOSED_KEY)
_FRIENDLY_NAME = der.oid("1.2.840.113549.1.9.20")
_LOCAL_KEY_ID = der.oid("1.2.840.113549.1.9.21")
_TRUSTED_BY_JAVA = der.oid("2.16.840.1.113894.746875.1.1")
_PBES2 = der.oid("1.2.840.113549.1.5.13")
_PBKDF2 = der.oid("1.2.840.113549.1.5.12")
_AES_CBC = {der.oid(f"2.16.840.1.101.3.4.1.{n}"): size for n, size in ((2, 16), (22, 24), (42, 32))}
_HMACS = {
    der.oid("1.2.840.113549.2.7"): "sha1",
    der.oid("1.2.840.113549.2.9"): "sha256",
    der.oid("1.2.840.113549.2.10"): "sha384",
    der.oid("1.2.840.113549.2.11"): "sha512",
}
_WITH_CHECK_SUM = 3  # elements of a file that has one


@dataclass(frozen=True)
class Found:
    """The trusted certificates as DER, and whether parts stayed closed for want of a password."""

    certificates: tuple[bytes, ...]
    closed: bool


@dataclass(frozen=True)
class _Bag:
    kind: bytes
    value: Element
    attributes: dict[bytes, bytes]

    @property
    def is_marked(self) -> bool:
        """Whether it is a certificate that Java takes for trusted."""
        return self.kind == _CERTIFICATE and _TRUSTED_BY_JAVA in self.attributes

    @property
    def alias(self) -> str | None:
        """Its name, as Java compares names."""
        written = self.attributes.get(_FRIENDLY_NAME)
        return der.only(written).of(der.TWO_BYTES).decode("utf-16-be").lower() if written else None


def read(data: bytes, password: Secret | None) -> Found:
    """As Java reads it: without a password what is encrypted is passed over, silently.

    Raises:
        WrongPassword, Unreadable: as in java_key_store.
    """
    word = password.reveal() if password else None
    try:
        file = der.only(data).children()
        content = _content(file[1])
        proof = file[2] if word is not None and len(file) == _WITH_CHECK_SUM else None
        if proof and not pkcs12_check_sum.fits(proof, content, word or ""):
            raise WrongPassword
        parts = der.only(content).children()
        opened = [_safe(part, word) for part in parts]
        bags = [bag for safe in opened if safe is not None for bag in _bags(safe)]
        return Found(tuple(_trusted(bags)), closed=None in opened)
    except (ValueError, IndexError, TypeError):
        raise Unreadable(Reason.DAMAGED) from None


def _content(info: Element) -> bytes:
    """The bytes in a part that isn't encrypted."""
    kind, value = info.children()
    if kind.of(der.OID) != _DATA:
        raise Unreadable(Reason.UNKNOWN_FORMAT)
    return value.children(der.FIRST)[0].of(der.OCTETS)


def _safe(part: Element, word: str | None) -> bytes | None:
    """What a part holds; None where it is encrypted and there is no password."""
    kind, value = part.children()
    if kind.of(der.OID) != _ENCRYPTED:
        return _content(part)
    if word is None:
        return None
    _, method, closed = value.children(der.FIRST)[0].children()[1].children()
    return _decrypted(method, closed.of(der.FIRST_PLAIN), word)


def _decrypted(method: Element, closed: bytes, word: str) -> bytes:
    kind, parameters = method.children()
    if kind.of(der.OID) != _PBES2:  # what Java wrote until 2021; the library doesn't tell the marks
        raise Unreadable(Reason.OLD_ENCRYPTION)
    derivation, cipher = parameters.children()
    cipher_kind, vector = cipher.children()
    size = _AES_CBC.get(cipher_kind.of(der.OID))
    if size is None:
        raise Unreadable(Reason.UNKNOWN_ENCRYPTION)
    key = _key(derivation, size, word)
    opener = Cipher(algorithms.AES(key), modes.CBC(vector.of(der.OCTETS))).decryptor()
    unpadder = padding.PKCS7(algorithms.AES.block_size).unpadder()
    return unpadder.update(opener.update(closed) + opener.finalize()) + unpadder.finalize()


def _key(derivation: Element, size: int, word: str) -> bytes:
    kind, parameters = derivation.children()
    salt, rounds, *more = parameters.children()
    prf = next((one.children()[0].of(der.OID) for one in more if one.tag == der.SEQUENCE), None)
    used = _HMACS.get(prf or der.oid("1.2.840.113549.2.7"))
    if kind.of(der.OID) != _PBKDF2 or used is None or not 0 < rounds.number <= MOST_ROUNDS:
        raise Unreadable(Reason.UNKNOWN_ENCRYPTION)
    return hashlib.pbkdf2_hmac(used, word.encode(), salt.of(der.OCTETS), rounds.number, size)


def _bags(safe: bytes) -> Iterator[_Bag]:
    for bag in der.only(safe).children():
        kind, value, *attributes = bag.children()
        yield _Bag(kind.of(der.OID), value, dict(_attributes(attributes)))


def _attributes(sets: Sequence[Element]) -> Iterator[tuple[bytes, bytes]]:
    for one in sets:
        for attribute in one.children(der.SET):
            name, values = attribute.children()
            yield name.of(der.OID), values.of(der.SET)


def _trusted(bags: Sequence[_Bag]) -> Iterator[bytes]:
    """Those with Java's mark, and those that belong to a key: of two with one alias, the last."""
    known = _entries(bags).values()
    for bag in known:
        if bag.kind == _CERTIFICATE:
            yield _certificate(bag)
    keys = {bag.attributes.get(_LOCAL_KEY_ID) for bag in known if bag.kind in _KEYS} - {None}
    for bag in bags:
        is_of_key = bag.attributes.get(_LOCAL_KEY_ID) in keys
        if bag.kind == _CERTIFICATE and not bag.is_marked and is_of_key:
            yield _certificate(bag)


def _entries(bags: Sequence[_Bag]) -> dict[str, _Bag]:
    """As Java names them: without regard to case, and those without a name by their number."""
    found: dict[str, _Bag] = {}
    nameless = 0
    for bag in bags:
        if bag.kind not in _KEYS and not bag.is_marked:
            continue
        alias = bag.alias
        if alias is None:
            nameless += 1
            alias = str(nameless)
        found[alias] = bag
    return found


def _certificate(bag: _Bag) -> bytes:
    _, value = bag.value.children(der.FIRST)[0].children()
    return value.children(der.FIRST)[0].of(der.OCTETS)
