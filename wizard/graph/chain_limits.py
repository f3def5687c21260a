# SPDX-License-Identifier: MIT
"""How much Java takes from a server: by settings that few know, so more is UNDECIDED.

Sources: Oracle's JSSE reference guide (jdk.tls.maxCertificateChainLength,
jdk.tls.maxHandshakeMessageSize) and the class java.security.cert.PKIXBuilderParameters.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from wizard.graph.leaf_rules import Fault
from wizard.graph.network_data import TrustFailure

MOST_SENT = 10  # certificates, as Java's settings begin
MOST_BYTES = 32_768  # of the message with all certificates
MOST_LINKS = 5  # authorities between, where Java has to find the order itself
_LENGTH_BYTES = 3  # before each certificate, and before all


def fault(sent: Sequence[x509.Certificate], path: Sequence[x509.Certificate]) -> Fault | None:
    """What of a greeting may be more than Java takes."""
    if len(sent) > MOST_SENT:
        return TrustFailure.UNDECIDED, f"{len(sent)} certificates sent, {MOST_SENT} are usual"
    size = _LENGTH_BYTES + sum(_LENGTH_BYTES + len(one.public_bytes(Encoding.DER)) for one in sent)
    if size > MOST_BYTES:
        return TrustFailure.UNDECIDED, f"{size} bytes of certificates, {MOST_BYTES} are usual"
    links = len(path) - 2
    if links > MOST_LINKS and list(path[:-1]) != list(sent[: len(path) - 1]):
        return TrustFailure.UNDECIDED, f"{links} links that were not sent in order"
    return None
