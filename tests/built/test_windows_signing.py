# SPDX-License-Identifier: MIT
"""A signature of a built Windows program holds, shows a change, and lets the program run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import wizard
from installer import contents, wine
from installer.errors import BuildError
from installer.signatures import authenticode, signing
from installer.signatures.signing import SigningOptions
from installer.windows import provenance
from tests.support.code_signers import Authority
from tests.support.pe_files import change_a_byte
from tests.support.windows_origin import known_files

PROGRAM = f"{contents.CONSOLE_PROGRAM}.exe"

pytestmark = [
    pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode isn't installed"),
]


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("authority") / "trusted.pem"


@pytest.fixture(scope="module")
def signed(windows_folder: Path, trusted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the folder whose console program is signed."""
    authority = Authority()
    authority.bundle(trusted)
    pfx = authority.identity("Example Ltd").pfx(trusted.with_name("signer.pfx"), "secret")
    folder = tmp_path_factory.mktemp("signed") / "programs ü"
    shutil.copytree(windows_folder, folder)
    signer = signing.signer_from(SigningOptions(pfx, password="secret", authorities=trusted))
    assert signer
    signer.sign(folder / PROGRAM)
    return folder


def test_built_program_when_signed_then_signature_holds(signed: Path, trusted: Path) -> None:
    assert authenticode.verify(signed / PROGRAM, trusted).signer == "Example Ltd"


def test_built_program_when_changed_after_signing_then_signature_fails(
    signed: Path, trusted: Path, tmp_path: Path
) -> None:
    program = Path(shutil.copy(signed / PROGRAM, tmp_path))
    change_a_byte(program, program.stat().st_size // 2)  # within the archive with our modules
    with pytest.raises(BuildError, match="changed after it was signed"):
        authenticode.verify(program, trusted)


def test_built_program_when_signed_then_is_still_accounted_for(signed: Path) -> None:
    programs = [signed / PROGRAM, signed / f"{contents.WINDOW_PROGRAM}.exe"]
    assert provenance.account(signed, known_files(), programs) == []


def test_built_program_when_signed_then_still_runs_under_wine(
    signed: Path, under_wine: None
) -> None:
    with wine.computer({"/signed": signed}) as computer:
        result = computer.run(f"/signed/{PROGRAM}", "--version")
    assert (result.returncode, result.stdout.split()[-1]) == (0, wizard.__version__)
