# SPDX-License-Identifier: MIT
"""Does the check sum of a PKCS#12 file fit a password? Computed round by round.

A library call would hold up the whole program for as long as the file asks for.
SOURCE: RFC 7292, section 4 and appendix B.
"""

from __future__ import annotations

import hashlib
import hmac

from wizard.graph import der
from wizard.graph.der import Element
from wizard.graph.key_store_errors import Reason, Unreadable

MOST_ROUNDS = 5_000_000  # Java itself refuses more
_FOR_CHECK_SUMS = b"\x03"
_HASHES = {
    der.oid("1.3.14.3.2.26"): "sha1",
    der.oid("2.16.840.1.101.3.4.2.1"): "sha256",
    der.oid("2.16.840.1.101.3.4.2.2"): "sha384",
    der.oid("2.16.840.1.101.3.4.2.3"): "sha512",
}


def fits(told: Element, content: bytes, word: str) -> bool:
    """Whether the file's `content` has the check sum that is told, with this password.

    Raises:
        Unreadable: it is made in a way that isn't known here, or that Java refuses.
        ValueError: it is damaged.
    """
    digest, salt, *more = told.children()
    method, expected = digest.children()
    name = _HASHES.get(method.children()[0].of(der.OID))
    rounds = more[0].number if more else 1
    if name is None or not 0 < rounds <= MOST_ROUNDS:
        raise Unreadable(Reason.UNKNOWN_ENCRYPTION)
    key = _key(name, word, salt.of(der.OCTETS), rounds)
    return hmac.compare_digest(hmac.digest(key, content, name), expected.of(der.OCTETS))


def _key(name: str, word: str, salt: bytes, rounds: int) -> bytes:
    """As long as one hash is, so that one block of the derivation is enough."""
    size = hashlib.new(name).block_size
    text = f"{word}\0".encode("utf-16-be")
    key = _FOR_CHECK_SUMS * size + _filled(salt, size) + _filled(text, size)
    for _ in range(rounds):
        key = hashlib.new(name, key, usedforsecurity=False).digest()
    return key


def _filled(data: bytes, size: int) -> bytes:
    """Repeated until whole blocks are full."""
    wanted = -(-len(data) // size) * size
    return (data * (wanted // len(data) + 1))[:wanted] if data else b""
