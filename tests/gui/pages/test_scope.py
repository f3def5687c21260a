# SPDX-License-Identifier: MIT
"""Scope: what the person gives reaches the session; what can't be meant stops Next."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.gui.conftest import FINE, Answers, MakeSession, OpenWindow, scripted, settle
from wizard.checks.base import ok
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.place import LOOK_AFTER_MS
from wizard.gui.pages.scope import ScopePage
from wizard.gui.widgets.field import Field
from wizard.model import CauseId, Credentials, Secret, Workload

TENANT = "5a5a5a5a-1111-4222-8333-444444444444"
CLIENT = "c0c0c0c0-5555-4666-8777-888888888888"


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return at_scope(open_window())


def at_scope(window: MainWindow) -> MainWindow:
    window.go_next()
    settle(window)
    return window


def page_of(window: MainWindow) -> ScopePage:
    assert isinstance(window.page, ScopePage)
    return window.page


def test_what_is_given_reaches_the_session_when_the_scan_starts(window: MainWindow) -> None:
    page, session = page_of(window), window.desk.session
    page.registration.tenant.edit.setText(f" {TENANT} ")
    page.registration.client.edit.setText(CLIENT)
    page.registration.secret.edit.setText("s3cret")
    page.network.offline.setChecked(True)
    page.network.proxy.edit.setText("http://proxy:3128")
    page.failed_at.edit.setText(" 2026-10-23 02:14")
    for workload in (Workload.GROUPS, Workload.TEAMS):
        page.boxes[workload].setChecked(False)
    window.go_next()
    settle(window)
    scope = session.scope
    assert (scope.tenant_id, scope.client_id) == (TENANT, CLIENT)
    assert (scope.offline, scope.proxy) == (True, "http://proxy:3128")
    assert scope.workloads == (Workload.EXCHANGE, Workload.ONEDRIVE, Workload.SHAREPOINT)
    assert scope.install_dir is None
    assert scope.failed_at == "2026-10-23 02:14"
    assert session.credentials.client_secret is not None
    assert session.credentials.client_secret.reveal() == "s3cret"


def test_the_secret_shows_dots_and_is_said_to_stay_in_memory(window: MainWindow) -> None:
    page = page_of(window)
    assert page.registration.secret.edit.echoMode() == QLineEdit.EchoMode.Password
    assert page.registration.password.edit.echoMode() == QLineEdit.EchoMode.Password
    assert "Kept in memory only" in page.told()


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("tenant", "not a tenant", "contoso.onmicrosoft.com"),
        ("client", "1234", CLIENT),
        ("certificate", "/no/such/file.pem", ""),
    ],
)
def test_a_wrong_id_is_told_beside_its_field_and_stops_next(
    window: MainWindow, field: str, wrong: str, right: str
) -> None:
    page = page_of(window)
    asked: Field = getattr(page.registration, field)
    before = page.told()
    asked.edit.setText(wrong)
    sentence = asked.edit.accessibleDescription()
    assert sentence
    assert sentence in page.told()
    assert sentence not in before
    assert not window.buttons.next.isEnabled()
    window.go_next()
    assert window.desk.flow.current == "scope"
    asked.edit.setText(right)
    assert window.buttons.next.isEnabled()
    assert sentence not in page.told()


def test_a_wrong_proxy_stops_next(window: MainWindow) -> None:
    proxy = page_of(window).network.proxy
    proxy.edit.setText("socks5://proxy:1080")
    assert not window.buttons.next.isEnabled()
    proxy.edit.setText("http://proxy:3128")
    assert window.buttons.next.isEnabled()


def test_without_any_service_next_waits_and_says_why(window: MainWindow) -> None:
    page = page_of(window)
    for box in page.boxes.values():
        box.setChecked(False)
    assert not window.buttons.next.isEnabled()
    assert "at least one service" in page.told()


def test_half_a_registration_is_told_and_allowed(window: MainWindow) -> None:
    page = page_of(window)
    page.registration.tenant.edit.setText(TENANT)
    assert "three things are needed" in page.told()
    assert window.buttons.next.isEnabled()


def test_a_secret_that_was_given_before_is_kept_unless_typed_anew(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    session = make_session()
    session.credentials = Credentials(client_secret=Secret("from the environment"))
    window = at_scope(open_window(session))
    secret = page_of(window).registration.secret
    assert secret.edit.text() == ""
    assert "given already" in secret.edit.placeholderText()
    window.go_next()
    settle(window)
    assert session.credentials.client_secret is not None
    assert session.credentials.client_secret.reveal() == "from the environment"


def test_the_installation_is_shown_with_what_led_to_it(window: MainWindow) -> None:
    page = page_of(window)
    assert page.place.folder.currentText() == "/opt/nakivo"
    assert "Found by: service NAKIVO Backup & Replication Transporter" in page.told()


def test_a_folder_without_the_product_is_told_and_stops_next(window: MainWindow) -> None:
    page = page_of(window)
    page.place.folder.setEditText("/somewhere/else")
    look(window, page)
    assert "/somewhere/else" in page.told()
    assert not window.buttons.next.isEnabled()
    page.place.folder.setEditText("/opt/nakivo")
    look(window, page)
    assert window.buttons.next.isEnabled()
    window.go_next()
    settle(window)
    assert window.desk.session.scope.install_dir == "/opt/nakivo"


def test_a_folder_that_cannot_be_looked_into_does_not_stop_the_scan(window: MainWindow) -> None:
    page = page_of(window)
    page.place.folder.setEditText("/not/recorded")
    look(window, page)
    assert window.desk.lookup.error is not None
    assert window.buttons.next.isEnabled()


def look(window: MainWindow, page: ScopePage) -> None:
    """What the pause after typing does, without the pause."""
    assert page.place.pause.isActive()
    assert page.place.pause.interval() == LOOK_AFTER_MS
    page.place.pause.stop()
    page.place.pause.timeout.emit()
    settle(window)


def test_browse_fills_in_a_certificate(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    certificate = tmp_path / "app.pem"
    certificate.write_text("")
    answers.path = str(certificate)
    page = page_of(window)
    page.registration.browse.click()
    assert page.registration.certificate.value == str(certificate)
    assert page.registration.password.isVisible()


def test_nothing_can_be_changed_under_a_running_scan(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    gate = threading.Event()
    slow = scripted("memory", CauseId.MEMORY, ok(FINE), until=gate)
    window = at_scope(open_window(make_session([slow])))
    page = page_of(window)
    window.go_next()
    window.go_back()
    assert not page.registration.tenant.edit.isEnabled()
    assert "A scan is running" in page.told()
    assert window.buttons.next.text() == "&Next: Scan"
    gate.set()
    settle(window)
    assert page.registration.tenant.edit.isEnabled()


def test_the_cloud_is_found_by_itself_unless_chosen_by_hand(
    window: MainWindow, open_window: OpenWindow, make_session: MakeSession
) -> None:
    page = page_of(window)
    assert page.network.cloud.currentText() == "found by itself"
    assert page.network.cloud_value is None
    page.network.cloud.setCurrentIndex(page.network.cloud.findData("usgov"))
    window.go_next()
    settle(window)
    assert window.desk.session.scope.cloud == "usgov"
    by_hand = make_session()
    by_hand.scope = replace(by_hand.scope, cloud="global")
    other = page_of(at_scope(open_window(by_hand)))
    assert other.network.cloud_value == "global"


def test_a_time_that_cannot_be_read_stops_next_and_says_so(window: MainWindow) -> None:
    page = page_of(window)
    page.failed_at.edit.setText("last night")
    assert not page.can_advance
    assert "“last night” is no time" in page.told()
    page.failed_at.edit.setText("2026-10-23")
    assert page.can_advance
