# SPDX-License-Identifier: MIT
"""Which arguments an argument string holds, and how one of them is put in place of another.

Pure. Every byte of the string that isn't replaced stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wizard.host.java_launcher import BLANKS
from wizard.nakivo.java_properties import is_property

_TOKEN = re.compile(rf"""(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^{BLANKS}"'])+""")
_QUOTED = re.compile(r""""([^"]*)"?|'([^']*)'?""")
_HEAP = ("-Xmx", "-Xms")


@dataclass(frozen=True)
class Token:
    """One argument as it is written; `plain` is without its quotes."""

    start: int
    end: int
    text: str
    plain: str


def tokenise(current: str) -> tuple[Token, ...]:
    """The arguments between blanks; blanks in quotation marks separate nothing."""
    return tuple(
        Token(found.start(), found.end(), found[0], _unquoted(found[0]))
        for found in _TOKEN.finditer(current)
    )


def _unquoted(text: str) -> str:
    return _QUOTED.sub(lambda found: found[1] or found[2] or "", text)


def value_of(argument: str) -> str:
    """What stands behind the first `=` of an argument; empty when there is none."""
    return argument.partition("=")[2]


def properties(current: str, name: str) -> tuple[Token, ...]:
    """Every argument that sets the system property, quoted or not."""
    return tuple(token for token in tokenise(current) if is_property(token.plain, name))


def lookalikes(current: str, name: str) -> tuple[Token, ...]:
    """Arguments that were meant to set the property and don't: other capitals, a blank after -D."""
    meant = f"-d{name}=".lower()
    return tuple(
        token
        for token in tokenise(current)
        if not is_property(token.plain, name)
        and (token.plain.lower().startswith(meant) or token.plain.startswith(f"{name}="))
    )


def heap_options(current: str) -> tuple[Token, ...]:
    """Arguments that set the smallest or largest heap."""
    return tuple(token for token in tokenise(current) if token.plain.startswith(_HEAP))


def with_temp_path(current: str, folder: str, name: str) -> str:
    """The string with exactly one argument that sets the property `name`, to `folder`.

    The first such argument is replaced where it stands and further ones are removed with the
    blanks before them; where there is none, it is added at the end.
    """
    wanted = f"-D{name}={folder}"
    found = properties(current, name)
    if not found:
        gap = " " if current and current[-1] not in BLANKS else ""
        return f"{current}{gap}{wanted}"
    first, *further = found
    for token in reversed(further):
        current = current[: token.start].rstrip(BLANKS) + current[token.end :]
    return current[: first.start] + wanted + current[first.end :]
