# SPDX-License-Identifier: MIT
"""What an error is called where a person reads it: resources/failure_words.toml.

The one place that does so. The system's own words come first; the name of an error's class never
appears, nor what the error was working on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from wizard import resources

# What OpenSSL puts around its words.
_PLACE = re.compile(r"^\[[^]]*\] ?| ?\(_ssl\.c:\d+\)$")


@dataclass(frozen=True)
class _Words:
    """The shipped file; unknown or missing keys end the reading."""

    source: str
    date: str
    unknown: str
    kind: dict[str, str]
    tls: dict[str, str]
    form: dict[str, str]


def of(error: BaseException) -> str:
    """The system's own words for an error, or ours where it has none."""
    known = load()
    if getattr(error, "verify_message", None):
        return str(error.verify_message)  # type: ignore[attr-defined]
    if getattr(error, "library", None):  # OpenSSL, whose own words are codes and places
        return _of_tls(str(getattr(error, "reason", None) or ""))
    own = _PLACE.sub("", str(getattr(error, "strerror", None) or ""))
    if own:
        return own
    names = (kind.__name__ for kind in type(error).__mro__)
    return next((known.kind[name] for name in names if name in known.kind), known.unknown)


def form(kind: str, way: Sequence[str]) -> str:
    """That plain data has not the form it should have, by the way to the place."""
    known = load().form
    return known[kind].format(key=f"“{'.'.join(way)}”") if way else known["whole"]


def _of_tls(code: str) -> str:
    """What isn't listed is told as OpenSSL itself does, in small letters without lines."""
    return load().tls.get(code) or code.replace("_", " ").lower() or load().unknown


@cache
def load() -> _Words:
    """Read the shipped file."""
    return _Words(**resources.read_toml("failure_words.toml"))
