# SPDX-License-Identifier: MIT
"""A cause page: the verdict with its evidence first, then the rest, then what to do."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from tests.gui.conftest import FINE, FOUND, MakeSession, OpenWindow, scanned, scripted, settle
from wizard.checks.base import could_not_check, not_applicable, ok, problem
from wizard.gui.actions import NOT_FOUND
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.cause_steps import command_in
from wizard.gui.widgets.buttons import CopyButton
from wizard.gui.widgets.evidence_table import EvidenceTable
from wizard.model import CauseId, Evidence


def tables(window: MainWindow) -> list[EvidenceTable]:
    return [t for t in window.page.findChildren(EvidenceTable) if t.isVisible()]


def button(window: MainWindow, text: str) -> QAbstractButton:
    found = window.page.findChildren(QAbstractButton)
    return next(b for b in found if text in b.text().replace("&", "") and b.isVisible())


def test_the_telling_finding_stands_on_top_with_its_evidence(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    told = window.page.told()
    assert told.startswith("Temporary folder of the Java Transporter")
    assert "Problem found: Only 3.25 GB is free." in told
    diagnosis = window.desk.flow.diagnosis
    assert diagnosis is not None
    assert window.desk.texts.because(diagnosis.verdicts[0]) in told
    (table,) = tables(window)
    assert table.table.texts_of(0) == ["Free space", "Free space needed"]
    assert table.table.texts_of(1) == ["3.25 GB", "5 GB"]
    assert "/opt/nakivo/transporter/java/tmp" in table.seen_in.text()


def test_the_articles_steps_and_the_source_with_its_date_are_shown(open_window: OpenWindow) -> None:
    told = scanned(open_window()).page.told()
    assert "1.\nMake room on the disk that holds the temporary folder." in told
    assert "Source: NAKIVO: Microsoft 365 Backup Job Failure (11.2), 2026-03-27" in told
    assert "Measured " in told


@pytest.mark.parametrize(
    ("finding", "headline"),
    [
        (ok(FINE), "Nothing found: Nothing points to this cause."),
        (could_not_check(FOUND), "Could not check: Only 3.25 GB is free."),
        (not_applicable("engine.offline"), "Left out: This cause was left out."),
    ],
)
def test_every_status_has_its_word_and_never_a_better_one(
    open_window: OpenWindow, make_session: MakeSession, finding: object, headline: str
) -> None:
    window = scanned(open_window(make_session([scripted("memory", CauseId.MEMORY, finding)])))  # type: ignore[arg-type]
    window.go(CauseId.MEMORY)
    assert headline in window.page.told()


def test_a_cause_without_checks_says_so(open_window: OpenWindow, make_session: MakeSession) -> None:
    session = make_session([scripted("memory", CauseId.MEMORY, ok(FINE))])
    window = scanned(open_window(session))
    window.go(CauseId.ANTIVIRUS)
    assert "No check has looked at this yet." in window.page.told()


def test_the_other_checks_keep_their_evidence_folded(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    folded = ok(FINE, evidence=(Evidence("free", True), Evidence("needed", None)))
    session = make_session(
        [
            scripted("temp_space", CauseId.TEMP_FOLDER, problem(FOUND, decisive=True)),
            scripted("temp_folder", CauseId.TEMP_FOLDER, folded),
        ]
    )
    window = scanned(open_window(session))
    assert "Other checks of this cause" in window.page.told()
    assert tables(window) == []
    button(window, "Evidence: 2 values").click()
    (table,) = tables(window)
    assert table.table.texts_of(1) == ["yes", "none"]


def test_a_moment_is_shown_without_its_technical_letters(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    when = (Evidence("free", "2027-01-23T06:28:27.000Z"),)
    found = problem(FOUND, decisive=True, evidence=when)
    window = scanned(open_window(make_session([scripted("dns", CauseId.CONNECTIVITY, found)])))
    assert tables(window)[0].table.texts_of(1) == ["2027-01-23 06:28:27 UTC"]


def test_evidence_from_a_known_page_names_it_by_its_title(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    found = problem(FOUND, decisive=True, evidence=(Evidence("free", 5, "GB", "article"),))
    window = scanned(open_window(make_session([scripted("dns", CauseId.CONNECTIVITY, found)])))
    table = tables(window)[0]
    assert table.seen_in.text() == "Seen in: NAKIVO: Microsoft 365 Backup Job Failure (11.2)"


def test_places_of_evidence_stand_once_below_it_and_are_copied_with_each_value(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    seen = ("statvfs /", "article", "statvfs /", "")
    rows = tuple(Evidence("free", number, "GB", source) for number, source in enumerate(seen))
    found = problem(FOUND, decisive=True, evidence=rows)
    window = scanned(open_window(make_session([scripted("dns", CauseId.CONNECTIVITY, found)])))
    table = tables(window)[0]
    assert table.table.texts_of(2) == ["1", "2", "1", ""]
    assert table.seen_in.text().splitlines()[0] == "Seen in 1: statvfs /"
    assert len(table.seen_in.text().splitlines()) == 2
    table.table.selectRow(2)
    QTest.keySequence(table.table, QKeySequence.StandardKey.Copy)
    assert QApplication.clipboard().text().endswith("2 GB\tstatvfs /")


def test_evidence_that_many_places_say_alike_stands_once_with_all_their_numbers(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    free = tuple(Evidence("free", 5, "GB", place) for place in ("/a", "/b"))
    took = tuple(Evidence("call_time", ms, "ms", place) for ms, place in ((3.0, "/a"), (9.0, "/b")))
    found = problem(FOUND, decisive=True, evidence=(*free, *took))
    window = scanned(open_window(make_session([scripted("dns", CauseId.CONNECTIVITY, found)])))
    table = tables(window)[0].table
    assert table.texts_of(1) == ["5 GB", "3 ms to 9 ms"]
    assert table.texts_of(2) == ["1, 2", "1, 2"]


def test_the_recheck_button_works_once_at_a_time_and_says_what_it_does(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    gate = threading.Event()
    gate.set()
    slow = scripted("memory", CauseId.MEMORY, problem(FOUND), until=gate)
    window = scanned(open_window(make_session([slow])))
    again = button(window, "Check this cause again")
    gate.clear()
    again.setFocus()
    again.click()
    assert again.text() == "Checking …"
    assert "Found before: Problem found:" in window.page.told()
    job = window.desk.run._job
    again.click()
    assert window.desk.run._job is job
    gate.set()
    settle(window)
    assert again.text() == "Chec&k this cause again"
    assert again.hasFocus()
    assert "Found before" not in window.page.told()


def test_every_cause_can_be_checked_again(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    for cause in CauseId:
        window.go(cause)
        assert button(window, "Check this cause again").isEnabled()


def test_a_cause_that_was_looked_at_in_part_says_how_much_is_missing(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    window = scanned(
        open_window(
            make_session(
                [
                    scripted("memory", CauseId.MEMORY, ok(FINE)),
                    scripted("services", CauseId.MEMORY, could_not_check(FOUND)),
                ]
            )
        )
    )
    window.go(CauseId.MEMORY)
    assert "1 of 2 checks could not be made: Only 3.25 GB is free." in window.page.told()


def test_the_button_on_top_belongs_to_the_finding_there(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    missing = could_not_check(NOT_FOUND)
    session = make_session(
        [
            scripted("dns", CauseId.CONNECTIVITY, problem(FOUND, decisive=True)),
            scripted("log_connectivity", CauseId.CONNECTIVITY, missing),
            scripted("services", CauseId.OTHER, missing),
        ]
    )
    window = scanned(open_window(session))
    for cause, has_button in ((CauseId.CONNECTIVITY, False), (CauseId.OTHER, True)):
        window.go(cause)
        buttons = window.page.findChildren(QAbstractButton)
        shown = [b.text() for b in buttons if b.isVisible()]
        assert ("Choose the &folder" in shown) == has_button


def test_steps_for_a_cause_without_a_finding_are_only_in_case(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    assert "What to do" in window.page.told()
    window.go(CauseId.MEMORY)
    assert "If it comes up" in window.page.told()
    assert "What to do" not in window.page.told()


def test_the_findings_own_advice_comes_as_steps_before_the_articles(
    open_window: OpenWindow,
) -> None:
    told = scanned(open_window()).page.told().splitlines()
    assert told.index("Make room.") > told.index("What to do")
    shown = scanned(open_window()).page.findChildren(CopyButton)
    assert not [b for b in shown if "systemctl" in b.toolTip()]


@pytest.mark.parametrize(
    ("sentence", "command"),
    [
        ("sudo systemctl start a.service b.service", "sudo systemctl start a.service b.service"),
        ("Run systemctl start nkv-bhsvc.service and wait.", "systemctl start nkv-bhsvc.service"),
        ("Run systemctl start nkv-bhsvc.", "systemctl start nkv-bhsvc"),
        ("See: sudo journalctl -u nkv.service -n 50", "sudo journalctl -u nkv.service -n 50"),
        ('Run sc.exe start "NAKIVO Transporter" first.', 'sc.exe start "NAKIVO Transporter"'),
        (
            "Run this: /opt/jre/bin/keytool -importcert -alias a -file FILE.cer -keystore /b",
            "/opt/jre/bin/keytool -importcert -alias a -file FILE.cer -keystore /b",
        ),
        (
            r'Run this: "C:\A b\keytool.exe" -importcert -file FILE.cer -keystore "C:\A b\cacerts"',
            r'"C:\A b\keytool.exe" -importcert -file FILE.cer -keystore "C:\A b\cacerts"',
        ),
        ("Make room.", None),
    ],
)  # fmt: skip
def test_a_command_in_a_sentence_can_be_copied(sentence: str, command: str | None) -> None:
    assert command_in(sentence) == command


@pytest.mark.parametrize(("width", "beside"), [(760, False), (1280, True)])
def test_what_to_do_stands_right_under_the_verdict_or_beside_the_evidence(
    open_window: OpenWindow, width: int, beside: bool
) -> None:
    window = scanned(open_window())
    window.resize(width, 520)
    settle(window)
    tops = {
        label.text(): label.mapTo(window, label.rect().topLeft()).y()
        for label in window.page.findChildren(QLabel)
    }
    assert (tops["What to do"] == tops["Evidence"]) is beside
    assert tops["What to do"] <= tops["Evidence"]


def test_advice_about_the_way_names_the_button_that_copies_for_the_network_team(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    checks = [
        scripted("dns", CauseId.CONNECTIVITY, problem(FOUND, decisive=True)),
        scripted("memory", CauseId.MEMORY, problem(FOUND, decisive=True)),
    ]
    window = scanned(open_window(make_session(checks)))
    for cause, named in ((CauseId.CONNECTIVITY, True), (CauseId.MEMORY, False)):
        window.go(cause)
        assert ("“Copy for the network team”" in window.page.told()) is named
    window.go(CauseId.CONNECTIVITY)
    assert button(window, "Copy for the network team").isEnabled()


def test_a_page_begins_at_its_top_when_it_is_entered_again(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    window.resize(760, 520)
    settle(window)
    page, bar = window.page, window.page.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    window.go(CauseId.MEMORY)
    window.go(CauseId.TEMP_FOLDER)
    assert window.page is page
    assert bar.value() == 0


def test_a_changed_verdict_is_shown_from_the_top(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    findings = [ok(FINE), problem(FOUND, decisive=True)]
    window = scanned(open_window(make_session([scripted("memory", CauseId.MEMORY, findings.pop)])))
    window.resize(760, 520)
    settle(window)
    bar = window.page.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    button(window, "Check this cause again").click()
    settle(window)
    assert bar.value() == 0


def test_a_cause_without_the_product_leads_to_the_choice_of_its_folder(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    missing = could_not_check("error.no_installation")
    session = make_session([scripted("memory", CauseId.MEMORY, missing)], installed=False)
    window = scanned(open_window(session))
    window.go(CauseId.MEMORY)
    button(window, "Choose the folder").click()
    assert window.desk.flow.current == "scope"
