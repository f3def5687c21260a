# SPDX-License-Identifier: MIT
"""Everything that is handed out, in order: python -m installer.build, or dev.py build.

Folder → licences → signatures → packages → list of parts → sums. On Linux both systems' packages
are made, the Windows ones under Wine; on Windows its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import wizard
from installer import (
    archives,
    contents,
    deb,
    folder,
    licences,
    nsis,
    provenance,
    sbom,
    signing,
    sources,
    windows_python,
    wine,
)
from installer.errors import BuildError
from installer.places import BUILD, DIST
from installer.signer import Signer

VERSION = wizard.__version__
NAME = contents.FOLDER


def main(arguments: list[str] | None = None) -> int:
    """Build what the options ask for; 1 with one clear sentence when that fails."""
    options = _parser().parse_args(arguments)
    try:
        signer = signing.signer_from(signing.options_from(options))
        _build(options.only, signer, anew=options.anew)
    except BuildError as error:
        say(f"Not built: {error}")
        return 1
    return 0


def say(text: str) -> None:
    """Tell the person, at once also where a pipe listens."""
    print(text, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py build", description="Build the packages.")
    parser.add_argument("--only", choices=("linux", "windows"), help="only this system's packages")
    parser.add_argument("--anew", action="store_true", help="also when nothing has changed")
    signing.add_options(parser)
    return parser


def _build(only: str | None, signer: Signer | None, *, anew: bool) -> None:
    wanted = _systems(only)
    stamp = BUILD / "made-of"
    state = f"{' '.join(wanted)} {sources.digest()}"
    if not (anew or signer) and stamp.is_file() and stamp.read_text() == state:
        say("Nothing to build: dist/ was made of these very sources.")
        return
    shutil.rmtree(DIST, ignore_errors=True)
    stamp.unlink(missing_ok=True)
    for system in wanted:
        {"linux": _linux, "windows": _windows}[system](signer)
    archives.write_sums(DIST)
    for result in sorted(path for path in DIST.iterdir() if path.is_file()):
        say(f"{result.stat().st_size / 1e6:8.1f} MB  {result.name}")
    if not signer:
        stamp.write_text(state)


def _systems(only: str | None) -> list[str]:
    """What can be built here; what was asked for and can't be is an error, the rest is said."""
    if os.name == "nt":
        if only == "linux":
            raise BuildError("The Linux packages can only be made on Linux.")
        return ["windows"]
    reason = _why_no_wine() if only != "linux" else None
    if reason and only == "windows":
        raise BuildError(f"The Windows programs can't be built here: {reason}")
    if reason:
        say(f"Left out: the Windows programs. {reason}")
    return [only] if only else ["linux"] if reason else ["linux", "windows"]


def _why_no_wine() -> str | None:
    reason = wine.why_not()
    if reason:
        return reason
    try:
        with timed("Wine folder"):
            wine.make()
    except BuildError as error:
        return str(error)
    return None


def _linux(_signer: Signer | None) -> None:
    site_packages = Path(sys.prefix) / f"lib/python3.{sys.version_info.minor}/site-packages"
    with timed("Linux folder"):
        made = folder.make_here(sources.date())
        licences.write(made, site_packages, licences.python_licence())
    with timed("Linux archive and package"):
        archives.make_tar_xz(made, DIST / f"{NAME}-{VERSION}-linux-amd64.tar.xz")
        deb.make_deb(made, DIST / f"{NAME}_{VERSION}_amd64.deb", VERSION)
    parts = DIST / f"{NAME}-{VERSION}-linux-amd64.cdx.json"
    sbom.write(parts, made, site_packages, ".".join(map(str, sys.version_info[:3])), "linux")


def _windows(signer: Signer | None) -> None:
    here = os.name == "nt"
    with timed("Windows folder"):
        made = (folder.make_here if here else folder.make_for_windows)(sources.date())
    python = windows_python.running() if here else windows_python.fetched()
    _account(made, python)
    licences.write(made, python.site_packages, python.licence)
    say(signing.said(signer))
    for program in _programs(made) if signer else ():
        signer.sign(program)
    with timed("Windows archive and installer"):
        archives.make_zip(made, DIST / f"{NAME}-{VERSION}-windows-x64.zip")
        _setup_program(made, signer)
    parts = DIST / f"{NAME}-{VERSION}-windows-x64.cdx.json"
    sbom.write(parts, made, python.site_packages, python.version, "windows")


def _programs(made: Path) -> list[Path]:
    return [made / f"{name}.exe" for name in (contents.WINDOW_PROGRAM, contents.CONSOLE_PROGRAM)]


def _account(made: Path, python: windows_python.WindowsPython) -> None:
    """Refuse a folder with a program file that came from elsewhere."""
    foreign = provenance.account(made, python.known_files(), _programs(made))
    if foreign:
        raise BuildError(f"These files come from nowhere that is known: {', '.join(foreign)}")


def _setup_program(made: Path, signer: Signer | None) -> None:
    if not shutil.which("makensis"):
        say("Left out: the setup program, because makensis (NSIS) isn't installed.")
        return
    target = DIST / f"{NAME}-{VERSION}-windows-x64-setup.exe"
    nsis.make_installer(made, target, VERSION, signer.sign if signer else None)
    if signer:
        signer.sign(target)


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Say what was made and how long it took."""
    began = time.monotonic()
    yield
    say(f"made  {name}  ({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    sys.exit(main())
