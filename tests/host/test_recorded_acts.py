# SPDX-License-Identifier: MIT
"""Does an act on a recorded computer change its own state, and nothing of this computer's?"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.host.samples import GB, closed, volume, windows_server
from wizard.errors import CannotCheck, Refused
from wizard.host.acts import FolderMade, ServiceAction, ServiceAnswer
from wizard.host.base import Quota, ServiceState
from wizard.host.recorded import RecordedHost

GO = threading.Event()
LINUX = {"system": "linux", "os": "Linux", "name": "b", "is_admin": False, "sample": "x"}
LIMITED = {"limit_bytes": 10, "used_bytes": 4, "free_bytes": 6, "source": "fsutil", "free_files": 5}
ACCEPTED = {"accepted": True, "said": "", "code": 0}
DENIED = {"accepted": False, "said": "Zugriff verweigert", "code": 5}


def state(host: RecordedHost, name: str) -> ServiceState:
    return next(service.state for service in host.services() if service.name == name)


def test_control_service_when_accepted_then_its_recorded_state_changes_both_ways() -> None:
    host = windows_server(control_service={"bhsvc-x": {"stop": ACCEPTED, "start": ACCEPTED}})
    assert host.control_service("bhsvc-x", ServiceAction.STOP, GO) == ServiceAnswer(True, "", 0)
    assert state(host, "bhsvc-x") is ServiceState.STOPPED
    assert state(host, "dirsvc-x") is ServiceState.RUNNING
    host.control_service("bhsvc-x", ServiceAction.START, GO)
    assert state(host, "bhsvc-x") is ServiceState.RUNNING


def test_control_service_when_denied_then_its_words_and_the_state_stays() -> None:
    host = windows_server(control_service={"bhsvc-x": {"stop": DENIED}})
    told = host.control_service("bhsvc-x", ServiceAction.STOP, GO)
    assert (told.accepted, told.said, told.code) == (False, "Zugriff verweigert", 5)
    assert state(host, "bhsvc-x") is ServiceState.RUNNING


@pytest.mark.parametrize("recorded", [{}, {"control_service": closed()}])
def test_control_service_when_nothing_was_recorded_then_cannot_check(recorded: Any) -> None:
    host = windows_server(**recorded)
    with pytest.raises(CannotCheck):
        host.control_service("bhsvc-x", ServiceAction.STOP, GO)
    assert state(host, "bhsvc-x") is ServiceState.RUNNING


def test_quota_when_recorded_for_the_volume_then_for_every_path_on_it() -> None:
    limits = {"LocalSystem": {"C:\\": LIMITED, "D:\\": None}}
    host = windows_server(quota=limits)
    assert host.quota("C:\\Temp\\new", "LocalSystem") == Quota(10, 4, 6, "fsutil", 5)
    assert host.quota("D:\\Dtmp", "LocalSystem") is None
    with pytest.raises(CannotCheck):
        host.quota("D:\\Dtmp", "Other")


def test_may_write_when_recorded_then_by_account_and_path() -> None:
    told = {"LocalSystem": {"D:\\Dtmp": True, "C:\\closed": closed()}}
    host = windows_server(may_write=told)
    assert host.may_write("D:\\Dtmp", "LocalSystem")
    for path in ("C:\\closed", "E:\\unknown"):
        with pytest.raises(CannotCheck):
            host.may_write(path, "LocalSystem")


def test_real_path_when_recorded_then_that_and_else_cannot_check() -> None:
    host = windows_server(real_path={"D:\\link": "C:\\Temp"})
    assert host.real_path("D:\\link") == "C:\\Temp"
    with pytest.raises(CannotCheck):
        host.real_path("D:\\other")


def test_write_speed_when_recorded_then_its_number_unless_room_is_short() -> None:
    speed = {"bytes_per_second": 5.0, "size_bytes": 10, "seconds": 2.0}
    host = windows_server(volumes=[volume("D:\\", 8)], write_speed={"D:\\": speed})
    assert host.write_speed("D:\\Dtmp", GB, GO, keep_free_bytes=7 * GB).bytes_per_second == 5
    with pytest.raises(Refused):
        host.write_speed("D:\\Dtmp", GB, GO, keep_free_bytes=7 * GB + 1)


@pytest.fixture
def sample(tmp_path: Path) -> RecordedHost:
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "out").symlink_to(tmp_path)
    return RecordedHost({"facts": LINUX}, tmp_path / "sample")


def test_make_folder_when_inside_the_sample_then_really_made_and_removed(
    sample: RecordedHost, tmp_path: Path
) -> None:
    wanted = tmp_path / "sample" / "dtmp"
    told = sample.make_folder(str(wanted), "bhsvc")
    assert (told.owner, told.rights) == ("bhsvc", "0770")
    assert wanted.is_dir()
    assert sample.real_path(str(wanted)) == str(wanted)
    sample.remove_folder(told)
    assert not wanted.exists()


@pytest.mark.parametrize("way", ["new", "sample/../new", "sample/out/new"])
def test_make_folder_when_it_leads_out_of_the_sample_then_refused(
    way: str, sample: RecordedHost, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as told:
        sample.make_folder(str(tmp_path / way), "bhsvc")
    assert told.value.text == "error.host_recorded_only"
    assert not (tmp_path / "new").exists()


def test_remove_folder_when_it_lies_outside_the_sample_then_refused(
    sample: RecordedHost, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(Refused):
        sample.remove_folder(FolderMade(str(tmp_path / "mine"), "bhsvc", "0770"))
    assert (tmp_path / "mine").is_dir()
    with pytest.raises(Refused):
        windows_server().make_folder("D:\\Dtmp", None)
