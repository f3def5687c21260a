# SPDX-License-Identifier: MIT
"""Why a path isn't safe as the new temporary folder; pure, so it also serves while typing.

Safe means: every carrier hands it to the JVM as it is written, apart from the backslash.
"""

from __future__ import annotations

import re

from wizard.fixes import rules
from wizard.fixes.notice import Notice
from wizard.fixes.readings import visible

_DRIVE = re.compile(r"[A-Za-z]:")
_ROOT = re.compile(r"(?:[A-Za-z]:)?[\\/]?")
_SEPARATOR = re.compile(r"[\\/]")


def refusal(path: str) -> Notice | None:
    """The reason not to use this path, None when it is safe."""
    reason = _by_characters(path) or _by_beginning(path) or _by_end(path) or _by_parts(path)
    if reason is None:
        return None
    name, character = reason
    told = {"path": visible(path), "character": visible(character)}
    return Notice(f"arguments.refused.{name}", told)


Reason = tuple[str, str]  # the id's last part, the character at fault


def _by_characters(path: str) -> Reason | None:
    if not path:
        return "path_empty", ""
    for char in path:
        if ord(char) < 32 or ord(char) == 127:
            return "path_control", char
        if not char.isascii():
            return "path_not_ascii", char
    for rule in rules.load().characters:
        for char in path:
            if char in rule.characters:
                return rule.reason, char
    return None


def _by_beginning(path: str) -> Reason | None:
    if path.startswith("@"):
        return "path_at", "@"
    if re.match(r"[\\/]{2}", path):
        return "path_network", path[:2]
    if _ROOT.fullmatch(path):
        return "path_root", path
    if path.startswith("/"):
        return ("path_relative", "\\") if "\\" in path else None
    if not (_DRIVE.match(path) and _SEPARATOR.match(path, 2)):
        return "path_relative", path[:1]
    return None


def _by_end(path: str) -> Reason | None:
    return ("path_trailing_separator", path[-1]) if path[-1] in "\\/" else None


def _by_parts(path: str) -> Reason | None:
    is_windows = bool(_DRIVE.match(path))
    parts = _SEPARATOR.split(path[3 if is_windows else 1 :])
    reserved = rules.load().reserved_names.names
    for part in parts:
        if not part:
            return "path_doubled_separator", path[2 if is_windows else 0]
        if part in (".", ".."):
            return "path_dots", part
        if ":" in part:
            return "path_colon", ":"
        if is_windows and (part.endswith(".") or part.partition(".")[0].upper() in reserved):
            return "path_reserved", part
    return None
