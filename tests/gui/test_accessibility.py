# SPDX-License-Identifier: MIT
"""Names for a screen reader, the keyboard's way, nothing clipped, and PySide's reference counts."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QTableView,
    QWidget,
)

from tests.gui.conftest import Answers, MakeSession, OpenWindow, scanned, settle
from wizard.gui import main_window
from wizard.gui.main_window import MainWindow
from wizard.gui.pages.arguments import ArgumentsPage
from wizard.gui.theme import Theme
from wizard.gui.widgets.buttons import Fold
from wizard.gui.widgets.table import Table
from wizard.gui.widgets.text_box import TextBox

CONTROLS = (
    QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QListView, QTableView, QProgressBar
)  # fmt: skip


def every_page(window: MainWindow) -> Iterator[str]:
    """Shows one page after the other, with all that can be opened on it opened."""
    for page in window.desk.flow.pages():
        window.go(page)
        settle(window)
        if isinstance(window.page, ArgumentsPage):
            window.page.source.folder.edit.setText("D:\\Dtmp")
        for fold in window.page.findChildren(Fold):
            if fold.isVisible():
                fold.setChecked(True)
        lay_out()
        yield page


def lay_out() -> None:
    for _ in range(6):
        QApplication.processEvents()


def controls(window: MainWindow) -> Iterator[QWidget]:
    """What a person can work with, and isn't a part of another control."""
    for widget in window.findChildren(QWidget):
        inner = isinstance(widget.parentWidget(), QComboBox | QTableView)
        if isinstance(widget, CONTROLS) and widget.isVisible() and not inner:
            yield widget


def test_every_control_tells_a_screen_reader_its_name_and_role(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    for page in every_page(window):
        for control in controls(window):
            told = QAccessible.queryAccessibleInterface(control)
            name = told.text(QAccessible.Text.Name)
            assert name.strip(), f"{page}: {control} has no name"
            assert "<" not in name, f"{page}: {name} would be read as markup"
            assert told.role() != QAccessible.Role.NoRole


def test_every_field_has_a_label_that_leads_to_it(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    for page in every_page(window):
        led_to = {label.buddy() for label in window.page.findChildren(QLabel)}
        for field in window.page.findChildren(QLineEdit):
            owner = field.parentWidget()
            target = owner if isinstance(owner, QComboBox) else field
            if field.isVisible():
                assert target in led_to, f"{page}: {field.accessibleName()}"


def test_every_button_of_the_row_and_every_step_has_a_letter_for_alt(
    open_window: OpenWindow,
) -> None:
    window = scanned(open_window())
    for page in every_page(window):
        for button in window.findChildren(QAbstractButton):
            plain = isinstance(button, Fold) or button.text() in {"", "Browse …"}
            if button.isVisible() and not plain and not is_workload(button):
                assert "&" in button.text(), f"{page}: {button.text()}"


def is_workload(button: QAbstractButton) -> bool:
    """The five services are reached by Tab; they would use up five letters."""
    return button.text() in {"Exchange Online", "Groups", "OneDrive", "SharePoint", "Teams"}


def test_no_letter_for_alt_stands_twice_on_a_page(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    for page in every_page(window):
        texts = [
            widget.text()
            for widget in window.findChildren(QWidget)
            if isinstance(widget, QAbstractButton | QLabel) and widget.isVisible()
            if not isinstance(widget, QLabel) or widget.buddy() is not None
        ]
        letters = [text.replace("&&", "").partition("&")[2][:1].lower() for text in texts]
        given = [letter for letter in letters if letter]
        twice = [text for text in texts if given.count(text.partition("&")[2][:1].lower()) > 1]
        assert twice == [], page


def test_tab_reaches_every_control_that_works(open_window: OpenWindow) -> None:
    window = scanned(open_window())
    for page in every_page(window):
        wanted = {
            control
            for control in controls(window)
            if control.isEnabled() and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        reached: set[QWidget] = set()
        at: QWidget | None = window.rail
        while at is not None and at not in reached:
            reached.add(at)
            at = at.nextInFocusChain()
        assert wanted <= reached, page
        unreachable = [
            control
            for control in controls(window)
            if control.focusPolicy() == Qt.FocusPolicy.NoFocus
            and not isinstance(control, QProgressBar)
        ]
        assert unreachable == [], page


def clipped(window: MainWindow) -> list[str]:
    """Every text that doesn't fit its box."""
    found = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    too_wide = [
        f"the page is {area.horizontalScrollBar().maximum()} too wide"
        for area in window.page.findChildren(QScrollArea)
        if area.horizontalScrollBar().maximum()
    ]
    return too_wide + [
        f"{type(widget).__name__} {described(widget)!r} in {widget.width()}x{widget.height()}"
        for widget in found
        if not fits(widget)
    ]


def described(widget: QWidget) -> str:
    return (
        widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    )


def fits(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) <= widget.height()
        return widget.sizeHint().width() <= widget.width()
    if isinstance(widget, QAbstractButton) and widget.text():
        hint = widget.sizeHint()
        return hint.width() <= widget.width() and hint.height() <= widget.height()
    if isinstance(widget, TextBox):
        return not widget.verticalScrollBar().maximum()
    if isinstance(widget, Table):
        return rows_fit(widget)
    return True


def rows_fit(table: Table) -> bool:
    line = table.fontMetrics().height()
    for row in range(table.rowCount()):
        needed = table.sizeHintForRow(row) if table.wordWrap() else line
        if needed > table.rowHeight(row):
            return False
    return table.verticalHeader().length() <= table.viewport().height()


@pytest.mark.parametrize(
    ("scale", "size"),
    [
        (1.0, (1280, 800)),
        (1.0, (1080, 720)),
        (1.0, (760, 520)),
        (1.0, (640, 360)),
        (2.0, (1280, 800)),
    ],
)
def test_no_text_is_clipped(
    open_window: OpenWindow,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    scale: float,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr(main_window, "SMALLEST", (640, 360))
    Theme(qapp, dark=False, scale=scale)
    try:
        window = scanned(open_window())
        window.resize(*size)
        for page in every_page(window):
            assert clipped(window) == [], page
    finally:
        Theme(qapp, dark=False)


def test_a_clipped_label_would_be_found(open_window: OpenWindow) -> None:
    window = open_window()
    label = QLabel("far too long for this", window)
    label.setGeometry(0, 0, 20, 20)
    label.show()
    assert [found for found in clipped(window) if "far too long" in found]


def test_pyside_keeps_the_reference_count_of_none(qapp: QApplication) -> None:
    """Some builds of PySide steal a reference to None with every setter and abort in the end."""
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(200):
        label.setText("text")
    assert abs(sys.getrefcount(None) - before) < 20


def test_the_window_can_be_made_small_and_opens_at_its_usual_size(
    make_session: MakeSession, theme: Theme, answers: Answers, qapp: QApplication
) -> None:
    window = MainWindow(make_session(), theme, dialogs=answers)
    assert (window.width(), window.height()) == (1080, 720)
    assert (window.minimumWidth(), window.minimumHeight()) == (760, 520)
    window.close()
