# SPDX-License-Identifier: MIT
"""What is handed out for Windows: folder → origin of its files → licences → signing → packages."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import wizard
from installer import archives, contents, folder, results, sources
from installer.errors import BuildError
from installer.parts import licences, sbom
from installer.places import DIST
from installer.said import say, timed
from installer.signatures import signing
from installer.signatures.signer import Signer
from installer.windows import nsis, provenance
from installer.windows.windows_python import WindowsPython, fetched, running


def why_not() -> str | None:
    """Why the packages can't be made on Linux, beside Wine; None when they can."""
    if not shutil.which("osslsigncode"):
        return "The signatures of the Windows Python can't be verified: osslsigncode is missing."
    return None


def make(signer: Signer | None) -> None:
    """Make dist/windows/ and its packages; here on Windows, under Wine on Linux."""
    here = os.name == "nt"
    with timed("Windows folder"):
        made = (folder.make_here if here else folder.make_for_windows)(sources.date())
    python = running() if here else fetched()
    _require_known_origin(made, python)
    licences.write(made, python.site_packages, python.licence)
    _sign(made, signer)
    with timed("Windows archive"):
        archives.make_zip(made, DIST / results.WINDOWS_ARCHIVE)
    _make_setup_program(made, signer)
    parts = DIST / results.WINDOWS_PARTS
    sbom.write(parts, made, python.site_packages, python.version, "windows")


def programs(made: Path) -> list[Path]:
    """The two programs of a folder."""
    return [made / f"{name}.exe" for name in (contents.WINDOW_PROGRAM, contents.CONSOLE_PROGRAM)]


def _require_known_origin(made: Path, python: WindowsPython) -> None:
    foreign = provenance.account(made, python.known_files(), programs(made))
    if foreign:
        raise BuildError(f"These files come from nowhere that is known: {', '.join(foreign)}")


def _sign(made: Path, signer: Signer | None) -> None:
    say(signing.said(signer))
    if signer:
        for program in programs(made):
            signer.sign(program)


def _make_setup_program(made: Path, signer: Signer | None) -> None:
    if not nsis.compiler():
        say("Left out: the setup program, because makensis (NSIS) isn't installed.")
        return
    target = DIST / results.SETUP_PROGRAM
    with timed("Windows setup program"):
        nsis.make_installer(made, target, wizard.__version__, signer.sign if signer else None)
