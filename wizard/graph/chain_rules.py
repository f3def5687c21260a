# SPDX-License-Identifier: MIT
"""What Java asks of the certificates on a way from a server's to a trusted one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtensionOID

from wizard.graph import leaf_rules
from wizard.graph.leaf_rules import Fault, extension, name
from wizard.graph.network_data import TrustFailure

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
        yield from _fault_of_key_identifier(certificate, issuer, is_last=issuer == path[-1])
    yield from leaf_rules.faults(leaf)
    for below, authority in enumerate(above):
        yield from _faults_of_authority(authority, path[1 : 1 + below])
    yield from _fault_of_anchor(path[-1])


def _fault_of_dates(certificate: x509.Certificate, moment: datetime) -> Iterator[Fault]:
    if moment > certificate.not_valid_after_utc:
        yield TrustFailure.EXPIRED, name(certificate)
    if moment < certificate.not_valid_before_utc:
        yield TrustFailure.NOT_YET_VALID, name(certificate)


def _faults_of_extensions(certificate: x509.Certificate) -> Iterator[Fault]:
    try:
        extensions = tuple(certificate.extensions)
    except ValueError as error:  # Java's parser may be more or less patient
        yield TrustFailure.UNDECIDED, f"{name(certificate)}: {error}"
        return
    for one in extensions:
        if one.oid in _NOT_FOLLOWED:
            yield TrustFailure.UNDECIDED, f"{name(certificate)}: {one.oid.dotted_string}"
        elif one.critical and one.oid not in _UNDERSTOOD:
            yield TrustFailure.UNSUITABLE, f"{name(certificate)}: {one.oid.dotted_string}"


def _fault_of_key(certificate: x509.Certificate) -> Iterator[Fault]:
    """Short keys: java.security of that Java decides."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < SHORTEST_RSA_BITS:
        yield TrustFailure.UNDECIDED, f"{name(certificate)}: RSA {key.key_size} bit"


def _fault_of_algorithm(certificate: x509.Certificate, issuer: x509.Certificate) -> Iterator[Fault]:
    """Old algorithms: as with keys; and what can't be verified here must not pass."""
    told = f"{name(certificate)}: {certificate.signature_algorithm_oid.dotted_string}"
    try:
        used = certificate.signature_hash_algorithm
        certificate.verify_directly_issued_by(issuer)
    except (UnsupportedAlgorithm, ValueError):
        yield TrustFailure.UNDECIDED, told
    else:
        if isinstance(used, hashes.SHA1 | hashes.MD5):
            yield TrustFailure.UNDECIDED, told


def _fault_of_key_identifier(
    certificate: x509.Certificate, issuer: x509.Certificate, *, is_last: bool
) -> Iterator[Fault]:
    """Which key, or which certificate, of the issuer's name made the signature.

    Java asks it of trusted ones always, of sent ones only where it has to find their order.
    """
    wanted = extension(certificate, x509.AuthorityKeyIdentifier)
    if wanted is None or issuer.version is not x509.Version.v3:
        return
    own = extension(issuer, x509.SubjectKeyIdentifier)
    other_key = own and wanted.key_identifier and own.digest != wanted.key_identifier
    serial = wanted.authority_cert_serial_number
    if other_key or (serial is not None and serial != issuer.serial_number):
        failure = TrustFailure.UNSUITABLE if is_last else TrustFailure.UNDECIDED
        yield failure, f"names another key of its authority: {name(certificate)}"


def _faults_of_authority(
    authority: x509.Certificate, below: Sequence[x509.Certificate]
) -> Iterator[Fault]:
    """`below` are the authorities between it and the server's certificate."""
    constraints = extension(authority, x509.BasicConstraints)
    usage = extension(authority, x509.KeyUsage)
    if constraints is None or not constraints.ca or (usage and not usage.key_cert_sign):
        yield TrustFailure.UNSUITABLE, f"no authority: {name(authority)}"
    elif constraints.path_length is not None:
        counted = [one for one in below if one.subject != one.issuer]
        if len(counted) > constraints.path_length:
            yield TrustFailure.UNSUITABLE, f"too many below: {name(authority)}"


def _fault_of_anchor(anchor: x509.Certificate) -> Iterator[Fault]:
    """Of a trusted certificate only asked whether it is an authority's, and since version 3."""
    if anchor.version is not x509.Version.v3:
        return
    constraints = extension(anchor, x509.BasicConstraints)
    usage = extension(anchor, x509.KeyUsage)
    if constraints is None or not constraints.ca or (usage and not usage.key_cert_sign):
        yield TrustFailure.UNDECIDED, f"no authority: {name(anchor)}"
