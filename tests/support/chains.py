# SPDX-License-Identifier: MIT
"""Certificates of every good and bad kind, and real servers that show them."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from wizard.demo.loopback import Loopback, Response

needs_openssl = pytest.mark.skipif(
    not shutil.which("openssl"), reason="openssl isn't installed (Debian: apt-get install openssl)"
)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
VALID = (-30, 300)  # days from now
OVER = (-30, -1)
TO_COME = (1, 30)
AUTHORITY = x509.BasicConstraints(ca=True, path_length=None)


@dataclass(frozen=True)
class Made:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def name(self) -> x509.Name:
        return self.certificate.subject


@dataclass(frozen=True)
class Kind:
    """How a certificate is made; the defaults are an authority's as the rules want it."""

    name: str
    issuer: Made | None = None  # None: itself
    days: tuple[int, int] = VALID
    constraints: x509.BasicConstraints | None = AUTHORITY
    sign_usage: bool | None = True  # None: without key usage
    key_identifier: bool = True
    issuer_address: bool = False
    key: Key | None = None
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = ()

    def make(self) -> Made:
        """Make it, with a new key unless told."""
        key = self.key or ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        signing = self.issuer.key if self.issuer else key
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.issuer.name if self.issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=self.days[0]))
            .not_valid_after(now + timedelta(days=self.days[1]))
        )
        for extension, critical in self._extensions(signing, key):
            builder = builder.add_extension(extension, critical)
        return Made(builder.sign(signing, hashes.SHA256()), key)

    def _extensions(self, issuer: Key, own: Key) -> Iterator[tuple[x509.ExtensionType, bool]]:
        if self.constraints:
            yield self.constraints, True
        if self.sign_usage is not None:
            yield usage(signs_certificates=self.sign_usage), True
        if self.key_identifier:
            public = issuer.public_key()
            yield x509.AuthorityKeyIdentifier.from_issuer_public_key(public), False
            yield x509.SubjectKeyIdentifier.from_public_key(own.public_key()), False
        if self.issuer_address:
            where = x509.UniformResourceIdentifier("http://ca.test/issuer.crt")
            access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, where)
            yield x509.AuthorityInformationAccess([access]), False
        yield from self.extensions


def usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=True,
        data_encipherment=False, key_agreement=False, key_cert_sign=signs_certificates,
        crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def for_host(issuer: Made | None, *names: str, **more: object) -> Kind:
    """A server's certificate; without names it has only the common name."""
    alternative = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
    kind = Kind(
        names[0] if names else "localhost",
        issuer,
        constraints=None,
        sign_usage=None,
        extensions=((alternative, False),) if names else (),
    )
    return replace(kind, **more)  # type: ignore[arg-type]


def with_extension(kind: Kind, extension: x509.ExtensionType, *, critical: bool = False) -> Kind:
    return replace(kind, extensions=(*kind.extensions, (extension, critical)))


def with_sha1(issuer: Made, name: str) -> Made:
    """A server's certificate as old boxes sign it, which the library refuses to do."""
    made = for_host(None, name).make()
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        (folder / "old.pem").write_bytes(made.pem)
        (folder / "issuer.pem").write_bytes(issuer.pem)
        (folder / "issuer.key").write_bytes(issuer.key_pem)
        (folder / "names").write_text(f"subjectAltName=DNS:{name}\n")
        command = [
            "openssl", "x509", "-in", "old.pem", "-CA", "issuer.pem", "-CAkey", "issuer.key",
            "-sha1", "-days", "30", "-extfile", "names", "-clrext", "-set_serial", "77",
        ]  # fmt: skip
        ran = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return replace(made, certificate=x509.load_pem_x509_certificate(ran.stdout))


@contextmanager
def server(sent: Sequence[Made], folder: Path) -> Iterator[int]:
    """A server on localhost that sends these certificates; its port."""
    file = folder / f"{sent[0].certificate.serial_number}.pem"
    file.write_bytes(sent[0].key_pem + b"".join(one.pem for one in sent))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")  # a server may show what nobody should
    context.load_cert_chain(file)
    with Loopback(lambda _: Response(200), tls=context) as running:
        yield running.port
