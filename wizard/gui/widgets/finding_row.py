# SPDX-License-Identifier: MIT
"""One check's finding on a cause page: glyph, title, word, sentence, advice, evidence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from wizard.findings import advice
from wizard.gui import shown
from wizard.gui.desk import Desk
from wizard.gui.tones import TONE_OF_OUTCOME, glyph_of
from wizard.gui.widgets.buttons import Fold
from wizard.gui.widgets.evidence_table import EvidenceTable
from wizard.gui.widgets.labels import Glyph, Label
from wizard.model import CheckResult, Outcome


class FindingRow(QWidget):
    """What one check found; advice only where there is something to do, evidence folded away."""

    def __init__(self, desk: Desk, row: CheckResult) -> None:
        super().__init__()
        self._desk = desk
        theme, texts, outcome = desk.theme, desk.texts, row.finding.outcome
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.tokens.space.small)
        self._grid.setVerticalSpacing(theme.tokens.space.hair)
        self._grid.setColumnStretch(1, 1)
        glyph = Glyph(theme, glyph_of(outcome), TONE_OF_OUTCOME[outcome])
        self._grid.addWidget(glyph, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(self._head(row), 0, 1)
        self._add(Label(texts.summary(row.finding)))
        if outcome not in (Outcome.OK, Outcome.NOT_APPLICABLE):
            diagnosis = desk.flow.diagnosis
            for line in advice.of(row, diagnosis.results if diagnosis else (), texts):
                self._add(Label(line, "muted"))
        if row.finding.evidence:
            self._add_evidence(row)

    def _head(self, row: CheckResult) -> QHBoxLayout:
        texts, outcome = self._desk.texts, row.finding.outcome
        head = QHBoxLayout()
        head.setSpacing(self._desk.theme.tokens.space.small)
        head.addWidget(Label(texts(f"check.{row.check}.title"), "strong"), 1)
        word = Label(shown.outcome_of(row.finding, texts), wrap=False)
        word.setProperty("tone", TONE_OF_OUTCOME[outcome])
        head.addWidget(word)
        return head

    def _add_evidence(self, row: CheckResult) -> None:
        table = EvidenceTable(self._desk, row.finding.evidence)
        title = self._desk.texts(f"check.{row.check}.title")
        text = self._desk.texts("page.cause.evidence_of", count=len(row.finding.evidence))
        fold = Fold(self._desk.theme, text, table)
        fold.setAccessibleName(f"{title}: {text}")
        self._add(fold)
        self._add(table)

    def _add(self, part: QWidget) -> None:
        self._grid.addWidget(part, self._grid.rowCount(), 1)
