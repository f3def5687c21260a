# SPDX-License-Identifier: MIT
"""Networks of their own for tests: a program runs in one, with chosen routes, names and servers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK_UP = "ip link set lo up"
# A cable to nobody: what is sent to these addresses is delivered to no one, and no one says so.
CABLE = (
    "ip link add cable type veth peer name other",
    "ip address add 10.99.0.1/24 dev cable",
    "ip -6 address add fd99::1/64 dev cable nodad",
    "ip link set cable up",
    "ip link set other up",
    "ip neighbour add 10.99.0.2 lladdr 02:00:00:00:00:99 dev cable nud permanent",
    "ip -6 neighbour add fd99::2 lladdr 02:00:00:00:00:99 dev cable nud permanent",
)
DROPPED_FOUR, DROPPED_SIX = "10.99.0.2", "fd99::2"


def run_in_network(
    code: str,
    *,
    commands: Sequence[str] = (),
    files: dict[str, str] | None = None,
    folder: Path,
) -> Any:
    """What a program prints as JSON, run where only these commands made a network.

    `files` stand in the place of the system's own, such as /etc/hosts, for this program alone.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("a network of one's own needs root on Linux")
    if not (shutil.which("unshare") and shutil.which("ip")):
        pytest.skip("unshare or ip is not installed")
    mounts = [_mounted(path, text, folder) for path, text in (files or {}).items()]
    steps = [LOOPBACK_UP, *commands, *mounts, 'exec "$0" -c "$1"']
    shell = ["unshare", "--net", "--mount", "sh", "-e", "-c", "\n".join(steps)]
    result = subprocess.run(
        [*shell, sys.executable, code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if "Operation not permitted" in result.stderr or "Unknown device type" in result.stderr:
        pytest.skip(f"this computer lets no such network be made: {result.stderr.strip()}")
    if "qdisc kind is unknown" in result.stderr:
        pytest.skip("this computer's kernel cannot delay packets (netem)")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def _mounted(path: str, text: str, folder: Path) -> str:
    file = folder / Path(path).name
    file.write_text(text, encoding="utf-8")
    return f"mount --bind '{file}' '{path}'"
