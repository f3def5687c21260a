# SPDX-License-Identifier: MIT
"""Tasks from a fresh clone: what goes wrong is told in a sentence, with exit status 1."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer import debian, dev
from installer.places import ROOT
from tests.support import scratch_project
from tests.support.scratch_project import ScratchProject

# One fault that one step finds, for each step.
FAULTS = {
    "wizard/unused.py": "import os\n",
    "wizard/unformatted.py": "x = {  }\n",
    "wizard/low.py": "from wizard import high as high\n",
    "wizard/untyped.py": "def nothing(x):\n    return x\n",
    "tests/test_source.py": "def test_it() -> None:\n    assert not __file__\n",
    "tests/built/test_program.py": "def test_it() -> None:\n    assert not __file__\n",
    "installer/build.py": (
        "from installer import left_out\n\n"
        'left_out.record({"windows": "No Wine here."})\n'
        "raise SystemExit(1)\n"
    ),
}
TELLS_PASSWORD = """
import os
with open({file!r}, "a") as seen:
    seen.write("{who} " + os.environ.get("SIGNING_PASSWORD", "none") + "\\n")
"""


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


@pytest.fixture
def project(tmp_path: Path) -> ScratchProject:
    if os.name == "nt":
        pytest.skip("its programs are shell scripts")
    return scratch_project.make(tmp_path / "project")


def test_set_up_when_run_without_any_package_then_needs_none() -> None:
    dev_py = str(ROOT / "installer" / "dev.py")
    command = [sys.executable, "-I", "-S", dev_py, "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert "Make the programs" in result.stdout


def test_check_when_each_step_has_a_fault_then_each_fails_and_so_does_the_whole(
    project: ScratchProject,
) -> None:
    for name, fault in FAULTS.items():
        project.write(name, fault)
    project.is_set_up()
    result = project.dev("test")
    told = result.stderr.splitlines()
    assert result.returncode == 1
    assert told[-1] == (
        "Failed: ruff, ruff format, import contracts, mypy --strict, pytest, build, built programs"
    ), result.stdout + result.stderr
    assert told[-2] == "Not built here, so not tried: windows. No Wine here."


def test_check_when_all_is_well_then_ends_with_0_and_forgets_what_was_left_out_before(
    project: ScratchProject,
) -> None:
    project.write("build/left-out.json", '{"windows": "No Wine then."}')
    project.is_set_up()
    result = project.dev("test")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Failed" not in result.stderr
    assert "Not built" not in result.stderr


def test_check_when_a_test_is_named_then_runs_only_that_and_tells_nothing_of_builds(
    project: ScratchProject,
) -> None:
    project.write("build/left-out.json", '{"windows": "No Wine then."}')
    project.is_set_up()
    result = project.dev("test", "tests/test_source.py")
    assert (result.returncode, "1 passed" in result.stdout) == (0, True)
    assert result.stderr.split()[:2] == ["ok", "pytest"]
    assert len(result.stderr.splitlines()) == 1


def test_build_when_it_has_a_password_then_pip_and_apt_never_see_it(
    project: ScratchProject,
) -> None:
    seen = project.root / "seen"
    project.write("installer/build.py", TELLS_PASSWORD.format(who="build", file=str(seen)))
    pip = project.site_packages / "pip"
    project.write(f"{pip}/__init__.py", "")
    project.write(f"{pip}/__main__.py", TELLS_PASSWORD.format(who="pip", file=str(seen)))
    (project.programs / "readelf").unlink()
    project.program("apt-get", f'echo "apt ${{SIGNING_PASSWORD-none}}" >>{seen}')
    (project.root / ".venv" / ".qt-libraries").touch()
    result = project.dev("build", SIGNING_PASSWORD="ge heim")
    assert result.returncode == 0, result.stderr
    by_root = ["apt none"] * 2 if debian.is_root() else []
    assert seen.read_text().splitlines() == ["pip none", *by_root, "build ge heim"]


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


def test_lock_when_uv_fails_then_tells_what_it_said_and_keeps_the_lock(
    project: ScratchProject,
) -> None:
    project.program("uv", "echo no version of cattrs fits >&2; exit 1")
    result = project.dev("lock")
    assert result.returncode == 1
    assert "run.lock" in result.stderr
    assert "no version of cattrs fits" in result.stderr
    assert "Traceback" not in result.stderr
    assert (project.root / "installer" / "run.lock").read_text() == ""
