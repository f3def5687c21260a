# SPDX-License-Identifier: MIT
"""Do the shared questions reach the real computer?"""

from __future__ import annotations

import os
from pathlib import Path

from wizard.host.live import live_host


def test_computer_when_asked_then_files_processes_and_environment_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    computer = live_host()
    assert computer.is_folder(str(tmp_path))
    assert [entry.size_bytes for entry in computer.list_folder(str(tmp_path))] == [4]
    assert computer.read_text(str(tmp_path / "file"), 2) == "te"
    assert os.getpid() in {process.pid for process in computer.processes()}
    assert computer.environment()["PATH"] == os.environ["PATH"]
