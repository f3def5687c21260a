# SPDX-License-Identifier: MIT
"""What does a Windows server answer?"""

from __future__ import annotations

import platform
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePath, PureWindowsPath

from wizard.errors import CannotCheck
from wizard.host import (
    antivirus,
    defender,
    files,
    folders,
    variables,
    windows_events,
    windows_folder,
    windows_gateways,
    windows_name_servers,
    windows_orders,
    windows_programs,
    windows_proxies,
    windows_quota,
    windows_rights,
    windows_variables,
)
from wizard.host import windows_volumes as volumes_of
from wizard.host.acts import FolderMade, ServiceAction, ServiceAnswer
from wizard.host.base import (
    Antivirus,
    Gateway,
    Memory,
    NameServer,
    Program,
    ProxySetting,
    Quota,
    Service,
    ServiceVariable,
    Volume,
)
from wizard.host.computer import Computer
from wizard.host.system_log_lines import SystemLog
from wizard.host.windows_system import WindowsSystem
from wizard.model import HostFacts

_CURRENT_VERSION = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
_SERVICES = r"HKLM\SYSTEM\CurrentControlSet\Services"


class WindowsHost(Computer):
    """A live Windows computer."""

    def __init__(self, system: WindowsSystem) -> None:
        self._system = system

    @cached_property
    def _known_antivirus(self) -> tuple[antivirus.KnownAntivirus, ...]:
        return antivirus.known("windows")

    def facts(self) -> HostFacts:
        """System, name, rights."""
        name = platform.node()
        return HostFacts("windows", self._edition(), name, is_admin=self._system.is_admin())

    def _edition(self) -> str:
        """The registry's words: unlike the management interface, the registry can't hang."""
        try:
            told = self._system.values(_CURRENT_VERSION)
        except CannotCheck:
            return "Windows"
        product, build = (str(told.get(name, "")) for name in ("ProductName", "CurrentBuild"))
        return f"{product or 'Windows'} (build {build})" if build else product or "Windows"

    def may_write(self, path: str, account: str) -> bool:
        """By the folder's access list."""
        return windows_rights.may_write(path, account, self._system)

    def quota(self, path: str, account: str) -> Quota | None:
        """NTFS' own quotas."""
        existing = volumes_of.nearest_existing(path, files.exists)
        return windows_quota.quota(existing, account, self._system)

    def same_folder(self, path: str, pid: int) -> bool:
        """Always: drive letters of one sign-in alone are volumes of a kind of their own."""
        return True

    def seen_path(self, path: str, pid: int) -> str:
        """Always the same."""
        return path

    def control_service(
        self, name: str, action: ServiceAction, cancel: threading.Event
    ) -> ServiceAnswer:
        """An order to the service manager."""
        return windows_orders.control(name, action, cancel, self._system)

    def make_folder(self, path: str, account: str | None) -> FolderMade:
        """A folder with the rights from above, and more where the account needs it."""
        return windows_folder.make(path, account, self._system)

    def remove_folder(self, made: FolderMade) -> None:
        """The same folder, when it is empty."""
        folders.remove(made.path, made.identity)

    def path(self, text: str) -> PurePath:
        """A Windows path."""
        return PureWindowsPath(text)

    def services(self) -> tuple[Service, ...]:
        """All services of the service manager."""
        return self._system.services()

    def memory(self) -> Memory:
        """Installed and available memory."""
        import psutil  # noqa: PLC0415 - the first window needs none of it

        told = psutil.virtual_memory()
        return Memory(told.total, told.available, "GlobalMemoryStatusEx")

    def volume(self, path: str) -> Volume:
        """The volume that holds a path."""
        return volumes_of.volume(path, self._system, files.exists)

    def volumes(self) -> tuple[Volume, ...]:
        """All volumes that answer."""
        return volumes_of.volumes(self._system)

    def programs(self) -> tuple[Program, ...]:
        """The uninstall entries."""
        return windows_programs.programs(self._system)

    def proxies(self) -> tuple[ProxySetting, ...]:
        """Proxies of this account, of WinHTTP and by policy."""
        return windows_proxies.proxies(self._system)

    def service_proxies(self, service: Service) -> tuple[ProxySetting, ...]:
        """Proxies of the service's account and of its own variables."""
        return windows_proxies.service_proxies(service, self._system)

    def service_variables(
        self, service: Service, names: Sequence[str]
    ) -> tuple[ServiceVariable, ...]:
        """Its own, its account's and the computer's."""
        given = windows_variables.of_service(service, self._system)
        return variables.named(given, names, any_case=True)

    def name_servers(self) -> tuple[NameServer, ...]:
        """Those of the adapters that have a line."""
        return windows_name_servers.name_servers(self._system, _connected())

    def gateways(self) -> tuple[Gateway, ...]:
        """Those of the adapters that have a line."""
        return windows_gateways.gateways(self._system, _connected())

    def system_logs(self, marks: Sequence[str]) -> tuple[SystemLog, ...]:
        """The event logs."""
        return windows_events.system_logs(marks, self._system)

    def antivirus(self) -> tuple[Antivirus, ...]:
        """Defender by its own word, others by services, processes and drivers."""
        seen = antivirus.traces(self.processes(), self.services(), self._system.subkeys(_SERVICES))
        own = defender.defender(self._system)
        return (*((own,) if own else ()), *antivirus.found(self._known_antivirus, seen))


def _connected() -> set[str]:
    """The names of the adapters that have a line."""
    import psutil  # noqa: PLC0415 - the first window needs none of it

    return {name for name, line in psutil.net_if_stats().items() if line.isup}
