# SPDX-License-Identifier: MIT
"""The part of the permissions page that shows each service's permissions."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from wizard.findings import permission_rows
from wizard.findings.permission_rows import Matrix
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Card, clear
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.permission_table import PermissionTable


class PermissionCard(Card):
    """Drawn anew whenever another token was looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("matrix.title"))
        self._desk = desk
        self._drawn: Matrix | None = None
        self._nothing = Label(desk.texts("permission_table.no_token"), "muted")
        self._table = QVBoxLayout()
        self.column.addWidget(self._nothing)
        self.column.addLayout(self._table)

    def refresh(self) -> None:
        """Show what this moment's diagnosis knows."""
        desk, diagnosis = self._desk, self._desk.flow.diagnosis
        known = diagnosis.results if diagnosis else ()
        matrix = permission_rows.of_results(known, desk.texts)
        self._nothing.setVisible(matrix is None)
        if matrix == self._drawn:
            return
        self._drawn = matrix
        clear(self._table)
        if matrix:
            self._table.addWidget(PermissionTable(desk.theme, desk.texts, matrix))
