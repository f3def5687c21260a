# SPDX-License-Identifier: MIT
"""What Java asks of the certificates on a way from a server's to a trusted one."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID

from wizard.graph.network_data import TrustFailure

E = TypeVar("E", bound=x509.ExtensionType)
Fault = tuple[TrustFailure, str]

SHORTEST_RSA_BITS = 1024
# Those whose meaning is looked at here, or which need no looking at.
_UNDERSTOOD = {
    ExtensionOID.BASIC_CONSTRAINTS,
    ExtensionOID.KEY_USAGE,
    ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    ExtensionOID.CERTIFICATE_POLICIES,
}
# Java heeds them, we don't.
_NOT_FOLLOWED = {
    ExtensionOID.NAME_CONSTRAINTS,
    ExtensionOID.POLICY_CONSTRAINTS,
    ExtensionOID.POLICY_MAPPINGS,
    ExtensionOID.INHIBIT_ANY_POLICY,
}
_FOR_SERVERS = {ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


def fault(path: Sequence[x509.Certificate], moment: datetime) -> Fault | None:
    """What is wrong with a way; certain faults first, then what only Java's settings decide."""
    if len(path) == 1:  # the server's own certificate is in the list: nothing else is asked
        return None
    found = list(_faults(path, moment))
    certain = [one for one in found if one[0] is not TrustFailure.UNDECIDED]
    return next(iter(certain or found), None)


def _faults(path: Sequence[x509.Certificate], moment: datetime) -> Iterator[Fault]:
    leaf, *above = path[:-1]
    for certificate in path[:-1]:
        yield from _fault_of_dates(certificate, moment)
        yield from _faults_of_extensions(certificate)
        yield from _fault_of_key(certificate)
    for certificate, issuer in pairwise(path):
        yield from _fault_of_algorithm(certificate, issuer)
    usage = _extension(leaf, x509.ExtendedKeyUsage)
    if usage is not None and not _FOR_SERVERS & set(usage):
        yield TrustFailure.UNSUITABLE, f"not for servers: {_name(leaf)}"
    for below, authority in enumerate(above):
        yield from _faults_of_authority(authority, path[1 : 1 + below])
    yield from _fault_of_anchor(path[-1])


def _fault_of_dates(certificate: x509.Certificate, moment: datetime) -> Iterator[Fault]:
    if moment > certificate.not_valid_after_utc:
        yield TrustFailure.EXPIRED, _name(certificate)
    if moment < certificate.not_valid_before_utc:
        yield TrustFailure.NOT_YET_VALID, _name(certificate)


def _faults_of_extensions(certificate: x509.Certificate) -> Iterator[Fault]:
    try:
        extensions = tuple(certificate.extensions)
    except ValueError as error:  # Java's parser may be more or less patient
        yield TrustFailure.UNDECIDED, f"{_name(certificate)}: {error}"
        return
    for extension in extensions:
        if extension.oid in _NOT_FOLLOWED:
            yield TrustFailure.UNDECIDED, f"{_name(certificate)}: {extension.oid.dotted_string}"
        elif extension.critical and extension.oid not in _UNDERSTOOD:
            yield TrustFailure.UNSUITABLE, f"{_name(certificate)}: {extension.oid.dotted_string}"


def _fault_of_key(certificate: x509.Certificate) -> Iterator[Fault]:
    """Short keys: java.security of that Java decides."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < SHORTEST_RSA_BITS:
        yield TrustFailure.UNDECIDED, f"{_name(certificate)}: RSA {key.key_size} bit"


def _fault_of_algorithm(certificate: x509.Certificate, issuer: x509.Certificate) -> Iterator[Fault]:
    """Old algorithms: as with keys; and what can't be verified here must not pass."""
    told = f"{_name(certificate)}: {certificate.signature_algorithm_oid.dotted_string}"
    try:
        used = certificate.signature_hash_algorithm
        certificate.verify_directly_issued_by(issuer)
    except (UnsupportedAlgorithm, ValueError):
        yield TrustFailure.UNDECIDED, told
    else:
        if isinstance(used, hashes.SHA1 | hashes.MD5):
            yield TrustFailure.UNDECIDED, told


def _faults_of_authority(
    authority: x509.Certificate, below: Sequence[x509.Certificate]
) -> Iterator[Fault]:
    """`below` are the authorities between it and the server's certificate."""
    constraints = _extension(authority, x509.BasicConstraints)
    usage = _extension(authority, x509.KeyUsage)
    if constraints is None or not constraints.ca or (usage and not usage.key_cert_sign):
        yield TrustFailure.UNSUITABLE, f"no authority: {_name(authority)}"
    elif constraints.path_length is not None:
        counted = [one for one in below if one.subject != one.issuer]
        if len(counted) > constraints.path_length:
            yield TrustFailure.UNSUITABLE, f"too many below: {_name(authority)}"


def _fault_of_anchor(anchor: x509.Certificate) -> Iterator[Fault]:
    """Of a trusted certificate only asked whether it is an authority's, and since version 3."""
    if anchor.version is not x509.Version.v3:
        return
    constraints = _extension(anchor, x509.BasicConstraints)
    usage = _extension(anchor, x509.KeyUsage)
    if constraints is None or not constraints.ca or (usage and not usage.key_cert_sign):
        yield TrustFailure.UNDECIDED, f"no authority: {_name(anchor)}"


def fault_of_name(leaf: x509.Certificate, host: str) -> Fault | None:
    """Whether the server's certificate belongs to another name."""
    if any(_matches(pattern, host) for pattern in _names(leaf)):
        return None
    return TrustFailure.NAME_MISMATCH, ""


def _names(leaf: x509.Certificate) -> list[str]:
    """Host names and addresses; the common name only where there is no host name at all."""
    alternative = _extension(leaf, x509.SubjectAlternativeName)
    names: list[str] = []
    addresses: list[str] = []
    if alternative is not None:
        names = alternative.get_values_for_type(x509.DNSName)
        addresses = [str(a) for a in alternative.get_values_for_type(x509.IPAddress)]
    common = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return [*(names or [str(one.value) for one in common[-1:]]), *addresses]


def _matches(pattern: str, host: str) -> bool:
    pattern, host = pattern.lower().rstrip("."), host.lower().rstrip(".")
    if pattern == host:
        return True
    first, dot, rest = pattern.partition(".")
    if first != "*" or not dot or "." not in rest or _is_address(host):
        return False
    return host.partition(".")[2] == rest


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _extension(certificate: x509.Certificate, kind: type[E]) -> E | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except (x509.ExtensionNotFound, ValueError):
        return None


def _name(certificate: x509.Certificate) -> str:
    common = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[-1].value) if common else certificate.subject.rfc4514_string()
