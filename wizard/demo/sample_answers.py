# SPDX-License-Identifier: MIT
"""What a sample backup server answers where nothing can be faked on disk, as a recording has it."""

from __future__ import annotations

import math
import os
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from wizard import codec
from wizard.demo import sample_tree
from wizard.demo.sample_tree import MB, Tree
from wizard.demo.scenarios import Scenario
from wizard.host.acts import ServiceAction, ServiceAnswer, WriteSpeed
from wizard.host.base import (
    Antivirus,
    Gateway,
    Listener,
    Memory,
    Process,
    Service,
    ServiceState,
    Volume,
    VolumeKind,
)
from wizard.host.system_log_lines import SystemLog
from wizard.model import CauseId, HostFacts
from wizard.product import Product

SOURCE = "sample server"
SPEED_MB = 180  # per second, as of a common disk
_PROGRAM = "start.exe" if os.name == "nt" else "start"
ACTS = ("control_service", "quota", "write_speed")


def recording(tree: Tree, scenario: Scenario, product: Product) -> dict[str, Any]:
    """All answers; of a server that lets nobody look, the reason at each."""
    answers = _answers(tree, scenario, product)
    if scenario.readable:
        return {**_facts(scenario), **answers}
    closed = {"error": "error.sample_closed", "values": {}}
    closed_files = {"files": {str(tree.product): closed}}
    return {**_facts(scenario), **dict.fromkeys(answers, closed), **closed_files}


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
        "service_variables": {product.facts.linux_transporter_unit.value: ()},
        "listening": _listening(tree, product),
        "name_servers": (),
        "gateways": (Gateway("192.0.2.1", "sample"),),
        "antivirus": _antivirus(tree, scenario, product),
        "environment": {},
        "system_logs": _system_logs(scenario),
        **_acts(tree, product),
    }
    return {question: codec.to_plain(answer) for question, answer in answers.items()}


def _system_logs(scenario: Scenario) -> tuple[SystemLog, ...]:
    """What the sample's system logged during last night's run."""
    moment = sample_tree.night() + timedelta(minutes=9)
    lines = tuple(f"{moment:%Y-%m-%dT%H:%M:%SZ} {line}" for line in scenario.system_log)
    return (SystemLog("system log of the sample", (CauseId.MEMORY, CauseId.OTHER), lines),)


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
