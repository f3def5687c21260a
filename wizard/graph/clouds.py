# SPDX-License-Identifier: MIT
"""Which Microsoft 365 cloud is meant, and which hosts belong to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cloud:
    """One cloud. All values are URLs without a trailing slash; `portal` may be empty."""

    id: str
    name: str
    authority: str
    graph: str
    exchange: str
    sharepoint: str
    portal: str = ""
