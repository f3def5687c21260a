# SPDX-License-Identifier: MIT
"""What the numbers of sign-in errors (AADSTS) mean: resources/graph/sign_in_errors.toml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from wizard import codec, resources
from wizard.model import CauseId
from wizard.product import Confidence


class Page(StrEnum):
    """Kinds of sign-in errors; the file says which cause each belongs to."""

    PERMISSIONS = "P"
    CREDENTIALS = "C"
    TENANT = "T"
    NETWORK = "N"
    CONDITIONAL_ACCESS = "CA"
    LICENCE = "L"
    MICROSOFT = "M"
    WIZARD = "W"


class Who(StrEnum):
    """Who can mend it."""

    APP_OWNER = "app-owner"
    TENANT_ADMIN = "tenant-admin"
    CONDITIONAL_ACCESS_ADMIN = "conditional-access-admin"
    SECURITY_TEAM = "security-team"
    NETWORK_TEAM = "network-team"
    SERVER_ADMIN = "server-admin"
    NAKIVO_ADMIN = "nakivo-admin"
    MICROSOFT = "microsoft"
    WIZARD = "wizard"


@dataclass(frozen=True)
class _PageCause:
    page: Page
    cause: CauseId


@dataclass(frozen=True)
class KnownError:
    """What a code means; `text` is an id under [sign_in_error]."""

    codes: tuple[int, ...]
    text: str
    page: Page
    who: Who
    user_only: bool
    confidence: Confidence

    @property
    def text_id(self) -> str:
        """The id of its summary and advice."""
        return f"sign_in_error.{self.text}"

    @property
    def is_lasting(self) -> bool:
        """Whether it stays until somebody changes something; a passing fault proves nothing."""
        return self.page is not Page.MICROSOFT


@dataclass(frozen=True)
class SignInErrors:
    """The whole catalogue."""

    source: str
    date: str
    look_up: str
    pages: tuple[_PageCause, ...]
    errors: tuple[KnownError, ...]

    def known(self, codes: Iterable[int]) -> tuple[int, KnownError] | None:
        """The first of these codes that is known, with its meaning."""
        for code in codes:
            for entry in self.errors:
                if code in entry.codes:
                    return code, entry
        return None

    def page_of(self, code: int) -> str:
        """Microsoft's own page about a code, which needs no sign-in."""
        return self.look_up.format(code=code)

    def cause(self, entry: KnownError) -> CauseId:
        """The cause an error belongs to."""
        return next(row.cause for row in self.pages if row.page == entry.page)


@cache
def load() -> SignInErrors:
    """Read and check the shipped catalogue."""
    return codec.from_plain(resources.read_toml("graph", "sign_in_errors.toml"), SignInErrors)
