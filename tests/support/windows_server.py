# SPDX-License-Identifier: MIT
"""A stand-in for the product on a throw-away Windows: what the system itself then tells of it.

The services and the Java process are programs of Wine's own under the product's names; what reads
them goes through the service manager, the registry and the process list like on any Windows.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from installer.windows.windows_python import PYTHON
from tests.support.windows_program import Windows

FOLDER = r"C:\Program Files\NAKIVO Backup & Replication"
TRANSPORTER = rf"{FOLDER}\transporter"
JAVA = rf"{TRANSPORTER}\java\jre\bin\java.exe"
UNINSTALL = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\NAKIVO"
VERSION = "11.2.0.95283"
SMALL_DISK_BYTES = 64 * 1024 * 1024
# Waits for its service to be stopped, whatever it is called; so it may play any service.
_PATIENT_SERVICE = r'"C:\windows\system32\spoolsv.exe"'
# Waits for lines at its stdin, whatever its arguments are.
_PATIENT_PROGRAM = "cmd.exe"
# Of the Python that the programs are built with, what a program needs that waits at a port.
_LISTENER = (
    "python.exe", "python313.dll", "python313.zip", "python313._pth", "vcruntime140.dll",
    "_socket.pyd", "select.pyd",
)  # fmt: skip


def install(windows: Windows) -> None:
    """The folders, the uninstall entry, the services: one running, one stopped."""
    folder = place(windows, FOLDER)
    for part in ("director", "transporter/bh-logs", "transporter/java/tmp"):
        (folder / part).mkdir(parents=True)
    program = place(windows, JAVA)
    program.parent.mkdir(parents=True)
    shutil.copy(windows.c_drive / "windows/system32" / _PATIENT_PROGRAM, program)
    windows.registry(UNINSTALL, "DisplayName", "NAKIVO Backup & Replication")
    windows.registry(UNINSTALL, "DisplayVersion", VERSION)
    windows.registry(UNINSTALL, "InstallLocation", f"{FOLDER}\\")
    service(windows, "NkvTransporter", "NAKIVO Backup & Replication Transporter")
    command = rf'"{FOLDER}\director\bin\director.exe" --service'
    service(windows, "NkvDirector", "NAKIVO Backup & Replication Director", command)


def service(windows: Windows, name: str, shown: str, command: str | None = None) -> None:
    """Register a service; one without a command of its own is started, too."""
    words = ("binPath=", command or _PATIENT_SERVICE, "DisplayName=", shown, "start=", "auto")
    assert windows.run("sc", "create", name, *words).returncode == 0
    if command is None:
        assert "RUNNING" in windows.run("sc", "start", name).stdout


def place(windows: Windows, path: str) -> Path:
    """A path on C: as this machine sees it."""
    return windows.c_drive.joinpath(*path.split("\\")[1:])


def write_log(windows: Windows, sentence: str) -> None:
    """The Transporter's log of last night, as Windows' own editors write text."""
    night = datetime.now() - timedelta(hours=5)  # noqa: DTZ005 - logs have no time zone
    lines = ("INFO  Sicherung für Büro begonnen", sentence, "INFO  Ende")
    text = "".join(f"{night:%Y-%m-%d %H:%M:%S},000 {line}\r\n" for line in lines)
    place(windows, rf"{TRANSPORTER}\bh-logs\transporter.log").write_bytes(text.encode("cp1252"))


def add_small_disk(windows: Windows) -> None:
    """D:, a disk of 64 MB."""
    windows.computer.shell(
        'mkdir /small; mount -t tmpfs -o size="$1" tmpfs /small; ln -s /small "$2"',
        str(SMALL_DISK_BYTES), "/root/prefix/dosdevices/d:",
    )  # fmt: skip


@contextmanager
def java(windows: Windows, *arguments: str, options: str = "") -> Iterator[None]:
    """A process named java.exe with these arguments, and with JAVA_TOOL_OPTIONS when given."""
    words = ("wine", JAVA, *arguments, "-jar", rf"{TRANSPORTER}\java\transporter.jar")
    environment = {"JAVA_TOOL_OPTIONS": options} if options else {}
    with subprocess.Popen(
        windows.computer.command(words, environment),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()  # it runs once it has greeted
        yield


@contextmanager
def listener(windows: Windows, folder: str, port: int) -> Iterator[str]:
    """A program of this folder that waits at a port; its path. It is a renamed Windows Python."""
    program = place(windows, folder) / "bh.exe"
    for name in _LISTENER:
        shutil.copy(PYTHON / name, program.with_name(name))
    program.with_name("python.exe").rename(program)
    wait = f"import socket; at = socket.create_server(('', {port}))"
    code = f"{wait}; print('waits', flush=True); input()"
    command = windows.computer.command(("wine", rf"{folder}\bh.exe", "-c", code), {})
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"waits"
        yield rf"{folder}\bh.exe"
        process.stdin.write(b"\n")
