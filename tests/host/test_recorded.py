# SPDX-License-Identifier: MIT
"""Does a recording answer as the computer did, and never invent an answer?"""

from __future__ import annotations

import json
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

from tests.host.samples import GB, ROOT, TEMP, closed, file, volume, windows_answers, windows_server
from wizard.errors import BadInput, CannotCheck
from wizard.host.base import NameServer, ProxySetting, ProxyWriting, ServiceState
from wizard.host.recorded import RecordedHost

QUESTIONS = (
    "services",
    "processes",
    "memory",
    "volumes",
    "programs",
    "proxies",
    "listening",
    "name_servers",
    "gateways",
    "antivirus",
    "environment",
)


def test_answers_when_recorded_then_in_the_hosts_own_types() -> None:
    host = windows_server()
    assert host.facts().name == "BACKUP01"
    assert host.services()[1].state is ServiceState.RUNNING
    assert host.processes()[0].arguments is None
    assert host.memory().total_bytes == 32 * GB
    assert host.programs()[0].folder == ROOT
    assert host.antivirus()[0].exclusions == (TEMP,)
    assert host.name_servers() == (NameServer("10.0.0.53"),)
    assert host.environment()["SystemRoot"] == r"C:\Windows"
    assert host.path("c:\\x") == PureWindowsPath("C:\\X")


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_when_recorded_as_an_error_then_that_error(question: str) -> None:
    host = windows_server(**{question: closed("Zugriff verweigert")})
    with pytest.raises(CannotCheck) as told:
        getattr(host, question)()
    assert told.value.values["reason"] == "Zugriff verweigert"


def test_read_bytes_when_recorded_then_as_they_were() -> None:
    host = windows_server(files={r"C:\list": {"base64": "/u3+7Q=="}, r"C:\text": "words"})
    assert host.read_bytes(r"C:\LIST", 10) == b"\xfe\xed\xfe\xed"
    assert host.read_bytes(r"C:\list", 2) == b"\xfe\xed"
    with pytest.raises(CannotCheck, match="host_not_a_file"):
        host.read_bytes(r"C:\text", 10)
    with pytest.raises(CannotCheck, match="host_not_a_file"):
        host.read_text(r"C:\list")


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_when_not_recorded_then_cannot_check(question: str) -> None:
    answers = windows_answers()
    del answers[question]
    with pytest.raises(CannotCheck) as told:
        getattr(RecordedHost(answers), question)()
    assert told.value.text == "error.not_recorded"


def test_service_proxies_when_recorded_then_by_the_services_name() -> None:
    setting = {"source": "HKU", "value": "p:1", "writing": "windows"}
    host = windows_server(service_proxies={"bhsvc-x": [setting]})
    _, transporter, director = host.services()
    assert host.service_proxies(transporter) == (ProxySetting("HKU", "p:1", ProxyWriting.WINDOWS),)
    with pytest.raises(CannotCheck) as told:
        host.service_proxies(director)
    assert told.value.values["what"] == "service_proxies dirsvc-x"


def test_volume_when_mounts_nest_then_the_deepest_one() -> None:
    host = windows_server(volumes=[volume("C:\\", 1), volume("C:\\Mount", 2), volume("D:\\", 3)])
    assert host.volume("c:\\mount\\x").mount == "C:\\Mount"
    assert host.volume("C:\\Mount2").mount == "C:\\"
    with pytest.raises(CannotCheck):
        host.volume("Q:\\x")
    with pytest.raises(CannotCheck):
        host.volume("tmp")


def test_is_folder_when_recorded_or_told_by_the_listing_above_then_known() -> None:
    files: dict[str, Any] = {
        "C:\\A": [file("C:\\A\\f"), file("C:\\A\\deep", folder=True)],
        "C:\\A\\f": "text",
        "C:\\gone": None,
        "C:\\closed": closed(),
    }
    host = windows_server(files=files)
    assert host.is_folder("c:\\a\\")
    assert not host.is_folder("C:\\A\\f")
    assert not host.is_folder("C:\\A\\missing")
    assert not host.is_folder("C:\\gone")
    for unknown in ("C:\\A\\deep", "C:\\elsewhere", "C:\\closed"):
        with pytest.raises(CannotCheck):
            host.is_folder(unknown)


def test_files_when_read_then_texts_and_listings_and_no_mix_up() -> None:
    host = windows_server(files={"C:\\A": [file("C:\\A\\f", 7)], "C:\\A\\f": "textä"})
    assert host.read_text("C:\\A\\f") == "textä"
    assert host.read_text("C:\\A\\f", limit_bytes=4) == "text"
    assert host.list_folder("C:\\A")[0].size_bytes == 7
    with pytest.raises(CannotCheck):
        host.read_text("C:\\A")
    with pytest.raises(CannotCheck):
        host.list_folder("C:\\A\\f")


def test_with_files_when_a_path_lies_below_the_root_then_the_real_file_system(
    tmp_path: Path,
) -> None:
    linux = {"system": "linux", "os": "Linux", "name": "b", "is_admin": False, "sample": "x"}
    (tmp_path / "tree" / "tmp").mkdir(parents=True)
    (tmp_path / "tree" / "tmp" / "left.tmp").write_text("left")
    (tmp_path / "outside").write_text("private")
    recorded = str(tmp_path / "tree" / "recorded")
    host = RecordedHost({"facts": linux, "files": {recorded: "recorded"}})
    host = host.with_files(tmp_path / "tree")
    assert host.is_folder(str(tmp_path / "tree" / "tmp"))
    assert not host.is_folder(str(tmp_path / "tree" / "missing"))
    assert host.read_text(str(tmp_path / "tree" / "tmp" / "left.tmp")) == "left"
    assert host.list_folder(str(tmp_path / "tree" / "tmp"))[0].size_bytes == 4
    assert host.read_text(recorded) == "recorded"
    with pytest.raises(CannotCheck):
        host.read_text(str(tmp_path / "outside"))
    with pytest.raises(CannotCheck):
        host.read_text(str(tmp_path / "tree" / ".." / "outside"))


def test_from_file_when_it_is_a_recording_then_the_same_answers(tmp_path: Path) -> None:
    (tmp_path / "host.json").write_text(json.dumps(windows_answers()))
    assert RecordedHost.from_file(tmp_path / "host.json").services() == windows_server().services()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"facts": {"system": "windows"}}'])
def test_from_file_when_it_is_no_recording_then_bad_input(tmp_path: Path, text: str) -> None:
    (tmp_path / "host.json").write_text(text)
    with pytest.raises(BadInput):
        RecordedHost.from_file(tmp_path / "host.json")
    with pytest.raises(BadInput):
        RecordedHost.from_file(tmp_path / "missing.json")


def test_answers_when_a_recording_has_an_unknown_key_then_bad_input() -> None:
    with pytest.raises(BadInput):
        windows_server(memory={"total_bytes": 1, "free": 2}).memory()
