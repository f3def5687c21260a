# SPDX-License-Identifier: MIT
"""What a server's certificates say, and why a chain of them is not believed."""

from __future__ import annotations

import contextlib
import ssl
import threading
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

_quiet = threading.Lock()  # the filters of warnings belong to all threads


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
    sha256: str = ""  # its fingerprint


def read(parsed: x509.Certificate) -> Certificate:
    """The fields of one certificate."""
    return Certificate(
        subject=_name(parsed.subject),
        issuer=_name(parsed.issuer),
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        self_issued=parsed.subject == parsed.issuer,
        names=_host_names(parsed),
        names_issuer_address=names_issuer_address(parsed),
        sha256=parsed.fingerprint(hashes.SHA256()).hex(),
    )


def presented(sock: ssl.SSLSocket) -> tuple[x509.Certificate, ...]:
    """The chain as the server sent it, its own certificate first."""
    return parsed(_raw_chain(sock))


def parsed(many: Iterable[bytes]) -> tuple[x509.Certificate, ...]:
    """Each certificate that can be read; of what can't be, there is nothing to show or compare."""
    return tuple(one for one in map(_parsed, many) if one is not None)


def _parsed(der: bytes) -> x509.Certificate | None:
    """Roots of old have serial numbers that today's rules forbid, which is no reason to warn."""
    with _quiet, warnings.catch_warnings(), contextlib.suppress(ValueError):
        warnings.simplefilter("ignore")
        return x509.load_der_x509_certificate(der)
    return None


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


def names_issuer_address(parsed: x509.Certificate) -> bool:
    """Whether a certificate says where its issuer's own is to be had."""
    try:
        extension = parsed.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except (x509.ExtensionNotFound, ValueError):
        return False
    methods = {description.access_method for description in extension.value}
    return AuthorityInformationAccessOID.CA_ISSUERS in methods
