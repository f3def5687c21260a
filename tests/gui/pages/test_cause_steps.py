# SPDX-License-Identifier: MIT
"""What to do: our own steps first, of the article's only those that fit, folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import MakeSession, OpenWindow, scanned, scripted, settle
from wizard.checks.base import problem
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.cause_steps import CauseSteps
from wizard.model import CauseId, Finding

EXPIRED = problem("sign_in_error.secret_expired", values={"code": 7000222}, decisive=True)
BLOCKED = problem("sign_in_error.conditional_access", values={"code": 53003}, decisive=True)
UNKNOWN = problem("check.sign_in.unknown_code", values={"code": "AADSTS999999"})
POLICY_STEP = "Ask the tenant administrator whether Conditional Access"
CONSENT_STEPS = ("Verify that admin consent", "add what is missing under API permissions")


def at_cause(
    open_window: OpenWindow, make_session: MakeSession, cause: CauseId, check: str, found: Finding
) -> tuple[MainWindow, CauseSteps]:
    window = scanned(open_window(make_session([scripted(check, cause, found)])))
    window.go(cause)
    settle(window)
    (card,) = window.page.findChildren(CauseSteps)
    return window, card


def test_steps_when_the_secret_has_expired_then_nobody_is_sent_to_permissions(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    place = (CauseId.PERMISSIONS, "sign_in", EXPIRED)
    window, card = at_cause(open_window, make_session, *place)
    told = window.page.told()
    assert "make a new client secret" in told
    assert "general steps" not in told
    assert not [step for step in CONSENT_STEPS if step in told]
    assert card.recheck.isVisible()
    assert not card.fold.isVisible()


def test_steps_when_a_policy_blocks_then_the_step_about_policies_opens_by_keyboard(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    place = (CauseId.GRAPH_FORBIDDEN, "graph_calls", BLOCKED)
    window, card = at_cause(open_window, make_session, *place)
    assert POLICY_STEP not in window.page.told()
    assert card.fold.text() == "The vendor's general steps that fit"
    card.fold.setFocus()
    QTest.keyClick(card.fold, Qt.Key.Key_Space)
    told = window.page.told()
    assert f"1.\n{POLICY_STEP}" in told
    assert not [step for step in CONSENT_STEPS if step in told]
    assert told.index(POLICY_STEP) > told.index("What to do")


def test_steps_when_no_reason_is_known_then_all_of_the_vendors_stand_open(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    place = (CauseId.PERMISSIONS, "sign_in", UNKNOWN)
    window, card = at_cause(open_window, make_session, *place)
    assert CONSENT_STEPS[1] in window.page.told()
    assert not card.fold.isVisible()
