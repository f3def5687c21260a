# SPDX-License-Identifier: MIT
"""The change of the argument string on Windows: its paths, its line ends, its undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.windows_program import Windows
from tests.support.windows_server import place

KEY = "system.transporter.modern.arguments"
FOLDER = r"C:\Program Files\NAKIVO Bäckup & Co (x64)\Übersicht"
NEW = r"D:\Dtmp"
BEFORE = "-Xmx1024m -Dfile.encoding=UTF-8"
AROUND = ("# Größe für Müller\r\nfirst=1\r\n", "\r\nlast.one=ö\r\n\r\n")


@pytest.fixture
def settings(windows: Windows) -> Iterator[Path]:
    folder = place(windows, FOLDER)
    folder.mkdir(parents=True)
    file = folder / "expert settings.properties"
    file.write_bytes(f"{AROUND[0]}{KEY}={BEFORE}{AROUND[1]}".encode("cp1252"))
    yield file
    file.unlink()
    folder.rmdir()


def change(windows: Windows, settings: Path, *further: str) -> str:
    """Apply the new folder; the receipt's path, which is all that stands in stdout."""
    file = f"{FOLDER}\\{settings.name}"
    answer = windows.console(
        "arguments", "apply", "--file", file, "--key", KEY, "--temp-path", NEW, *further
    )
    assert answer.returncode == 0, answer.stderr
    (receipt,) = answer.stdout.splitlines()
    return receipt


def value_in(settings: Path) -> str:
    """The setting's value, once everything around it is proved to be byte for byte as before."""
    before, after = (part.encode("cp1252") for part in AROUND)
    content = settings.read_bytes()
    assert content.startswith(before + f"{KEY}=".encode())
    assert content.endswith(after)
    return content[len(before) + len(KEY) + 1 : -len(after)].decode("cp1252")


def test_plan_when_of_a_file_then_the_digest_that_apply_wants(
    windows: Windows, settings: Path
) -> None:
    file = f"{FOLDER}\\{settings.name}"
    plan = windows.json("arguments", "plan", "--current-file", file, "--temp-path", NEW)
    assert (plan["current"], plan["refused"]) == (BEFORE, None)
    assert NEW in plan["proposed"]
    assert value_in(settings) == BEFORE
    change(windows, settings, "--expect", plan["digest"])
    assert value_in(settings) != BEFORE


def test_plan_when_java_may_misread_the_new_path_then_is_refused(windows: Windows) -> None:
    new = r"D:\Temporäre Dateien"
    plan = windows.json("arguments", "plan", "--current", BEFORE, "--temp-path", new, status=2)
    assert plan["refused"]["id"] == "path_not_ascii"
    assert new in plan["refused"]["text"]


def test_apply_when_the_digest_is_another_then_nothing_is_changed(
    windows: Windows, settings: Path
) -> None:
    answer = windows.console(
        "arguments", "apply", "--file", f"{FOLDER}\\{settings.name}", "--key", KEY,
        "--temp-path", NEW, "--expect", "0" * 64,
    )  # fmt: skip
    assert (answer.returncode, answer.stdout) == (2, "")
    assert value_in(settings) == BEFORE


def test_apply_when_done_then_one_value_is_new_and_undo_puts_it_back(
    windows: Windows, settings: Path
) -> None:
    whole = settings.read_bytes()
    receipt = change(windows, settings)
    kept = windows.c_drive / "users/root/AppData/Local/m365-backup-wizard"
    assert place(windows, receipt).is_relative_to(kept)
    assert place(windows, receipt).is_file()
    changed = windows.json("arguments", "read", "--current-file", f"{FOLDER}\\{settings.name}")
    assert changed["temp_path"] == [NEW]
    assert value_in(settings).startswith(BEFORE)
    undone = windows.console("arguments", "undo", receipt)
    assert undone.returncode == 0, undone.stderr
    assert settings.read_bytes() == whole
    assert [path.name for path in settings.parent.iterdir()] == [settings.name]


def test_undo_when_the_rest_was_edited_meanwhile_then_only_the_setting_goes_back(
    windows: Windows, settings: Path
) -> None:
    receipt = change(windows, settings)
    settings.write_bytes(settings.read_bytes().replace(b"first=1", b"first=2"))
    assert windows.console("arguments", "undo", receipt).returncode == 0
    expected = f"{AROUND[0]}{KEY}={BEFORE}{AROUND[1]}".replace("first=1", "first=2")
    assert settings.read_bytes() == expected.encode("cp1252")


def test_apply_when_the_file_is_on_another_drive_then_works_there(windows: Windows) -> None:
    windows.computer.shell("mkdir -p /d; ln -sfn /d /root/prefix/dosdevices/d:")
    file = windows.root / "d" / "Ablage für uns.conf"
    file.write_bytes(f'{{\r\n  "{KEY}": "{BEFORE}"\r\n}}\r\n'.encode())
    whole = file.read_bytes()
    told = windows.console(
        "arguments", "apply", "--file", f"D:\\{file.name}", "--key", KEY, "--temp-path", NEW
    )
    assert told.returncode == 0, told.stderr
    assert b"Dtmp" in file.read_bytes()
    assert windows.console("arguments", "undo", told.stdout.strip()).returncode == 0
    assert file.read_bytes() == whole
