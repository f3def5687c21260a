# SPDX-License-Identifier: MIT
"""The program's folder, made by PyInstaller: here for this system, or under Wine for Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer import contents, wine
from installer.errors import BuildError
from installer.places import ROOT

SPEC = ROOT / "installer" / "wizard.spec"
# Two builds of the same commit shall be the same; sets of strings are ordered by this seed.
_SEED = "1"
LONGEST_UNDER_WINE = 600  # seconds; it takes about 60


def make_here(into: Path, source_date: int, spec: Path = SPEC) -> Path:
    """into/linux/… or into/windows/…, by the system this runs on.

    Raises:
        BuildError: PyInstaller failed; what it said last.
    """
    system = "windows" if os.name == "nt" else "linux"
    _clear(system, into)
    environment = {**os.environ, **_settings(source_date)}
    words = [*_WORDS, str(into / system), "--workpath", str(_work(system, into)), str(spec)]
    result = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return _finished(system, into, result.stdout + result.stderr)


def make_for_windows(python: Path, into: Path, source_date: int) -> Path:
    """into/windows/…, by a Windows Python under Wine; both lie below the project's folder.

    Raises:
        BuildError: PyInstaller failed, or isn't done in time.
    """
    _clear("windows", into)
    places = [into / "windows", _work("windows", into), SPEC]
    target, work, spec = map(_seen_inside, places)
    try:
        with wine.computer({"/project": ROOT}) as computer:
            result = computer.run(
                _seen_inside(python / "python.exe"),
                *(*_WORDS, target, "--workpath", work, spec),
                environment=_settings(source_date),
                timeout=LONGEST_UNDER_WINE,
            )
    except subprocess.TimeoutExpired:
        minutes = LONGEST_UNDER_WINE // 60
        raise BuildError(f"PyInstaller under Wine isn't done after {minutes} minutes.") from None
    return _finished("windows", into, result.stdout + result.stderr)


_WORDS = ("-m", "PyInstaller", "--noconfirm", "--distpath")


def _settings(source_date: int) -> dict[str, str]:
    return {"PYTHONHASHSEED": _SEED, "SOURCE_DATE_EPOCH": str(source_date)}


def _seen_inside(path: Path) -> str:
    return "\\".join(("Z:", "project", *path.relative_to(ROOT).parts))


def _work(system: str, into: Path) -> Path:
    return into.with_name(f"work-{system}")


def _clear(system: str, into: Path) -> None:
    for folder in (into / system, _work(system, into)):
        if folder.exists():
            shutil.rmtree(folder)
    into.mkdir(parents=True, exist_ok=True)


def _finished(system: str, into: Path, told: str) -> Path:
    log = into.with_name(f"{system}.log")
    log.write_text(told, encoding="utf-8")
    made = into / system / contents.FOLDER
    if "Build complete!" not in told or not made.is_dir():
        last = (told.strip().splitlines() or ["no output"])[-1]
        raise BuildError(f"PyInstaller failed: {last} ({log} has it all)")
    return made
