# SPDX-License-Identifier: MIT
"""What Windows itself is asked for: a thin border, so that all rules above it run anywhere."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from wizard.host.base import Service
from wizard.host.commands import Done

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


# GetDriveTypeW's number for a share that has a letter.
NETWORK_DRIVE = 4


@dataclass(frozen=True)
class QuotaRules:
    """How a volume keeps quotas, in Windows' own numbers; a limit of -1 is none."""

    flags: int  # FileSystemControlFlags of FILE_FS_CONTROL_INFORMATION
    default_limit: int  # of accounts without an entry


@dataclass(frozen=True)
class QuotaEntry:
    """One account's line in a volume's list of quotas."""

    used: int
    limit: int


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

    def device(self, letter: str) -> str:
        """What a drive letter ("X:") stands for in this session, as QueryDosDeviceW tells it."""

    def access_list(self, path: str) -> str:
        """Owner and access list of an existing path, in Windows' text form."""

    def sid(self, account: str) -> tuple[str, bool]:
        """An account's identifier, and whether it is one of this computer's own."""

    def account_name(self, sid: str) -> str:
        """The name of an identifier, or the identifier itself where it has none."""

    def local_groups(self) -> Mapping[str, tuple[str, ...]]:
        """The identifiers of this computer's groups, with those of their direct members."""

    def quota_rules(self, mount: str) -> QuotaRules:
        """How a volume keeps quotas."""

    def quota_entry(self, mount: str, sid: str) -> QuotaEntry | None:
        """An account's line in a volume's list; None when it has none."""

    def run(
        self, program: str, words: Sequence[str], seconds: float, cancel: threading.Event
    ) -> Done:
        """Run a program of Windows' own folder to its end."""

    def run_as_administrator(
        self, program: str, words: Sequence[str], seconds: float, cancel: threading.Event
    ) -> int:
        """The same after Windows has asked the person; its status. Refused when declined."""

    def message(self, code: int) -> str:
        """The system's own words for an error's number."""
