# SPDX-License-Identifier: MIT
"""Real processes in and outside of this program's namespaces."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

import pytest

from wizard.host import linux_namespaces

NEEDS_ROOT = pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.getuid() != 0 or not shutil.which("unshare"),
    reason="needs Linux, root and unshare",
)


def test_apart_when_it_is_this_process_then_nothing() -> None:
    assert linux_namespaces.apart(os.getpid()) == ()


@NEEDS_ROOT
def test_apart_when_it_has_a_network_of_its_own_then_that_is_told() -> None:
    with subprocess.Popen(["/usr/bin/unshare", "--net", "sleep", "20"]) as other:
        deadline = time.monotonic() + 5
        while not linux_namespaces.apart(other.pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        found = linux_namespaces.apart(other.pid)
        other.terminate()
    assert found == (linux_namespaces.NETWORK,)
