# SPDX-License-Identifier: MIT
"""Where shipped files and the program itself are: the only place that knows."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import wizard


def path(*parts: str) -> Path:
    """A shipped file or folder under resources/, from source and in the frozen program alike."""
    return Path(wizard.__file__).parents[1].joinpath("resources", *parts)


def program_folder() -> Path | None:
    """The folder of the built program; None when it runs from source."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def read_toml(*parts: str) -> dict[str, Any]:
    """A shipped TOML file as plain values."""
    return tomllib.loads(path(*parts).read_text(encoding="utf-8"))
