# SPDX-License-Identifier: MIT
"""A sample backup server: a real folder tree, and scripted answers for what can't be faked on disk.

The tree lies in a temporary folder: `server/` stands for the system disk, `data/` for a second one.
The Java Transporter of the sample "runs" with the argument string in its settings file, so a change
of that file is seen as if the service had been restarted.
"""

from __future__ import annotations

import math
import os
import shlex
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wizard import codec
from wizard.demo.scenarios import Scenario
from wizard.fixes import settings_file
from wizard.host.acts import ServiceAction, ServiceAnswer, WriteSpeed
from wizard.host.base import (
    Antivirus,
    Listener,
    Memory,
    Process,
    Service,
    ServiceState,
    Volume,
    VolumeKind,
)
from wizard.host.recorded import RecordedHost
from wizard.model import HostFacts
from wizard.product import Product

SOURCE = "sample server"
SETTINGS = "expert-settings.properties"
LEFTOVERS = 3
SPEED_MB = 180  # per second, as of a common disk
MB = 1024**2
_PROGRAM = "start.exe" if os.name == "nt" else "start"
ACTS = ("control_service", "quota", "write_speed")


@dataclass(frozen=True)
class Tree:
    """Where things are in a sample server's folder."""

    root: Path

    @property
    def system_disk(self) -> Path:
        """Stands for the mount of the system disk."""
        return self.root / "server"

    @property
    def data_disk(self) -> Path:
        """Stands for the mount of a second disk."""
        return self.root / "data"

    @property
    def product(self) -> Path:
        """The installation."""
        return self.system_disk / "nakivo"

    def java(self, product: Product) -> Path:
        """The folder of the Transporter's own Java."""
        facts = product.facts
        return self.product / facts.transporter_subfolder.value / facts.java_subfolder.value

    @property
    def settings(self) -> Path:
        """Stands for the product's expert settings."""
        return self.root / SETTINGS


def build_tree(root: Path, scenario: Scenario, product: Product, proxy: str | None = None) -> Tree:
    """Make the folders and files of a sample server; `proxy` is what its Java is told to use."""
    tree, facts = Tree(root), product.facts
    transporter = tree.product / facts.transporter_subfolder.value
    temp = transporter / facts.temp_subfolder.value
    logs = transporter / facts.log_subfolder.value
    for folder in (temp, logs, tree.product / facts.director_subfolder.value, tree.data_disk):
        folder.mkdir(parents=True)
    _leave_files(temp)
    arguments = ["-Dfile.encoding=UTF-8"]
    if scenario.moved_to:
        moved = root / scenario.moved_to
        moved.mkdir(parents=True)
        arguments.append(f"-D{facts.temp_path_property.value}={moved}")
    if proxy:
        parts = urlsplit(proxy)
        words = (f"https.proxyHost={parts.hostname}", f"https.proxyPort={parts.port}")
        # The sample's Microsoft 365 is on this computer, which Java would except from any proxy.
        arguments += [f"-D{word}" for word in (*words, "http.nonProxyHosts=")]
    line = f"{facts.arguments_setting.value}={' '.join(arguments)}\n"
    tree.settings.write_text(f"# Stands for the expert settings of the product.\n{line}")
    (logs / facts.log_file.value).write_text(_log(scenario, temp))
    return tree


def _leave_files(temp: Path) -> None:
    """What runs that died have left behind."""
    died = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    for number in range(1, LEFTOVERS + 1):
        left = temp / f"item-{number}.part"
        left.write_bytes(bytes(number * MB // 2))
        os.utime(left, (died, died))


def _log(scenario: Scenario, temp: Path) -> str:
    """The Transporter's log: last night's run, with what the scenario has to tell."""
    now = datetime.now(UTC)
    night = (now - timedelta(hours=3)).replace(hour=2, minute=0, second=0, microsecond=0)
    lines = (
        "INFO  Microsoft 365 backup started",
        "DEBUG GET https://graph.microsoft.com/v1.0/users 200 OK",
        *scenario.log,
        "INFO  Microsoft 365 backup ended",
    )
    told = [line.replace("{item}", str(temp / "item-7.part")) for line in lines]
    times = [night + timedelta(minutes=7 * n) for n in range(len(told))]
    lines_told = zip(times, told, strict=True)
    return "".join(f"{time:%Y-%m-%d %H:%M:%S},000 {line}\n" for time, line in lines_told)


class SampleHost(RecordedHost):
    """A recorded computer whose Java Transporter reads the sample's settings file at its start."""

    def __init__(self, recording: Mapping[str, Any], tree: Tree, product: Product) -> None:
        super().__init__(recording, tree.root)
        self._tree = tree
        self._product = product
        self._restarts: list[datetime] = []
        self._words = self._setting()

    def control_service(
        self, name: str, action: ServiceAction, cancel: threading.Event
    ) -> ServiceAnswer:
        """As recorded; a started Transporter has a new process."""
        answer = super().control_service(name, action, cancel)
        if answer.accepted and action is ServiceAction.START and name == self._transporter:
            self._restarts.append(datetime.now(UTC).replace(microsecond=0))
            self._words = self._setting()
        return answer

    @property
    def _transporter(self) -> str:
        return self._product.facts.linux_transporter_unit.value

    def may_write(self, path: str, account: str) -> bool:
        """The sample's one account may write anywhere in the sample."""
        if account == self._product.facts.linux_transporter_user.value and self._is_inside(path):
            return True
        return super().may_write(path, account)

    def listening(self) -> tuple[Listener, ...]:
        """The Transporter's port is open while its service runs."""
        recorded = super().listening()
        closed = () if self._runs() else (self._product.facts.transporter_port.value,)
        return tuple(one for one in recorded if one.port not in closed)

    def _runs(self) -> bool:
        states = {service.name: service.state for service in self.services()}
        return states[self._transporter] is ServiceState.RUNNING

    def processes(self) -> tuple[Process, ...]:
        """The Java Transporter with the arguments of its start, while its service runs."""
        recorded = super().processes()
        if not self._runs():
            return recorded[1:]
        java = recorded[0]
        arguments = (*(java.arguments or ())[:1], *self._words, *(java.arguments or ())[1:])
        java = replace(java, arguments=arguments)
        if self._restarts:
            java = replace(java, pid=java.pid + len(self._restarts), started=self._restarts[-1])
        return (java, *recorded[1:])

    def _setting(self) -> tuple[str, ...]:
        """As the product is believed to do it: words at blanks; the sample has no quotes."""
        document = settings_file.parse(self._tree.settings.read_bytes())
        key = self._product.facts.arguments_setting.value
        return tuple(settings_file.find(document.text, key).value.split())


def make_host(
    tree: Tree, scenario: Scenario, product: Product, proxy: str | None = None
) -> SampleHost:
    """The sample's computer; `proxy` is the address its system settings name."""
    recording = _facts(scenario)
    if scenario.readable:
        recording |= _answers(tree, scenario, product)
    else:
        closed = {"error": "error.sample_closed", "values": {}}
        questions = ("services", "processes", "memory", "volumes", "programs", "antivirus")
        network = ("proxies", "service_proxies", "listening", "name_servers", "environment")
        recording |= dict.fromkeys((*questions, *network, "system_logs", *ACTS), closed)
        recording |= {"files": {str(tree.product): closed}}
    if proxy:
        recording["proxies"] = [{"source": "system settings", "value": proxy}]
    return SampleHost(recording, tree, product)


def _facts(scenario: Scenario) -> dict[str, Any]:
    system = "windows" if os.name == "nt" else "linux"
    facts = HostFacts(system, "sample", "sample-backup-server", is_admin=False, sample=scenario.id)
    return {"facts": codec.to_plain(facts)}


def _answers(tree: Tree, scenario: Scenario, product: Product) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "services": _services(tree, scenario, product),
        "processes": _processes(tree, product),
        "memory": Memory(scenario.memory_mb * MB, scenario.memory_available_mb * MB, source=SOURCE),
        "volumes": _volumes(tree, scenario, product),
        "programs": (),
        "proxies": (),
        "service_proxies": {product.facts.linux_transporter_unit.value: ()},
        "listening": _listening(tree, product),
        "name_servers": (),
        "antivirus": _antivirus(tree, scenario, product),
        "environment": {},
        "system_logs": (),
        **_acts(tree, product),
    }
    return {question: codec.to_plain(answer) for question, answer in answers.items()}


def _services(tree: Tree, scenario: Scenario, product: Product) -> tuple[Service, ...]:
    facts = product.facts
    running = ServiceState.RUNNING if scenario.transporter_running else ServiceState.STOPPED
    parts = (
        (facts.linux_transporter_unit.value, "Transporter", running),
        (facts.linux_director_unit.value, "Director", ServiceState.RUNNING),
    )
    return tuple(
        Service(
            name=unit,
            display_name=f"NAKIVO Backup & Replication {part}",
            state=state,
            start_type="automatic",
            command=_command(tree.product / part.lower()),
            account=facts.linux_transporter_user.value,
        )
        for unit, part, state in parts
    )


def _acts(tree: Tree, product: Product) -> dict[str, Any]:
    """What comes of what the person asks for, and what limits the sample's account: nothing."""
    facts = product.facts
    disks = tuple(map(str, (tree.system_disk, tree.data_disk)))
    accepted = dict.fromkeys(ServiceAction, ServiceAnswer(accepted=True, said=""))
    units = (facts.linux_transporter_unit.value, facts.linux_director_unit.value)
    written = int(facts.speed_test_mb.value)
    speed = WriteSpeed(SPEED_MB * MB, written * MB, written / SPEED_MB)
    return {
        "control_service": dict.fromkeys(units, accepted),
        "quota": {facts.linux_transporter_user.value: dict.fromkeys(disks)},
        "write_speed": dict.fromkeys(disks, speed),
    }


def _command(folder: Path) -> str:
    """As the system's service manager writes it."""
    program = str(folder / _PROGRAM)
    return f'"{program}"' if os.name == "nt" else shlex.quote(program)


def _processes(tree: Tree, product: Product) -> tuple[Process, ...]:
    transporter = tree.product / product.facts.transporter_subfolder.value
    java = str(tree.java(product) / "bin" / ("java.exe" if os.name == "nt" else "java"))
    started = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=9)
    arguments = (java, "-Xmx1024m", "-jar", str(transporter / "java" / "transporter.jar"))
    return (Process(4242, "java", java, arguments, 612 * MB, "bhsvc", started, ()),)


def _listening(tree: Tree, product: Product) -> tuple[Listener, ...]:
    facts = product.facts
    ports = (
        (facts.director_port.value, facts.director_subfolder.value),
        (facts.transporter_port.value, facts.transporter_subfolder.value),
    )
    return tuple(
        Listener("0.0.0.0", port, 4000 + port, str(tree.product / folder / _PROGRAM))  # noqa: S104
        for port, folder in ports
    )


def _volumes(tree: Tree, scenario: Scenario, product: Product) -> tuple[Volume, ...]:
    disks = (
        (tree.system_disk, 240, scenario.temp_free_gb),
        (tree.data_disk, 800, scenario.data_free_gb),
    )
    return tuple(
        Volume(
            mount=str(mount),
            kind=VolumeKind.LOCAL,
            file_system="NTFS" if os.name == "nt" else "ext4",
            total_bytes=int(product.bytes_of_gb(total)),
            free_bytes=math.ceil(product.bytes_of_gb(free)),
            read_only=False,
            source=SOURCE,
        )
        for mount, total, free in disks
    )


def _antivirus(tree: Tree, scenario: Scenario, product: Product) -> tuple[Antivirus, ...]:
    facts = product.facts
    temp = tree.product / facts.transporter_subfolder.value / facts.temp_subfolder.value
    excluded = (str(temp), str(tree.data_disk)) if scenario.excluded else ()
    return (Antivirus("Sample Antivirus", active=True, source=SOURCE, exclusions=excluded),)
