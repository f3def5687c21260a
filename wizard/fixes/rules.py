# SPDX-License-Identifier: MIT
"""Which characters a new folder's path may not have: resources/argument_rules.toml."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from wizard import codec, resources
from wizard.model import Source


@dataclass(frozen=True)
class CharacterRule:
    """Characters that a path may not have, and the id of the reason."""

    reason: str
    characters: str
    source: str


@dataclass(frozen=True)
class Names:
    """A closed list of words; `source` is a key of Rules.sources."""

    names: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Longest:
    """How many characters a command line may have."""

    characters: int
    source: str


@dataclass(frozen=True)
class Rules:
    """The whole file, in its order."""

    sources: dict[str, Source]
    characters: tuple[CharacterRule, ...]
    reserved_names: Names
    longest: Longest


@functools.cache
def load() -> Rules:
    """Read and check the shipped rules once."""
    return codec.from_plain(resources.read_toml("argument_rules.toml"), Rules)
