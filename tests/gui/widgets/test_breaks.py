# SPDX-License-Identifier: MIT
"""Marks for wrapping: where they are, and that nothing of them is told or copied."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from wizard.findings.package import Entry
from wizard.gui.theme import Theme
from wizard.gui.widgets.breaks import (
    JOIN,
    WRAP,
    breakable,
    joined,
    joints,
    plain,
    without_widow,
)
from wizard.gui.widgets.entry_view import EntryView
from wizard.gui.widgets.labels import Label

MASKED = "[masked:secret]"
TEXT = f"5 GB free on C:\\Program Files, D:\\{MASKED} and /var/tmp"


def test_joints_when_text_has_drives_and_slashes_then_are_where_the_marks_are() -> None:
    marked = joined(TEXT)
    at = [place for place, letter in enumerate(marked) if letter == JOIN]
    assert [place - before for before, place in enumerate(at)] == joints(TEXT)
    assert len(joints(TEXT)) == 4
    assert plain(marked) == TEXT


def test_joined_when_an_option_begins_with_a_hyphen_then_it_stays_with_its_name() -> None:
    assert joined("(-Djdk.x= or --proxy)") == f"(-{JOIN}Djdk.x= or --{JOIN}proxy)"
    assert joined("time-out") == "time-out"


def test_entry_when_it_names_a_drive_then_masked_places_stay_and_nothing_else_is_copied(
    qtbot: QtBot, theme: Theme
) -> None:
    view = EntryView(theme, "entry")
    qtbot.addWidget(view)
    entry = Entry("summary.txt", TEXT.encode())
    view.show_entry(entry)
    (mark,) = view.extraSelections()
    looks: Any = mark  # its type hints leave the field out
    assert looks.cursor.selectedText() == MASKED
    assert JOIN in view.document().toPlainText()
    assert view.toPlainText() == TEXT
    view.selectAll()
    view.copy()
    assert QApplication.clipboard().text() == TEXT


def test_lines_when_a_number_has_a_unit_then_none_ends_between_them(
    qtbot: QtBot, theme: Theme
) -> None:
    label = Label("More than 5 GB, in 12.5 hours, of 21 checks")
    qtbot.addWidget(label)
    marked = QLabel.text(label)
    assert [part[-1] for part in marked.split(" ")[:-1]] == list("en,n,f")
    assert label.text() == "More than 5 GB, in 12.5 hours, of 21 checks"


def test_last_word_when_a_subtitle_wraps_then_is_not_alone_and_own_spaces_stay() -> None:
    assert without_widow("you say so.").endswith(f"say\u00a0{JOIN}so.")
    assert plain(without_widow("a\u00a0name, you say so.")) == "a\u00a0name, you say so."
    assert without_widow("Scan") == "Scan"


def test_breakable_when_a_word_is_a_permissions_name_then_it_stays_whole() -> None:
    for name in ("MailboxSettings.Read", "User.Read.All:", "(ChannelMessage.Read.All),"):
        assert breakable(name) == name
    assert WRAP in breakable("system.transporter.modern.arguments")
    assert WRAP in breakable("C:\\Program.Files.Shared\\Nakivo")
