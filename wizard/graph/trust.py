# SPDX-License-Identifier: MIT
"""Whose signature on a server's certificate is believed: the operating system's trust store."""

from __future__ import annotations

import ssl
from pathlib import Path

import truststore

from wizard.errors import CannotCheck

STORE = "operating-system"  # the name of this view; others look into other stores


def context(ca_file: str | None) -> ssl.SSLContext:
    """A new context; `ca_file` is trusted in addition. New each time: handshakes on one wait.

    Strict mode, which newer Pythons switch on, refuses authorities that Windows and Java accept;
    it would answer another question than ours.
    """
    made = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if ca_file:
        _add(made, ca_file)
    return made


def blind_context() -> ssl.SSLContext:
    """Believes anybody: only to look at a certificate that was refused, never to send anything."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


def _add(made: ssl.SSLContext, ca_file: str) -> None:
    try:
        made.load_verify_locations(cadata=Path(ca_file).read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or getattr(error, "reason", None) or str(error)
        raise CannotCheck("error.ca_file", path=ca_file, reason=str(reason)) from None
