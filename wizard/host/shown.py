# SPDX-License-Identifier: MIT
"""Which part of a system's own text may be shown: readable, and without passwords."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "***"

_USER_INFO = re.compile(r"(?P<before>^|//|[=;\s])(?P<user>[^\s/:@;=]+):(?P<password>[^\s/;]+)@")
_SECRET_NAME = re.compile(r"passw|pwd|passphrase|secret|token|api[-_.]?key|credential", re.I)


def printable(text: str) -> str:
    """The text with bytes that are no valid UTF-8 shown as replacement characters."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def reason(error: OSError) -> str:
    """The system's own words for what went wrong."""
    return error.strerror or type(error).__name__


def without_password(text: str) -> str:
    """A proxy value or URL; `user:password@` keeps the user."""
    return _USER_INFO.sub(rf"\g<before>\g<user>:{MASK}@", text)


def arguments_without_passwords(arguments: Iterable[str]) -> tuple[str, ...]:
    """A command line; what follows an option that sounds like a secret is masked."""
    shown: list[str] = []
    masks_next = False
    for argument in arguments:
        shown.append(MASK if masks_next and not argument.startswith("-") else _masked(argument))
        masks_next = argument.startswith("-") and "=" not in argument and _secret(argument)
    return tuple(shown)


def _secret(name: str) -> bool:
    return bool(_SECRET_NAME.search(name))


def _masked(argument: str) -> str:
    """From the first `=` behind a secret's name on, also in `-javaagent:x.jar=port=1,token=…`."""
    parts = without_password(argument).split("=")
    for index, name in enumerate(parts[:-1]):
        if _secret(name) and any(parts[index + 1 :]):
            return "=".join((*parts[: index + 1], MASK))
    return "=".join(parts)
