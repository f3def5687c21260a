# SPDX-License-Identifier: MIT
"""The virtual environment: whole, made of this lock, or made anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from installer import environment
from installer.errors import SetupError


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small environment in the place of .venv, with a package in it."""
    made = tmp_path / ".venv"
    monkeypatch.setattr(environment, "VENV", made)
    monkeypatch.setattr(environment, "PYTHON", made / "bin" / "python")
    (environment.site_packages() / "package").mkdir(parents=True)
    (made / "bin").mkdir()
    (made / "bin" / "python").touch()
    (made / "pyvenv.cfg").touch()
    return made


def test_state_when_a_package_is_taken_out_then_differs(venv: Path) -> None:
    before = environment.state_of("run")
    assert environment.is_whole()
    os.utime(environment.site_packages(), ns=(0, 0))
    assert environment.state_of("run") != before


@pytest.mark.parametrize("part", ["bin/python", "pyvenv.cfg"])
def test_venv_when_a_part_is_missing_then_is_not_whole(venv: Path, part: str) -> None:
    (venv / part).unlink()
    assert not environment.is_whole()


def test_venv_when_a_file_is_in_its_place_then_says_to_delete_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path / "file")
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match="Delete it"):
        environment.make_venv()


def test_path_when_the_clone_has_an_umlaut_then_is_written_in_the_file_systems_bytes(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "ROOT", Path("/srv/Prüfung"))
    environment.put_project_on_path()
    link = environment.site_packages() / "m365_backup_wizard.pth"
    assert link.read_bytes() == os.fsencode("/srv/Prüfung")
