# SPDX-License-Identifier: MIT
"""Are running processes told with their real arguments?"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.nakivo.test_java import running_java
from wizard.host import processes
from wizard.host.base import JavaOptions

posix = pytest.mark.skipif(sys.platform == "win32", reason="uses what only POSIX systems have")


@posix
def test_running_when_a_process_has_odd_arguments_then_they_come_word_by_word() -> None:
    words: list[str | bytes] = ["-DtempPath=/tmp/My Tmp", '"quoted"', b"-Dx=\xff"]
    with subprocess.Popen([sys.executable, "-c", "input()", *words], stdin=-1, stdout=-1) as child:
        found = next(p for p in processes.running() if p.pid == child.pid)
        child.communicate(b"\n")
    assert found.arguments is not None
    assert found.arguments[3:] == ("-DtempPath=/tmp/My Tmp", '"quoted"', "-Dx=\ufffd")
    assert found.executable == os.path.realpath(sys.executable)
    assert found.resident_bytes is not None
    assert found.resident_bytes > 1 << 20
    assert found.started is not None
    assert datetime.now(UTC) - found.started < timedelta(seconds=60)


def test_running_when_looked_at_then_this_process_is_among_them_with_its_account() -> None:
    own = next(p for p in processes.running() if p.pid == os.getpid())
    assert own.account
    assert "python" in own.name or "pytest" in own.name


@posix
def test_running_when_it_is_java_then_its_options_variables_and_no_others(tmp_path: Path) -> None:
    variables = {"_JAVA_OPTIONS": "-Da=1", "JAVA_TOOL_OPTIONS": "", "SECRET": "canary"}
    with running_java(tmp_path, variables=variables) as pid:
        found = {process.pid: process.java_options for process in processes.running()}
    assert found[pid] == (JavaOptions("_JAVA_OPTIONS", "-Da=1"),)
    assert found[os.getpid()] is None
