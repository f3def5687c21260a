# SPDX-License-Identifier: MIT
"""Signatures of Windows files, verified by the real osslsigncode with self-made authorities."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from installer.errors import BuildError
from installer.signatures import authenticode
from tests.support import pe_files
from tests.support.code_signers import SERVER, TIME_STAMPING, Authority, sign

pytestmark = pytest.mark.skipif(
    not shutil.which("osslsigncode"), reason="osslsigncode isn't installed"
)


def test_verify_when_signed_by_trusted_then_names_signer_and_issuer(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    file = sign(pe_files.written(tmp_path / "a b.exe"), authority.identity("Söhne A/S"))
    assert authenticode.verify(file, trusted) == authenticode.Signature(
        signer="Söhne A/S", issuer="Test root", signed_at=None
    )


def test_verify_when_name_looks_like_two_then_tells_the_whole(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    file = sign(pe_files.written(tmp_path / "a.exe"), authority.identity("Evil/CN=Good"))
    assert authenticode.verify(file, trusted).signer == "Evil/CN=Good"


def test_verify_when_not_signed_then_says_so(trusted: Path, tmp_path: Path) -> None:
    file = pe_files.written(tmp_path / "a.exe")
    with pytest.raises(BuildError, match=r"a\.exe: .*it isn't signed"):
        authenticode.verify(file, trusted)


@pytest.mark.parametrize("offset", [pe_files.CODE_AT, pe_files.CONSTANTS_AT])
def test_verify_when_one_byte_was_changed_then_says_changed(
    authority: Authority, trusted: Path, tmp_path: Path, offset: int
) -> None:
    file = sign(pe_files.written(tmp_path / "a.exe"), authority.identity())
    pe_files.change_a_byte(file, offset)
    with pytest.raises(BuildError, match="changed after it was signed"):
        authenticode.verify(file, trusted)


def test_verify_when_authority_is_unknown_then_refuses(trusted: Path, tmp_path: Path) -> None:
    file = sign(pe_files.written(tmp_path / "a.exe"), Authority("Somebody").identity())
    with pytest.raises(BuildError, match=r"isn't trusted \(self-signed certificate"):
        authenticode.verify(file, trusted)


def test_verify_when_expired_without_timestamp_then_refuses(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    file = sign(pe_files.written(tmp_path / "a.exe"), authority.identity(ends=-1))
    with pytest.raises(BuildError, match="certificate has expired"):
        authenticode.verify(file, trusted)


def test_verify_when_expired_but_stamped_before_then_holds(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    told = subprocess.run([authenticode.tool(), "sign", "--help"], capture_output=True, check=False)
    if b"-TSA-time" not in told.stdout + told.stderr:
        pytest.skip("this osslsigncode can't stamp with a time of the past")
    stamper = authority.identity("Stamps", use=TIME_STAMPING)
    stamp = ["-TSA-certs", str(stamper.certificate_pem(tmp_path / "stamper.pem"))]
    stamp += ["-TSA-key", str(stamper.key_pem(tmp_path / "stamper.key"))]
    then = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    stamp += ["-TSA-time", str(int(then.timestamp()))]
    file = sign(pe_files.written(tmp_path / "a.exe"), authority.identity(ends=-1), *stamp)
    assert authenticode.verify(file, trusted).signed_at == then


def test_verify_when_certificate_is_for_servers_then_refuses(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    file = sign(pe_files.written(tmp_path / "a.exe"), authority.identity(use=SERVER))
    with pytest.raises(BuildError, match="isn't meant for programs"):
        authenticode.verify(file, trusted)


def test_verify_when_only_the_second_signature_holds_then_refuses(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    file = sign(pe_files.written(tmp_path / "a.exe"), Authority("Somebody").identity())
    sign(file, authority.identity(), "-nest")
    with pytest.raises(BuildError, match="isn't trusted"):
        authenticode.verify(file, trusted)


def test_verify_when_signed_twice_then_names_the_first(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    file = sign(pe_files.written(tmp_path / "a.exe"), authority.identity("First"))
    sign(file, authority.identity("Second"), "-nest")
    assert authenticode.verify(file, trusted).signer == "First"


def test_verify_when_file_is_no_program_then_says_so(trusted: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.exe"
    file.write_text("a text")
    with pytest.raises(BuildError, match="no Windows program"):
        authenticode.verify(file, trusted)


def test_verify_when_file_is_missing_then_says_so(trusted: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"none\.exe: the file doesn't exist"):
        authenticode.verify(tmp_path / "none.exe", trusted)


def test_verify_when_authorities_are_missing_then_says_so(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"none\.pem: .*authorities doesn't exist"):
        authenticode.verify(pe_files.written(tmp_path / "a.exe"), tmp_path / "none.pem")


def test_verify_when_tool_is_missing_then_names_the_package(
    trusted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="apt-get install osslsigncode"):
        authenticode.verify(pe_files.written(tmp_path / "a.exe"), trusted)


def test_require_signers_when_all_are_allowed_then_gives_files_by_signer(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    one, two = authority.identity("One"), authority.identity("Two")
    folder = tmp_path / "folder"
    sign(pe_files.written(folder / "a.exe"), one)
    sign(pe_files.written(folder / "sub" / "b.pyd"), one)
    sign(pe_files.written(folder / "c.dll"), two)
    (folder / "readme.txt").write_text("MZ, but only a text")
    assert authenticode.require_signers(folder, trusted, {"One", "Two"}) == {
        "One": ["a.exe", "sub/b.pyd"],
        "Two": ["c.dll"],
    }


def test_require_signers_when_one_is_by_another_then_names_file_and_signer(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    sign(pe_files.written(folder / "a.exe"), authority.identity("One"))
    sign(pe_files.written(folder / "b.dll"), authority.identity("Two"))
    with pytest.raises(BuildError, match=r"b\.dll: it is signed by “Two”, expected was One"):
        authenticode.require_signers(folder, trusted, {"One"})


def test_require_signers_when_unsigned_program_has_another_ending_then_finds_it(
    authority: Authority, trusted: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    sign(pe_files.written(folder / "a.exe"), authority.identity("One"))
    pe_files.written(folder / "b.dat")
    with pytest.raises(BuildError, match=r"b\.dat: .*it isn't signed"):
        authenticode.require_signers(folder, trusted, {"One"})


def test_require_signers_when_folder_holds_no_program_then_refuses(
    trusted: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BuildError, match="no Windows program"):
        authenticode.require_signers(tmp_path / "empty", trusted, {"One"})
