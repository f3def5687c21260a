# SPDX-License-Identifier: MIT
"""Does a chain lead to a public authority? By Mozilla's list (certifi) and our dated additions.

The additions are there because Mozilla's list lacks roots that Microsoft 365 still uses, and so
that a server that leaves out a link of its chain isn't taken for an inspecting one.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from wizard import codec, resources
from wizard.graph import chain
from wizard.graph.certificates import names_issuer_address, parsed
from wizard.graph.chain import Judged
from wizard.graph.network_data import TrustFailure

# What is said of a chain that leads nowhere.
_NO_WAY = (TrustFailure.UNTRUSTED_ISSUER, TrustFailure.NAME_MISMATCH)
_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----")


@dataclass(frozen=True)
class Addition:
    """One certificate of the file; what each field is for stands there."""

    name: str
    sha256: str
    in_common_stores: bool
    proof: str
    date: str
    pem: str

    @cached_property
    def certificate(self) -> x509.Certificate:
        """The certificate itself.

        Raises:
            ValueError: it isn't the one that the fingerprint names.
        """
        read = x509.load_pem_x509_certificate(self.pem.encode())
        if read.fingerprint(hashes.SHA256()).hex() != self.sha256:
            raise ValueError(f"not the certificate that its fingerprint names: {self.name}")
        return read

    @property
    def is_root(self) -> bool:
        """Whether it is its own issuer; any other is only a link."""
        return self.certificate.subject == self.certificate.issuer


@dataclass(frozen=True)
class Additions:
    """All of the file."""

    source: str
    system_lists: tuple[str, ...]
    certificates: tuple[Addition, ...]


@cache
def load() -> Additions:
    """Read and check the shipped file."""
    return codec.from_plain(resources.read_toml("graph", "public_roots.toml"), Additions)


@cache
def common() -> tuple[x509.Certificate, ...]:
    """The roots that every program with a list of its own has."""
    blocks = _BLOCK.findall(Path(certifi.where()).read_text(encoding="utf-8"))
    listed = parsed(base64.b64decode(block) for block in blocks)
    added = (one for one in load().certificates if one.in_common_stores and one.is_root)
    return (*listed, *(one.certificate for one in added))


def judge(
    sent: Sequence[x509.Certificate],
    host: str,
    moment: datetime,
) -> Judged:
    """The verdict on a chain."""
    first = chain.judge(sent, common(), host, moment)
    if first.path or first.failure not in _NO_WAY:
        return first
    known = [one.certificate for one in load().certificates]
    roots = [one.certificate for one in load().certificates if one.is_root]
    filled = chain.judge([*sent, *known], [*common(), *roots], host, moment)
    if filled.path:
        names = ", ".join(one.name for one in load().certificates if _is_missing(one, filled, sent))
        return Judged(TrustFailure.INCOMPLETE_CHAIN, names, filled.path)
    is_unknown = first.failure is TrustFailure.UNTRUSTED_ISSUER
    return Judged(_unknown_top(sent), "") if is_unknown else first


def _is_missing(addition: Addition, filled: Judged, sent: Sequence[x509.Certificate]) -> bool:
    """Whether the chain is whole only by it; to send a root that nobody has is of no use."""
    if addition.certificate not in filled.path or addition.in_common_stores:
        return False
    return addition.is_root or addition.certificate not in sent


def _unknown_top(sent: Sequence[x509.Certificate]) -> TrustFailure:
    """Public authorities say where their issuer's certificate is to be had: a link may be missing.

    So do many companies' own, which is why this settles nothing.
    """
    top = chain.top(sent)
    if top is None or top.subject == top.issuer:
        return TrustFailure.UNTRUSTED_ISSUER
    return TrustFailure.UNTRACED if names_issuer_address(top) else TrustFailure.UNTRUSTED_ISSUER
