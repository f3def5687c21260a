# SPDX-License-Identifier: MIT
"""What a request to Microsoft Graph is called without its names, and which permissions it needs.

Which parts of a path name a kind of thing, and not one object of it, is told by the words of
resources/graph/operations.toml: any other part may be a person's name or a file's, and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from wizard import codec, resources
from wizard.graph import permissions
from wizard.model import Workload

NAME = "{id}"
BY_PATH = "{path}"
_BELOW = "/**"
_OURS = (NAME, f"{BY_PATH}:")  # put in before a path is taken apart
_SPELLED_OUT = "microsoft.graph."
_LONGEST = 40  # parts of a path; more than any request of Graph has
_BEGINNING = re.compile(r"^(?:https?://)?[^/?#]*(?:/(?:v1\.0|beta)(?=[/?#(]|$))?", re.IGNORECASE)
_ADDRESSED = re.compile(r":/.*?(?::(?=/|$)|$)")  # root:/Folder/File.txt:/content
_KEYED = re.compile(r"\((?:'[^']*'|[\w-]{1,80})\)")  # users('jo') is users/jo
_NAMES = re.compile(r"/\{id\}(?:/\{id\})+")
_CALLED = re.compile(r"^([\w$.]{1,60})\(.*$")  # search(q='…'), delta(token='…')


@dataclass(frozen=True)
class Operation:
    """Requests that need the same; any one of `any_of` does, none where only a user may."""

    methods: tuple[str, ...]
    paths: tuple[str, ...]
    any_of: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    workload: Workload | None = None

    @property
    def needs_user(self) -> bool:
        """Whether no application permission does."""
        return not self.any_of

    @property
    def shown(self) -> str:
        """The permissions in one line, those first that the vendor's own list names."""
        return " or ".join(dict.fromkeys((*self.asked_for, *self.any_of)))

    @property
    def asked_for(self) -> tuple[str, ...]:
        """Those of them that the vendor's own list names."""
        application = permissions.PermissionKind.APPLICATION
        named = {n.permission for n in permissions.load().needs if n.kind is application}
        return tuple(permission for permission in self.any_of if permission in named)

    def granted_by(self, roles: Iterable[str]) -> bool:
        """Whether one of an app's permissions does, or is believed to."""
        held = permissions.load().granted(roles)
        return not held.isdisjoint((*self.any_of, *self.perhaps))


@dataclass(frozen=True)
class Operations:
    """The whole table."""

    source: str
    date: str
    words: tuple[str, ...]
    operations: tuple[Operation, ...]

    @cached_property
    def known_words(self) -> dict[str, str]:
        """Words of paths, by their small letters."""
        parts = (part for row in self.operations for path in row.paths for part in path.split("/"))
        named = (part for part in (*self.words, *parts) if part and part not in (NAME, "**"))
        return {word.lower(): word for word in named}

    def find(self, method: str, place: str) -> Operation | None:
        """What a request needs, its path being one of `place_of`; None where nothing is known."""
        return _found(method.upper(), place)


@cache
def load() -> Operations:
    """Read and check the shipped table."""
    return codec.from_plain(resources.read_toml("graph", "operations.toml"), Operations)


def place_of(url: str) -> str:
    """The path of a request without host, version, query, and all that names one object."""
    path = _BEGINNING.sub("", url.replace("%24", "$"), count=1)
    path = re.split(r"[?#]", path, maxsplit=1)[0]
    path = _ADDRESSED.sub(f":/{BY_PATH}:", path) if ":/" in path else path
    path = _KEYED.sub(f"/{NAME}", path) if "(" in path else path
    parts = [_part(part) for part in path.split("/")[:_LONGEST] if part]
    return "/" + "/".join(parts).removesuffix(":")


def object_of(url: str) -> str:
    """The beginning of a request's address up to the first name in it; empty where it has none.

    It holds that name: for telling objects apart, never to be shown.
    """
    path = re.split(r"[?#]", _BEGINNING.sub("", url, count=1), maxsplit=1)[0]
    parts = _KEYED.sub(lambda found: "/" + found[0].strip("()'"), path).split("/")[:_LONGEST]
    named = (place for place, part in enumerate(parts) if part and _part(part) == NAME)
    first = next(named, None)
    return "" if first is None else "/".join(parts[: first + 1]).lower()


def shown(method: str, place: str) -> str:
    """A request in one line; where names follow each other, the first tells enough."""
    return _NAMES.sub(f"/{NAME}/\N{HORIZONTAL ELLIPSIS}", f"{method} {place}".strip())


def _part(part: str) -> str:
    """One part of a path: a known word in its usual letters, anything else without its text."""
    words = load().known_words
    known = words.get(part.lower()) or (part if part in _OURS else "")
    if known or not part.endswith((")", ":")):
        return known or words.get(part.removeprefix(_SPELLED_OUT).lower(), NAME)
    called = _CALLED.sub(r"\1", part.removeprefix(_SPELLED_OUT))
    bare = called.rstrip(":")
    word = words.get(bare.lower(), NAME)
    taken = "(…)" if part.endswith(")") and word != NAME else ""
    return word + taken + called[len(bare) :]


@lru_cache(maxsize=1024)
def _found(method: str, place: str) -> Operation | None:
    bare = place.replace(f":/{BY_PATH}:", "").replace(f":/{BY_PATH}", "").replace("(…)", "")
    return next((row for row in load().operations if _fits(row, method, bare)), None)


def _fits(row: Operation, method: str, place: str) -> bool:
    return method in row.methods and any(_is_at(path, place) for path in row.paths)


def _is_at(path: str, place: str) -> bool:
    if not path.endswith(_BELOW):
        return path == place
    above = path.removesuffix(_BELOW)
    return place == above or place.startswith(f"{above}/")
