# SPDX-License-Identifier: MIT
"""Summary and export: every entry is seen before it is written, and what is written is whole."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.gui.conftest import (
    FINE,
    FOUND,
    Answers,
    MakeSession,
    OpenWindow,
    scanned,
    scripted,
    settle,
    step,
)
from wizard.checks.base import could_not_check, not_applicable, ok
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.arguments import ArgumentsPage
from wizard.gui.pages.export import ExportPage
from wizard.gui.pages.package_writer import REPLACE, suggested_place
from wizard.model import CauseId, Credentials, Secret

REAL_CHECKS = ("sign_in", "dns", "temp_space", "antivirus", "memory", "graph_calls", "services")
SECRET = "Xy8~canary-secret-value"


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return at_export(open_window())


def at_export(window: MainWindow) -> MainWindow:
    scanned(window)
    window.go("export")
    settle(window)
    return window


def page_of(window: MainWindow) -> ExportPage:
    assert isinstance(window.page, ExportPage)
    return window.page


def write(window: MainWindow, output: Path) -> ExportPage:
    page = page_of(window)
    page.writer.place.edit.setText(str(output))
    page.writer.write.click()
    settle(window)
    return page


def names_in(package: Path) -> list[str]:
    with zipfile.ZipFile(package) as archive:
        return archive.namelist()


def test_the_summary_says_what_is_wrong_and_what_to_do(window: MainWindow) -> None:
    headline, told = page_of(window).told().splitlines()[2:4]
    assert headline.startswith("Likeliest cause: Temporary folder of the Java Transporter")
    assert told.startswith("What to do next: ")
    assert "still fails" not in page_of(window).told()


def test_the_summary_of_a_healthy_server_names_no_cause(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    healthy = [scripted("memory", CauseId.MEMORY, ok(FINE))]
    window = at_export(open_window(make_session(healthy)))
    assert "Likeliest cause" not in page_of(window).told()
    assert "What to do next" not in page_of(window).told()
    assert "If the job still fails: create a support bundle" in page_of(window).told()


def test_what_is_listed_is_what_is_written(window: MainWindow, tmp_path: Path) -> None:
    listed = page_of(window).contents.table.texts_of(1)
    page = write(window, tmp_path / "findings.zip")
    assert names_in(tmp_path / "findings.zip") == listed
    assert "diagnosis.json" in listed
    assert page.writer.open_folder.isVisible()
    assert f"Written: {tmp_path / 'findings.zip'}" in page.told()
    window.go("scan")
    assert step(window, "export").glyph == "step-done"


def test_the_chosen_entry_is_shown_just_as_it_is_written(
    window: MainWindow, tmp_path: Path
) -> None:
    page = page_of(window)
    row = page.contents.table.texts_of(1).index("README.txt")
    page.contents.table.setCurrentCell(row, 0)
    shown = page.reader.view.toPlainText()
    write(window, tmp_path / "findings.zip")
    with zipfile.ZipFile(tmp_path / "findings.zip") as archive:
        assert archive.read("README.txt").decode() == shown


def test_an_entry_that_is_left_out_is_not_written_and_the_manifest_says_so(
    window: MainWindow, tmp_path: Path
) -> None:
    page = page_of(window)
    row = page.contents.table.texts_of(1).index("report.html")
    page.contents.table.setCurrentCell(row, 0)
    page.reader.take.click()
    assert page.contents.table.texts_of(0)[row] == "left out"
    write(window, tmp_path / "findings.zip")
    assert "report.html" not in names_in(tmp_path / "findings.zip")
    with zipfile.ZipFile(tmp_path / "findings.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert "report.html" in [left["what"] for left in manifest["left_out"]]


def test_the_manifest_cannot_be_left_out(window: MainWindow) -> None:
    page = page_of(window)
    row = page.contents.table.texts_of(1).index("manifest.json")
    page.contents.table.setCurrentCell(row, 0)
    assert not page.reader.take.isEnabled()


def test_the_host_name_is_masked_unless_the_person_wants_it(
    window: MainWindow, tmp_path: Path
) -> None:
    write(window, tmp_path / "masked.zip")
    page_of(window).names.click()
    settle(window)
    write(window, tmp_path / "plain.zip")
    found = {}
    for name in ("masked", "plain"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip") as archive:
            found[name] = b"backup01" in archive.read("diagnosis.json")
    assert found == {"masked": False, "plain": True}


def test_no_secret_of_this_sitting_is_in_the_package(
    open_window: OpenWindow, make_session: MakeSession, tmp_path: Path
) -> None:
    session = make_session()
    session.credentials = Credentials(client_secret=Secret(SECRET))
    window = at_export(open_window(session))
    page = page_of(window)
    change = f"-Dproxy.password={SECRET}"
    window.go("arguments")
    settle(window)
    assert isinstance(window.page, ArgumentsPage)
    window.page.source.current.setPlainText(change)
    window.page.source.folder.edit.setText("/data/dtmp")
    window.go("export")
    settle(window)
    assert "arguments/before.txt" in page.contents.table.texts_of(1)
    write(window, tmp_path / "findings.zip")
    with zipfile.ZipFile(tmp_path / "findings.zip") as archive:
        assert not [name for name in archive.namelist() if SECRET.encode() in archive.read(name)]


@pytest.mark.parametrize(("choice", "is_replaced"), [(0, False), (None, False), (REPLACE, True)])
def test_an_existing_file_is_replaced_only_after_being_asked_for(
    window: MainWindow, answers: Answers, tmp_path: Path, choice: int | None, is_replaced: bool
) -> None:
    output = tmp_path / "findings.zip"
    output.write_text("precious")
    answers.choice = choice
    page = write(window, output)
    settle(window)
    assert len(answers.asked) == 1
    assert zipfile.is_zipfile(output) == is_replaced
    assert ("was left as it is" in page.told()) != is_replaced
    if not is_replaced:
        assert page.writer.result.property("tone") == "quiet"
        page.writer.place.edit.setText(str(tmp_path / "other.zip"))
        assert not page.writer.result.isVisible()


def test_a_place_that_does_not_exist_is_told(window: MainWindow, tmp_path: Path) -> None:
    page = write(window, tmp_path / "missing" / "findings.zip")
    assert f"There is no folder {tmp_path / 'missing'}" in page.told()
    assert not page.writer.open_folder.isVisible()
    assert page.writer.write.isEnabled()


def test_without_a_place_nothing_can_be_written(window: MainWindow) -> None:
    page = page_of(window)
    page.writer.place.edit.setText(" ")
    assert not page.writer.write.isEnabled()


def test_browse_takes_the_place_that_was_chosen(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = str(tmp_path / "chosen.zip")
    page = page_of(window)
    page.writer.browse.click()
    assert page.writer.place.value == answers.path


def test_the_suggested_name_is_a_zip_in_a_folder_that_exists_and_names_nobody() -> None:
    place = suggested_place()
    assert place.suffix == ".zip"
    assert place.parent.is_dir()
    assert place.name.startswith("m365-backup-findings-20")


def test_a_recheck_on_the_way_is_in_the_package(
    open_window: OpenWindow, make_session: MakeSession, tmp_path: Path
) -> None:
    findings = [ok(FINE), ok("scripted.other")]
    session = make_session([scripted("memory", CauseId.MEMORY, findings.pop)])
    window = at_export(open_window(session))
    window.recheck()
    settle(window)
    settle(window)
    write(window, tmp_path / "findings.zip")
    with zipfile.ZipFile(tmp_path / "findings.zip") as archive:
        assert b"All is well." in archive.read("diagnosis.json")


def test_without_a_likely_cause_the_summary_says_how_to_know_more(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    checks = [
        scripted("memory", CauseId.MEMORY, could_not_check("scripted.found")),
        scripted("dns", CauseId.CONNECTIVITY, not_applicable("engine.offline")),
        scripted("services", CauseId.OTHER, ok(FINE)),
    ]
    told = page_of(at_export(open_window(make_session(checks)))).told()
    assert "What to do next: Make room." in told
    assert "1 of 3 checks had no answer" in told
    assert "not known: Memory." in told
    assert "Left out, as asked, in whole or in part: Connectivity." in told


def test_where_nothing_is_known_no_page_says_that_all_is_done(
    open_window: OpenWindow, make_session: MakeSession
) -> None:
    causes = dict(zip(REAL_CHECKS, CauseId, strict=True))
    checks = [scripted(name, cause, could_not_check(FOUND)) for name, cause in causes.items()]
    window = scanned(open_window(make_session(checks)))
    assert window.desk.flow.current in list(CauseId)  # where it says what to do
    assert (step(window, "scan").state, step(window, "scan").tone) == ("no answers", "unknown")
    window.go("export")
    settle(window)
    assert page_of(window).writer.write.property("role") != "primary"
    assert "and 4 more." in page_of(window).told()


def test_nothing_is_said_to_be_written_while_it_is_asked(
    window: MainWindow, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "findings.zip"
    output.write_text("precious")
    seen: list[bool] = []
    page = page_of(window)

    def ask(*_asked: object) -> int:
        seen.append(page.writer.result.isVisible())
        return 0

    monkeypatch.setattr(answers, "ask", ask)
    write(window, output)
    assert seen == [False]


def test_the_names_of_all_entries_can_be_read_at_the_usual_size(window: MainWindow) -> None:
    window.resize(1080, 720)
    settle(window)
    table = page_of(window).contents.table
    for column in range(table.columnCount()):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
