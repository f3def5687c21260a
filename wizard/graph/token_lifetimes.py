# SPDX-License-Identifier: MIT
"""How long a token stays in use: resources/graph/token_lifetimes.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from wizard import codec, resources
from wizard.model import Value


@dataclass(frozen=True)
class TokenLifetimes:
    """All of the file."""

    source: str
    date: str
    usual_minutes: int
    longest_hours: int

    @property
    def usual(self) -> timedelta:
        """The longest life of an ordinary token."""
        return timedelta(minutes=self.usual_minutes)

    @property
    def longest(self) -> timedelta:
        """The longest life of any."""
        return timedelta(hours=self.longest_hours)

    @property
    def values(self) -> dict[str, Value]:
        """What sentences about a token that is still in use say of its time."""
        return {"minutes": self.usual_minutes, "hours": self.longest_hours}


@cache
def load() -> TokenLifetimes:
    """Read and check the shipped file."""
    return codec.from_plain(resources.read_toml("graph", "token_lifetimes.toml"), TokenLifetimes)
