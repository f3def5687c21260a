# SPDX-License-Identifier: MIT
"""What the app gets at the services of a sample tenant that have tokens of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SampleAccess:
    """By default a token without permissions, as Entra gives it to an app without consent there."""

    roles: tuple[str, ...] | None = None
    token_error: int | None = None  # AADSTS number
    policy: str = ""  # what Exchange says in X-EWS-Policy-Reason
