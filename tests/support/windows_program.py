# SPDX-License-Identifier: MIT
"""A throw-away Windows with the built programs in it, as tests use them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer import contents, wine
from installer.wine import Computer

PROGRAMS = "Z:\\program"
CONSOLE = f"{PROGRAMS}\\{contents.CONSOLE_PROGRAM}.exe"
WINDOW = f"{PROGRAMS}\\{contents.WINDOW_PROGRAM}.exe"
SHARED = "Z:\\shared"
Answer = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Windows:
    """One running Windows. `shared` is Z:\\shared, `files` the folder that C: is in."""

    computer: Computer
    shared: Path
    root: Path

    @property
    def c_drive(self) -> Path:
        """C: as this machine sees it, while the computer runs."""
        return self.root / wine.C_DRIVE.relative_to("/")

    def run(
        self, program: str, *words: str, environment: Mapping[str, str] | None = None
    ) -> Answer:
        """Any program to its end."""
        return self.computer.run(program, *words, environment=environment, timeout=110)

    def console(self, *words: str, environment: Mapping[str, str] | None = None) -> Answer:
        """The console program to its end."""
        return self.run(CONSOLE, *words, environment=environment)

    def bytes_of(self, *words: str) -> bytes:
        """What the console program writes into a pipe, byte by byte."""
        command = self.computer.command(("wine", CONSOLE, *words), {})
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=50
        ).stdout

    def json(self, *words: str, status: int | None = None) -> Any:
        """What the console program says as JSON."""
        answer = self.console(*words, "--format", "json")
        assert status in (None, answer.returncode), answer.stdout + answer.stderr
        return json.loads(answer.stdout)

    def registry(self, key: str, name: str, value: str, kind: str = "REG_SZ") -> None:
        """Write a value; reg.exe takes its words as any Windows would."""
        answer = self.run("reg", "add", key, "/v", name, "/t", kind, "/d", value, "/f")
        assert answer.returncode == 0, answer.stderr


@contextmanager
def windows(
    folder: Path, shared: Path, *, display: str | None = None, dots_per_inch: int | None = None
) -> Iterator[Windows]:
    """A Windows with the built folder as Z:\\program."""
    inside = {"/program": folder.resolve(), "/shared": shared.resolve()}
    with wine.computer(inside, display) as computer:
        if dots_per_inch:
            _set_dots_per_inch(computer, dots_per_inch)
        with _kept_up(computer):
            yield Windows(computer, shared, _root(computer))


def _set_dots_per_inch(computer: Computer, number: int) -> None:
    """Before anything draws: Windows reads it when a person signs in."""
    key = r"HKCU\Control Panel\Desktop"
    command = (
        'wine reg add "$1" /v LogPixels /t REG_DWORD /d "$2" /f >/dev/null 2>&1; wineserver -w'
    )
    computer.shell(command, key, str(number))


@contextmanager
def _kept_up(computer: Computer) -> Iterator[None]:
    """Keep one program running, so that each further one starts at once.

    Wine's services start with the first program and end with the last; they hold the pipes of
    whoever started them, so that must not be a program whose output is read.
    """
    with subprocess.Popen(
        computer.command(("wine", "cmd"), {}),
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ):  # fmt: skip
        computer.shell("wine cmd /c exit >/dev/null 2>&1")
        yield


def _root(computer: Computer) -> Path:
    """The computer's own root folder, looked at through one of its processes."""
    process = computer.process.pid
    first = Path(f"/proc/{process}/task/{process}/children").read_text().split()[0]
    return Path(f"/proc/{first}/root") / computer.root.relative_to("/")
