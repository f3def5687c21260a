# SPDX-License-Identifier: MIT
"""Which part of a system's own text may be shown: readable, and without passwords."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "***"

_USER_INFO = re.compile(r"(?P<before>^|//|[=;\s])(?P<user>[^\s/:@;=]+):(?P<password>[^\s/;]+)@")
_SECRET_NAME = re.compile(r"passw|pwd|passphrase|secret|token|api[-_.]?key|credential|kennw", re.I)
# Words that a name may have for other reasons, too; its last word then tells what the value is.
_SECRET_WORDS = {"pass", "pw", "auth", "cred", "creds", "key", "sig", "signature", "pin", "sas"}
_SECRET_ENDS = ("key", "auth", "cred")
_HARMLESS = {
    "algorithm", "algorithms", "alias", "config", "count", "dir", "disabled", "enabled", "file",
    "length", "name", "path", "policy", "preference", "provider", "schemes", "size", "store",
    "timeout", "tries", "type",
}  # fmt: skip
_HARMLESS_VALUES = {"true", "false"}
_NAME = re.compile(r"[\w.-]*$")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def printable(text: str) -> str:
    """The text with bytes that are no valid UTF-8 shown as replacement characters."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


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
    if _SECRET_NAME.search(name):
        return True
    found = _NAME.search(name.removeprefix("-D"))
    words = [word.lower() for word in _WORD.findall(found[0])] if found else []
    return bool(words) and words[-1] not in _HARMLESS and any(map(_is_secret, words))


def _is_secret(word: str) -> bool:
    return word in _SECRET_WORDS or word.endswith(_SECRET_ENDS)


def _masked(argument: str) -> str:
    """From the first `=` behind a secret's name on, also in `-javaagent:x.jar=port=1,token=…`."""
    parts = without_password(argument).split("=")
    for index, name in enumerate(parts[:-1]):
        rest = parts[index + 1 :]
        if _secret(name) and any(rest) and "=".join(rest).lower() not in _HARMLESS_VALUES:
            return "=".join((*parts[: index + 1], MASK))
    return "=".join(parts)
