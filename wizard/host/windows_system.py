# SPDX-License-Identifier: MIT
"""What Windows itself is asked for: a thin border, so that all rules above it run anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from wizard.host.base import Service

RegistryValue = str | int | bytes | tuple[str, ...]


@dataclass(frozen=True)
class Drive:
    """A volume in Windows' own numbers."""

    mount: str
    type: int  # as GetDriveTypeW tells it
    file_system: str
    flags: int  # as GetVolumeInformationW tells them
    total_bytes: int
    free_bytes: int  # what this account may use: quotas count


class WindowsSystem(Protocol):
    """The calls. A registry key that isn't there is empty; one that is closed is CannotCheck."""

    def values(self, key: str, *, view32: bool = False) -> Mapping[str, RegistryValue]:
        """The values of a key, which begins with HKLM, HKCU or HKU, by name."""

    def subkeys(self, key: str, *, view32: bool = False) -> tuple[str, ...]:
        """The names below a key."""

    def services(self) -> tuple[Service, ...]:
        """All services of the service manager."""

    def drive(self, path: str) -> Drive:
        """The volume that holds an existing path."""

    def drives(self) -> tuple[str, ...]:
        """The roots and mounted folders of all volumes."""

    def is_admin(self) -> bool:
        """Whether this process has an administrator's rights."""

    def powershell(self, script: str, seconds: float) -> str:
        """What a script prints."""
