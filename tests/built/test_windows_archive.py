# SPDX-License-Identifier: MIT
"""The portable zip: it holds the folder, is no larger than it was, and works as portable."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader

from installer import contents
from tests.support.windows_program import SHARED, Windows

# As large as it is today, with a little room: what Qt, Python and cryptography bring is 66 MB.
LARGEST_FOLDER_MB = 82
LARGEST_ARCHIVE_MB = 38


def test_zip_when_opened_then_has_each_file_of_the_folder_in_one_top_folder(
    windows_archive: Path, windows_folder: Path
) -> None:
    there = {
        path.relative_to(windows_folder.parent).as_posix(): path.read_bytes()
        for path in windows_folder.rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(windows_archive) as opened:
        packed = {name: opened.read(name) for name in opened.namelist() if name[-1] != "/"}
    assert packed.keys() == there.keys()
    assert [n for n in packed if _digest(packed[n]) != _digest(there[n])] == []


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def test_size_when_built_then_is_no_larger_than_it_was(
    windows_archive: Path, windows_folder: Path
) -> None:
    size = sum(path.stat().st_size for path in windows_folder.rglob("*") if path.is_file())
    assert size < LARGEST_FOLDER_MB * 1e6
    assert windows_archive.stat().st_size < LARGEST_ARCHIVE_MB * 1e6


def test_console_program_when_opened_then_holds_nothing_of_the_window(windows_folder: Path) -> None:
    def modules(name: str) -> set[str]:
        program = CArchiveReader(str(windows_folder / f"{name}.exe"))
        return set(program.open_embedded_archive("PYZ.pyz").toc)

    def of_the_window(names: set[str]) -> list[str]:
        return [n for n in names if n.startswith(("PySide6", "shiboken6", "wizard.gui"))]

    assert "wizard.cli.main" in modules(contents.CONSOLE_PROGRAM)
    assert of_the_window(modules(contents.CONSOLE_PROGRAM)) == []
    assert of_the_window(modules(contents.WINDOW_PROGRAM)) != []


def test_portable_when_a_change_is_made_on_windows_then_all_is_kept_beside_the_program(
    windows: Windows,
) -> None:
    windows.computer.shell("cp -r /program /shared/portable")
    folder = windows.shared / "portable"
    (folder / "portable").touch()
    settings = windows.shared / "settings.properties"
    settings.write_bytes(b"system.transporter.modern.arguments=-Xmx2g\r\n")
    before = {path for path in windows.c_drive.rglob("*") if path.is_file()}
    answer = windows.run(
        f"{SHARED}\\portable\\{contents.CONSOLE_PROGRAM}.exe",
        "arguments", "apply", "--file", f"{SHARED}\\settings.properties",
        "--key", "system.transporter.modern.arguments", "--temp-path", "C:\\Dtmp",
    )  # fmt: skip
    assert "C:" in settings.read_text(encoding="utf-8"), answer.stdout + answer.stderr
    kept = [path.relative_to(folder).parts[:2] for path in (folder / "data").rglob("*.*")]
    assert {("data", "receipts"), ("data", "backups")} <= set(kept)
    assert {path for path in windows.c_drive.rglob("*") if path.is_file()} == before
