# SPDX-License-Identifier: MIT
"""Signing in as the app registration that the backup uses."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.model import Secret


@dataclass(frozen=True)
class SignIn:
    """How signing in ended. The token lives in memory only."""

    token: Secret | None
