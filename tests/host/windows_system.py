# SPDX-License-Identifier: MIT
"""A Windows computer that was written down, in the shapes of its own interfaces."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from wizard.errors import CannotCheck, Refused
from wizard.host.base import Service
from wizard.host.commands import Done
from wizard.host.windows_system import Drive, QuotaEntry, QuotaRules, RegistryValue

Values = Mapping[str, RegistryValue]


def _nothing(_ran: tuple[str, ...]) -> None:
    """Whatever runs changes nothing."""


@dataclass
class WrittenWindows:
    """Registry keys by path ("32:" before those of the 32-bit view); closed keys are refused."""

    registry: dict[str, Values] = field(default_factory=dict)
    closed_keys: tuple[str, ...] = ()
    all_services: tuple[Service, ...] = ()
    all_drives: dict[str, Drive] = field(default_factory=dict)
    powershell_answer: str | None = None
    devices: dict[str, str] = field(default_factory=dict)
    access_lists: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)  # with a domain: not of this computer
    groups: dict[str, tuple[str, ...]] | None = None
    rules: QuotaRules | None = None
    quotas: dict[str, QuotaEntry] = field(default_factory=dict)
    admin: bool = False
    statuses: dict[str, int] = field(default_factory=dict)
    printed: dict[str, Done] = field(default_factory=dict)  # by program and its first two words
    silent: bool = False
    declines: bool = False
    ran: list[tuple[str, ...]] = field(default_factory=list)
    after_run: Callable[[tuple[str, ...]], None] = _nothing

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
        return self.admin

    def device(self, letter: str) -> str:
        return self.devices.get(letter, r"\Device\HarddiskVolume1")

    def access_list(self, path: str) -> str:
        if path not in self.access_lists:
            raise CannotCheck("error.host_path_unreadable", path=path, reason="Access is denied")
        return self.access_lists[path]

    def sid(self, account: str) -> tuple[str, bool]:
        if account not in self.accounts:
            raise CannotCheck("error.host_account_unknown", account=account)
        return self.accounts[account], "\\" not in account

    def account_name(self, sid: str) -> str:
        return next((name for name, found in self.accounts.items() if found == sid), sid)

    def local_groups(self) -> Mapping[str, tuple[str, ...]]:
        if self.groups is None:
            raise CannotCheck("error.host_groups_closed", reason="Access is denied")
        return self.groups

    def quota_rules(self, mount: str) -> QuotaRules:
        if self.rules is None:
            raise CannotCheck("error.host_path_unreadable", path=mount, reason="Access is denied")
        return self.rules

    def quota_entry(self, mount: str, sid: str) -> QuotaEntry | None:
        return self.quotas.get(sid)

    def run(
        self, program: str, words: Sequence[str], seconds: float, cancel: threading.Event
    ) -> Done:
        self.ran.append((program, *words))
        self.after_run((program, *words))
        if self.silent:
            raise CannotCheck("error.host_silent", what=program, seconds=seconds)
        answer = self.printed.get(" ".join((program, *words[:2])))
        if answer is not None:
            return answer
        return Done(self.statuses.get(program, 0), f"{program} worked", "")

    def run_as_administrator(
        self, program: str, words: Sequence[str], seconds: float, cancel: threading.Event
    ) -> int:
        if self.declines:
            raise Refused("error.host_elevation_declined")
        self.ran.append(("as administrator", program, *words))
        return self.statuses.get(program, 0)

    def message(self, code: int) -> str:
        return {5: "Zugriff verweigert", 1062: "Der Dienst wurde nicht gestartet."}[code]

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
