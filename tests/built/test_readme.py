# SPDX-License-Identifier: MIT
"""What the README says of the downloads is so."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

import wizard
from installer import archives, wine
from installer.places import ROOT
from tests.built.conftest import DIST, require
from wizard.cli.terminal import STATUS_OF
from wizard.model import Status


@pytest.fixture
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def built() -> set[str]:
    """The names in the list of sums, without the lists of parts."""
    sums = DIST / archives.SUMS
    require(sums.is_file(), archives.SUMS, "linux")
    names = {line.split()[1] for line in sums.read_text(encoding="ascii").splitlines()}
    return {name for name in names if not name.endswith(".cdx.json")}


def test_readme_when_it_names_downloads_then_they_are_the_built_ones(readme: str) -> None:
    named = {
        name.replace("VERSION", wizard.__version__)
        for name in re.findall(r"\bm365-backup-wizard[-_]VERSION[\w.-]+\w", readme)
    }
    made = built()
    assert made <= named
    for unmade in sorted(named - made):
        require(False, unmade, "windows" if "windows" in unmade else "linux", unmade)


def test_readme_when_it_tells_a_size_then_the_download_has_it(readme: str) -> None:
    told = dict(re.findall(r"^\| .+ \| `(m365-[^`]+)` \| (\d+) MB \|$", readme, re.MULTILINE))
    assert len(told) == 4
    for name, size in told.items():
        file = DIST / name.replace("VERSION", wizard.__version__)
        if file.name in built():
            assert abs(file.stat().st_size / 1e6 - int(size)) < 2, name


def test_readme_when_it_names_a_c_library_then_the_package_asks_for_it(
    readme: str, deb_package: Path
) -> None:
    system = platform.freedesktop_os_release()
    if (system["ID"], system.get("VERSION_ID")) != ("debian", "12"):
        pytest.skip("the README tells of a build on Debian 12")
    command = ["dpkg-deb", "--field", str(deb_package), "Depends"]
    depends = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    asked = re.search(r"libc6 \(>= ([\d.]+)\)", depends)
    by_another, by_debians_own = re.findall(r"glibc (\d+\.\d+)", readme)
    assert asked
    assert asked[1] == (by_debians_own if sys.base_prefix == "/usr" else by_another)


@pytest.mark.full
def test_commands_for_a_task_when_run_under_wine_then_keep_the_diagnosis(
    readme: str, windows_folder: Path, under_wine: None, tmp_path: Path
) -> None:
    lines = re.findall(r"```bat\n(.*?)```", readme, re.DOTALL)[0].splitlines()
    made, written, _scheduled = lines
    (tmp_path / "prepare.cmd").write_text(f"{made}\r\n{written}\r\n")
    programs, kept = f"{wine.C_DRIVE}/Program Files", "M365 Backup Check"
    with wine.computer({"/built": windows_folder, "/given": tmp_path}) as computer:
        copy = 'mkdir -p "$1" && cp -r /built/. "$1"'
        computer.shell(copy, f"{programs}/M365 Backup Wizard")
        assert computer.run("cmd", "/c", r"Z:\given\prepare.cmd").returncode == 0
        status = computer.run("cmd", "/c", rf"C:\Program Files\{kept}\check.cmd").returncode
        computer.shell('cp "$1" /given', f"{programs}/{kept}/check.json")
    diagnosis = json.loads((tmp_path / "check.json").read_text(encoding="utf-8"))
    assert STATUS_OF[diagnosis["verdict"]["status"]] == status
    assert diagnosis["host"]["system"] == "windows"
    # What was left out on request doesn't count, so that the task can end with 0.
    looked_at = [c["id"] for c in diagnosis["causes"] if c["status"] != Status.SKIPPED]
    assert sorted(looked_at) == ["antivirus", "memory", "temp-folder"]
