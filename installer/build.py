# SPDX-License-Identifier: MIT
"""Everything that is handed out: python -m installer.build, or dev.py build.

On Linux both systems' packages are made side by side, the Windows ones under Wine; on Windows its
own. What can't be made here is said, with the reason.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from installer import icon, results, sources
from installer.errors import BuildError
from installer.linux import linux_packages
from installer.places import BUILD
from installer.said import say, timed
from installer.signatures import signing
from installer.signatures.signer import Signer
from installer.windows import windows_packages, wine


def main(arguments: list[str] | None = None) -> int:
    """Build what the options ask for; 1 with one clear sentence when that fails."""
    options = _parser().parse_args(arguments)
    try:
        signer = signing.signer_from(signing.options_from(options))
        systems = _systems(options.only, everything=options.all)
        _build(systems, signer, anew=options.anew)
        missing = results.missing(systems)
        if options.all and missing:
            raise BuildError(f"Not everything was made: {', '.join(missing)} is missing.")
    except BuildError as error:
        say(f"Not built: {error}")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py build", description="Build the packages.")
    parser.add_argument("--only", choices=("linux", "windows"), help="only this system's packages")
    parser.add_argument("--all", action="store_true", help="fail when a part must be left out")
    parser.add_argument("--anew", action="store_true", help="also when nothing has changed")
    signing.add_options(parser)
    return parser


def _systems(only: str | None, *, everything: bool) -> list[str]:
    """What can be built here; what was asked for and can't be is an error, the rest is said."""
    asked = [only] if only else ["windows"] if os.name == "nt" else ["linux", "windows"]
    reasons = {"linux": linux_packages.why_not, "windows": _why_no_windows}
    found = []
    for system in asked:
        reason = reasons[system]()
        if reason and (only or everything):
            raise BuildError(f"The {system.title()} packages can't be made here: {reason}")
        if reason:
            say(f"Left out: the {system.title()} packages. {reason}")
        else:
            found.append(system)
    return found


def _why_no_windows() -> str | None:
    if os.name == "nt":
        return None
    reason = wine.why_not() or windows_packages.why_not()
    if reason or wine.is_made():
        return reason
    try:
        with timed("Wine folder"):
            wine.make()
    except BuildError as error:
        return str(error)
    return None


def _build(systems: list[str], signer: Signer | None, *, anew: bool) -> None:
    state = f"{' '.join(systems)} {sources.state()}"
    stamp = BUILD / "made-of"
    made_of = stamp.read_text() if stamp.is_file() else ""
    if not (anew or signer) and made_of == state and results.are_whole(systems):
        say("Nothing to build: dist/ was made of these very sources.")
        return
    stamp.unlink(missing_ok=True)
    results.clear(systems)
    _make_all(systems, signer)
    results.finish()
    if not signer:  # a later build without the key must not take these for its own
        stamp.write_text(state)


def _make_all(systems: list[str], signer: Signer | None) -> None:
    """Side by side: most of the time goes to programs that use one core."""
    if "windows" in systems:  # here, because Qt draws both, and wants no other threads
        icon.write(BUILD / "app.ico")
        icon.write_side_picture(BUILD / "setup.bmp")
    made = {"linux": linux_packages.make, "windows": lambda: windows_packages.make(signer)}
    with ThreadPoolExecutor() as pool:
        for job in [pool.submit(made[system]) for system in systems]:
            job.result()


if __name__ == "__main__":
    sys.exit(main())
