# SPDX-License-Identifier: MIT
"""The console program on Windows: the same answers as on Linux, statuses, packages, encodings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path, PureWindowsPath
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

import wizard
from tests.support.same_meaning import differences
from tests.support.windows_program import SHARED, Windows
from wizard.demo.scenarios import SCENARIOS

ROOT = Path(wizard.__file__).parents[1]
# Wine's own check of certificate chains lets an unknown authority pass; Windows' doesn't.
ONLY_WINDOWS_CAN_TELL = {"tls-inspection"}
CHECK = ("check", "--demo")


def here(*words: str) -> subprocess.CompletedProcess[str]:
    """The same command on this system, from the source."""
    return subprocess.run(
        [sys.executable, "-m", "wizard", *words],
        cwd=ROOT, env={**os.environ, "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", check=False, timeout=50,
    )  # fmt: skip


def json_here(*words: str) -> Any:
    return json.loads(here(*words, "--format", "json").stdout)


def test_version_and_selftest_when_run_then_pass(windows: Windows) -> None:
    assert windows.console("--version").stdout.split()[-1] == wizard.__version__
    answer = windows.console("selftest")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.count("ok ") == here("selftest").stdout.count("ok ")
    assert answer.stderr == ""


def same_as_here(windows: Windows, name: str) -> None:
    line = (*CHECK, name, "--format", "json")
    told, expected = windows.console(*line), here(*line)
    assert (told.returncode, told.stderr) == (expected.returncode, "")
    assert differences(json.loads(expected.stdout), json.loads(told.stdout)) == []


def test_check_when_three_causes_then_says_the_same_as_on_linux(windows: Windows) -> None:
    same_as_here(windows, "several")


@pytest.mark.full
@pytest.mark.parametrize("name", [n for n in SCENARIOS if n not in {"several"}])
def test_check_when_any_sample_then_says_the_same_as_on_linux(windows: Windows, name: str) -> None:
    if name in ONLY_WINDOWS_CAN_TELL:
        pytest.skip("Wine takes certificates of unknown authorities")
    same_as_here(windows, name)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("check --demo healthy", 0),
        ("arguments plan --current -Dx=a;b --temp-path D:\\Dtmp", 1),
        ("arguments plan --current -Xmx1g --temp-path Dtmp", 2),
        ("check --demo several --cause memory", 2),
        ("check --demo no-access", 3),
        ("check --nonsense", 3),
        ("open Z:\\nothing.zip", 3),
    ],
)
def test_exit_status_when_each_kind_of_answer_then_as_on_linux(
    windows: Windows, line: str, status: int
) -> None:
    assert here(*line.split()).returncode == status, "the example itself"
    answer = windows.console(*line.split())
    assert answer.returncode == status, answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr


def test_junit_when_read_then_has_the_rows_of_linux(windows: Windows) -> None:
    def rows(text: bytes) -> Counter[tuple[str | None, ...]]:
        cases = Xml.fromstring(text).iter("testcase")  # noqa: S314 - our own program's
        return Counter(
            (case.get("classname"), case.get("name"), *(child.tag for child in case))
            for case in cases
        )

    line = (*CHECK, "several", "--format", "junit")
    told = rows(windows.bytes_of(*line))
    assert told.total() > 20
    assert told == rows(here(*line).stdout.encode())


def test_package_when_written_on_windows_then_opens_there_and_on_linux(windows: Windows) -> None:
    name = "Bäckup für Müller (1).zip"
    written = windows.console("export", "--demo", "several", "--output", f"{SHARED}\\{name}")
    assert written.returncode == 0, written.stdout + written.stderr
    opened = windows.json("open", f"{SHARED}\\{name}", status=0)
    assert opened["verdict"]["likely_cause"] == "temp-folder"
    assert json_here("open", str(windows.shared / name)) == opened
    again = windows.json("open", f"{SHARED}\\{name}", "--rejudge", status=0)
    assert [cause["status"] for cause in again["causes"]] == [
        cause["status"] for cause in opened["causes"]
    ]


def test_package_when_written_on_linux_then_opens_on_windows(windows: Windows) -> None:
    package = windows.shared / "from Linux.zip"
    assert here("export", "--demo", "healthy", "--output", str(package)).returncode == 0
    told = windows.json("open", f"{SHARED}\\{package.name}", status=0)
    assert told == json_here("open", str(package))


def without_folders(evidence: Any) -> Any:
    files = [{**row, "path": PureWindowsPath(row["path"]).name} for row in evidence["files"]]
    matches = [{**row, "file": PureWindowsPath(row["file"]).name} for row in evidence["matches"]]
    return {**evidence, "files": files, "matches": matches}


LOG = (
    "2026-11-20 01:00:00,000 INFO  Sicherung für Müller begonnen\n"
    "2026-11-20 01:07:00,000 ERROR java.io.FileNotFoundException: D:\\Büro\\tmp\\item-7.part "
    "(There is not enough space on the disk)\n"
    "2026-11-20 01:09:00,000 INFO  Ende: überprüft\n"
)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig", "utf-8"])
def test_logs_when_written_by_windows_then_are_read_as_on_linux(
    windows: Windows, encoding: str
) -> None:
    log = windows.shared / f"Protokoll für {encoding}.log"
    log.write_bytes(LOG.replace("\n", "\r\n").encode(encoding))
    told = windows.json("logs", f"{SHARED}\\{log.name}", status=2)
    assert told["files"][0]["path"] == f"{SHARED}\\{log.name}"
    assert without_folders(told) == without_folders(json_here("logs", str(log)))
    match = told["matches"][0]
    assert (match["cause"], match["line"]) == ("temp-folder", 2)
    assert "D:\\Büro\\tmp" in match["excerpt"]


def test_text_when_through_a_pipe_then_is_in_the_computers_code_page(windows: Windows) -> None:
    log = windows.shared / "Öl.log"
    log.write_text(LOG, encoding="utf-8")
    told = windows.bytes_of("logs", f"{SHARED}\\{log.name}").decode("cp1252")
    assert "Öl.log" in told
    assert "D:\\Büro\\tmp" in told


def test_json_when_through_a_pipe_then_is_read_as_utf_8(windows: Windows) -> None:
    log = windows.shared / "Öl und Ελιά.log"
    log.write_text(LOG, encoding="utf-8")
    told = json.loads(windows.bytes_of("logs", f"{SHARED}\\{log.name}", "--format", "json"))
    assert told["files"][0]["path"].endswith("Öl und Ελιά.log")


def test_differences_when_a_word_or_a_number_is_another_then_are_told() -> None:
    told = json_here(*CHECK, "no-access")
    other = json.loads(json.dumps(told).replace("sample-backup-server", "another-server"))
    other["causes"][0]["rank"] = 7
    other["not_checked"].pop()
    assert len(differences(told, other)) == 3
