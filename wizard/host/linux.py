# SPDX-License-Identifier: MIT
"""What does a Linux server answer?"""

from __future__ import annotations

import os
import platform
import sys
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path, PurePath, PurePosixPath

from wizard.errors import CannotCheck
from wizard.host import (
    antivirus,
    gateways,
    linux_folder,
    linux_journal,
    linux_memory,
    linux_mounts_of,
    linux_quota,
    linux_rights,
    linux_volumes,
    name_servers,
    proxy_variables,
    systemd,
    systemd_orders,
    systemd_variables,
    variables,
)
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
from wizard.host.variables import Variables
from wizard.model import HostFacts

ENVIRONMENT_FILE = Path("/etc/environment")


class LinuxHost(Computer):
    """A live Linux computer."""

    @cached_property
    def _file_systems(self) -> linux_volumes.FileSystems:
        return linux_volumes.known_types()

    @cached_property
    def _known_antivirus(self) -> tuple[antivirus.KnownAntivirus, ...]:
        return antivirus.known("linux")

    def facts(self) -> HostFacts:
        """System, name, rights."""
        return HostFacts("linux", _distribution(), platform.node(), is_admin=_is_root())

    def path(self, text: str) -> PurePath:
        """A POSIX path."""
        return PurePosixPath(text)

    def same_folder(self, path: str, pid: int) -> bool:
        """By the process' own mounts and root."""
        return linux_mounts_of.same_folder(path, pid)

    def seen_path(self, path: str, pid: int) -> str:
        """By the process' own mounts and root."""
        return linux_mounts_of.seen_path(path, pid)

    def may_write(self, path: str, account: str) -> bool:
        """By owner, groups, mode and access list, from the root down to the folder."""
        return linux_rights.may_write(path, account)

    def quota(self, path: str, account: str) -> Quota | None:
        """The kernel's own quotas."""
        return linux_quota.quota(path, account, self._file_systems)

    def control_service(
        self, name: str, action: ServiceAction, cancel: threading.Event
    ) -> ServiceAnswer:
        """An order to systemd."""
        return systemd_orders.control(name, action, cancel, self.environment())

    def make_folder(self, path: str, account: str | None) -> FolderMade:
        """A folder that belongs to the account."""
        return linux_folder.make(path, account)

    def remove_folder(self, made: FolderMade) -> None:
        """The same folder, when it is empty."""
        linux_folder.remove(made)

    def services(self) -> tuple[Service, ...]:
        """All systemd services."""
        return systemd.services()

    def memory(self) -> Memory:
        """Installed memory, or the container's limit."""
        return linux_memory.memory()

    def volume(self, path: str) -> Volume:
        """The volume that holds a path."""
        return linux_volumes.volume(path, self._file_systems)

    def volumes(self) -> tuple[Volume, ...]:
        """All volumes that may hold files."""
        return linux_volumes.volumes(self._file_systems)

    def programs(self) -> tuple[Program, ...]:
        """Nothing: Linux has no uninstall entries."""
        return ()

    def proxies(self) -> tuple[ProxySetting, ...]:
        """Proxies named for all programs in /etc/environment."""
        return proxies_of(ENVIRONMENT_FILE)

    def service_proxies(self, service: Service) -> tuple[ProxySetting, ...]:
        """Proxies that systemd gives to the unit."""
        places = systemd_variables.of_service(service.name)
        return tuple(found for place in places for found in proxy_variables.proxies(place))

    def service_variables(
        self, service: Service, names: Sequence[str]
    ) -> tuple[ServiceVariable, ...]:
        """What systemd gives to the unit."""
        return variables.named(systemd_variables.of_service(service.name), names)

    def name_servers(self) -> tuple[NameServer, ...]:
        """Those of resolv.conf."""
        return name_servers.name_servers()

    def gateways(self) -> tuple[Gateway, ...]:
        """Those of the kernel's routes."""
        return gateways.gateways()

    def system_logs(self, marks: Sequence[str]) -> tuple[SystemLog, ...]:
        """The journal, else what the kernel remembers."""
        return linux_journal.system_logs(marks)

    def antivirus(self) -> tuple[Antivirus, ...]:
        """Known products, by their processes and services."""
        try:
            services = self.services()
        except CannotCheck:  # without systemd a daemon still shows as a process
            services = ()
        return antivirus.found(self._known_antivirus, antivirus.traces(self.processes(), services))


def proxies_of(file: Path) -> tuple[ProxySetting, ...]:
    """The proxy variables of an environment file."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        told = error.strerror or ""
        raise CannotCheck("error.host_path_unreadable", path=str(file), reason=told) from error
    return proxy_variables.proxies(Variables(str(file), variables.read(lines)))


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"
