# SPDX-License-Identifier: MIT
"""Setup programs run on a throw-away Windows, and what they leave there."""

from __future__ import annotations

import base64
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installer.wine import Computer

KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\m365-backup-wizard"
OWN_FOLDER = r"C:\users\root\AppData\Local\Programs\M365 Backup Wizard"
ALL_USERS_FOLDER = r"C:\Program Files\M365 Backup Wizard"
OWN_MENU = r"C:\users\root\AppData\Roaming\Microsoft\Windows\Start Menu\Programs"
ALL_USERS_MENU = r"C:\ProgramData\Microsoft\Windows\Start Menu\Programs"
LINK = "M365 Backup Wizard.lnk"
BY_SETUP = {"uninstall.exe", "runtime/installed-files.txt"}

_VALUE = re.compile(r"^ {4}(\w+) +REG_(?:SZ|DWORD) +(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Desk:
    """Somebody who installs and looks at what came of it."""

    computer: Computer
    setups: str  # the folder of the setup programs, as Windows sees it

    def install(self, setup: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a setup program silently."""
        return self.computer.run(f"{self.setups}\\{setup}", "/S", *words, timeout=60)

    def uninstall(self, folder: str) -> None:
        """Run the uninstaller silently and wait until its copy has done the work."""
        assert self.computer.run(f"{folder}\\uninstall.exe", "/S", timeout=60).returncode == 0
        until(lambda: "uninstall.exe" not in self.files(folder))

    def registered(self, root: str = "HKCU") -> dict[str, str]:
        """The entry in Windows' list of programs; empty when there is none."""
        told = self.computer.run("reg", "query", f"{root}\\{KEY}").stdout
        return {name: value.strip() for name, value in _VALUE.findall(told)}

    def files(self, folder: str) -> set[str]:
        """All files below a folder; empty when it isn't there."""
        script = 'if cd "$1" 2>/dev/null; then find . -type f; fi'
        found = self.computer.shell(script, self.computer.linux_path(folder)).stdout
        return {line[2:] for line in found.splitlines()}

    def exists(self, path: str) -> bool:
        """Whether there is such a file or folder."""
        script = 'if [ -e "$1" ]; then echo yes; fi'
        return bool(self.computer.shell(script, self.computer.linux_path(path)).stdout)

    def write(self, path: str, data: bytes = b"x") -> None:
        """Put a file there, with its folders."""
        text = base64.b64encode(data).decode()
        script = 'mkdir -p "$(dirname "$1")"; echo "$2" | base64 -d >"$1"'
        self.computer.shell(script, self.computer.linux_path(path), text)

    def read(self, path: str) -> bytes:
        """A file's bytes."""
        told = self.computer.shell('base64 "$1"', self.computer.linux_path(path)).stdout
        return base64.b64decode(told)

    def forget_installations(self) -> None:
        """Take away what the last test may have left."""
        for root in ("HKCU", "HKLM"):
            self.computer.run("reg", "delete", f"{root}\\{KEY}", "/f")
        for path in (
            OWN_FOLDER,
            ALL_USERS_FOLDER,
            f"{OWN_MENU}\\{LINK}",
            f"{ALL_USERS_MENU}\\{LINK}",
        ):
            self.computer.shell('rm -rf "$1"', self.computer.linux_path(path))


@contextmanager
def kept_running(computer: Computer) -> Iterator[None]:
    """Keep Wine's server, so that each program starts at once.

    The first word tells that Wine's own services are up; else they would be children of the next
    program and hold its output open for a minute.
    """
    command = "echo up & ping -n 1000 127.0.0.1 >nul"
    with computer.start("cmd", "/c", command) as staying:
        assert staying.stdout
        assert staying.stdout.readline().strip() == "up"
        try:
            yield
        finally:
            computer.run("taskkill", "/F", "/IM", "ping.exe")


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
