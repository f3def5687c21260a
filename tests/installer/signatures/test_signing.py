# SPDX-License-Identifier: MIT
"""What signs: a PFX file, a key on a software token, or nothing; and what is said about it."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from installer.errors import BuildError
from installer.signatures import authenticode, signing
from installer.signatures.signer import Signer
from installer.signatures.signing import SigningOptions
from tests.support.code_signers import Authority, Identity

SOFT_TOKEN = Path("/usr/lib/softhsm/libsofthsm2.so")
ENGINES = Path("/usr/lib").glob("*-linux-gnu/engines-3/pkcs11.so")

pytestmark = pytest.mark.skipif(
    not shutil.which("osslsigncode"), reason="osslsigncode isn't installed"
)
needs_token = pytest.mark.skipif(
    not (SOFT_TOKEN.exists() and shutil.which("softhsm2-util") and any(ENGINES)),
    reason="softhsm2 or libengine-pkcs11-openssl isn't installed",
)


def _signer(options: SigningOptions) -> Signer:
    signer = signing.signer_from(options)
    assert signer
    return signer


def test_signer_from_when_password_is_wrong_then_refuses_before_any_build(
    pfx: SigningOptions,
) -> None:
    with pytest.raises(BuildError, match="isn't its password"):
        signing.signer_from(replace(pfx, password="wrong"))


def test_signer_from_when_pfx_has_no_password_then_signs(
    identity: Identity, trusted: Path, tmp_path: Path, program: Path
) -> None:
    file = identity.pfx(tmp_path / "open.pfx", "")
    _signer(SigningOptions(pfx=file, authorities=trusted)).sign(program)
    assert authenticode.verify(program, trusted).signer == "Söhne A/S"


def test_signer_from_when_expired_then_refuses(authority: Authority, tmp_path: Path) -> None:
    file = authority.identity(ends=-1).pfx(tmp_path / "old.pfx", "secret")
    with pytest.raises(BuildError, match="expired on"):
        signing.signer_from(SigningOptions(pfx=file, password="secret"))


def test_signer_from_when_authority_is_another_then_refuses(
    pfx: SigningOptions, tmp_path: Path
) -> None:
    other = Authority("Somebody").bundle(tmp_path / "other.pem")
    options = replace(pfx, authorities=other)
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


def test_signer_from_when_time_stamp_server_is_mute_then_says_so(pfx: SigningOptions) -> None:
    options = replace(pfx, timestamps=("http://127.0.0.1:9/",))
    with pytest.raises(BuildError, match=r"no time stamp could be had .*127\.0\.0\.1:9"):
        signing.signer_from(options)


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
        signing.signer_from(replace(token, **change))


@needs_token
def test_signer_from_when_certificate_is_of_another_key_then_refuses(
    token: SigningOptions, authority: Authority, tmp_path: Path
) -> None:
    other = authority.identity("Another").certificate_pem(tmp_path / "other.pem")
    with pytest.raises(BuildError, match="doesn't belong to the certificate"):
        signing.signer_from(replace(token, certificate=other))


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
    told = signing.said(_signer(replace(pfx, authorities=None)))
    assert "“Söhne A/S” (certificate of “Test root”" in told
    assert f"valid until {until}" in told
    assert "without a time stamp" in told
    assert "Not verified: see --sign-ca" in told
