# SPDX-License-Identifier: MIT
"""What Windows' own interfaces answer to rights, folders, speed and service orders, under Wine.

The sources run under the Windows Python of the build: nothing of it needs the built program.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from installer import wine
from installer.places import ROOT
from installer.windows import windows_python
from tests.built.conftest import require
from tests.support import windows_acts

RUN = (
    "import runpy, sys; sys.path.insert(0, r'Z:\\project'); "
    f"runpy.run_module({windows_acts.__name__!r}, run_name='__main__')"
)


@pytest.fixture(scope="module")
def told(under_wine: None) -> Any:
    """All answers of one Windows."""
    python = windows_python.PYTHON
    require((python / "python.exe").is_file(), f"the Windows Python {python}", "windows")
    with wine.computer({"/project": ROOT, "/python": python}) as computer:
        done = computer.run(r"Z:\python\python.exe", "-B", "-c", RUN, timeout=50)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_may_write_when_the_access_list_decides_then_for_the_account_asked_about(told: Any) -> None:
    assert told["system_may_write"] is True
    assert told["own_may_write"] is True
    assert told["own_account"].endswith("\\root")
    # Wine lists no groups, and one of them might let it in.
    assert told["service_may_write"]["error"] == "error.host_rights_unread"
    assert told["unknown_may_write"]["error"] == "error.host_account_unknown"
    assert told["missing_may_write"]["error"] == "error.host_path_unreadable"


def test_quota_when_the_volume_knows_none_then_none(told: Any) -> None:
    assert told["quota"] is None


def test_make_folder_when_the_rights_from_above_do_then_made_as_it_is(told: Any) -> None:
    made = told["made"]
    assert (made["path"], made["rights"]) == (windows_acts.NEW, "inherited")
    assert made["owner"].endswith("\\root")
    assert told["made_again"] == {"error": "error.host_folder_not_made", "kind": "Refused"}


def test_make_folder_when_the_account_was_not_let_in_after_all_then_none_is_left(told: Any) -> None:
    # Wine's icacls reports success and does nothing.
    assert told["not_let_in"]["error"] == "error.host_rights_had_no_effect"
    assert "other" not in told["after_making"]


def test_write_speed_when_measured_then_nothing_is_left(told: Any) -> None:
    assert told["speed"]["size_bytes"] == 3 << 20
    assert told["speed"]["bytes_per_second"] > 0
    assert told["no_room"]["error"] == "error.host_no_room"
    assert told["after_measuring"] == []


def test_remove_folder_when_empty_then_gone(told: Any) -> None:
    assert windows_acts.NEW.rpartition("\\")[2] in told["after_making"]
    assert told["removed"] is None
    assert windows_acts.NEW.rpartition("\\")[2] not in told["after_removing"]


def test_control_service_when_ordered_then_the_manager_has_done_it(told: Any) -> None:
    assert told["started"] == {"accepted": True, "said": "", "code": 0}
    assert told["state_started"] == "running"
    assert told["stopped"]["accepted"]
    assert told["state_stopped"] == "stopped"


def test_control_service_when_the_manager_says_no_then_its_number_and_words(told: Any) -> None:
    again, unknown = told["started_again"], told["unknown"]
    assert (again["accepted"], again["code"]) == (False, 1056)
    assert (unknown["accepted"], unknown["code"]) == (False, 1060)
    assert again["said"]
    assert unknown["said"]


def test_run_as_administrator_when_windows_lets_it_then_its_status_comes_back(told: Any) -> None:
    assert told["asked_for"] == 0
    assert told["state_asked_for"] == "running"
    assert told["asked_in_vain"]["error"] == "error.host_service_needs_admin"


def test_device_when_a_letter_stands_for_a_folder_then_told_apart_from_a_disk(told: Any) -> None:
    assert told["session_letter"] == rf"\??\{windows_acts.HERE}"
    assert told["disk_letter"].startswith("\\Device\\")
    assert told["no_letter"] == ""
    assert told["kind"] == "local"
    assert told["real_path"] == rf"{windows_acts.HERE}\not there"


def test_run_when_a_variable_names_another_windows_then_windows_own_program_runs(told: Any) -> None:
    # ERROR_SERVICE_ALREADY_RUNNING, as sc.exe ends; no program of that name lies there.
    assert told["system_elsewhere"] == 1056


def test_open_to_read_when_the_log_is_rotated_meanwhile_then_nobody_is_hindered(told: Any) -> None:
    assert told["rotated"] == ["one", "\r\ntwo\x1athree", "PermissionError", "new"]
    assert told["no_log"] == ["FileNotFoundError", rf"{windows_acts.HERE}\no.log"]
    assert told["log_is_folder"] == ["PermissionError", windows_acts.HERE]
