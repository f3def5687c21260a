# SPDX-License-Identifier: MIT
"""Is Defender's answer read rightly: with rights, without, passive, off, silent?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.host import defender
from wizard.host.base import Service, ServiceState

HIDDEN = "N/A: Must be an administrator to view exclusions"
SETTINGS = r"HKLM\SOFTWARE\Microsoft\Windows Defender"
POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
RUNNING = Service("WinDefend", "Microsoft Defender Antivirus-Dienst", ServiceState.RUNNING)


def answer(exclusions: Any, mode: str = "Normal", *, enabled: bool = True, **more: Any) -> str:
    status = {
        "AMRunningMode": mode,
        "AMServiceEnabled": True,
        "RealTimeProtectionEnabled": enabled,
    }
    preference = {"ExclusionPath": exclusions, "DisableRealtimeMonitoring": not enabled}
    return json.dumps({"status": status, "preference": preference, **more})


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, ()),
        ([], ()),
        ("D:\\Dtmp", ("D:\\Dtmp",)),
        (["D:\\Dtmp", "%ProgramData%\\x"], ("D:\\Dtmp", "%ProgramData%\\x")),
    ],
)
def test_from_powershell_when_exclusions_are_listed_then_all_are_told(
    told: Any, expected: tuple[str, ...]
) -> None:
    found = defender.from_powershell(answer(told))
    assert found is not None
    assert (found.active, found.exclusions, found.reason) == (True, expected, "")


@pytest.mark.parametrize(
    "sentence",
    [HIDDEN, "N/A: Administrators are not allowed to view exclusions", "Nur für Administratoren"],
)
def test_from_powershell_when_exclusions_are_hidden_then_none_with_its_words(sentence: str) -> None:
    found = defender.from_powershell(answer([sentence]))
    assert found is not None
    assert (found.active, found.exclusions, found.reason) == (True, None, sentence)


def test_from_powershell_when_passive_then_it_is_unclear_and_the_mode_is_told() -> None:
    found = defender.from_powershell(answer(None, "Passive Mode"))
    assert found is not None
    assert found.active is None
    assert "Passive Mode" in found.source


def test_from_powershell_when_switched_off_then_inactive() -> None:
    found = defender.from_powershell(answer(None, enabled=False))
    assert found is not None
    assert found.active is False


def test_from_powershell_when_only_the_preference_answers_then_activity_is_unclear() -> None:
    told = {"statusError": "0x800106ba", "preference": {"ExclusionPath": ["D:\\x"]}}
    found = defender.from_powershell(json.dumps(told))
    assert found is not None
    assert (found.active, found.exclusions) == (None, ("D:\\x",))


def test_from_powershell_when_the_preference_fails_then_its_error_is_the_reason() -> None:
    told = json.loads(answer(None)) | {"preference": None, "preferenceError": "Zugriff verweigert"}
    found = defender.from_powershell(json.dumps(told))
    assert found is not None
    assert (found.active, found.exclusions, found.reason) == (True, None, "Zugriff verweigert")


@pytest.mark.parametrize("text", ["", "no json", '{"statusError": "x", "preferenceError": "y"}'])
def test_from_powershell_when_there_is_no_answer_then_none(text: str) -> None:
    assert defender.from_powershell(text) is None


def test_defender_when_powershell_is_silent_then_the_registry_answers() -> None:
    windows = WrittenWindows(
        registry={
            SETTINGS + r"\Exclusions\Paths": {"D:\\Dtmp": 0},
            POLICY + r"\Exclusions\Paths": {"E:\\repo": "0", "D:\\Dtmp": "0"},
        },
        all_services=(RUNNING,),
    )
    found = defender.defender(windows)
    assert found is not None
    assert found.exclusions == ("E:\\repo", "D:\\Dtmp")
    assert found.active is None
    assert SETTINGS in found.source


def test_defender_when_a_policy_switches_it_off_then_inactive() -> None:
    windows = WrittenWindows(
        registry={POLICY + r"\Real-Time Protection": {"DisableRealtimeMonitoring": 1}},
        all_services=(RUNNING,),
    )
    found = defender.defender(windows)
    assert found is not None
    assert found.active is False


def test_defender_when_the_exclusion_key_is_closed_then_none_with_the_systems_words() -> None:
    windows = WrittenWindows(closed_keys=(SETTINGS + r"\Exclusions",), all_services=(RUNNING,))
    found = defender.defender(windows)
    assert found is not None
    assert (found.exclusions, found.reason) == (None, "Zugriff verweigert")


def test_defender_when_it_is_not_installed_then_none() -> None:
    assert defender.defender(WrittenWindows()) is None
