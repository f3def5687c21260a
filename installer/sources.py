# SPDX-License-Identifier: MIT
"""Which sources a build is made of, and of what date they are."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterator
from pathlib import Path

from installer.errors import BuildError
from installer.places import ROOT

_PARTS = ("wizard", "resources", "installer", "LICENSE", "CHANGELOG.md", "pyproject.toml")
# Working tools of the project, which are not in what is built; by file or folder name.
_NOT_BUILT = {"dev.py", "benchmarks.py", "bare.spec", "bare_window.py", "fleet", "__pycache__"}


def state() -> str:
    """All that decides what a build gives, in one line: the same line, the same bytes."""
    maintainer = [os.environ.get(name, "") for name in ("DEBFULLNAME", "DEBEMAIL")]
    return " ".join([digest(), str(date()), platform.python_version(), *maintainer]).strip()


def digest() -> str:
    """One SHA-256 over every file that a build reads."""
    total = hashlib.sha256()
    for file in _files():
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{file.relative_to(ROOT).as_posix()} {content}\n".encode())
    return total.hexdigest()


def _files() -> Iterator[Path]:
    for part in _PARTS:
        path = ROOT / part
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            named = file.relative_to(ROOT).parts
            if not _NOT_BUILT.intersection(named) and file.is_file():
                yield file


def date() -> int:
    """Seconds since 1970: SOURCE_DATE_EPOCH, else of the last commit to them.

    It is the files' time in packages: with it, two builds of the same sources give the same bytes
    where the packers allow it.

    Raises:
        BuildError: neither is known.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH") or _last_commit()
    if not told.isdecimal():
        raise BuildError(
            "The date of the sources isn't known here, because this is no git clone and "
            "SOURCE_DATE_EPOCH is no number of seconds: set it, say to the release's date."
        )
    return int(told)


def _last_commit() -> str:
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct", "--", *_PARTS]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return result.stdout.strip()
