# SPDX-License-Identifier: MIT
"""The program's folder, made by PyInstaller: here for this system, or under Wine for Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer import contents
from installer.errors import BuildError
from installer.places import BUILD, DIST, ROOT
from installer.windows import windows_python, wine

# Two builds of the same commit shall be the same; sets of strings are ordered by this seed.
_SEED = "1"
LONGEST_UNDER_WINE = 600  # seconds; it takes about 60


def make_here(source_date: int) -> Path:
    """dist/linux/… or dist/windows/…, by the system this runs on."""
    system = "windows" if os.name == "nt" else "linux"
    _clear(system)
    environment = {**os.environ, "PYTHONHASHSEED": _SEED, "SOURCE_DATE_EPOCH": str(source_date)}
    command = [sys.executable, *_pyinstaller(str(ROOT), system)]
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return _finished(system, result.stdout + result.stderr)


def make_for_windows(source_date: int) -> Path:
    """dist/windows/…, by the verified Windows Python under Wine."""
    _clear("windows")
    windows_python.make()
    environment = {"PYTHONHASHSEED": _SEED, "SOURCE_DATE_EPOCH": str(source_date)}
    try:
        with wine.computer({"/project": ROOT}) as computer:
            result = computer.run(
                "Z:\\project\\build\\windows-python\\python.exe",
                *_pyinstaller("Z:\\project", "windows", separator="\\"),
                environment=environment,
                timeout=LONGEST_UNDER_WINE,
            )
    except subprocess.TimeoutExpired:
        minutes = LONGEST_UNDER_WINE // 60
        raise BuildError(f"PyInstaller under Wine isn't done after {minutes} minutes.") from None
    return _finished("windows", result.stdout + result.stderr)


def _pyinstaller(root: str, system: str, separator: str = os.sep) -> list[str]:
    def below(*parts: str) -> str:
        return separator.join((root, *parts))

    return [
        "-m", "PyInstaller", "--noconfirm", "--distpath", below("dist", system),
        "--workpath", below("build", f"work-{system}"), below("installer", "wizard.spec"),
    ]  # fmt: skip


def _clear(system: str) -> None:
    shutil.rmtree(DIST / system, ignore_errors=True)
    shutil.rmtree(BUILD / f"work-{system}", ignore_errors=True)
    BUILD.mkdir(exist_ok=True)


def _finished(system: str, log: str) -> Path:
    (BUILD / f"{system}.log").write_text(log, encoding="utf-8")
    made = DIST / system / contents.FOLDER
    if "Build complete!" not in log or not made.is_dir():
        last = (log.strip().splitlines() or ["no output"])[-1]
        raise BuildError(f"PyInstaller failed: {last} (build/{system}.log has it all)")
    return made
