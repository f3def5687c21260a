# SPDX-License-Identifier: MIT
"""What is handed out for Windows: folder → origin of its files → licences → signing → packages."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import wizard
from installer import archives, contents, folder, makensis, results, sources
from installer.errors import BuildError
from installer.parts import licences, sbom
from installer.said import say, timed
from installer.signatures import signing
from installer.signatures.signer import Signer
from installer.windows import nsis, provenance, windows_python
from installer.windows.windows_python import WindowsPython


def why_not() -> str | None:
    """Why the packages can't be made on Linux, beside Wine; None when they can."""
    if not shutil.which("osslsigncode"):
        return "The signatures of the Windows Python can't be verified: osslsigncode is missing."
    return None


def why_no_setup_program() -> str | None:
    """Why the setup program must be left out; None when it can be made."""
    makensis.bring()
    return None if makensis.newest() else "makensis (NSIS) isn't installed."


def make(signer: Signer | None, into: Path) -> None:
    """Make into/windows/ and its packages; here on Windows, under Wine on Linux."""
    with timed("Windows folder"):
        if os.name == "nt":
            python = windows_python.running()
            made = folder.make_here(into, sources.date())
        else:
            python = windows_python.make()
            made = folder.make_for_windows(python.folder, into, sources.date())
    pack(made, python, signer, into)


def pack(made: Path, python: WindowsPython, signer: Signer | None, into: Path) -> None:
    """Make the packages of a built folder, sign its programs and put the licences into it.

    Raises:
        BuildError: a file of the folder comes from nowhere known, or a package can't be made.
    """
    _require_known_origin(made, python)
    compiler = makensis.newest()
    licences.write(made, python.site_packages, python.licence, compiler)
    _sign(made, signer)
    with timed("Windows archive"):
        archives.make_zip(made, into / results.WINDOWS_ARCHIVE)
    if compiler:
        say(compiler.said())
        with timed("Windows setup program"):
            target = into / results.SETUP_PROGRAM
            nsis.make_installer(made, target, wizard.__version__, signer.sign if signer else None)
    parts = into / results.WINDOWS_PARTS
    sbom.write(parts, made, python.site_packages, python.version, "windows", nsis=compiler)


def programs(made: Path) -> list[Path]:
    """The two programs of a folder."""
    return [made / f"{name}.exe" for name in (contents.WINDOW_PROGRAM, contents.CONSOLE_PROGRAM)]


def _require_known_origin(made: Path, python: WindowsPython) -> None:
    foreign = provenance.account(made, python.known_files, programs(made))
    if foreign:
        raise BuildError(f"These files come from nowhere that is known: {', '.join(foreign)}")


def _sign(made: Path, signer: Signer | None) -> None:
    say(signing.said(signer))
    if signer:
        for program in programs(made):
            signer.sign(program)
