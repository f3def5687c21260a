# SPDX-License-Identifier: MIT
"""Signing with a PFX file and with a key on a software token, verified by a self-made authority."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from installer import authenticode, signing
from installer.errors import BuildError
from installer.signer import Signer
from installer.signing import SigningOptions
from tests.support import pe_files
from tests.support.code_signers import TIME_STAMPING, Authority, Identity
from tests.support.timestamp_server import timestamp_server

PASSWORD = "ge heim ü"
SOFT_TOKEN = Path("/usr/lib/softhsm/libsofthsm2.so")
ENGINES = Path("/usr/lib").glob("*-linux-gnu/engines-3/pkcs11.so")

pytestmark = pytest.mark.skipif(
    not shutil.which("osslsigncode"), reason="osslsigncode isn't installed"
)
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl isn't installed")
needs_token = pytest.mark.skipif(
    not (SOFT_TOKEN.exists() and shutil.which("softhsm2-util") and any(ENGINES)),
    reason="softhsm2 or libengine-pkcs11-openssl isn't installed",
)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def identity(authority: Authority) -> Identity:
    return authority.identity("Söhne A/S")


@pytest.fixture
def trusted(authority: Authority, tmp_path: Path) -> Path:
    return authority.bundle(tmp_path / "trusted.pem")


@pytest.fixture
def pfx(identity: Identity, trusted: Path, tmp_path: Path) -> SigningOptions:
    file = identity.pfx(tmp_path / "signer.pfx", PASSWORD)
    return SigningOptions(pfx=file, password=PASSWORD, authorities=trusted)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return pe_files.written(tmp_path / "dist" / "a b ü.exe")


def _signer(options: SigningOptions) -> Signer:
    signer = signing.signer_from(options)
    assert signer
    return signer


def test_sign_when_pfx_then_file_is_signed_in_place(
    pfx: SigningOptions, trusted: Path, program: Path
) -> None:
    program.chmod(0o754)
    _signer(pfx).sign(program)
    assert authenticode.verify(program, trusted).signer == "Söhne A/S"
    assert stat.S_IMODE(program.stat().st_mode) == 0o754
    assert [file.name for file in program.parent.iterdir()] == [program.name]


def test_sign_when_byte_is_changed_afterwards_then_verification_fails(
    pfx: SigningOptions, trusted: Path, program: Path
) -> None:
    _signer(pfx).sign(program)
    pe_files.change_a_byte(program)
    with pytest.raises(BuildError, match="changed after it was signed"):
        authenticode.verify(program, trusted)


def test_sign_when_done_then_file_tells_product_and_sha256(
    pfx: SigningOptions, program: Path
) -> None:
    _signer(pfx).sign(program)
    command = ["osslsigncode", "verify", "-in", str(program)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "Text description: M365 Backup Wizard" in told
    assert re.search(r"Message digest algorithm *: SHA256", told)


def test_sign_when_already_signed_then_replaces_the_signature(
    pfx: SigningOptions, trusted: Path, program: Path
) -> None:
    _signer(pfx).sign(program)
    once = program.stat().st_size
    _signer(pfx).sign(program)
    assert authenticode.verify(program, trusted).signer == "Söhne A/S"
    assert program.stat().st_size == once


def test_sign_when_file_is_no_program_then_leaves_it_as_it_was(
    pfx: SigningOptions, program: Path
) -> None:
    signer = _signer(pfx)
    program.write_text("a text")
    with pytest.raises(BuildError, match="wasn't signed"):
        signer.sign(program)
    assert program.read_text() == "a text"
    assert [file.name for file in program.parent.iterdir()] == [program.name]


def test_sign_when_password_is_given_then_it_is_on_no_command_line(
    pfx: SigningOptions, tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = _signer(pfx)
    real, seen = shutil.which("osslsigncode"), tmp_path / "seen"
    spy = tmp_path / "bin" / "osslsigncode"
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\necho "$@" >> "{seen}"\nexec "{real}" "$@"\n')
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", str(spy.parent), prepend=":")
    signer.sign(program)
    assert "-pkcs12" in seen.read_text()
    assert "heim" not in seen.read_text()
    assert PASSWORD not in repr(signer) + repr(pfx)


def test_signer_from_when_password_is_wrong_then_refuses_before_any_build(
    pfx: SigningOptions,
) -> None:
    with pytest.raises(BuildError, match="isn't its password"):
        signing.signer_from(SigningOptions(pfx=pfx.pfx, password="wrong"))


def test_signer_from_when_pfx_has_no_password_then_signs(
    identity: Identity, trusted: Path, tmp_path: Path, program: Path
) -> None:
    file = identity.pfx(tmp_path / "open.pfx", "")
    _signer(SigningOptions(pfx=file, authorities=trusted)).sign(program)
    assert authenticode.verify(program, trusted).signer == "Söhne A/S"


def test_signer_from_when_expired_then_refuses(authority: Authority, tmp_path: Path) -> None:
    file = authority.identity(ends=-1).pfx(tmp_path / "old.pfx", PASSWORD)
    with pytest.raises(BuildError, match="expired on"):
        signing.signer_from(SigningOptions(pfx=file, password=PASSWORD))


def test_signer_from_when_authority_is_another_then_refuses(
    pfx: SigningOptions, tmp_path: Path
) -> None:
    other = Authority("Somebody").bundle(tmp_path / "other.pem")
    options = SigningOptions(pfx=pfx.pfx, password=PASSWORD, authorities=other)
    with pytest.raises(BuildError, match="isn't trusted"):
        signing.signer_from(options)


def test_signer_from_when_nothing_is_given_then_none() -> None:
    assert signing.signer_from(SigningOptions(password="left over")) is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (SigningOptions(timestamps=("http://t.test/",)), "nothing to sign with"),
        (SigningOptions(pfx=Path("a.pfx"), pkcs11_key="k"), "not both"),
        (SigningOptions(pkcs11_key="k"), "--sign-pkcs11-module and --sign-certificate"),
        (
            SigningOptions(
                pkcs11_module=Path("m"),
                pkcs11_key="pkcs11:object=k?pin-value=1",
                certificate=Path("c"),
            ),
            "Leave the PIN out",
        ),
        (
            SigningOptions(pkcs11_module=Path("m"), pkcs11_key="k", certificate=Path("c")),
            "set SIGNING_PASSWORD to its PIN",
        ),
    ],
)  # fmt: skip
def test_signer_from_when_options_dont_fit_together_then_says_what_is_missing(
    options: SigningOptions, said: str
) -> None:
    with pytest.raises(BuildError, match=said):
        signing.signer_from(options)


# --- time stamps ------------------------------------------------------------------------------


@pytest.fixture
def stamps(authority: Authority, tmp_path: Path) -> Iterator[str]:
    stamper = authority.identity("Stamps", use=TIME_STAMPING)
    with timestamp_server(stamper, tmp_path / "stamps") as url:
        yield url


@needs_openssl
def test_sign_when_time_stamp_server_answers_then_signature_has_its_time(
    pfx: SigningOptions, trusted: Path, program: Path, stamps: str
) -> None:
    options = SigningOptions(pfx.pfx, password=PASSWORD, timestamps=(stamps,), authorities=trusted)
    _signer(options).sign(program)
    signed_at = authenticode.verify(program, trusted).signed_at
    assert signed_at
    assert abs(datetime.now(UTC) - signed_at) < timedelta(minutes=1)


@needs_openssl
def test_sign_when_first_time_stamp_server_is_mute_then_asks_the_next(
    pfx: SigningOptions, trusted: Path, program: Path, stamps: str
) -> None:
    servers = ("http://127.0.0.1:9/", stamps)
    options = SigningOptions(pfx.pfx, password=PASSWORD, timestamps=servers, authorities=trusted)
    _signer(options).sign(program)
    assert authenticode.verify(program, trusted).signed_at


@needs_openssl
def test_sign_when_time_stamp_is_of_unknown_authority_then_refuses(
    pfx: SigningOptions, trusted: Path, tmp_path: Path
) -> None:
    stamper = Authority("Somebody").identity("Stamps", use=TIME_STAMPING)
    with timestamp_server(stamper, tmp_path / "other") as url:
        options = SigningOptions(pfx.pfx, password=PASSWORD, timestamps=(url,), authorities=trusted)
        with pytest.raises(BuildError, match="time stamp isn't trusted"):
            signing.signer_from(options)


def test_signer_from_when_time_stamp_server_is_mute_then_says_so(pfx: SigningOptions) -> None:
    options = SigningOptions(pfx.pfx, password=PASSWORD, timestamps=("http://127.0.0.1:9/",))
    with pytest.raises(BuildError, match=r"no time stamp could be had .*127\.0\.0\.1:9"):
        signing.signer_from(options)


# --- a key on a token -------------------------------------------------------------------------


@pytest.fixture
def token(
    identity: Identity, trusted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SigningOptions:
    """A software token that holds the signer's key."""
    (tmp_path / "tokens").mkdir()
    settings = tmp_path / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    key = identity.key_pem(tmp_path / "key.pem")
    first = ["softhsm2-util", "--pin", "1234", "--init-token", "--free", "--label", "shelf"]
    subprocess.run([*first, "--so-pin", "0000"], check=True, capture_output=True)
    second = ["softhsm2-util", "--pin", "1234", "--import", str(key), "--token", "shelf"]
    subprocess.run([*second, "--label", "signer", "--id", "A1"], check=True, capture_output=True)
    key.unlink()
    return SigningOptions(
        pkcs11_module=SOFT_TOKEN,
        pkcs11_key="pkcs11:token=shelf;object=signer",
        certificate=identity.certificate_pem(tmp_path / "certificate.pem"),
        authorities=trusted,
        password="1234",
    )


@needs_token
def test_sign_when_key_is_on_a_token_then_file_is_signed(
    token: SigningOptions, trusted: Path, program: Path
) -> None:
    _signer(token).sign(program)
    assert authenticode.verify(program, trusted).signer == "Söhne A/S"


@needs_token
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "4321"}, "isn't the token's PIN"),
        ({"pkcs11_key": "pkcs11:token=shelf;object=none"}, "no such private key"),
        ({"pkcs11_module": Path("/usr/lib/none.so")}, "module can't be loaded"),
    ],
)
def test_signer_from_when_token_refuses_then_says_why(
    token: SigningOptions, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(BuildError, match=said):
        signing.signer_from(SigningOptions(**{**vars(token), **change}))


@needs_token
def test_signer_from_when_certificate_is_of_another_key_then_refuses(
    token: SigningOptions, authority: Authority, tmp_path: Path
) -> None:
    other = authority.identity("Another").certificate_pem(tmp_path / "other.pem")
    with pytest.raises(BuildError, match="doesn't belong to the certificate"):
        signing.signer_from(SigningOptions(**{**vars(token), "certificate": other}))


# --- the command line and what is said --------------------------------------------------------


def test_options_from_when_command_line_is_full_then_holds_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parser = argparse.ArgumentParser()
    signing.add_options(parser)
    monkeypatch.setenv("SIGNING_PASSWORD", "1234")
    line = (
        "--sign-pkcs11-module m.so --sign-pkcs11-key pkcs11:object=k --sign-certificate c.pem "
        "--sign-timestamp http://a.test --sign-timestamp http://b.test --sign-ca ca.pem"
    )
    given = parser.parse_args(line.split(" "))
    assert signing.options_from(given) == SigningOptions(
        pkcs11_module=Path("m.so"),
        pkcs11_key="pkcs11:object=k",
        certificate=Path("c.pem"),
        timestamps=("http://a.test", "http://b.test"),
        authorities=Path("ca.pem"),
        password="1234",
    )
    assert "SIGNING_PASSWORD" not in os.environ


def test_options_from_when_command_line_is_empty_then_nothing_signs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parser = argparse.ArgumentParser()
    signing.add_options(parser)
    monkeypatch.delenv("SIGNING_PASSWORD", raising=False)
    assert signing.options_from(parser.parse_args([])) == SigningOptions()


def test_said_when_nothing_signs_then_tells_so() -> None:
    assert signing.said(None).startswith("Not signed: no certificate was given (see --sign-pfx).")


def test_said_when_signed_then_tells_by_whom_until_when_and_what_is_missing(
    pfx: SigningOptions, identity: Identity
) -> None:
    until = f"{identity.certificate.not_valid_after_utc:%Y-%m-%d}"
    told = signing.said(_signer(SigningOptions(pfx.pfx, password=PASSWORD)))
    assert "“Söhne A/S” (certificate of “Test root”" in told
    assert f"valid until {until}" in told
    assert "without a time stamp" in told
    assert "Not verified: see --sign-ca" in told
