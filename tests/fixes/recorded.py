# SPDX-License-Identifier: MIT
"""Recorded computers with a Transporter, for what looks at processes and services."""

from __future__ import annotations

from typing import Any

from wizard.host.recorded import RecordedHost

WINDOWS_JAVA = r"C:\Program Files\NAKIVO Backup & Replication\transporter\java\bin\java.exe"
LINUX_JAVA = "/opt/nakivo/transporter/java/bin/java"


def process(*arguments: str, pid: int = 4711, java: str = WINDOWS_JAVA) -> dict[str, Any]:
    """A running Java Transporter with these arguments behind its name."""
    words = [java, *arguments, "-jar", "transporter.jar"]
    return {"pid": pid, "name": "java.exe", "executable": java, "arguments": words}


def hidden_process(pid: int = 4711) -> dict[str, Any]:
    """A Java process of which an ordinary account sees the name only."""
    return {"pid": pid, "name": "java.exe", "executable": None, "arguments": None}


def service(name: str, display_name: str, command: str) -> dict[str, Any]:
    """A running service."""
    return {"name": name, "display_name": display_name, "state": "running", "command": command}


WINDOWS_TRANSPORTER = service(
    "svc-17",
    "NAKIVO Backup & Replication Transporter",
    r'"C:\Program Files\NAKIVO Backup & Replication\transporter\bh.exe"',
)
LINUX_TRANSPORTER = service("nkv-bhsvc.service", "", "/opt/nakivo/transporter/bhsvc")


def host(system: str = "windows", **answers: Any) -> RecordedHost:
    """A computer that answers these questions and no others."""
    facts = {"system": system, "os": system, "name": "backup01", "is_admin": True}
    return RecordedHost({"facts": facts, **answers})
