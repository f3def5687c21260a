# SPDX-License-Identifier: MIT
"""Does an order reach sc.exe, with a question only where rights are missing?"""

from __future__ import annotations

import threading

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.errors import Refused
from wizard.host.acts import ServiceAction, ServiceAnswer
from wizard.host.windows import WindowsHost

NAME = "NkvTransporter"


def order(windows: WrittenWindows, name: str = NAME) -> ServiceAnswer:
    return WindowsHost(windows).control_service(name, ServiceAction.STOP, threading.Event())


def test_control_when_it_has_the_rights_then_nobody_is_asked() -> None:
    windows = WrittenWindows(admin=True)
    assert order(windows) == ServiceAnswer(accepted=True, said="", code=0)
    assert windows.ran == [("sc.exe", "stop", NAME)]


def test_control_when_rights_are_missing_then_only_that_order_gets_them() -> None:
    windows = WrittenWindows()
    assert order(windows).accepted
    assert windows.ran == [("as administrator", "sc.exe", "stop", NAME)]


@pytest.mark.parametrize("admin", [True, False])
def test_control_when_the_manager_says_no_then_the_systems_words_for_its_number(
    admin: bool,
) -> None:
    told = order(WrittenWindows(admin=admin, statuses={"sc.exe": 1062}))
    assert told == ServiceAnswer(
        accepted=False, said="Der Dienst wurde nicht gestartet.", code=1062
    )


def test_control_when_the_person_declines_then_refused_by_its_own_sentence() -> None:
    windows = WrittenWindows(declines=True)
    with pytest.raises(Refused) as told:
        order(windows)
    assert told.value.text == "error.host_elevation_declined"
    assert windows.ran == []


@pytest.mark.parametrize("name", ["", 'a" & calc "', "a\nb"])
def test_control_when_the_name_is_none_of_a_service_then_refused(name: str) -> None:
    windows = WrittenWindows(admin=True)
    with pytest.raises(Refused):
        order(windows, name)
    assert windows.ran == []
