# SPDX-License-Identifier: MIT
"""The sample tenant: its ids, its users, and how its services refuse. resources/samples/."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from wizard import codec, resources


@dataclass(frozen=True)
class SampleError:
    """A sign-in error in Microsoft's shape."""

    word: str
    text: str


@dataclass(frozen=True)
class SamplePath:
    """What a path needs: any one of the roles; a regular expression for its beginning."""

    path: str
    any_of: tuple[str, ...]
    style: str


@dataclass(frozen=True)
class SampleRefusal:
    """How a service words a missing permission."""

    code: str
    message: str


@dataclass(frozen=True)
class SampleTenant:
    """All of the file."""

    tenant_id: str
    client_id: str
    secret: str
    users: tuple[str, ...]
    group: str
    object: str
    site: str
    roles: tuple[str, ...]
    sign_in_errors: dict[str, SampleError]
    paths: tuple[SamplePath, ...]
    refusals: dict[str, SampleRefusal]

    def mailboxes(self) -> tuple[str, ...]:
        """The addresses of the users, in their order."""
        return tuple(f"user-{number}@sample.example" for number, _ in enumerate(self.users, 1))

    @staticmethod
    @cache
    def load() -> SampleTenant:
        """Read and check the shipped file."""
        return codec.from_plain(resources.read_toml("samples", "microsoft365.toml"), SampleTenant)
