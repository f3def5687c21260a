# SPDX-License-Identifier: MIT
"""What a server's certificates say, and why a chain of them is not believed."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from wizard.graph.network_data import TrustFailure


@dataclass(frozen=True)
class Certificate:
    """One certificate in the fields that a person compares."""

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    self_issued: bool
    names: tuple[str, ...]  # host names it is valid for
    names_issuer_address: bool  # says where its issuer's certificate is to be had


def read(der: bytes) -> Certificate:
    """The fields of one certificate."""
    parsed = x509.load_der_x509_certificate(der)
    return Certificate(
        subject=_name(parsed.subject),
        issuer=_name(parsed.issuer),
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        self_issued=parsed.subject == parsed.issuer,
        names=_host_names(parsed),
        names_issuer_address=_names_issuer_address(parsed),
    )


def presented(sock: ssl.SSLSocket) -> tuple[Certificate, ...]:
    """The chain as the server sent it, its own certificate first."""
    found = []
    for der in _raw_chain(sock):
        with contextlib.suppress(ValueError):  # one that can't be parsed has nothing to show
            found.append(read(der))
    return tuple(found)


def refine(reading: TrustFailure, chain: Sequence[Certificate]) -> TrustFailure:
    """Tell a missing link from an unknown authority, where the chain shows it.

    A public authority's certificates say where their issuer's certificate is to be had; when the
    last one sent does so and isn't its own issuer, the server may have left out a link.
    """
    last = chain[-1] if chain else None
    dangling = last is not None and not last.self_issued and last.names_issuer_address
    if reading is TrustFailure.UNTRUSTED_ISSUER and dangling:
        return TrustFailure.INCOMPLETE_CHAIN
    return reading


def _raw_chain(sock: Any) -> list[bytes]:
    """WORKAROUND: https://github.com/python/cpython/pull/109113 made this public in 3.13."""
    if hasattr(sock, "get_unverified_chain"):
        return [bytes(der) for der in sock.get_unverified_chain()]
    links = sock._sslobj.get_unverified_chain() or []
    return [ssl.PEM_cert_to_DER_cert(link.public_bytes()) for link in links]


def _name(name: x509.Name) -> str:
    """The common name, or the whole name where there is none."""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    organization = name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    parts = [str(found[0].value) for found in (common, organization) if found]
    return ", ".join(parts) or name.rfc4514_string()


def _host_names(parsed: x509.Certificate) -> tuple[str, ...]:
    try:
        extension = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (x509.ExtensionNotFound, ValueError):
        return ()
    return tuple(extension.value.get_values_for_type(x509.DNSName)[:20])


def _names_issuer_address(parsed: x509.Certificate) -> bool:
    try:
        extension = parsed.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except (x509.ExtensionNotFound, ValueError):
        return False
    methods = {description.access_method for description in extension.value}
    return AuthorityInformationAccessOID.CA_ISSUERS in methods
