# SPDX-License-Identifier: MIT
"""Tasks from a fresh clone: what goes wrong is told in a sentence, with exit status 1."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer import dev
from installer.places import ROOT


def test_run_when_no_package_index_answers_then_says_so_and_ends_with_1(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "installer", tmp_path / "installer")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    environment |= {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    result = subprocess.run(
        [sys.executable, str(tmp_path / "installer" / "dev.py"), "run"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "could not be installed from the package index" in result.stderr
    assert "Traceback" not in result.stderr


def test_task_when_unknown_then_names_the_tasks() -> None:
    command = [sys.executable, str(ROOT / "installer" / "dev.py"), "dance"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "run" in result.stderr


def test_locks_when_read_then_every_line_has_a_hash() -> None:
    for kind in ("run", "dev", "windows"):
        text = (ROOT / "installer" / f"{kind}.lock").read_text()
        pinned = [line for line in text.splitlines() if line[:1].isalnum()]
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned)
    assert "pyside6-essentials==6.9.3" in text


def test_steps_when_the_built_programs_are_asked_for_then_all_must_be_there_and_run() -> None:
    (_, build), (_, tests) = dev.steps(["--windows"])
    assert "--all" in build
    assert "--full" in tests


def test_steps_when_nothing_is_named_then_sources_and_built_programs_are_checked() -> None:
    names = [name for name, _ in dev.steps([])]
    assert names[-3:] == ["pytest", "build", "built programs"]
    assert {"ruff", "mypy --strict", "import contracts"} < set(names)
