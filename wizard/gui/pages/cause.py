# SPDX-License-Identifier: MIT
"""One cause: the verdict, its evidence, why we think so, and the article's steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.findings import wording
from wizard.gui import actions, shown
from wizard.gui.desk import Desk
from wizard.gui.pages.base import Page
from wizard.gui.tones import GLYPH_OF_STATUS, TONE_OF_STATUS
from wizard.gui.widgets.boxes import Callout, Card, Columns, clear, rule
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.evidence_table import EvidenceTable
from wizard.gui.widgets.finding_row import FindingRow
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.step_row import StepRow
from wizard.model import CauseId, CheckResult, Diagnosis, Outcome, Status, Verdict

_WORST_FIRST = (
    Outcome.PROBLEM,
    Outcome.WARNING,
    Outcome.COULD_NOT_CHECK,
    Outcome.TIMED_OUT,
    Outcome.OK,
    Outcome.NOT_APPLICABLE,
)


class CausePage(Page):
    """The page of any cause; what stands on it comes from the data."""

    def __init__(self, desk: Desk, cause: CauseId) -> None:
        self.cause = cause
        self.id = str(cause)
        super().__init__(desk)

    @property
    def title(self) -> str:
        """The cause's name in full."""
        return self.desk.texts(f"cause.{self.cause}.title")

    @property
    def subtitle(self) -> str:
        """How this cause makes a backup fail."""
        return self.desk.texts(f"cause.{self.cause}.explanation")

    def build(self) -> None:
        """The verdict on top, findings at the left, steps at the right."""
        self._callout = Callout(self.theme)
        self._columns = Columns(self.theme, aside=34)
        self.column.addWidget(self._callout)
        self.column.addWidget(self._columns)
        self._evidence = Card(self.theme, self._say("evidence"))
        self._table = QVBoxLayout()
        self._evidence.column.addLayout(self._table)
        self._checks = Card(self.theme)
        self._heading = Label(role="heading")
        self._checks.column.addWidget(self._heading)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(self.theme.tokens.space.medium)
        self._checks.column.addLayout(self._rows)
        for card in (self._evidence, self._checks):
            self._columns.main.addWidget(card)
        self._columns.main.addStretch()
        self._columns.side.addWidget(self._steps_card())
        self._columns.side.addStretch()
        self.desk.run.changed.connect(self._show)
        self._drawn: tuple[Diagnosis | None, bool] | None = None

    def enter(self) -> None:
        """Show the diagnosis of this moment."""
        self._show()

    def first_focus(self) -> QWidget | None:
        """On Next, so that Enter leads on."""
        return None

    def _show(self) -> None:
        """Draw anew when there is another diagnosis, or a re-check began or ended."""
        state = (self.desk.flow.diagnosis, self.desk.run.is_running)
        if state == self._drawn:
            return
        self._drawn = state
        self._recheck.setEnabled(not self.desk.run.is_running)
        running = self.desk.run.checks_run(self.cause)
        self._recheck.setText(self._say("rechecking" if running else "recheck"))
        diagnosis = self.desk.flow.diagnosis
        if diagnosis is None:
            self._callout.say("waiting", "quiet", self._say("nothing"))
            self._show_rows([], None)
            return
        verdict = next(v for v in diagnosis.verdicts if v.cause == self.cause)
        rows = sorted(diagnosis.of_cause(self.cause), key=_worst_first)
        telling = next((row for row in rows if row.check == verdict.check), None)
        plain = verdict.status in _PLAIN or telling is None
        self._show_verdict(verdict, None if plain else telling)
        self._show_rows(rows, None if plain else telling)

    def _show_verdict(self, verdict: Verdict, telling: CheckResult | None) -> None:
        if telling is None:
            headline, advice = self._say(f"headline_{verdict.status}"), []
        else:
            headline = self.texts.summary(telling.finding)
            advice = list(self.texts.advice(telling.finding))
        word = self.texts(f"status.{verdict.status}")
        why = self._say("why", because=self.texts.because(verdict))
        glyph, tone = GLYPH_OF_STATUS[verdict.status], TONE_OF_STATUS[verdict.status]
        detail = "\n".join((*advice, why))
        self._callout.say(glyph, tone, f"{word[:1].upper()}{word[1:]}: {headline}", detail)

    def _show_rows(self, rows: Sequence[CheckResult], telling: CheckResult | None) -> None:
        """The telling finding is in the callout, its evidence below it; then the others."""
        clear(self._table)
        clear(self._rows)
        evidence = telling.finding.evidence if telling else ()
        if evidence:
            self._table.addWidget(EvidenceTable(self.desk, evidence))
        self._evidence.setVisible(bool(evidence))
        others = [row for row in rows if row is not telling]
        for place, row in enumerate(others):
            if place:
                self._rows.addWidget(rule())
            self._rows.addWidget(FindingRow(self.desk, row))
        self._checks.setVisible(bool(others))
        self._heading.setText(self._say("also_checked" if telling else "checks"))
        self._measured.setVisible(bool(rows))
        if rows:
            time = shown.local_time(max(row.observed for row in rows))
            self._measured.setText(self._say("measured", time=time))

    def _steps_card(self) -> Card:
        card = Card(self.theme, self._say("steps"))
        cause = self.desk.session.product.cause(self.cause)
        self._recheck = Button(self.theme, self._say("recheck"), "again")
        self._recheck.clicked.connect(lambda: self.desk.run.recheck(self.cause))
        for number, step in enumerate(cause.steps, start=1):
            sentence = self.texts(f"cause.{self.cause}.steps.{step.id}")
            button = actions.make_button(self.desk, step.action, sentence)
            if step.action == actions.RECHECK:
                button = self._recheck
            card.column.addWidget(StepRow(self.theme, number, sentence, button))
        if not any(step.action == actions.RECHECK for step in cause.steps):
            card.column.addWidget(self._recheck, alignment=Qt.AlignmentFlag.AlignLeft)
        card.column.addWidget(rule())
        self._measured = Label(role="small")
        card.column.addWidget(self._measured)
        self._add_source(card)
        return card

    def _add_source(self, card: Card) -> None:
        product = self.desk.session.product
        source = product.sources[product.cause(self.cause).source]
        card.column.addWidget(
            Label(
                self._say(
                    "source", title=wording.source_title(source, self.texts), date=source.date
                ),
                "small",
            )
        )
        if source.url:
            link = Button(self.theme, self._say("open_source"), "external", "link")
            link.setToolTip(source.url)
            link.clicked.connect(lambda: self.desk.open_page(source.url))
            card.column.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeft)

    def _say(self, text: str, **values: str) -> str:
        return self.texts(f"page.cause.{text}", values)


_PLAIN = (Status.OK, Status.SKIPPED)


def _worst_first(row: CheckResult) -> tuple[int, bool]:
    return (_WORST_FIRST.index(row.finding.outcome), not row.finding.decisive)
