# SPDX-License-Identifier: MIT
"""The part of the export page that shows every entry of the package before it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from wizard.findings import manifest, package
from wizard.findings.package import Entry
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Card
from wizard.gui.widgets.entry_view import EntryView
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table

SHOWN_FIRST = "summary.txt"


class PackageContents(Card):
    """A table of entries with sizes; the chosen one can be read, and left out."""

    chosen = Signal(object)  # an Entry

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("page.export.entries"))
        self._desk = desk
        self._all: Sequence[Entry] = ()
        self._masked: Mapping[str, int] = {}
        self.left_out: set[str] = set()
        self._total = Label(role="small")
        head = desk.texts.lines("page.export.entries_head")
        self.table = Table(desk.theme, desk.texts("page.export.entries"), head, wrap=False, main=1)
        self.table.currentCellChanged.connect(self._choose)
        self.column.addWidget(self.table)
        self.column.addWidget(self._total)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What will be written."""
        return package.without(self._all, sorted(self.left_out), self._desk.texts)

    @property
    def current(self) -> Entry | None:
        """The entry that is chosen."""
        row = self.table.currentRow()
        return self._all[row] if 0 <= row < len(self._all) else None

    def show_entries(self, entries: Sequence[Entry], masked: Mapping[str, int]) -> None:
        """Show other entries with their counts of masked places; the choice stays on its name."""
        before = self.current.name if self.current else SHOWN_FIRST
        self._all, self._masked = entries, masked
        self._draw()
        names = [entry.name for entry in entries]
        self.table.setCurrentCell(names.index(before) if before in names else 0, 0)

    def leave_out(self, name: str, *, is_out: bool) -> None:
        """Leave an entry out, or take it in again; the manifest always stays."""
        if is_out:
            self.left_out.add(name)
        else:
            self.left_out.discard(name)
        self._draw()

    def _draw(self) -> None:
        texts = self._desk.texts
        self.table.show_rows([self._cells(entry) for entry in self._all])
        written = [entry for entry in self._all if entry.name not in self.left_out]
        size = sum(len(entry.data) for entry in written)
        masked = sum(self._masked[entry.name] for entry in written)
        values = {"count": len(written), "kilobytes": size / 1024, "masked": masked}
        self._total.setText(texts("page.export.total", values))

    def _cells(self, entry: Entry) -> tuple[Cell, ...]:
        texts, masked = self._desk.texts, self._masked[entry.name]
        is_out = entry.name in self.left_out
        word = texts("page.export.out" if is_out else "page.export.in")
        sign = Cell(word, "not-applicable" if is_out else "ok", "quiet" if is_out else "ok")
        size = self._size(len(entry.data))
        places = str(masked) if masked else ""
        return (sign, Cell(entry.name), Cell(size, is_number=True), Cell(places, is_number=True))

    def _size(self, size: int) -> str:
        if size < 1024:
            return self._desk.texts("page.export.bytes", size=size)
        return self._desk.texts("page.export.size", kilobytes=size / 1024)

    def _choose(self, *_places: int) -> None:
        if self.current is not None:
            self.chosen.emit(self.current)


class PackageReader(Card):
    """The chosen entry's text, and whether it goes into the package."""

    changed = Signal(str, bool)  # an entry's name, and whether it is left out

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._name = ""
        self._heading = Label(role="heading")
        self.view = EntryView(desk.theme, desk.texts("page.export.reader"))
        self.take = QCheckBox(desk.texts("page.export.take"))
        self.take.toggled.connect(lambda on: self.changed.emit(self._name, not on))
        self.column.addWidget(self._heading)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.take)

    def show_entry(self, entry: Entry, *, is_out: bool) -> None:
        """Show an entry as it will be written."""
        self._name = entry.name
        self._heading.setText(entry.name)
        self.view.show_entry(entry)
        self.take.blockSignals(True)
        self.take.setChecked(not is_out)
        self.take.blockSignals(False)
        self.take.setEnabled(entry.name != manifest.NAME)
