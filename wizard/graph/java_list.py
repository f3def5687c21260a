# SPDX-License-Identifier: MIT
"""Which authorities does the Transporter's own Java trust? Only its own list decides that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from wizard.errors import CannotCheck
from wizard.graph import chain, java_key_store, words
from wizard.graph.certificates import names_issuer_address, parsed
from wizard.graph.chain import Judged
from wizard.graph.java_key_store import Format
from wizard.graph.key_store_errors import Reason, Unreadable, WrongPassword
from wizard.graph.network_data import TrustFailure
from wizard.host.base import Host
from wizard.nakivo.trust_store import FETCHES, TrustPlace

LARGEST_STORE = 5_000_000  # many times what Java's own list takes


@dataclass(frozen=True)
class JavaList:
    """The trusted certificates of Java; `refused` says that Java itself can't open its store.

    `closed` says that parts of it stay unread for want of a password, by Java too.
    """

    certificates: tuple[x509.Certificate, ...]
    format: Format | None
    refused: bool = False
    closed: bool = False
    fetches: bool = False  # Java gets missing links of a chain by itself

    def judge(self, sent: Sequence[x509.Certificate], host: str, moment: datetime) -> Judged:
        """Java's verdict on a chain."""
        judged = chain.judge(sent, self.certificates, host, moment)
        may_find_more = self.fetches and any(names_issuer_address(one) for one in sent)
        if may_find_more and judged.failure is TrustFailure.UNTRUSTED_ISSUER:
            return Judged(TrustFailure.UNDECIDED, FETCHES)
        return judged


def read(host: Host, place: TrustPlace) -> JavaList:
    """The list in a store, as Java opens it.

    Raises:
        CannotCheck: the store can't be read here.
    """
    data = host.read_bytes(place.seen_at, LARGEST_STORE)
    try:
        store = java_key_store.read(data, place.password)
    except WrongPassword:
        return JavaList((), None, refused=True)
    except Unreadable as error:
        raise _unreadable(place, error.reason) from None
    if store.format is Format.JCEKS and (place.type or "").upper() != Format.JCEKS:
        # Of its formats Java recognises the two others by themselves.
        return JavaList((), store.format, refused=True)
    certificates = parsed(store.certificates)
    if len(certificates) < len(store.certificates):
        raise _unreadable(place, Reason.ODD_CERTIFICATE)
    return JavaList(certificates, store.format, closed=store.closed, fetches=place.fetches)


def _unreadable(place: TrustPlace, reason: Reason) -> CannotCheck:
    told = words.told(words.load().key_store, reason)
    return CannotCheck("java_trust.unreadable", path=place.path, reason=told)
