# SPDX-License-Identifier: MIT
"""Does a control group's limit count, in both versions of the interface?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from wizard.host import linux_memory

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks a real Linux")

MB = 1 << 20


def write(folder: Path, **values: object) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in values.items():
        (folder / name.replace("__", ".")).write_text(f"{value}\n")


def test_limit_of_when_a_v2_group_is_limited_then_limit_and_what_it_can_still_take(
    tmp_path: Path,
) -> None:
    write(tmp_path, memory__max="max")
    write(tmp_path / "app", memory__max=512 * MB, memory__current=300 * MB)
    write(tmp_path / "app", memory__stat=f"anon 1\ninactive_file {100 * MB}")
    write(tmp_path / "app" / "part", memory__max="max", memory__current=0)
    told = linux_memory.limit_of("0::/app/part\n", tmp_path)
    assert told is not None
    assert told.total_bytes == 512 * MB
    assert told.available_bytes == 312 * MB
    assert told.source == str(tmp_path / "app" / "memory.max")


def test_memory_when_a_container_shows_only_its_own_v1_group_then_the_base_counts(
    tmp_path: Path,
) -> None:
    write(tmp_path / "memory", memory__limit_in_bytes=256 * MB, memory__usage_in_bytes=300 * MB)
    told = linux_memory.memory(tmp_path)
    assert (told.total_bytes, told.available_bytes) == (256 * MB, 0)
    limit = linux_memory.limit_of("5:cpu,cpuacct:/\n4:memory:/docker/123\n0::/\n", tmp_path)
    assert limit == told


def test_memory_when_only_a_group_below_is_limited_then_the_computers_memory(
    tmp_path: Path,
) -> None:
    write(tmp_path / "memory" / "a", memory__limit_in_bytes=256 * MB)
    told = linux_memory.memory(tmp_path)
    assert told.total_bytes == psutil.virtual_memory().total
    assert told.source == "/proc/meminfo"


def test_limit_of_when_groups_set_no_limit_then_none(tmp_path: Path) -> None:
    write(tmp_path / "memory" / "a", memory__limit_in_bytes=9223372036854771712)
    assert linux_memory.limit_of("4:memory:/a\n", tmp_path) is None
    assert linux_memory.limit_of("", tmp_path) is None
    assert linux_memory.groups_of(1, tmp_path) == ""


def test_processes_when_one_sits_in_a_real_limited_group_then_its_limit_and_not_the_computers(
    tmp_path: Path,
) -> None:
    base = Path("/sys/fs/cgroup/memory")
    group = base / f"wizard-test-{os.getpid()}"
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(str(200 * MB))
    except OSError as error:
        pytest.skip(f"no control group of version 1 can be made here: {error}")
    script = (
        "import os, pathlib, sys\n"
        "pathlib.Path(sys.argv[1], 'cgroup.procs').write_text(str(os.getpid()))\n"
        "from wizard.host.linux import LinuxHost\n"
        "host = LinuxHost()\n"
        "own = next(p for p in host.processes() if p.pid == os.getpid())\n"
        "print(own.memory_limit.total_bytes, host.memory().total_bytes)\n"
    )
    try:
        told = subprocess.run(
            [sys.executable, "-c", script, str(group)], capture_output=True, text=True, check=True
        )
    finally:
        group.rmdir()
    limit, installed = map(int, told.stdout.split())
    assert limit == 200 * MB
    assert installed > limit
