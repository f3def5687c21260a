# SPDX-License-Identifier: MIT
"""The built Linux program does what the source does, and keeps its data where it is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from installer import contents
from tests.support import linux_program
from tests.support.linux_program import Answer, in_mounts, needs_root, needs_screen, run
from tests.support.same_meaning import differences
from wizard.demo.scenarios import SCENARIOS

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="runs the Linux program"
)
ROOT = Path(__file__).parents[2]
SETTINGS = "system.transporter.modern.arguments=-Xmx2g -DtempPath=/old\n"


def source(*words: str, environment: dict[str, str] | None = None) -> Answer:
    """The same command from the source."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "wizard", *words],
        env={"LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **(environment or {})},
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False, timeout=50,
    )  # fmt: skip


def same(linux_folder: Path, *words: str, environment: dict[str, str] | None = None) -> Any:
    """What both say as JSON, and that it is the same with the same status."""
    line = (*words, "--format", "json")
    built = run(linux_folder, *line, environment=environment)
    told = source(*line, environment=environment)
    assert (built.returncode, built.stderr) == (told.returncode, told.stderr)
    assert differences(json.loads(told.stdout), json.loads(built.stdout)) == []
    return json.loads(built.stdout)


def test_check_when_three_causes_then_says_the_same_as_the_source(linux_folder: Path) -> None:
    assert same(linux_folder, "check", "--demo", "several")["verdict"]["status"] == "problem"


@pytest.mark.full
@pytest.mark.parametrize("name", [name for name in SCENARIOS if name != "several"])
def test_check_when_any_sample_then_says_the_same_as_the_source(
    linux_folder: Path, name: str
) -> None:
    same(linux_folder, "check", "--demo", name)


def test_other_commands_when_run_then_say_the_same_as_the_source(
    linux_folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "transporter.log"
    log.write_text(
        "2026-11-20 01:00:00,000 INFO  begin\n"
        "2026-11-20 01:07:00,000 ERROR java.io.IOException: No space left on device\n"
    )
    assert same(linux_folder, "logs", str(log))["matches"]
    assert same(linux_folder, "list")["scenarios"]
    plan = ("arguments", "plan", "--current", "-Xmx2g", "--temp-path", "/data/tmp")
    assert same(linux_folder, *plan)["changed"]
    parts = same(linux_folder, "selftest", environment={"HOME": str(tmp_path)})["parts"]
    assert all(part["ok"] for part in parts)


def test_package_when_written_then_each_opens_the_others(
    linux_folder: Path, tmp_path: Path
) -> None:
    built, sources = str(tmp_path / "built.zip"), str(tmp_path / "source.zip")
    export = ("export", "--demo", "several", "--output")
    assert run(linux_folder, *export, built).returncode == 0
    assert source(*export, sources).returncode == 0
    for package in (built, sources):
        assert same(linux_folder, "open", package, "--rejudge")["causes"]
    first, second = (same(linux_folder, "open", package) for package in (built, sources))
    assert differences(first["causes"], second["causes"]) == []


@pytest.mark.parametrize("place", ["hostile", "deleted"])
def test_check_when_the_folder_it_starts_in_is_odd_then_works(
    linux_folder: Path, tmp_path: Path, place: str
) -> None:
    here = tmp_path / place
    for name in ("json.py", "PySide6/__init__.py", "wizard/__init__.py", "sitecustomize.py"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text("raise SystemExit('taken from the wrong place')\n")
    script = f'cd "{here}"; ' + (f'rm -r "{here}"; ' if place == "deleted" else "") + 'exec "$@"'
    before = ["/bin/sh", "-c", script, "-"]
    answer = run(linux_folder, "check", "--demo", "healthy", "--format", "json", before=before)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["verdict"]["status"] == "ok"


def test_text_when_the_locale_knows_only_ascii_then_is_shown_in_it(linux_folder: Path) -> None:
    answer = run(linux_folder, "check", "--demo", "several", environment={"LC_ALL": "C"})
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert "Temporary folder of the Java Transporter" in answer.stdout


@pytest.fixture
def portable(linux_folder: Path, tmp_path: Path) -> Path:
    """A copy of the folder with the marker, and a settings file beside it."""
    copy = tmp_path / "Stick für Müller" / contents.FOLDER
    linux_program.copy(linux_folder, copy)
    (copy / "portable").touch()
    (tmp_path / "settings").write_text(SETTINGS)
    return copy


def apply(portable: Path, settings: Path, **more: Any) -> Answer:
    line = ("arguments", "apply", "--file", str(settings), "--temp-path", "/data/tmp")
    return run(portable, *line, **more)


def test_portable_when_a_change_is_made_then_keeps_all_beside_it_and_takes_it_back(
    portable: Path, tmp_path: Path
) -> None:
    settings, home = tmp_path / "settings", tmp_path / "home"
    home.mkdir()
    answer = apply(portable, settings, environment={"HOME": str(home)})
    assert answer.returncode == 0, answer.stderr
    receipt = Path(answer.stdout.strip())
    assert receipt.is_relative_to(portable / "data" / "receipts")
    assert len(list((portable / "data" / "backups").iterdir())) == 1
    assert list(home.iterdir()) == []
    assert "/data/tmp" in settings.read_text()
    undone = run(portable, "arguments", "undo", str(receipt), environment={"HOME": str(home)})
    assert undone.returncode == 0, undone.stderr
    assert (settings.read_text(), list(home.iterdir())) == (SETTINGS, [])


def test_portable_when_a_variable_names_another_folder_then_that_is_used(
    portable: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    given = {"M365_BACKUP_WIZARD_DATA": str(other)}
    answer = apply(portable, tmp_path / "settings", environment=given)
    assert Path(answer.stdout.strip()).is_relative_to(other)
    assert not (portable / "data").exists()
    told = json.loads(run(portable, "selftest", "--format", "json", environment=given).stdout)
    assert told["data_folder"] == str(other)


def test_portable_when_data_is_a_link_then_nothing_is_changed_and_it_is_said(
    portable: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (portable / "data").symlink_to(tmp_path / "elsewhere")
    answer = apply(portable, tmp_path / "settings")
    assert answer.returncode == 2
    assert "is a link to another place" in answer.stderr
    assert (tmp_path / "settings").read_text() == SETTINGS
    assert not list((tmp_path / "elsewhere").iterdir())


@needs_screen
def test_window_when_a_foreign_qt_conf_lies_beside_the_program_then_opens(
    linux_folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / contents.FOLDER
    linux_program.copy(linux_folder, copy)
    (copy / "qt.conf").write_text("[Paths]\nPrefix = /nowhere\nPlugins = /nowhere\n")
    with linux_program.screen() as name:
        answer = run(copy, "selftest", "--window", environment={"DISPLAY": name})
    assert (answer.returncode, answer.stderr) == (0, "")


@needs_root
def test_portable_when_the_medium_is_read_only_then_nothing_is_changed_and_it_is_said(
    portable: Path, tmp_path: Path
) -> None:
    before = in_mounts(f"mount --bind '{portable}' /mnt", "mount -o remount,ro,bind /mnt", "cd /")
    given = {"HOME": str(tmp_path / "home")}
    answer = apply(Path("/mnt"), tmp_path / "settings", environment=given, before=before)
    assert answer.returncode == 2
    assert "/mnt/data" in answer.stderr
    assert "Nothing was changed" in answer.stderr
    assert "M365_BACKUP_WIZARD_DATA" in answer.stderr
    assert (tmp_path / "settings").read_text() == SETTINGS
    assert not (tmp_path / "home").exists()
