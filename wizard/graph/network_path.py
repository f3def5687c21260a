# SPDX-License-Identifier: MIT
"""The way to Microsoft 365, layer by layer: name, connection, proxy, encryption, answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NetworkPath:
    """What happened at each layer on the way to one endpoint."""

    endpoint: str
