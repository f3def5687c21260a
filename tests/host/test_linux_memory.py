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


def test_memory_when_a_v2_group_is_limited_then_limit_and_what_it_can_still_take(
    tmp_path: Path,
) -> None:
    write(tmp_path, memory__max="max")
    write(tmp_path / "app", memory__max=512 * MB, memory__current=300 * MB)
    write(tmp_path / "app", memory__stat=f"anon 1\ninactive_file {100 * MB}")
    write(tmp_path / "app" / "part", memory__max="max", memory__current=0)
    own = tmp_path / "own"
    own.write_text("0::/app/part\n")
    told = linux_memory.memory(tmp_path, own)
    assert told.total_bytes == 512 * MB
    assert told.available_bytes == 312 * MB
    assert told.source == str(tmp_path / "app" / "memory.max")


def test_memory_when_a_container_shows_only_its_own_v1_group_then_the_base_counts(
    tmp_path: Path,
) -> None:
    write(tmp_path / "memory", memory__limit_in_bytes=256 * MB, memory__usage_in_bytes=300 * MB)
    own = tmp_path / "own"
    own.write_text("5:cpu,cpuacct:/\n4:memory:/docker/123\n0::/\n")
    told = linux_memory.memory(tmp_path, own)
    assert (told.total_bytes, told.available_bytes) == (256 * MB, 0)


def test_memory_when_groups_set_no_limit_then_the_computers_memory(tmp_path: Path) -> None:
    write(tmp_path / "memory" / "a", memory__limit_in_bytes=9223372036854771712)
    own = tmp_path / "own"
    own.write_text("4:memory:/a\n")
    told = linux_memory.memory(tmp_path, own)
    assert told.total_bytes == psutil.virtual_memory().total
    assert told.source == "/proc/meminfo"


def test_memory_when_the_kernel_has_no_groups_then_the_computers_memory(tmp_path: Path) -> None:
    told = linux_memory.memory(tmp_path, tmp_path / "missing")
    assert told.total_bytes == psutil.virtual_memory().total


def test_memory_when_the_process_sits_in_a_real_limited_group_then_that_limit(
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
        "print(LinuxHost().memory().total_bytes)\n"
    )
    try:
        told = subprocess.run(
            [sys.executable, "-c", script, str(group)], capture_output=True, text=True, check=True
        )
    finally:
        group.rmdir()
    assert int(told.stdout) == 200 * MB
