# SPDX-License-Identifier: MIT
"""One cause: the verdict, its evidence, why we think so, and the article's steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.findings import admin_rows, timeline, vendor_steps
from wizard.gui import actions
from wizard.gui.desk import Desk
from wizard.gui.pages.admin_card import AdminCard
from wizard.gui.pages.base import Page
from wizard.gui.pages.cause_steps import CauseSteps
from wizard.gui.pages.permission_card import PermissionCard
from wizard.gui.pages.rejected import Rejected
from wizard.gui.pages.temp_folder_more import TempFolderMore
from wizard.gui.pages.way import Way
from wizard.gui.tab_order import follow_the_eye
from wizard.gui.tones import GLYPH_OF_STATUS, TONE_OF_STATUS
from wizard.gui.widgets.boxes import Callout, Card, Columns, clear, rule
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.evidence_table import EvidenceTable
from wizard.gui.widgets.finding_row import FindingRow
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.timeline import TimelineCard
from wizard.model import CauseId, CheckResult, Diagnosis, Outcome, Status, Verdict
from wizard.texts import local_time

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
        """The verdict, then findings and beside them the steps; in a narrow window above them."""
        self._callout = Callout(self.theme)
        self._columns = Columns(self.theme, aside=34, aside_first=True)
        self.choose_folder = Button(self.theme, self.texts("action.scope"), "folder")
        self.choose_folder.clicked.connect(lambda: actions.choose_folder(self.desk))
        self._callout.column.addWidget(self.choose_folder)
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
        self._fill_main()
        self._steps = CauseSteps(self.desk, self.cause, self._check_again)
        self._columns.side.addWidget(self._steps)
        self._columns.side.addStretch()
        self.desk.run.changed.connect(self._show)
        self._columns.turned.connect(self._order_tab)
        self._status: Status | None = None
        self._drawn: tuple[Diagnosis | None, bool] | None = None

    def _fill_main(self) -> None:
        """What every cause shows, and what only one does."""
        if self.cause is CauseId.CONNECTIVITY:
            self.way = Way(self.desk)
            self._columns.main.addWidget(self.way)
        if self.cause in admin_rows.CAUSES:
            self.admin = AdminCard(self.desk)
            self._columns.main.addWidget(self.admin)
        if self.cause is CauseId.PERMISSIONS:
            self.permissions = PermissionCard(self.desk)
            self._columns.main.addWidget(self.permissions)
        if self.cause is CauseId.GRAPH_FORBIDDEN:
            self.rejected = Rejected(self.desk)
            self._columns.main.addWidget(self.rejected)
        self.logged = TimelineCard(self.theme, self.texts)
        for card in (self._evidence, self.logged, self._checks):
            self._columns.main.addWidget(card)
        if self.cause is CauseId.TEMP_FOLDER:
            self.more = TempFolderMore(self.desk)
            self._columns.main.addWidget(self.more)
        self._columns.main.addStretch()

    def _refresh_parts(self) -> None:
        """What is shown beside the findings."""
        if self.cause is CauseId.PERMISSIONS:
            self.permissions.refresh()
        if self.cause is CauseId.GRAPH_FORBIDDEN:
            self.rejected.refresh()
        diagnosis = self.desk.flow.diagnosis
        logged = timeline.of_results(diagnosis.results) if diagnosis else {}
        self.logged.show_timeline(logged.get(self.cause))
        if self.cause in admin_rows.CAUSES:
            self.admin.refresh()

    def _hint(self) -> str:
        """To whom the page has something to hand over, and by which button."""
        if self.cause is CauseId.CONNECTIVITY:
            return self.way.hand_over.hint
        asks = self.cause in admin_rows.CAUSES and self.admin.asks
        return self.admin.hand_over.hint if asks else ""

    def enter(self) -> None:
        """Show the diagnosis of this moment."""
        self._show()
        if self.cause is CauseId.CONNECTIVITY:
            self.way.refresh()

    def first_focus(self) -> QWidget | None:
        """On Next, so that Enter leads on."""
        return None

    def _show(self) -> None:
        """Draw anew when there is another diagnosis, or a re-check began or ended."""
        state = (self.desk.flow.diagnosis, self.desk.run.is_running)
        if state == self._drawn:
            return
        self._drawn = state
        self._refresh_parts()
        self._show_known()
        self._order_tab()

    def _order_tab(self) -> None:
        follow_the_eye(self.area.widget())

    def _show_known(self) -> None:
        """What stands in this moment's diagnosis, or that there is none yet."""
        run = self.desk.run
        # While its own re-check runs, the button does nothing but keeps the keyboard's focus.
        self._steps.recheck.setEnabled(not run.is_running or run.cause == self.cause)
        running = run.checks_run(self.cause)
        self._steps.recheck.setText(self._say("rechecking" if running else "recheck"))
        diagnosis = self.desk.flow.diagnosis
        if diagnosis is None:
            self._callout.say("waiting", "quiet", self._say("nothing"))
            self._steps.show_advice((), vendor_steps.of_results(self.cause, ()), is_calm=True)
            self._show_rows([], None)
            return
        verdict = next(v for v in diagnosis.verdicts if v.cause == self.cause)
        rows = sorted(diagnosis.of_cause(self.cause), key=_worst_first)
        telling = next((row for row in rows if row.check == verdict.check), None)
        plain = verdict.status in _PLAIN or telling is None
        self._show_verdict(verdict, rows, None if plain else telling)
        if running:  # what stands there is of the run before
            before = self._say("found_before", finding=self._callout.headline.text())
            self._callout.say("running", "quiet", self._say("rechecking"), before)
        self._show_rows(rows, None if plain else telling)
        if verdict.status != self._status and not self._is_asked_below:
            self.to_top()
        self._status = verdict.status

    @property
    def _is_asked_below(self) -> bool:
        """Whether it was the closer look, which tells its answer where it was asked."""
        return self.cause is CauseId.TEMP_FOLDER and bool(self.more.answer.text())

    def _check_again(self) -> None:
        self.desk.run.recheck(self.cause)

    def _show_verdict(
        self, verdict: Verdict, rows: Sequence[CheckResult], telling: CheckResult | None
    ) -> None:
        advice = self.texts.advice(telling.finding) if telling else ()
        fitting = vendor_steps.of_results(self.cause, rows)
        self._steps.show_advice(advice, fitting, is_calm=telling is None, hint=self._hint())
        why = self._say("why", because=self.texts.because(verdict))
        glyph, tone = GLYPH_OF_STATUS[verdict.status], TONE_OF_STATUS[verdict.status]
        self._callout.say(glyph, tone, self._headline(verdict, rows, telling), why)
        missing = telling is not None and telling.finding.text == actions.NOT_FOUND
        self.choose_folder.setVisible(missing)

    def _headline(
        self, verdict: Verdict, rows: Sequence[CheckResult], telling: CheckResult | None
    ) -> str:
        """The state word and the finding; where others passed, how many had no answer."""
        word = self.texts(f"status.{verdict.status}")
        told = f"headline_{verdict.status}"
        headline = self.texts.summary(telling.finding) if telling else self._say(told)
        unknown = [row for row in rows if row.finding.outcome in _UNKNOWN]
        if verdict.status == Status.UNKNOWN and len(unknown) < len(rows):
            values = {"count": len(unknown), "total": len(rows)}
            return self.texts("page.cause.headline_partly", values, finding=headline)
        return f"{word[:1].upper()}{word[1:]}: {headline}"

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
        self._heading.setText(self._say("other_checks" if telling else "checks"))
        self._steps.measured.setVisible(bool(rows))
        if rows:
            time = local_time(max(row.observed for row in rows))
            self._steps.measured.setText(self._say("measured", time=time))

    def _say(self, text: str, **values: str) -> str:
        return self.texts(f"page.cause.{text}", values)


_UNKNOWN = (Outcome.COULD_NOT_CHECK, Outcome.TIMED_OUT)
_PLAIN = (Status.OK, Status.SKIPPED)


def _worst_first(row: CheckResult) -> tuple[int, bool]:
    return (_WORST_FIRST.index(row.finding.outcome), not row.finding.decisive)
