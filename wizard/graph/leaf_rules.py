# SPDX-License-Identifier: MIT
"""What Java asks of a server's own certificate: its use, and the host's name."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from wizard.graph.network_data import TrustFailure

E = TypeVar("E", bound=x509.ExtensionType)
Fault = tuple[TrustFailure, str]

_FOR_SERVERS = {ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
_NETSCAPE_TYPE = x509.ObjectIdentifier("2.16.840.1.113730.1.1")
_NETSCAPE_SERVER = 0x40  # its bit in the only byte of a BIT STRING
_BIT_STRING = 0x03


def faults(leaf: x509.Certificate) -> Iterator[Fault]:
    """For what a server's certificate may not be used."""
    usage = extension(leaf, x509.ExtendedKeyUsage)
    if usage is not None and not _FOR_SERVERS & set(usage):
        yield TrustFailure.UNSUITABLE, f"not for servers: {name(leaf)}"
    yield from _fault_of_key_usage(leaf)
    if not _is_netscape_server(leaf):
        yield TrustFailure.UNSUITABLE, f"not for servers: {name(leaf)}"


def _fault_of_key_usage(leaf: x509.Certificate) -> Iterator[Fault]:
    """Today's ciphers want signatures; an old one that encrypts to the key itself may still pass.

    Which of them is agreed on depends on Java's version and on the server.
    """
    usage = extension(leaf, x509.KeyUsage)
    if usage is None or usage.digital_signature:
        return
    may_encrypt = usage.key_encipherment and isinstance(leaf.public_key(), rsa.RSAPublicKey)
    failure = TrustFailure.UNDECIDED if may_encrypt else TrustFailure.UNSUITABLE
    yield failure, f"not for signatures: {name(leaf)}"


def _is_netscape_server(leaf: x509.Certificate) -> bool:
    """What the oldest of all marks of use says, where a certificate has it."""
    try:
        found = leaf.extensions.get_extension_for_oid(_NETSCAPE_TYPE).value
    except (x509.ExtensionNotFound, ValueError):
        return True
    raw = found.value if isinstance(found, x509.UnrecognizedExtension) else b""
    return len(raw) > 3 and raw[0] == _BIT_STRING and bool(raw[3] & _NETSCAPE_SERVER)


def fault_of_name(leaf: x509.Certificate, host: str) -> Fault | None:
    """Whether the server's certificate belongs to another name."""
    if any(_matches(pattern, host) for pattern in _names(leaf)):
        return None
    return TrustFailure.NAME_MISMATCH, ""


def _names(leaf: x509.Certificate) -> list[str]:
    """Host names and addresses; the common name only where there is no host name at all."""
    alternative = extension(leaf, x509.SubjectAlternativeName)
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


def extension(certificate: x509.Certificate, kind: type[E]) -> E | None:
    """One kind of a certificate's extensions; None where it has none, or none that can be read."""
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except (x509.ExtensionNotFound, ValueError):
        return None


def name(certificate: x509.Certificate) -> str:
    """What a certificate is called in a sentence."""
    common = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[-1].value) if common else certificate.subject.rfc4514_string()
