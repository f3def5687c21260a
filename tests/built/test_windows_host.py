# SPDX-License-Identifier: MIT
"""What the console program reads from a Windows' own registry, services, processes and disks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import windows_server
from tests.support.windows_program import Windows
from tests.support.windows_server import FOLDER, TRANSPORTER

INTERNET_SETTINGS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
OFFLINE = ("check", "--offline")


@pytest.fixture(scope="module")
def server(windows: Windows) -> Windows:
    windows_server.install(windows)
    windows_server.add_small_disk(windows)
    return windows


@pytest.fixture(scope="module")
def diagnosis(server: Windows) -> Any:
    """Everything at once: the Java Transporter runs with a folder on the small disk."""
    windows_server.write_log(
        server,
        r"ERROR java.io.FileNotFoundException: D:\Dämp\item-7.part "
        "(There is not enough space on the disk)",
    )
    server.computer.shell("mkdir -p /small/Dämp")
    with windows_server.java(server, "-Xmx1024m", r"-DtempPath=D:\Dämp"):
        return server.json(*OFFLINE, status=2)


def finding(diagnosis: Any, check: str) -> Any:
    rows = [row for cause in diagnosis["causes"] for row in cause["findings"]]
    return next(row for row in rows if row["check"] == check)


def evidence(diagnosis: Any, check: str) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for row in finding(diagnosis, check)["evidence"]:
        told.setdefault(row["label"], []).append(row["value"])
    return told


def test_system_when_asked_then_its_edition_stands_in_the_registry(diagnosis: Any) -> None:
    told = diagnosis["host"]
    assert (told["system"], told["is_admin"], told["sample"]) == ("windows", True, None)
    assert re.fullmatch(r"Windows \d+ .*\(build \d+\)", told["os"])


def test_installation_when_a_service_and_an_entry_name_it_then_folder_and_version(
    diagnosis: Any,
) -> None:
    assert finding(diagnosis, "installation")["outcome"] == "ok"
    told = evidence(diagnosis, "installation")
    assert told["Folder of the product"] == [FOLDER]
    assert told["Version"] == [windows_server.VERSION]


def test_services_when_one_runs_and_one_is_stopped_then_both_states(diagnosis: Any) -> None:
    told = evidence(diagnosis, "services")
    assert told["State of the Transporter service"] == ["running"]
    assert told["State of the Director service"] == ["stopped"]
    assert told["Start type"] == ["automatic", "automatic"]
    assert set(told["Account"]) == {"LocalSystem"}
    assert finding(diagnosis, "services")["outcome"] == "problem"


def test_temp_folder_when_an_argument_of_the_process_names_it_then_in_use(diagnosis: Any) -> None:
    told = evidence(diagnosis, "temp_folder")
    assert told["Temporary folder in use"] == ["D:\\Dämp"]
    assert told["Set for the running process"] == ["D:\\Dämp"]
    assert told["Default of this installation"] == [rf"{TRANSPORTER}\java\tmp"]


def test_temp_space_when_on_a_small_disk_then_its_own_numbers(diagnosis: Any) -> None:
    row = finding(diagnosis, "temp_space")
    assert row["outcome"] == "problem"
    told = evidence(diagnosis, "temp_space")
    assert told["Volume of the temporary folder"] == ["D:\\"]
    megabytes = told["Free for temporary files"][0] * 1024
    assert megabytes == pytest.approx(windows_server.SMALL_DISK_BYTES / 1024**2, rel=0.2)


def test_memory_when_java_runs_then_its_limit_and_what_it_holds(diagnosis: Any) -> None:
    told = evidence(diagnosis, "memory")
    assert told["Heap limit of the Java Transporter"] == [1024]
    assert 0 < told["Memory the Java Transporter holds"][0] < 1024
    total = Path("/proc/meminfo").read_text().split()[1]
    assert told["Memory of this computer"][0] == pytest.approx(int(total) / 1024, rel=0.01)


def test_logs_when_in_the_computers_code_page_then_are_read(diagnosis: Any) -> None:
    row = finding(diagnosis, "log_temp_folder")
    assert row["outcome"] == "problem"
    assert any("D:\\Dämp\\item-7.part" in str(part["value"]) for part in row["evidence"])
    assert evidence(diagnosis, "support_bundle")["Log files"] == [1]


def test_event_logs_when_their_command_says_nothing_then_that_is_no_empty_log(
    diagnosis: Any,
) -> None:
    row = finding(diagnosis, "log_memory")
    assert row["outcome"] == "could-not-check"
    unread = [e["value"] for e in row["evidence"] if e["label"].startswith("Not read:")]
    assert unread == ["Windows event log, System", "Windows event log, Application"]


def test_likeliest_cause_when_all_is_put_together_then_the_full_disk(diagnosis: Any) -> None:
    assert diagnosis["verdict"]["likely_cause"] == "temp-folder"


def test_antivirus_when_its_service_runs_then_is_named(server: Windows) -> None:
    windows_server.service(server, "ekrn", "ESET Service")
    found = server.json(*OFFLINE, "--cause", "antivirus")
    assert "ESET" in finding(found, "antivirus")["summary"]


def test_arguments_when_java_runs_then_are_read_and_verified(server: Windows) -> None:
    with windows_server.java(server, "-Xmx1024m", r"-DtempPath=D:\Dämp"):
        read = server.json("arguments", "read", status=0)
        verified = server.json("arguments", "verify", "--temp-path", r"D:\Dämp", status=0)
        elsewhere = server.json("arguments", "verify", "--temp-path", r"D:\Other", status=2)
    assert [told["temp_path"] for told in read] == [["D:\\Dämp"]]
    assert read[0]["arguments"][:3] == [windows_server.JAVA, "-Xmx1024m", "-DtempPath=D:\\Dämp"]
    assert verified["state"] == "verified"
    assert elsewhere["state"] != "verified"


def test_temp_folder_when_a_variable_of_the_process_names_it_then_in_use(server: Windows) -> None:
    with windows_server.java(server, options=r"-DtempPath=D:\Other"):
        found = server.json(*OFFLINE, "--cause", "temp-folder")
    assert evidence(found, "temp_folder")["Temporary folder in use"] == ["D:\\Other"]


@pytest.fixture
def proxies(server: Windows) -> Iterator[Any]:
    """Windows names a proxy for this account, another for its services."""
    server.registry(rf"HKCU\{INTERNET_SETTINGS}", "ProxyEnable", "1", "REG_DWORD")
    server.registry(rf"HKCU\{INTERNET_SETTINGS}", "ProxyServer", "127.0.0.1:3128")
    name = b"127.0.0.1:3129"
    head = (0x28, 0, 3)  # version, counter, flags: straight, and by the named proxy
    blob = b"".join(number.to_bytes(4, "little") for number in (*head, len(name)))
    place = rf"HKLM\{INTERNET_SETTINGS}\Connections"
    server.registry(place, "WinHttpSettings", (blob + name + bytes(4)).hex(), "REG_BINARY")
    yield server.json("check", "--cause", "connectivity", "--timeout", "5")
    server.registry(rf"HKCU\{INTERNET_SETTINGS}", "ProxyEnable", "0", "REG_DWORD")


def test_proxy_when_the_registry_names_two_then_both_with_their_places(proxies: Any) -> None:
    row = finding(proxies, "proxy")
    named = {p["value"]: p["source"] for p in row["evidence"] if p["label"] == "Proxy named"}
    assert named == {
        "http://127.0.0.1:3128": rf"HKCU\{INTERNET_SETTINGS} ProxyServer",
        "http://127.0.0.1:3129": rf"HKLM\{INTERNET_SETTINGS}\Connections WinHttpSettings",
    }
    # Nobody listens there.
    assert "The connection to the proxy 127.0.0.1:3128 was refused" in proxies["verdict"]["summary"]
