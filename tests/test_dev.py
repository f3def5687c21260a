# SPDX-License-Identifier: MIT
"""Set-up from a fresh clone: what goes wrong is told in a sentence, with exit status 1."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "installer" / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system packages are Linux's")
def test_qt_when_a_library_is_missing_without_root_then_names_the_package(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "is_root", lambda: False)
    dev.QT_LIBRARIES["libnot-there.so.9"] = "libnot-there9"
    with pytest.raises(dev.SetupError, match="apt-get install libnot-there9"):
        dev.set_up_qt(required=True)
    assert not (tmp_path / ".qt-libraries").exists()


def test_locks_when_read_then_every_line_has_a_hash() -> None:
    for kind in ("run", "dev"):
        text = (ROOT / "installer" / f"{kind}.lock").read_text()
        pinned = [line for line in text.splitlines() if line[:1].isalnum()]
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned)
    assert "pyside6-essentials==6.9.3" in text


@pytest.fixture
def venv(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small environment in the place of .venv, with a package in it."""
    made = tmp_path / ".venv"
    monkeypatch.setattr(dev, "VENV", made)
    monkeypatch.setattr(dev, "PYTHON", made / "bin" / "python")
    (dev.site_packages() / "package").mkdir(parents=True)
    (made / "bin").mkdir()
    (made / "bin" / "python").touch()
    (made / "pyvenv.cfg").touch()
    return made


def test_state_when_a_package_is_taken_out_then_differs(dev: ModuleType, venv: Path) -> None:
    before = dev.state_of("run")
    assert dev.is_whole()
    os.utime(dev.site_packages(), ns=(0, 0))
    assert dev.state_of("run") != before


@pytest.mark.parametrize("part", ["bin/python", "pyvenv.cfg"])
def test_venv_when_a_part_is_missing_then_is_not_whole(
    dev: ModuleType, venv: Path, part: str
) -> None:
    (venv / part).unlink()
    assert not dev.is_whole()


def test_venv_when_a_file_is_in_its_place_then_says_to_delete_it(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path / "file")
    (tmp_path / "file").touch()
    with pytest.raises(dev.SetupError, match="Delete it"):
        dev.make_venv()


def test_path_when_the_clone_has_an_umlaut_then_is_written_in_the_file_systems_bytes(
    dev: ModuleType, venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "ROOT", Path("/srv/Prüfung"))
    dev.put_project_on_path()
    link = dev.site_packages() / "m365_backup_wizard.pth"
    assert link.read_bytes() == os.fsencode("/srv/Prüfung")
