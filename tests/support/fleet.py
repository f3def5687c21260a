# SPDX-License-Identifier: MIT
"""Ansible's programs, run on the playbook away from the settings of whoever runs the tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

FLEET = Path(__file__).resolve().parents[2] / "installer" / "fleet"
PLAYBOOK = "check_fleet.yml"
_COLLECTIONS = "/usr/lib/python3/dist-packages:/usr/share/ansible/collections"

needs_ansible = pytest.mark.skipif(
    not shutil.which("ansible-playbook"),
    reason="ansible isn't installed (Debian: apt-get install ansible)",
)
needs_linter = pytest.mark.skipif(
    not shutil.which("ansible-lint"),
    reason="ansible-lint isn't installed (Debian: apt-get install ansible-lint)",
)


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of Ansible, with a folder for all that it writes."""
    environment = {
        "PATH": f"{os.environ['PATH']}:/usr/bin",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
        "ANSIBLE_LOCAL_TEMP": str(folder / "ansible"),
        "ANSIBLE_REMOTE_TEMP": str(folder / "ansible-remote"),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_COLLECTIONS_PATH": os.environ.get("ANSIBLE_COLLECTIONS_PATH", _COLLECTIONS),
    }
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@dataclass(frozen=True)
class Played:
    """A run of the playbook, and the folder where it left what it gathered."""

    folder: Path
    result: subprocess.CompletedProcess[str]

    @property
    def told(self) -> str:
        """All that Ansible printed."""
        return self.result.stdout + self.result.stderr

    def line_of(self, server: str) -> str:
        """A server's line in the recap."""
        recap = self.result.stdout.partition("PLAY RECAP")[2]
        return next(line for line in recap.splitlines() if line.startswith(server))


def play(folder: Path, servers: Mapping[str, Mapping[str, object]], *options: str) -> Played:
    """Run the playbook against this computer under several names, each with its settings."""
    here = {"ansible_connection": "local", "ansible_python_interpreter": "/usr/bin/python3"}
    hosts = {name: {**here, **settings} for name, settings in servers.items()}
    inventory = folder / "inventory.json"
    inventory.write_text(json.dumps({"backup_servers": {"hosts": hosts}}))
    command = ["ansible-playbook", "-i", str(inventory), *options, str(FLEET / PLAYBOOK)]
    return Played(folder, run(command, folder))
