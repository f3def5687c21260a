# SPDX-License-Identifier: MIT
"""Do the kernel's and systemd's words come out as lines, and silence as a reason?

The programs asked are scripts that print what journalctl and dmesg of systemd 252 and util-linux
2.38 printed.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from wizard.host import linux_journal
from wizard.host.linux_journal import CAUSES
from wizard.host.system_log_lines import SystemLog

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts of a POSIX shell")
UNIT = "nkv-bhsvc.service"
MARKS = ("NAKIVO", UNIT)
NOW = int(time.time())
STAMP = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW))
KILLED = "Out of memory: Killed process 4711 (java) total-vm:9123456kB, anon-rss:6123456kB"


def entry(message: object, **fields: str) -> str:
    told = {"__REALTIME_TIMESTAMP": f"{NOW}000000", "PRIORITY": "3", "MESSAGE": message, **fields}
    return json.dumps(told)


KERNEL = entry(KILLED, _TRANSPORT="kernel", SYSLOG_IDENTIFIER="kernel")
USB = entry("usb 1-1: device descriptor read/64", _TRANSPORT="kernel", SYSLOG_IDENTIFIER="kernel")
EXITED = f"{UNIT}: Main process exited, code=killed, status=9/KILL"
OLD = KERNEL.replace(f"{NOW}000000", f"{NOW - 15 * 86_400}000000")
OF_UNIT = entry(EXITED, _PID="1", UNIT=UNIT, SYSLOG_IDENTIFIER="systemd")
OOMD = entry("Killed /system.slice/cron.service due to memory", SYSLOG_IDENTIFIER="systemd-oomd")
PRINTED = entry([106, 97, 118, 97, 255], _SYSTEMD_UNIT=UNIT, SYSLOG_IDENTIFIER="bhsvc")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is looked into for programs before all others."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def journalctl(folder: Path, *, about: str = "", own: str = "", system: str = OF_UNIT) -> None:
    for name, text in (("about", about), ("own", own), ("system", system)):
        (folder / name).write_text(text + "\n" if text else "")
    script(
        folder / "journalctl",
        'case "$*" in *--lines=1*_PID=1) f=system;; *_TRANSPORT=kernel*) f=about;; *) f=own;; esac',
        f'cat "{folder}/$f"',
    )


def script(path: Path, *lines: str) -> None:
    path.write_text("\n".join(("#!/bin/sh", *lines)))
    path.chmod(0o755)


def test_system_logs_when_the_journal_tells_then_our_lines_and_the_units_own(asked: Path) -> None:
    journalctl(asked, about="\n".join((KERNEL, USB, OF_UNIT, OLD, OOMD)), own=PRINTED)
    assert linux_journal.system_logs(MARKS) == (
        SystemLog(
            "systemd journal, kernel and services",
            CAUSES,
            (f"{STAMP} kernel: {KILLED}", f"{STAMP} systemd: {EXITED}"),
        ),
        SystemLog(f"systemd journal, {UNIT}", CAUSES, (f"{STAMP} bhsvc: java\ufffd",)),
    )


def test_system_logs_when_the_journal_has_nothing_of_ours_then_that_is_an_empty_log(
    asked: Path,
) -> None:
    journalctl(asked)
    assert linux_journal.system_logs(MARKS) == (
        SystemLog("systemd journal, kernel and services", CAUSES),
    )


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="as root only")
def test_system_logs_when_no_journal_is_kept_then_the_kernel_is_asked(asked: Path) -> None:
    journalctl(asked, system="")
    iso = time.strftime("%Y-%m-%dT%H:%M:%S,123456+02:00", time.gmtime(NOW + 7200))
    old = iso.replace(iso[:4], "2020")
    script(asked / "dmesg", f"echo '{old} {KILLED}'", f"echo '{iso} {KILLED}'", f"echo '{iso} x'")
    (log,) = linux_journal.system_logs(MARKS)
    assert (log.name, log.lines) == ("kernel messages (dmesg)", (f"{STAMP} kernel: {KILLED}",))


CLOSED = "echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1"
UNREAD = {
    "closed": (CLOSED, "log_unread_no_permission"),
    "broken": ("echo '{\"a\": 1}'", "log_unread_no_answer"),
    "no json": ("echo nothing", "log_unread_no_answer"),
    "failed": ("echo unrecognized option >&2; exit 1", "log_unread_no_answer"),
}


@pytest.mark.parametrize("kind", UNREAD)
def test_system_logs_when_the_journal_gives_no_answer_then_its_reason_is_told(
    kind: str, asked: Path
) -> None:
    script(asked / "journalctl", UNREAD[kind][0])
    assert [log.unread for log in linux_journal.system_logs(MARKS)] == [UNREAD[kind][1]]


DMESG = {
    "echo 'dmesg: read kernel buffer failed: Operation not permitted' >&2; exit 1": (
        "log_unread_no_permission"
    ),
    "echo 'dmesg: unrecognized option: time-format' >&2; exit 1": "log_unread_no_answer",
    "echo '[   12.3] Out of memory'": "log_unread_no_answer",
}


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="as root only")
@pytest.mark.parametrize("answer", DMESG)
def test_system_logs_when_neither_answers_then_the_reason_is_dmesgs(
    answer: str, asked: Path
) -> None:
    journalctl(asked, system="")
    script(asked / "dmesg", answer)
    assert [log.unread for log in linux_journal.system_logs(MARKS)] == [DMESG[answer]]
