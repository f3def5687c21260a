# SPDX-License-Identifier: MIT
"""Recorded servers in real shapes, to be changed one answer at a time."""

from __future__ import annotations

from typing import Any

from wizard.host.recorded import RecordedHost

GB = 1 << 30
ROOT = r"C:\Program Files\NAKIVO Backup & Replication"
TEMP = ROOT + r"\transporter\java\tmp"
JAVA = ROOT + r"\transporter\java\jre\bin\java.exe"
WHEN = "2026-11-20T08:00:00.000Z"


def volume(mount: str, free: float, **more: Any) -> dict[str, Any]:
    return {
        "mount": mount,
        "kind": "local",
        "file_system": "NTFS",
        "total_bytes": 100 * GB,
        "free_bytes": int(free * GB),
        "read_only": False,
        "source": f"GetDiskFreeSpaceEx {mount}",
        **more,
    }


def service(name: str, display: str, state: str = "running", **more: Any) -> dict[str, Any]:
    return {"name": name, "display_name": display, "state": state, **more}


def java(*arguments: str, pid: int = 4100, **more: Any) -> dict[str, Any]:
    return {
        "pid": pid,
        "name": "java.exe",
        "executable": JAVA,
        "arguments": [JAVA, *arguments, "-jar", "transporter.jar"],
        "resident_bytes": 700 << 20,
        "account": r"NT AUTHORITY\SYSTEM",
        "started": WHEN,
        **more,
    }


def file(path: str, size: int = 1, *, folder: bool = False, when: str = WHEN) -> dict[str, Any]:
    return {"path": path, "is_folder": folder, "size_bytes": size, "modified": when}


def windows_answers(**changes: Any) -> dict[str, Any]:
    """A healthy German Windows server, by question."""
    return {
        "facts": {
            "system": "windows",
            "os": "Windows Server 2022 Standard (build 20348)",
            "name": "BACKUP01",
            "is_admin": True,
            "sample": None,
        },
        "services": [
            service("Spooler", "Druckwarteschlange", command=r"C:\Windows\System32\spoolsv.exe"),
            service(
                "bhsvc-x",
                "NAKIVO Backup & Replication Transporter",
                start_type="automatic",
                command=f'"{ROOT}\\transporter\\bh.exe" -s',
                account="LocalSystem",
            ),
            service(
                "dirsvc-x",
                "NAKIVO Backup & Replication Director",
                start_type="automatic",
                command=f'"{ROOT}\\director\\bin\\director.exe"',
                account="LocalSystem",
            ),
        ],
        "processes": [
            {"pid": 4, "name": "System", "executable": None, "arguments": None},
            java("-Xmx2048m"),
        ],
        "memory": {"total_bytes": 32 * GB, "available_bytes": 20 * GB, "source": "test"},
        "volumes": [volume("C:\\", 60), volume("D:\\", 80)],
        "programs": [
            {
                "name": "NAKIVO Backup & Replication",
                "version": "11.2.1.101306",
                "folder": ROOT,
                "source": "HKLM",
            }
        ],
        "proxies": [],
        "listening": [],
        "system_logs": [],
        "name_servers": [{"address": "10.0.0.53"}],
        "gateways": [{"address": "10.0.0.1", "adapter": "Ethernet"}],
        "antivirus": [
            {
                "name": "Microsoft Defender Antivirus",
                "active": True,
                "source": "Get-MpComputerStatus, Get-MpPreference (Normal)",
                "exclusions": [TEMP],
                "reason": "",
            }
        ],
        "may_write": {r"NT AUTHORITY\SYSTEM": {TEMP: True, "D:\\Dtmp": True}},
        "environment": {"ProgramFiles": r"C:\Program Files", "SystemRoot": r"C:\Windows"},
        "files": {
            ROOT: [
                file(ROOT + r"\transporter", folder=True),
                file(ROOT + r"\director", folder=True),
            ],
            ROOT + r"\transporter": [],
            ROOT + r"\director": [],
            TEMP: [],
            ROOT + r"\transporter\bh-logs": [
                file(ROOT + r"\transporter\bh-logs\transporter.log", 3 << 20)
            ],
            "D:\\Dtmp": [],
        },
        **changes,
    }


def windows_server(**changes: Any) -> RecordedHost:
    return RecordedHost(windows_answers(**changes))


def closed(reason: str = "Access is denied") -> dict[str, Any]:
    """An answer that wasn't to be had."""
    return {"error": "error.host_path_unreadable", "values": {"path": "x", "reason": reason}}
