# SPDX-License-Identifier: MIT
"""Why a key store gives no certificates."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why what a store holds can't be told; each has its word in words.toml."""

    DAMAGED = "damaged"
    UNKNOWN_FORMAT = "unknown-format"
    EMPTY = "empty"
    OTHER_VERSION = "other-version"
    OTHER_TYPE = "other-type"
    ODD_CERTIFICATE = "odd-certificate"
    UNKNOWN_ENTRY = "unknown-entry"
    OLD_ENCRYPTION = "old-encryption"
    UNKNOWN_ENCRYPTION = "unknown-encryption"


class WrongPassword(Exception):
    """The store's own check sum doesn't fit the password: Java refuses to open it, too."""


class Unreadable(Exception):
    """What it holds can't be told."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
