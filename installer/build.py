# SPDX-License-Identifier: MIT
"""Everything that is handed out: python -m installer.build, or dev.py build.

On Linux both systems' packages are made side by side, the Windows ones under Wine; on Windows its
own. What can't be made here is said, with the reason. dist/ changes when everything else is done.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from installer import icon, left_out, results, sources, wine
from installer.errors import BuildError
from installer.linux import linux_packages
from installer.places import BUILD, DIST
from installer.said import say, timed
from installer.signatures import signing
from installer.signatures.signer import Signer
from installer.windows import windows_packages


def main(arguments: list[str] | None = None) -> int:
    """Build what the options ask for; 1 with one clear sentence when that fails."""
    options = _parser().parse_args(arguments)
    try:
        signer = signing.signer_from(signing.options_from(options))
        asked = _asked(options.only)
        reasons = _why_not(asked)
        _tell(reasons, required={*reasons} if options.all else {options.only})
        left_out.record(reasons | _not_asked(asked))
        systems = [system for system in asked if system not in reasons]
        if not systems:
            raise BuildError("There is nothing that can be made here.")
        _build(systems, signer, reasons, anew=options.anew)
    except (BuildError, OSError) as error:
        say(f"Not built: {error}")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py build", description="Build the packages.")
    parser.add_argument("--only", choices=("linux", "windows"), help="only this system's packages")
    parser.add_argument("--all", action="store_true", help="fail when a part must be left out")
    parser.add_argument(
        "--anew",
        action="store_true",
        help="also when nothing has changed or what can't be made again is replaced",
    )
    signing.add_options(parser)
    return parser


def _asked(only: str | None) -> list[str]:
    return [only] if only else ["windows"] if os.name == "nt" else ["linux", "windows"]


def _not_asked(asked: list[str]) -> dict[str, str]:
    return {
        system: "This build was for another system."
        for system in results.NAMES
        if system not in asked
    }


def _why_not(asked: list[str]) -> dict[str, str]:
    """Systems and packages of what was asked for that can't be made here, each with its reason."""
    why = {"linux": linux_packages.why_not, "windows": _why_no_windows}
    reasons = {system: reason for system in asked if (reason := why[system]())}
    if "windows" in asked and "windows" not in reasons:
        reason = windows_packages.why_no_setup_program()
        reasons |= {results.SETUP_PROGRAM: reason} if reason else {}
    return reasons


def _tell(reasons: Mapping[str, str], *, required: set[str | None]) -> None:
    """What is left out is said; it is an error when it is required."""
    for name, reason in reasons.items():
        what = f"the {name.title()} packages" if name in results.NAMES else name
        if name in required:
            raise BuildError(f"{what[0].upper()}{what[1:]} can't be made here. {reason}")
        say(f"Left out: {what}. {reason}")


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


def _build(
    systems: list[str], signer: Signer | None, reasons: Mapping[str, str], *, anew: bool
) -> None:
    state = f"{' '.join(systems)} {sources.state()}"
    stamp = BUILD / "made-of"
    made_of = stamp.read_text() if stamp.is_file() else ""
    if not (anew or signer) and made_of == state and results.are_whole(systems, DIST, reasons):
        kind = "signed packages" if results.are_signed(DIST) else "packages"
        say(f"Nothing to build: dist/ holds {kind} made of these very sources.")
        return
    if not anew:
        _require_no_loss(systems, signer, reasons)
    new = results.begin()
    _make_all(systems, signer, new)
    missing = [name for name in results.missing(systems, new) if name not in reasons]
    if missing:
        raise BuildError(f"Not everything was made: {', '.join(missing)} is missing.")
    stamp.unlink(missing_ok=True)  # while dist/ changes it says nothing of it
    results.replace(systems, new, DIST)
    results.tell(DIST)
    stamp.write_text(state)


def _require_no_loss(systems: list[str], signer: Signer | None, reasons: Mapping[str, str]) -> None:
    """What can't be had again by the same command isn't thrown away unasked."""
    if "windows" in systems and not signer and results.are_signed(DIST):
        raise BuildError(
            "dist/ holds signed packages, and unsigned ones would take their place. Move them away "
            "or build with the key; --anew replaces them all the same."
        )
    lost = [name for name in reasons if (DIST / name).is_file()]
    if lost:
        raise BuildError(
            f"dist/ holds {', '.join(lost)}, which can't be made again here. Move it away or "
            "install what is missing; --anew removes it all the same."
        )


def _make_all(systems: list[str], signer: Signer | None, into: Path) -> None:
    """Side by side: most of the time goes to programs that use one core."""
    if "windows" in systems:  # here, because Qt draws both, and wants no other threads
        icon.write(BUILD / "app.ico")
        icon.write_side_picture(BUILD / "setup.bmp")
    made = {
        "linux": lambda: linux_packages.make(into),
        "windows": lambda: windows_packages.make(signer, into),
    }
    with ThreadPoolExecutor() as pool:
        for job in [pool.submit(made[system]) for system in systems]:
            job.result()


if __name__ == "__main__":
    sys.exit(main())
