# SPDX-License-Identifier: MIT
"""What the program may ask the computer, and the shapes of the answers.

Each question may be slow; each raises CannotCheck with a reason when the answer isn't to be had.
An empty answer means "looked, and there is none", never "could not look".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Protocol

from wizard.host.acts import Acts
from wizard.host.system_log_lines import SystemLog
from wizard.model import HostFacts


class ServiceState(StrEnum):
    """The state of a system service, in one vocabulary for Windows and systemd."""

    RUNNING = "running"
    STOPPED = "stopped"
    CHANGING = "changing"
    FAILED = "failed"


@dataclass(frozen=True)
class Service:
    """One system service. `command` is the image path or ExecStart, unsplit."""

    name: str
    display_name: str
    state: ServiceState
    start_type: str | None = None  # "automatic", "manual", "disabled"
    command: str | None = None
    account: str | None = None


@dataclass(frozen=True)
class JavaOptions:
    """An environment variable of a process that holds options for Java."""

    variable: str
    value: str


@dataclass(frozen=True)
class Process:
    """One running process. `arguments` is None where the system doesn't let us read them.

    `java_options` are those of Java's options variables that are set for it; None where they
    weren't or couldn't be read, and for processes that aren't Java. `apart` has the kinds of Linux'
    namespaces (net, mnt) in which a Java is elsewhere than this program.
    """

    pid: int
    name: str
    executable: str | None
    arguments: tuple[str, ...] | None
    resident_bytes: int | None = None
    account: str | None = None
    started: datetime | None = None
    java_options: tuple[JavaOptions, ...] | None = None
    memory_limit: Memory | None = None  # of its control group, where that is less than installed
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class Memory:
    """Physical memory, or the limit of a container or control group where that is smaller."""

    total_bytes: int
    available_bytes: int
    source: str


class VolumeKind(StrEnum):
    """What a volume is, as far as it matters for temporary files."""

    LOCAL = "local"
    NETWORK = "network"
    REMOVABLE = "removable"
    MEMORY = "memory"
    SESSION = "session"  # a drive letter that only this sign-in sees, never a service (SUBST)
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Volume:
    """The volume that holds a path. `free_bytes` is what an ordinary account may use.

    `free_inodes` is how many more files it can hold; None where there is no such limit.
    """

    mount: str
    kind: VolumeKind
    file_system: str
    total_bytes: int
    free_bytes: int
    read_only: bool
    source: str
    free_inodes: int | None = None


@dataclass(frozen=True)
class Quota:
    """What an account may hold on the volume of a path; None where there is no such limit."""

    limit_bytes: int | None
    used_bytes: int
    free_bytes: int | None
    source: str
    free_files: int | None = None


@dataclass(frozen=True)
class Program:
    """One installed program as the system lists it."""

    name: str
    version: str | None
    folder: str | None
    source: str


class ProxyWriting(StrEnum):
    """How a place writes down which hosts are excepted from its proxy."""

    VARIABLE = "variable"  # NO_PROXY: ends of names, between commas
    WINDOWS = "windows"  # names with *, between semicolons or blanks; <local>
    JAVA = "java"  # names that may begin or end with *, between |


@dataclass(frozen=True)
class ProxyExceptions:
    """One place that excepts hosts from a proxy."""

    source: str
    hosts: str


@dataclass(frozen=True)
class ProxySetting:
    """One place that names a proxy; `value` has no password in it.

    `behind` is the place of a script that Windows asks before it takes this proxy. What doesn't
    decide is only told: that Windows looks for a script by itself, as it does unless told not to.
    """

    source: str
    value: str
    writing: ProxyWriting = ProxyWriting.VARIABLE
    exceptions: tuple[ProxyExceptions, ...] = ()
    behind: str = ""
    decides: bool = True


@dataclass(frozen=True)
class ServiceVariable:
    """An environment variable that a service is given; the value may hold a secret."""

    name: str
    value: str
    source: str


@dataclass(frozen=True)
class Listener:
    """A TCP port at which somebody waits; `pid` and `program` are None where that is hidden."""

    address: str
    port: int
    pid: int | None = None
    program: str | None = None  # its executable, or its name where that is hidden


@dataclass(frozen=True)
class NameServer:
    """A name server that the system is set to ask."""

    address: str
    port: int = 53


@dataclass(frozen=True)
class Gateway:
    """Where the system sends what is for no network of its own; no address on a line to one.

    `is_silent` where it was lately looked for on its network and did not answer.
    """

    address: str
    adapter: str
    is_silent: bool = False


@dataclass(frozen=True)
class Antivirus:
    """One antivirus product; `exclusions` is None, with a reason, where they can't be read."""

    name: str
    active: bool | None
    source: str
    exclusions: tuple[str, ...] | None = None
    reason: str = ""


@dataclass(frozen=True)
class FileEntry:
    """One file or folder of a listing."""

    path: str
    is_folder: bool
    size_bytes: int
    modified: datetime


class Host(Acts, Protocol):
    """The computer. Paths travel as text, since a recorded Windows server is read on Linux too."""

    def facts(self) -> HostFacts:
        """System, name, rights."""

    def path(self, text: str) -> PurePath:
        """A path of this computer's flavour."""

    def services(self) -> tuple[Service, ...]:
        """All system services."""

    def processes(self) -> tuple[Process, ...]:
        """All running processes."""

    def memory(self) -> Memory:
        """Installed and available memory."""

    def volume(self, path: str) -> Volume:
        """The volume that holds a path; of a missing folder, that of its nearest parent."""

    def volumes(self) -> tuple[Volume, ...]:
        """All mounted volumes that may hold files."""

    def programs(self) -> tuple[Program, ...]:
        """Installed programs: uninstall entries on Windows, nothing on Linux."""

    def proxies(self) -> tuple[ProxySetting, ...]:
        """Every place that names a proxy for this account or the whole computer."""

    def service_proxies(self, service: Service) -> tuple[ProxySetting, ...]:
        """Every place that names a proxy for a service: its account's and its own variables."""

    def service_variables(
        self, service: Service, names: Sequence[str]
    ) -> tuple[ServiceVariable, ...]:
        """These variables as a service is given them; of several of one name the first counts."""

    def listening(self) -> tuple[Listener, ...]:
        """Every TCP port of this computer at which somebody waits for connections."""

    def name_servers(self) -> tuple[NameServer, ...]:
        """The name servers that the system is set to ask, in its order."""

    def gateways(self) -> tuple[Gateway, ...]:
        """The gateways that lead out of this computer's own networks, as they are now."""

    def antivirus(self) -> tuple[Antivirus, ...]:
        """Antivirus products, with their exclusions where they can be read."""

    def system_logs(self, marks: Sequence[str]) -> tuple[SystemLog, ...]:
        """The system's own logs of the last 14 days; of other programs only what bears a mark."""

    def environment(self) -> Mapping[str, str]:
        """The environment variables that this program was started with."""

    def is_folder(self, path: str) -> bool:
        """Whether there is such a folder; CannotCheck when it can't be told."""

    def seen_path(self, path: str, pid: int) -> str:
        """Where this program finds what a process finds at an absolute path."""

    def same_folder(self, path: str, pid: int) -> bool:
        """Whether a path means the same folder to a process; CannotCheck when it can't be told."""

    def may_write(self, path: str, account: str) -> bool:
        """Whether an account may make files in a folder; CannotCheck when it can't be told."""

    def real_path(self, path: str) -> str:
        """Where a path lies once links and junctions are followed; what is missing stays as is."""

    def quota(self, path: str, account: str) -> Quota | None:
        """The limit of an account on the volume of a path; None: looked, and there is none."""

    def list_folder(self, path: str) -> tuple[FileEntry, ...]:
        """The direct content of a folder."""

    def read_bytes(self, path: str, limit_bytes: int) -> bytes:
        """The beginning of a file."""

    def read_text(self, path: str, limit_bytes: int = 1_000_000) -> str:
        """A small text file; undecodable bytes are shown as replacement characters."""
