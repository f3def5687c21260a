# SPDX-License-Identifier: MIT
"""Would a program that trusts exactly these certificates believe the chain that a server shows?

By the rules of Java's own verifier in its standard settings, since it decides for the Transporter:
a trusted certificate may have expired, any trusted certificate ends the search, and the order in
which the server sends is of no matter. What depends on Java's version or settings is UNDECIDED.
Revocation isn't looked at, as Java doesn't by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from wizard.graph import chain_limits, chain_rules, leaf_rules
from wizard.graph.network_data import TrustFailure

_SENT = 20  # more certificates than any server sends with reason
_WAYS = 50  # more ways to a trusted certificate than cross-signing makes with reason

Path = tuple[x509.Certificate, ...]


@dataclass(frozen=True)
class Judged:
    """`path` leads from the server's certificate to a trusted one; empty when there is none."""

    failure: TrustFailure | None
    detail: str
    path: Path = ()


def judge(
    sent: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
    host: str,
    moment: datetime,
) -> Judged:
    """The verdict on a chain, the server's own certificate first."""
    if not sent:
        return Judged(TrustFailure.OTHER, "no certificate")
    faults = []
    for path in islice(_Ways(sent, trusted).from_((sent[0],)), _WAYS):
        fault = (
            chain_rules.fault(path, moment)
            or leaf_rules.fault_of_name(sent[0], host)
            or chain_limits.fault(sent, path)
        )
        if fault is None:
            return Judged(None, "", path)
        faults.append(Judged(*fault, path))
    # Of another name it is somebody else's server: nobody should come to trust its authority.
    foreign = leaf_rules.fault_of_name(sent[0], host)
    return next(iter(faults), Judged(*(foreign or (TrustFailure.UNTRUSTED_ISSUER, ""))))


class _Ways:
    """The ways from one certificate to a trusted one; each signature is verified once."""

    def __init__(
        self, sent: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate]
    ) -> None:
        nodes = tuple(dict.fromkeys(sent[:_SENT]))
        self._ends = {one: _ends(one, trusted, is_leaf=one == sent[0]) for one in nodes}
        self._above = {
            one: [other for other in nodes if other != one and is_signed_by(one, other)]
            for one in nodes
        }
        self._leading = self._find_leading()

    def _find_leading(self) -> set[x509.Certificate]:
        """Those from which there is a way: without them the search would never come back."""
        leading = {one for one, ends in self._ends.items() if ends}
        while more := {one for one, above in self._above.items() if leading & set(above)} - leading:
            leading |= more
        return leading

    def from_(self, trail: Path) -> Iterator[Path]:
        """Each way, without a certificate twice."""
        last = trail[-1]
        for end in self._ends[last]:
            yield trail + end
        if () in self._ends[last]:
            return
        for above in self._above[last]:
            if above in self._leading and above not in trail:
                yield from self.from_((*trail, above))


def _ends(
    one: x509.Certificate, trusted: Sequence[x509.Certificate], *, is_leaf: bool
) -> list[Path]:
    """What comes after a certificate at the end of a way: nothing when it is trusted itself."""
    if one in trusted or (not is_leaf and _has_twin(one, trusted)):
        return [()]
    return [(issuer,) for issuer in trusted if is_signed_by(one, issuer)]


def _has_twin(sent: x509.Certificate, trusted: Sequence[x509.Certificate]) -> bool:
    """Whether a trusted certificate has the same name and key: the same authority, renewed."""
    return any(
        sent.subject == other.subject and sent.public_key() == other.public_key()
        for other in trusted
    )


def is_signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's name and signature stand on a certificate.

    An algorithm that can't be verified here passes; chain_rules then leaves the verdict open.
    """
    if certificate.issuer != issuer.subject:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (UnsupportedAlgorithm, ValueError):
        return True
    except (InvalidSignature, TypeError):
        return False
    return True


def top(sent: Sequence[x509.Certificate]) -> x509.Certificate | None:
    """The highest certificate to which the ones sent lead; None when nothing was sent."""
    trail = list(sent[:1])
    while trail:
        above = (c for c in sent[:_SENT] if c not in trail and is_signed_by(trail[-1], c))
        issuer = next(above, None)
        if issuer is None:
            return trail[-1]
        trail.append(issuer)
    return None
