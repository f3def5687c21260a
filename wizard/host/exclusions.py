# SPDX-License-Identifier: MIT
"""Does an antivirus exclusion cover a folder?

By the rules Microsoft documents for Defender: a folder stands for all below it, * in the place of
a folder is exactly one folder, ? is one character, %NAME% is a variable of the system's account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

_VARIABLE = re.compile(r"%([^%\\/]+)%")


class Cover(StrEnum):
    """How far an exclusion goes."""

    FULL = "full"
    PARTIAL = "partial"  # files that lie directly in the folder, or some of them
    NONE = "none"


def cover(
    exclusion: str, folder: str, *, windows: bool, variables: Mapping[str, str] | None = None
) -> Cover:
    """What an exclusion does for a folder and all that is in it."""
    expanded = expand(exclusion, variables or {})
    pattern, parts = _parts(expanded, windows), _parts(folder, windows)
    if not pattern or not parts:
        return Cover.NONE
    if len(pattern) <= len(parts):
        return Cover.FULL if _match(pattern, parts) else Cover.NONE
    files_in_folder = len(pattern) == len(parts) + 1 and "*" in pattern[-1]
    return Cover.PARTIAL if files_in_folder and _match(pattern, parts) else Cover.NONE


def variables_in(exclusion: str) -> tuple[str, ...]:
    """The names of the variables that an exclusion mentions."""
    return tuple(_VARIABLE.findall(exclusion))


def expand(exclusion: str, variables: Mapping[str, str]) -> str:
    """The exclusion with its variables put in; an unknown one stays as it is."""
    known = {name.lower(): value for name, value in variables.items()}
    return _VARIABLE.sub(lambda found: known.get(found[1].lower(), found[0]), exclusion)


def _parts(path: str, windows: bool) -> list[str]:
    text = path.strip().strip('"')
    if windows:
        text = text.replace("/", "\\").lower()
    separator = "\\" if windows else "/"
    root = [separator] if text.startswith(separator) else []
    return root + [part for part in text.split(separator) if part]


def _match(pattern: list[str], parts: list[str]) -> bool:
    return all(_regex(asked).fullmatch(part) for asked, part in zip(pattern, parts, strict=False))


def _regex(part: str) -> re.Pattern[str]:
    by_sign = {"*": ".*", "?": "."}
    return re.compile("".join(by_sign.get(sign, re.escape(sign)) for sign in part), re.DOTALL)
