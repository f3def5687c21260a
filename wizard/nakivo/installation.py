# SPDX-License-Identifier: MIT
"""Where NAKIVO Backup & Replication is installed on this computer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Installation:
    """One installation. Paths are text of the host's flavour."""

    folder: str  # the product's root
    transporter: str  # the Transporter's folder
    default_temp_folder: str
    log_folder: str
    found_by: str  # what led to it: a service, an uninstall entry, a default folder, the person
    has_director: bool
    version: str | None = None
    others: tuple[str, ...] = ()  # further installations on this computer
