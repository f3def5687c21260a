# SPDX-License-Identifier: MIT
"""What the product's log files say: lines of known signatures, by cause."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LogEvidence:
    """What was read and what matched."""

    files: tuple[str, ...]
