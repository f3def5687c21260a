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

from wizard.graph import chain_rules
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
    for path in islice(_paths((sent[0],), sent[1:_SENT], trusted), _WAYS):
        fault = chain_rules.fault(path, moment) or chain_rules.fault_of_name(sent[0], host)
        if fault is None:
            return Judged(None, "", path)
        faults.append(Judged(*fault, path))
    return faults[0] if faults else Judged(TrustFailure.UNTRUSTED_ISSUER, "")


def _paths(
    trail: Path, pool: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate]
) -> Iterator[Path]:
    """Each way from the end of the trail to a trusted certificate."""
    last = trail[-1]
    if last in trusted or (len(trail) > 1 and _has_twin(last, trusted)):
        yield trail
        return
    for issuer in trusted:
        if is_signed_by(last, issuer):
            yield (*trail, issuer)
    for issuer in pool:
        if issuer not in trail and is_signed_by(last, issuer):
            yield from _paths((*trail, issuer), pool, trusted)


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
