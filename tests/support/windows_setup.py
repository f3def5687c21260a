# SPDX-License-Identifier: MIT
"""Setup programs run on a throw-away Windows, and what they leave there."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installer.windows import nsis
from tests.support.windows_program import Answer, Windows, windows

KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\m365-backup-wizard"
OWN_FOLDER = r"C:\users\root\AppData\Local\Programs\M365 Backup Wizard"
ALL_USERS_FOLDER = r"C:\Program Files\M365 Backup Wizard"
OWN_MENU = r"C:\users\root\AppData\Roaming\Microsoft\Windows\Start Menu\Programs"
ALL_USERS_MENU = r"C:\ProgramData\Microsoft\Windows\Start Menu\Programs"
LINK = "M365 Backup Wizard.lnk"
BY_SETUP = {"uninstall.exe", "runtime/installed-files.txt"}
# What the two small programs hold that tests install, one version after the other.
PROGRAMS = {"M365BackupWizard.exe", "m365-backup-wizard.exe"}
OLD = {*PROGRAMS, "runtime/common.dll", "runtime/old ä/$gone.dll"}
NEW = {*PROGRAMS, "runtime/common.dll", "runtime/new/come.dll"}

_VALUE = re.compile(r"^ {4}(\w+) +REG_(?:SZ|DWORD) +(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Desk:
    """Somebody who installs and looks at what came of it."""

    windows: Windows
    setups: str = "Z:\\shared"  # the folder of the setup programs

    def install(self, setup: str, *words: str) -> Answer:
        """Run a setup program silently."""
        return self.windows.run(f"{self.setups}\\{setup}", "/S", *words)

    def uninstall(self, folder: str) -> None:
        """Run the uninstaller silently and wait until its copy has done the work."""
        assert self.windows.run(f"{folder}\\uninstall.exe", "/S").returncode == 0
        until(lambda: "uninstall.exe" not in self.files(folder))

    def registered(self, root: str = "HKCU") -> dict[str, str]:
        """The entry in Windows' list of programs; empty when there is none."""
        told = self.windows.run("reg", "query", f"{root}\\{KEY}").stdout
        return {name: value.strip() for name, value in _VALUE.findall(told)}

    def path(self, name: str) -> Path:
        """A file or folder of that Windows, as this machine sees it."""
        inside = self.windows.computer.linux_path(name)
        return self.windows.root / inside.relative_to("/")

    def files(self, folder: str) -> set[str]:
        """All files below a folder; empty when it isn't there."""
        top = self.path(folder)
        return {file.relative_to(top).as_posix() for file in top.rglob("*") if file.is_file()}

    def write(self, name: str, data: bytes = b"x") -> Path:
        """Put a file there, with its folders."""
        file = self.path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    def forget_installations(self) -> None:
        """Take away what the last test may have left."""
        for root in ("HKCU", "HKLM"):
            self.windows.run("reg", "delete", f"{root}\\{KEY}", "/f")
        for folder in (OWN_FOLDER, ALL_USERS_FOLDER):
            shutil.rmtree(self.path(folder), ignore_errors=True)
        for menu in (OWN_MENU, ALL_USERS_MENU):
            self.path(f"{menu}\\{LINK}").unlink(missing_ok=True)


@contextmanager
def desk(work: Path) -> Iterator[Desk]:
    """A Windows with old-setup.exe and new-setup.exe, made in the folder `work`."""
    for name, files, version in (("old", OLD, "0.1.0"), ("new", NEW, "0.2.0")):
        folder = program_folder(work / name, *files)
        nsis.make_installer(folder, work / f"{name}-setup.exe", version)
    with windows(work / "new", work) as running:
        yield Desk(running)


def until(reached: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for what another process is about to do."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it didn't happen in time"
        time.sleep(0.1)


def program_folder(target: Path, *names: str) -> Path:
    """A small folder with these files."""
    for name in names:
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    return target
