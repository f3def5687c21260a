# SPDX-License-Identifier: MIT
"""Which certificates may sign programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from installer.errors import BuildError
from installer.signatures import signing_certificate
from tests.support.code_signers import SERVER, Authority

FILE = Path("signer.pfx")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def test_from_pfx_when_password_fits_then_gives_the_signer(
    authority: Authority, tmp_path: Path
) -> None:
    identity = authority.identity("Söhne")
    file = identity.pfx(tmp_path / "a.pfx", "ge heim ü")
    assert signing_certificate.from_pfx(file, "ge heim ü") == identity.certificate


@pytest.mark.parametrize(
    ("password", "said"), [("other", "isn't its password"), (None, "SIGNING_PASSWORD isn't set")]
)
def test_from_pfx_when_password_doesnt_fit_then_says_so(
    authority: Authority, tmp_path: Path, password: str | None, said: str
) -> None:
    file = authority.identity().pfx(tmp_path / "a.pfx", "right")
    with pytest.raises(BuildError, match=said):
        signing_certificate.from_pfx(file, password)


def test_from_pfx_when_key_is_missing_then_says_so(authority: Authority, tmp_path: Path) -> None:
    file = tmp_path / "a.pfx"
    certificate = authority.identity().certificate
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"a", None, certificate, None, NoEncryption())
    )
    with pytest.raises(BuildError, match="holds no "):
        signing_certificate.from_pfx(file, None)


def test_from_pfx_when_file_is_missing_then_says_so(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"none\.pfx can't be read: No such file"):
        signing_certificate.from_pfx(tmp_path / "none.pfx", "x")


def test_from_pem_when_chain_then_gives_the_first(authority: Authority, tmp_path: Path) -> None:
    identity = authority.identity()
    file = identity.certificate_pem(tmp_path / "a.pem")
    file.write_bytes(file.read_bytes() + authority.bundle(tmp_path / "b.pem").read_bytes())
    assert signing_certificate.from_pem(file) == identity.certificate


def test_from_pem_when_it_holds_none_then_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_text("nothing")
    with pytest.raises(BuildError, match="no certificate in PEM form"):
        signing_certificate.from_pem(tmp_path / "a.pem")


def test_require_usable_when_valid_then_is_content(authority: Authority) -> None:
    signing_certificate.require_usable(authority.identity().certificate, FILE)


def test_require_usable_when_expired_then_gives_the_date(authority: Authority) -> None:
    certificate = authority.identity(ends=-1).certificate
    ended = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    with pytest.raises(BuildError, match=rf"signer\.pfx: the certificate expired on {ended}"):
        signing_certificate.require_usable(certificate, FILE)


def test_require_usable_when_not_yet_valid_then_gives_the_date(authority: Authority) -> None:
    certificate = authority.identity(starts=2).certificate
    starts = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
    with pytest.raises(BuildError, match=f"valid from {starts} on"):
        signing_certificate.require_usable(certificate, FILE)


@pytest.mark.parametrize("use", [SERVER, None])
def test_require_usable_when_not_for_programs_then_refuses(
    authority: Authority, use: x509.ObjectIdentifier | None
) -> None:
    with pytest.raises(BuildError, match="isn't meant for signing programs"):
        signing_certificate.require_usable(authority.identity(use=use).certificate, FILE)
