# SPDX-License-Identifier: MIT
"""A mounted folder whose file system never answers, as a share whose server is gone."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_LAZILY = 2  # MNT_DETACH
_SERVER = """
import ctypes, os, sys
channel = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={channel},rootmode=40000,user_id=0,group_id=0,allow_other".encode()
libc = ctypes.CDLL(None, use_errno=True)
done = libc.mount(b"dead", os.fsencode(sys.argv[1]), b"fuse", 0, options)
print(os.strerror(ctypes.get_errno()) if done else "", flush=True)
sys.stdin.read()
"""


@contextmanager
def dead_mount(folder: Path) -> Iterator[Path]:
    """The folder, as a mount that takes questions and gives no answer."""
    if sys.platform != "linux" or os.geteuid() != 0 or not Path("/dev/fuse").exists():
        pytest.skip("mounts a file system of its own: Linux, root and /dev/fuse are needed")
    command = [sys.executable, "-c", _SERVER, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        refused = server.stdout.readline().strip()
        if refused:
            pytest.skip(f"no file system can be mounted here: {refused}")
        try:
            yield folder
        finally:
            ctypes.CDLL(None).umount2(os.fsencode(folder), _LAZILY)
            server.kill()  # with its channel every call that waits ends
