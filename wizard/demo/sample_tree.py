# SPDX-License-Identifier: MIT
"""The folders and files of a sample backup server.

They lie in a temporary folder: `server/` stands for the system disk, `data/` for a second one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from wizard.demo.scenarios import Scenario
from wizard.product import Product

SETTINGS = "expert-settings.properties"
LEFTOVERS = 3
MB = 1024**2


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


def build(root: Path, scenario: Scenario, product: Product, proxy: str | None = None) -> Tree:
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


def night() -> datetime:
    """When last night's run began."""
    now = datetime.now(UTC)
    return (now - timedelta(hours=3)).replace(hour=2, minute=0, second=0, microsecond=0)


def _log(scenario: Scenario, temp: Path) -> str:
    """The Transporter's log: last night's run, with what the scenario has to tell."""
    lines = (
        "INFO  Microsoft 365 backup started",
        "DEBUG GET https://graph.microsoft.com/v1.0/users 200 OK",
        *scenario.log,
        "INFO  Microsoft 365 backup ended",
    )
    told = [line.replace("{item}", str(temp / "item-7.part")) for line in lines]
    times = [night() + timedelta(minutes=7 * n) for n in range(len(told))]
    lines_told = zip(times, told, strict=True)
    return "".join(f"{time:%Y-%m-%d %H:%M:%S},000 {line}\n" for time, line in lines_told)
