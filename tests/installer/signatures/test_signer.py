# SPDX-License-Identifier: MIT
"""Files signed by the real osslsigncode, with time stamps of a server on loopback."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from installer import product
from installer.errors import BuildError
from installer.signatures import authenticode, signing
from installer.signatures.signer import Signer
from installer.signatures.signing import SigningOptions
from tests.support import pe_files
from tests.support.code_signers import TIME_STAMPING, Authority
from tests.support.timestamp_server import timestamp_server

pytestmark = pytest.mark.skipif(
    not shutil.which("osslsigncode"), reason="osslsigncode isn't installed"
)
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl isn't installed")


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
    assert f"Text description: {product.NAME}" in told
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
    assert "heim" not in repr(signer) + repr(pfx)


@pytest.fixture
def stamps(authority: Authority, tmp_path: Path) -> Iterator[str]:
    stamper = authority.identity("Stamps", use=TIME_STAMPING)
    with timestamp_server(stamper, tmp_path / "stamps") as url:
        yield url


@needs_openssl
def test_sign_when_time_stamp_server_answers_then_signature_has_its_time(
    pfx: SigningOptions, trusted: Path, program: Path, stamps: str
) -> None:
    _signer(replace(pfx, timestamps=(stamps,))).sign(program)
    signed_at = authenticode.verify(program, trusted).signed_at
    assert signed_at
    assert abs(datetime.now(UTC) - signed_at) < timedelta(minutes=1)


@needs_openssl
def test_sign_when_first_time_stamp_server_is_mute_then_asks_the_next(
    pfx: SigningOptions, trusted: Path, program: Path, stamps: str
) -> None:
    servers = ("http://127.0.0.1:9/", stamps)
    _signer(replace(pfx, timestamps=servers)).sign(program)
    assert authenticode.verify(program, trusted).signed_at


@needs_openssl
def test_sign_when_time_stamp_is_of_unknown_authority_then_refuses(
    pfx: SigningOptions, tmp_path: Path
) -> None:
    stamper = Authority("Somebody").identity("Stamps", use=TIME_STAMPING)
    with timestamp_server(stamper, tmp_path / "other") as url:
        options = replace(pfx, timestamps=(url,))
        with pytest.raises(BuildError, match="time stamp isn't trusted"):
            signing.signer_from(options)
