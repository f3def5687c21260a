# SPDX-License-Identifier: MIT
"""Run by a Windows Python: asks Windows' own interfaces all that an act needs, and prints it."""

from __future__ import annotations

import ctypes
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wizard import codec
from wizard.errors import WizardError
from wizard.host import shared_file
from wizard.host.acts import FolderMade, ServiceAction
from wizard.host.live import live_host
from wizard.host.windows_system import WindowsSystem

SERVICE = "Spooler"
HERE = r"C:\Acts"
NEW = rf"{HERE}\Dämp & mehr"
GO = threading.Event()
START, STOP = ServiceAction.START, ServiceAction.STOP


def answered(ask: Callable[[], Any]) -> Any:
    """The answer, or the error's id."""
    try:
        return codec.to_plain(ask())
    except WizardError as error:
        return {"error": error.text, "kind": type(error).__name__}


def windows_system() -> WindowsSystem:
    """The border itself, once there is a folder and a letter that stands for it."""
    if sys.platform == "win32":
        from wizard.host.windows_api import WindowsApi

        Path(HERE).mkdir()
        ctypes.windll.kernel32.DefineDosDeviceW(0, "X:", HERE)
        return WindowsApi()
    raise SystemExit("only for Windows")


def answers() -> dict[str, Any]:
    """In this order: each changes what the next sees."""
    host, system = live_host(), windows_system()
    made: list[FolderMade] = []

    def make() -> FolderMade:
        made.append(host.make_folder(NEW, "LocalSystem"))
        return made[0]

    asked: dict[str, Callable[[], Any]] = {
        "system_may_write": lambda: host.may_write(HERE, "LocalSystem"),
        "own_account": lambda: system.account_name(system.sid("root")[0]),
        "own_may_write": lambda: host.may_write(HERE, "root"),
        "service_may_write": lambda: host.may_write(HERE, r"NT AUTHORITY\LocalService"),
        "unknown_may_write": lambda: host.may_write(HERE, "nobody-here"),
        "missing_may_write": lambda: host.may_write(rf"{HERE}\no", "LocalSystem"),
        "quota": lambda: host.quota(rf"{HERE}\not there", "LocalSystem"),
        "made": make,
        "made_again": lambda: host.make_folder(NEW, "LocalSystem"),
        "not_let_in": lambda: host.make_folder(rf"{HERE}\other", r"NT AUTHORITY\LocalService"),
        "after_making": lambda: sorted(path.name for path in Path(HERE).iterdir()),
        "speed": lambda: host.write_speed(NEW, 3 << 20, GO, keep_free_bytes=1 << 20),
        "no_room": lambda: host.write_speed(NEW, 3 << 20, GO, keep_free_bytes=1 << 50),
        "after_measuring": lambda: [path.name for path in Path(NEW).iterdir()],
        "removed": lambda: host.remove_folder(made[0]),
        "after_removing": lambda: [path.name for path in Path(HERE).iterdir()],
        "started": lambda: host.control_service(SERVICE, START, GO),
        "state_started": lambda: state(host),
        "started_again": lambda: host.control_service(SERVICE, START, GO),
        "stopped": lambda: host.control_service(SERVICE, STOP, GO),
        "state_stopped": lambda: state(host),
        "unknown": lambda: host.control_service("no-such-service", STOP, GO),
        "asked_for": lambda: system.run_as_administrator("sc.exe", ("start", SERVICE), 30, GO),
        "state_asked_for": lambda: state(host),
        "asked_in_vain": lambda: system.run_as_administrator("no-such.exe", (), 30, GO),
        "system_elsewhere": lambda: with_system_elsewhere(system),
        "session_letter": lambda: system.device("X:"),
        "disk_letter": lambda: system.device("C:"),
        "no_letter": lambda: system.device("Q:"),
        "kind": lambda: host.volume(HERE).kind,
        "real_path": lambda: host.real_path(rf"{HERE}\not there"),
        "rotated": rotated,
        "no_log": lambda: why_closed(rf"{HERE}\no.log"),
        "log_is_folder": lambda: why_closed(HERE),
    }
    return {name: answered(ask) for name, ask in asked.items()}


def rotated() -> list[str]:
    """What is read of a log that is renamed, made anew and deleted while it is open."""
    log, old = Path(HERE, "a.log"), Path(HERE, "a.log.1")
    log.write_bytes(b"one\r\ntwo\x1athree")
    with shared_file.open_to_read(log) as file:
        read = [file.read(3).decode()]
        log.rename(old)
        log.write_bytes(b"new")
        read.append(file.read().decode())
        old.unlink()
    with log.open("rb"):  # as Python itself opens it
        try:
            log.rename(old)
        except OSError as error:
            read.append(type(error).__name__)
    return [*read, log.read_text()]


def why_closed(path: str) -> list[str]:
    """Why a path can't be opened, and which one."""
    try:
        shared_file.open_to_read(Path(path)).close()
    except OSError as error:
        return [type(error).__name__, str(error.filename)]
    return []


def with_system_elsewhere(system: WindowsSystem) -> int:
    """The status of a program of Windows where a variable names another Windows."""
    before = os.environ["SYSTEMROOT"]
    os.environ["SYSTEMROOT"] = HERE
    try:
        return system.run("sc.exe", ("start", SERVICE), 30, GO).status
    finally:
        os.environ["SYSTEMROOT"] = before


def state(host: Any) -> str:
    """The service's state as the service manager has it."""
    states = [s.state.value for s in host.services() if s.name.casefold() == SERVICE.casefold()]
    return states[0] if states else "missing"


if __name__ == "__main__":
    sys.stdout.buffer.write(json.dumps(answers()).encode())
