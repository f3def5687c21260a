# SPDX-License-Identifier: MIT
"""Whose signature on a server's certificate is believed: the operating system's trust store.

`--ca-file` adds authorities to what this program believes, so that it gets through. Where lists are
told side by side it is a list of its own; no other list grows by it.
"""

from __future__ import annotations

import ssl
from pathlib import Path

import truststore
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from wizard import failure_words
from wizard.errors import CannotCheck

STORE = "operating-system"  # the name of this view; others look into other stores
PUBLIC = "public-roots"
FILE = "ca-file"


def context(ca_file: str | None) -> ssl.SSLContext:
    """A new context; `ca_file` is trusted in addition. New each time: handshakes on one wait.

    Strict mode, which newer Pythons switch on, refuses authorities that Windows and Java accept;
    it would answer another question than ours.
    """
    made = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _offer_what_microsoft_takes(made)
    made.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if ca_file:
        _add(made, ca_file)
    return made


def blind_context() -> ssl.SSLContext:
    """Believes anybody: only to look at a certificate that was refused, never to send anything."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _offer_what_microsoft_takes(made)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


def strict_context(root: x509.Certificate) -> ssl.SSLContext:
    """Trusts one authority, and asks of certificates all that newer Pythons ask by default."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _offer_what_microsoft_takes(made)
    made.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
    made.load_verify_locations(cadata=root.public_bytes(Encoding.DER))
    return made


def _offer_what_microsoft_takes(made: ssl.SSLContext) -> None:
    """TLS 1.2 and later. A setting for all programs of this computer may end below that.

    The Transporter's Java doesn't know such a setting, so it would answer another question.
    """
    older = (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.SSLv3)
    if made.maximum_version in older:
        made.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
    made.minimum_version = ssl.TLSVersion.TLSv1_2


def own_roots(ca_file: str | None) -> tuple[x509.Certificate, ...]:
    """The authorities that the person trusts in addition."""
    if not ca_file:
        return ()
    try:
        return tuple(x509.load_pem_x509_certificates(Path(ca_file).read_bytes()))
    except (OSError, ValueError) as error:
        raise _unreadable(ca_file, error) from None


def _add(made: ssl.SSLContext, ca_file: str) -> None:
    try:
        made.load_verify_locations(cadata=Path(ca_file).read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise _unreadable(ca_file, error) from None


def _unreadable(ca_file: str, error: OSError | ValueError) -> CannotCheck:
    if isinstance(error, (ValueError, ssl.SSLError)):
        return CannotCheck("error.ca_file_content", path=ca_file)
    return CannotCheck("error.ca_file", path=ca_file, reason=failure_words.of(error))
