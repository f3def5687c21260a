# SPDX-License-Identifier: MIT
"""The list of authorities of a sample server's Java, written as newer Javas bring it with them."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

NAME = "cacerts"


def write(java: Path, ca_file: str) -> None:
    """Java's folder then trusts the authorities of a PEM file, and nobody else."""
    authorities = x509.load_pem_x509_certificates(Path(ca_file).read_bytes())
    entries = [
        pkcs12.PKCS12Certificate(one, f"sample-{n}".encode()) for n, one in enumerate(authorities)
    ]
    folder = java / "lib" / "security"
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(pkcs12.serialize_java_truststore(entries, NoEncryption()))
