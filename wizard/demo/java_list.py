# SPDX-License-Identifier: MIT
"""The list of authorities of a sample server's Java, written as newer Javas bring it with them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

NAME = "cacerts"
_INSTALLED = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def write(java: Path, ca_file: str) -> None:
    """Java's folder then trusts the authorities of a PEM file, and nobody else."""
    authorities = x509.load_pem_x509_certificates(Path(ca_file).read_bytes())
    entries = [
        pkcs12.PKCS12Certificate(one, f"sample-{n}".encode()) for n, one in enumerate(authorities)
    ]
    folder = java / "lib" / "security"
    folder.mkdir(parents=True)
    file = folder / NAME
    file.write_bytes(pkcs12.serialize_java_truststore(entries, NoEncryption()))
    os.utime(file, (_INSTALLED, _INSTALLED))  # long before its Java was started
