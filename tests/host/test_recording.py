# SPDX-License-Identifier: MIT
"""Does a recording keep what was answered, and no secret?"""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.host.samples import ROOT, TEMP, closed, java, service, windows_server
from wizard.host.live import live_host
from wizard.host.recorded import RecordedHost
from wizard.host.recording import record


def test_record_when_a_live_host_is_replayed_then_it_answers_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    live = live_host()
    recording = json.loads(json.dumps(record(live, [str(tmp_path), str(tmp_path / "file")])))
    host = RecordedHost(recording)
    assert host.facts() == live.facts()
    assert host.memory().total_bytes == live.memory().total_bytes
    assert host.volume(str(tmp_path)).mount == live.volume(str(tmp_path)).mount
    assert host.list_folder(str(tmp_path)) == live.list_folder(str(tmp_path))
    assert host.read_text(str(tmp_path / "file")) == "text"
    assert {process.pid for process in host.processes()} & {os.getpid()}


def test_record_when_a_recording_is_recorded_then_nothing_changes() -> None:
    first = record(windows_server(), [ROOT, TEMP])
    again = record(RecordedHost(first), [ROOT, TEMP])
    assert again == first
    assert RecordedHost(first).services() == windows_server().services()


def test_record_when_answers_are_missing_then_their_reasons_are_kept() -> None:
    first = record(windows_server(memory=closed("Zugriff verweigert")), ["C:\\unknown"])
    assert first["memory"] == closed("Zugriff verweigert")
    assert first["files"]["C:\\unknown"]["error"] == "error.not_recorded"


def test_record_when_answers_hold_secrets_then_none_is_kept() -> None:
    host = windows_server(
        environment={
            "AZURE_CLIENT_SECRET": "canary",
            "HTTPS_PROXY": "http://u:canary@p:1",
            "TEMP": "C:\\T",
        },
        processes=[
            java(
                "-Djavax.net.ssl.trustStorePassword=canary",
                "-DtempPath=D:\\Dtmp",
                java_options=[
                    {"variable": "_JAVA_OPTIONS", "value": "-Da='b c' -Dpassword='canary x'"},
                    {"variable": "JAVA_TOOL_OPTIONS", "value": "-Dpassword='canary"},
                ],
            ),
            {"pid": 5, "name": "backup.exe", "executable": None, "arguments": ["b", "canary"]},
        ],
        services=[service("x", "X", command="x.exe --password=canary -v")],
        system_logs=[{"name": "log", "causes": ["other"], "lines": ["password=canary"]}],
    )
    text = json.dumps(record(host))
    assert "canary" not in text
    kept = RecordedHost(json.loads(text))
    assert "-DtempPath=D:\\Dtmp" in (kept.processes()[0].arguments or ())
    options = [one.value for one in kept.processes()[0].java_options or ()]
    assert options == ['"-Da=b c" -Dpassword=***', "***"]
    assert kept.environment() == {"HTTPS_PROXY": "http://u:***@p:1", "TEMP": "C:\\T"}
    assert kept.services()[0].command == "x.exe --password=*** -v"
