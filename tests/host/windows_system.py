# SPDX-License-Identifier: MIT
"""A Windows computer that was written down, in the shapes of its own interfaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.errors import CannotCheck
from wizard.host.base import Service
from wizard.host.windows_system import Drive, RegistryValue

Values = Mapping[str, RegistryValue]


@dataclass
class WrittenWindows:
    """Registry keys by path ("32:" before those of the 32-bit view); closed keys are refused."""

    registry: dict[str, Values] = field(default_factory=dict)
    closed_keys: tuple[str, ...] = ()
    all_services: tuple[Service, ...] = ()
    all_drives: dict[str, Drive] = field(default_factory=dict)
    powershell_answer: str | None = None

    def values(self, key: str, *, view32: bool = False) -> Values:
        self._refuse(key)
        wanted = self._key(key, view32)
        return next((v for k, v in self.registry.items() if k.lower() == wanted), {})

    def subkeys(self, key: str, *, view32: bool = False) -> tuple[str, ...]:
        self._refuse(key)
        above = self._key(key, view32) + "\\"
        below = (k[len(above) :] for k in self.registry if k.lower().startswith(above))
        return tuple(dict.fromkeys(name.split("\\")[0] for name in below))

    def services(self) -> tuple[Service, ...]:
        return self.all_services

    def drive(self, path: str) -> Drive:
        for root, drive in self.all_drives.items():
            if path.lower().startswith(root.lower()):
                return drive
        raise CannotCheck("error.host_path_unreadable", path=path, reason="device not ready")

    def drives(self) -> tuple[str, ...]:
        return (*self.all_drives, "E:\\")  # an empty card reader

    def is_admin(self) -> bool:
        return False

    def powershell(self, script: str, seconds: float) -> str:
        assert "Get-MpPreference" in script
        if self.powershell_answer is None:
            raise CannotCheck("error.host_silent", what="powershell.exe", seconds=seconds)
        return self.powershell_answer

    def _refuse(self, key: str) -> None:
        if key.lower().startswith(tuple(closed.lower() for closed in self.closed_keys)):
            raise CannotCheck("error.host_registry_closed", key=key, reason="Zugriff verweigert")

    @staticmethod
    def _key(key: str, view32: bool) -> str:
        return ("32:" if view32 else "") + key.lower()
