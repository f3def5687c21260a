# SPDX-License-Identifier: MIT
"""How a Windows server's service, Java and ports look to the console program."""

from __future__ import annotations

from typing import Any

import pytest

from tests.built.test_windows_host import INTERNET_SETTINGS, evidence, finding
from tests.support import windows_server
from tests.support.windows_program import Windows
from tests.support.windows_server import FOLDER, TRANSPORTER

SERVICE = r"HKLM\SYSTEM\CurrentControlSet\Services\NkvTransporter"
OF_SYSTEM = rf"HKU\S-1-5-18\{INTERNET_SETTINGS}"
WAYS = ("--cause", "connectivity", "--timeout", "5")


@pytest.fixture(scope="module")
def server(windows: Windows) -> Windows:
    windows_server.install(windows)
    return windows


@pytest.fixture(scope="module")
def diagnosis(server: Windows) -> Any:
    """LocalSystem has a proxy of its own, the running Java a third one; this account has none."""
    server.registry(OF_SYSTEM, "ProxyEnable", "1", "REG_DWORD")
    server.registry(OF_SYSTEM, "ProxyServer", "127.0.0.1:3130")
    server.registry(OF_SYSTEM, "ProxyOverride", "*.example;graph.*;<local>")
    with (
        windows_server.listener(server, TRANSPORTER, 9446),
        windows_server.java(server, "-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=3132"),
    ):
        return server.json("check", *WAYS)


def test_ways_when_service_and_java_differ_then_each_with_its_place(diagnosis: Any) -> None:
    rows = {
        (part["label"], part["source"]): part["value"]
        for part in finding(diagnosis, "proxy_views")["evidence"]
    }
    java = next(value for (label, _), value in rows.items() if label == "The Transporter's Java")
    assert java.startswith("through http://127.0.0.1:3132: ")
    service = "The Transporter's service"
    assert rows[service, f"{OF_SYSTEM} ProxyServer"].startswith("through http://127.0.0.1:3130: ")
    assert rows[service, f"{OF_SYSTEM} ProxyOverride"].startswith("without a proxy: ")
    ours = next(value for (label, _), value in rows.items() if label == "This program")
    assert ours.startswith("without a proxy: ")


def test_ways_when_javas_own_proxy_does_not_answer_then_that_decides(diagnosis: Any) -> None:
    row = finding(diagnosis, "proxy_views")
    assert row["outcome"] == "problem"
    assert "Java uses the proxy http://127.0.0.1:3132" in row["summary"]
    assert diagnosis["verdict"]["likely_cause"] == "connectivity"


def test_ways_when_a_policy_makes_settings_the_computers_then_those_of_the_account_do_not_count(
    server: Windows, diagnosis: Any
) -> None:
    policy = r"HKLM\Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings"
    server.registry(policy, "ProxySettingsPerUser", "0", "REG_DWORD")
    with windows_server.java(server, "-Djava.net.useSystemProxies=true"):
        found = server.json("check", *WAYS)
    told = evidence(found, "proxy_views")
    assert told["The Transporter's service"][0].startswith("without a proxy: ")
    assert told["The Transporter's Java"][0].startswith("without a proxy: ")
    server.registry(policy, "ProxySettingsPerUser", "1", "REG_DWORD")


def test_ways_when_the_service_is_given_a_variable_then_told(
    server: Windows, diagnosis: Any
) -> None:
    server.registry(OF_SYSTEM, "ProxyEnable", "0", "REG_DWORD")
    variables = r"TEMP=C:\Temp\0HTTPS_PROXY=http://127.0.0.1:3131\0NO_PROXY=.example"
    server.registry(SERVICE, "Environment", variables, "REG_MULTI_SZ")
    with windows_server.java(server):
        found = server.json("check", *WAYS)
    (row,) = (
        part
        for part in finding(found, "proxy_views")["evidence"]
        if part["label"] == "The Transporter's service"
    )
    assert row["value"].startswith("through http://127.0.0.1:3131: ")
    assert row["source"] == f"{SERVICE} Environment HTTPS_PROXY"


def test_ports_when_a_program_of_the_folder_waits_then_it_is_the_products(diagnosis: Any) -> None:
    (row,) = (
        part
        for part in finding(diagnosis, "own_ports")["evidence"]
        if part["label"] == "The product waits at"
    )
    assert row["value"].endswith(" 9446")
    assert row["source"] == rf"{TRANSPORTER}\bh.exe"


def test_ports_when_the_director_does_not_wait_then_that_is_missing(diagnosis: Any) -> None:
    row = finding(diagnosis, "own_ports")
    assert row["outcome"] == "warning"
    assert "Director waits at port 4443" in row["summary"]


def test_ports_when_another_program_took_one_then_its_path(server: Windows) -> None:
    other = FOLDER.replace("NAKIVO", "Other")
    windows_server.place(server, other).mkdir(parents=True)
    with windows_server.listener(server, other, 4443):
        found = server.json("check", "--cause", "connectivity", "--offline")
    row = finding(found, "own_ports")
    assert (row["outcome"], "taken by another program" in row["summary"]) == ("warning", True)
    assert rf"{other}\bh.exe" in row["summary"]
