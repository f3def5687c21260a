# SPDX-License-Identifier: MIT
"""Everything that is handed out: python -m installer.build, or dev.py build.

On Linux both systems' packages are made side by side, the Windows ones under Wine; on Windows its
own. What can't be made here is said, with the reason.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

from installer import archives, icon, sources
from installer.errors import BuildError
from installer.linux import linux_packages
from installer.places import BUILD, DIST
from installer.said import say, timed
from installer.signatures import signing
from installer.signatures.signer import Signer
from installer.windows import windows_packages, wine


def main(arguments: list[str] | None = None) -> int:
    """Build what the options ask for; 1 with one clear sentence when that fails."""
    options = _parser().parse_args(arguments)
    try:
        signer = signing.signer_from(signing.options_from(options))
        _build(_systems(options.only), signer, anew=options.anew)
    except BuildError as error:
        say(f"Not built: {error}")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py build", description="Build the packages.")
    parser.add_argument("--only", choices=("linux", "windows"), help="only this system's packages")
    parser.add_argument("--anew", action="store_true", help="also when nothing has changed")
    signing.add_options(parser)
    return parser


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
    if reason or wine.is_made():
        return reason
    try:
        with timed("Wine folder"):
            wine.make()
    except BuildError as error:
        return str(error)
    return None


def _build(systems: list[str], signer: Signer | None, *, anew: bool) -> None:
    stamp = BUILD / "made-of"
    state = f"{' '.join(systems)} {sources.digest()}"
    if not (anew or signer) and stamp.is_file() and stamp.read_text() == state:
        say("Nothing to build: dist/ was made of these very sources.")
        return
    stamp.unlink(missing_ok=True)
    shutil.rmtree(DIST, ignore_errors=True)
    icon.write(BUILD / "app.ico")  # here, because Qt draws both, and wants no other threads
    icon.write_side_picture(BUILD / "setup.bmp")
    _make_all(systems, signer)
    archives.write_sums(DIST)
    for result in sorted(path for path in DIST.iterdir() if path.is_file()):
        say(f"{result.stat().st_size / 1e6:8.1f} MB  {result.name}")
    if not signer:
        stamp.write_text(state)


def _make_all(systems: list[str], signer: Signer | None) -> None:
    """Side by side: most of the time goes to programs that use one core."""
    made = {"linux": linux_packages.make, "windows": lambda: windows_packages.make(signer)}
    with ThreadPoolExecutor() as pool:
        for job in [pool.submit(made[system]) for system in systems]:
            job.result()


if __name__ == "__main__":
    sys.exit(main())
