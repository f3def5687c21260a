# SPDX-License-Identifier: MIT
"""Which NSIS makes the setup program: the newest at hand, or one fetched from a later Debian."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from installer.errors import BuildError
from installer.places import BUILD
from installer.said import say

# Public advisories, each with the first version without it: setup programs made by older ones can
# be misused by a local user when they run as SYSTEM.
ADVISORIES = {"CVE-2025-43715": (3, 11), "CVE-2026-42171": (3, 12)}
MINIMUM = max(ADVISORIES.values())
LICENCE = "Zlib AND CPL-1.0"  # of what gets into a setup program that is packed by LZMA
SUITE = "forky"  # Debian 14: 3.12; Debian 13 has 3.11 and Debian 12 has 3.08
# Its libraries come along, so that it runs on an older Debian.
PACKAGES = ("nsis", "nsis-common", "libc6", "libgcc-s1", "libstdc++6", "zlib1g")
LONGEST_FETCHING = 120  # seconds
_KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_SOURCE = f"deb [signed-by={_KEYS}] http://deb.debian.org/debian {SUITE} main\n"
_VERSION = re.compile(r"v?((\d+)\.(\d+)\S*)")


@dataclass(frozen=True)
class Compiler:
    """One installed NSIS."""

    command: tuple[str, ...]
    version: str
    number: tuple[int, int]
    licence: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def said(self) -> str:
        """Which it is, and which advisories its programs come under, in one line."""
        remaining = [name for name, mended in ADVISORIES.items() if self.number < mended]
        if not remaining:
            return f"Setup is made by NSIS {self.version}."
        minimum = ".".join(map(str, MINIMUM))
        return (
            f"Setup is made by NSIS {self.version}, older than {minimum}; what remains: "
            f"{', '.join(remaining)} (a local user can misuse a setup that runs as SYSTEM)."
        )


def newest() -> Compiler | None:
    """The newest NSIS on this computer."""
    found = [one for one in (_installed(), _fetched()) if one]
    return max(found, key=lambda one: one.number, default=None)


@cache
def bring() -> None:
    """Fetch a current one where the one at hand is missing or old; say when that can't be."""
    found = newest()
    if found and found.number >= MINIMUM:
        return
    try:
        fetch()
    except BuildError as error:
        say(str(error))


def why_not() -> str | None:
    """Why none can be fetched here; None when one can."""
    if not sys.platform.startswith("linux") or os.uname().machine != "x86_64":
        return "Debian's NSIS is only fetched on Linux on x86-64."
    for tool in ("apt-get", "dpkg-deb"):
        if not shutil.which(tool):
            return f"The program {tool} is missing."
    if not _KEYS.is_file():
        return f"Debian's keys are missing ({_KEYS}; package debian-archive-keyring)."
    return None


def fetch() -> None:
    """Put Debian's NSIS into build/nsis: 5 MB, a few seconds; apt verifies its signature.

    Raises:
        BuildError: it can't be had here, and why.
    """
    reason = why_not()
    if reason:
        raise BuildError(f"A current NSIS can't be fetched: {reason}")
    unfinished = folder().with_name(f"{folder().name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        _fill(unfinished)
        shutil.rmtree(folder(), ignore_errors=True)
        unfinished.rename(folder())
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def folder() -> Path:
    """Where the fetched one is or will be."""
    return BUILD / "nsis"


def _fill(target: Path) -> None:
    apt = target / "apt"
    for part in ("lists/partial", "cache/archives/partial", "got"):
        (apt / part).mkdir(parents=True)
    (apt / "sources.list").write_text(_SOURCE)
    options = {
        "Dir::Etc::SourceList": apt / "sources.list", "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": apt / "lists", "Dir::Cache": apt / "cache",
        "Dir::State::status": "/dev/null", "APT::Architecture": "amd64",
        # The account that apt would change to can't write here.
        "APT::Sandbox::User": "root",
    }  # fmt: skip
    get = ["apt-get", "-q", *(f"-o{name}={value}" for name, value in options.items())]
    _run([*get, "--error-on=any", "update"], apt / "got")
    _run([*get, "download", *PACKAGES], apt / "got")
    for package in sorted((apt / "got").iterdir()):
        _run(["dpkg-deb", "--extract", str(package), str(target)], apt)
    shutil.rmtree(apt)
    (target / ".made").write_text(_recipe())


def _recipe() -> str:
    return f"1 {SUITE} {' '.join(PACKAGES)}\n"


def _run(command: list[str], place: Path) -> None:
    try:
        result = subprocess.run(
            command, cwd=place, check=False, capture_output=True, text=True, errors="replace",
            stdin=subprocess.DEVNULL, timeout=LONGEST_FETCHING,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise BuildError(
            f"A current NSIS isn't here after {LONGEST_FETCHING} seconds: {command[0]} was stopped."
        ) from None
    if result.returncode:
        told = (result.stderr or result.stdout).strip().splitlines()
        raise BuildError(f"A current NSIS can't be fetched: {told[-1] if told else command[0]}")


def _installed() -> Compiler | None:
    """On PATH; NSIS's own setup on Windows doesn't put it there."""
    own_folders = [
        str(Path(os.environ[name], "NSIS"))
        for name in ("ProgramFiles(x86)", "ProgramFiles")
        if name in os.environ
    ]
    places = os.pathsep.join(own_folders)
    program = shutil.which("makensis") or shutil.which("makensis", path=places)
    if not program:
        return None
    beside, prefix = Path(program).parent, Path(program).parent.parent
    licences = (
        prefix / "share/doc/nsis-common/copyright",
        prefix / "share/nsis/COPYING",
        *(start / "COPYING" for start in (beside, prefix)),
    )
    return _asked((program,), licences, {})


def _fetched() -> Compiler | None:
    root = folder()
    made = root / ".made"
    if not made.is_file() or made.read_text() != _recipe():
        return None
    libraries = root / "usr/lib/x86_64-linux-gnu"
    loader = str(libraries / "ld-linux-x86-64.so.2")
    command = (loader, "--library-path", str(libraries), str(root / "usr/bin/makensis"))
    licence = root / "usr/share/doc/nsis-common/copyright"
    return _asked(command, (licence,), {"NSISDIR": str(root / "usr/share/nsis")})


def _asked(
    command: tuple[str, ...], licences: tuple[Path, ...], environment: Mapping[str, str]
) -> Compiler:
    result = subprocess.run(
        [*command, "-VERSION"], env={**os.environ, **environment}, check=False,
        capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    told = _VERSION.match(result.stdout.strip())
    if result.returncode or not told:
        raise BuildError(f"{command[-1]} doesn't tell its version. Install NSIS anew.")
    licence = next((place for place in licences if place.is_file()), licences[0])
    number = int(told.group(2)), int(told.group(3))
    return Compiler(command, told.group(1), number, licence, environment)
