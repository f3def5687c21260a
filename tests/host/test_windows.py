# SPDX-License-Identifier: MIT
"""Does the Windows host put its answers together, on any system?"""

from __future__ import annotations

import json
from pathlib import PureWindowsPath

import psutil

from tests.host.windows_system import WrittenWindows
from wizard.host.base import Service, ServiceState
from wizard.host.windows import WindowsHost

EDITION = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"


def test_facts_when_the_registry_tells_the_edition_then_with_its_build() -> None:
    told = {"ProductName": "Windows Server 2016 Standard", "CurrentBuild": "14393"}
    facts = WindowsHost(WrittenWindows(registry={EDITION: told})).facts()
    assert (facts.system, facts.is_admin) == ("windows", False)
    assert facts.os == "Windows Server 2016 Standard (build 14393)"


def test_facts_when_the_registry_is_closed_then_only_the_system() -> None:
    assert WindowsHost(WrittenWindows(closed_keys=("HKLM",))).facts().os == "Windows"


def test_antivirus_when_defender_is_passive_beside_another_then_both_are_told() -> None:
    passive = {
        "status": {
            "AMRunningMode": "Passive Mode",
            "AMServiceEnabled": True,
            "RealTimeProtectionEnabled": True,
        },
        "preference": {"ExclusionPath": None},
    }
    windows = WrittenWindows(
        registry={r"HKLM\SYSTEM\CurrentControlSet\Services\klif": {"Start": 0}},
        all_services=(Service("SentinelAgent", "Sentinel Agent", ServiceState.RUNNING),),
        powershell_answer=json.dumps(passive),
    )
    found = {product.name: product.active for product in WindowsHost(windows).antivirus()}
    assert found == {
        "Microsoft Defender Antivirus": None,
        "SentinelOne": True,
        "Kaspersky": None,
    }


def test_antivirus_when_nothing_shows_then_empty() -> None:
    assert WindowsHost(WrittenWindows()).antivirus() == ()


def test_path_and_memory_when_asked_then_this_computers_in_windows_form() -> None:
    host = WindowsHost(WrittenWindows())
    assert host.path("c:/a") == PureWindowsPath("C:\\A")
    assert host.memory().total_bytes == psutil.virtual_memory().total
