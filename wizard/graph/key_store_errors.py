# SPDX-License-Identifier: MIT
"""Why a key store gives no certificates."""

from __future__ import annotations


class WrongPassword(Exception):
    """The store's own check sum doesn't fit the password: Java refuses to open it, too."""


class Unreadable(Exception):
    """What it holds can't be told; the first argument is the word for why."""
