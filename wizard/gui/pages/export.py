# SPDX-License-Identifier: MIT
"""Summary and export: what is wrong, what to do, and the findings package."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtWidgets import QCheckBox

from wizard import flow
from wizard.errors import WizardError
from wizard.findings import as_json, session_package
from wizard.findings.package import Entry, Masking
from wizard.gui.bridge import Emit, Job
from wizard.gui.pages.base import Page
from wizard.gui.pages.package_contents import PackageContents, PackageReader
from wizard.gui.pages.package_writer import PackageWriter
from wizard.gui.tones import GLYPH_OF_STATUS, TONE_OF_STATUS
from wizard.gui.widgets.boxes import ButtonLine, Callout, Columns
from wizard.gui.widgets.labels import Label
from wizard.model import LEFT_OUT, CheckResult, Diagnosis, Outcome

Planned = tuple[Sequence[Entry], Mapping[str, int]]  # entries, and masked places by name

NAMED = 3  # checks without an answer that are named
NO_ANSWER = (Outcome.COULD_NOT_CHECK, Outcome.TIMED_OUT)


class ExportPage(Page):
    """The last page. The package is put together whenever what goes into it has changed."""

    id = flow.EXPORT

    def build(self) -> None:
        """The summary on top, the package below: what is in it, where it goes."""
        self._summary = Callout(self.theme)
        self.contents = PackageContents(self.desk)
        self.reader = PackageReader(self.desk)
        self.writer = PackageWriter(self.desk, lambda: self.contents.entries)
        columns = Columns(self.theme, aside=37)
        self._add_masking()
        columns.main.addWidget(self.contents)
        columns.main.addStretch()
        columns.side.addWidget(self.writer)
        columns.side.addWidget(self.reader, 1)
        self.column.addWidget(self._summary)
        self.column.addWidget(columns)
        self._job: Job[Planned] | None = None
        self.contents.chosen.connect(self._read)
        self.reader.changed.connect(self._leave_out)
        self.writer.changed.connect(self.changed)
        self.desk.run.finished.connect(self._refresh)

    def enter(self) -> None:
        """Show the diagnosis of this moment."""
        self._refresh()

    def _refresh(self) -> None:
        diagnosis = self.desk.flow.diagnosis
        if diagnosis is not None and self.desk.flow.current == self.id:
            self._sum_up(diagnosis)
            self._put_together(diagnosis)

    def _sum_up(self, diagnosis: Diagnosis) -> None:
        """What is wrong, what to do, and what the answer leaves open."""
        first = diagnosis.verdicts[0]
        telling = [row for row in diagnosis.results if row.check == first.check]
        likely = diagnosis.likely_cause is not None and bool(telling)
        advice = self.texts.advice(telling[0].finding) if likely else self._to_know_more(diagnosis)
        glyph, tone = GLYPH_OF_STATUS[diagnosis.status], TONE_OF_STATUS[diagnosis.status]
        lines = [self.say("to_do", advice=advice[0])] if advice else []
        still = () if likely else (self.texts("report.if_it_still_fails"),)
        detail = "\n".join((*lines, *self._left_open(diagnosis), *still))
        self._summary.say(glyph, tone, as_json.summary(diagnosis, self.texts), detail)
        self.writer.write.be_primary(not flow.nothing_known(diagnosis))

    def _to_know_more(self, diagnosis: Diagnosis) -> Sequence[str]:
        """How the first check without an answer, likeliest cause first, can be given one."""
        for verdict in diagnosis.verdicts:
            for row in diagnosis.of_cause(verdict.cause):
                advice = self.texts.advice(row.finding)
                if row.finding.outcome in NO_ANSWER and advice:
                    return advice
        return ()

    def _left_open(self, diagnosis: Diagnosis) -> Iterator[str]:
        """How many checks had no answer, and which causes were left out."""
        unknown = [row for row in diagnosis.results if row.finding.outcome in NO_ANSWER]
        if unknown:
            yield self._without_answer(unknown, len(diagnosis.results))
        causes = {row.cause for row in diagnosis.results if row.finding.text in LEFT_OUT}
        if causes:
            ranked = (verdict.cause for verdict in diagnosis.verdicts)
            names = [self.texts(f"rail.name.{cause}") for cause in ranked if cause in causes]
            yield self.say("left_out", names=", ".join(names))

    def _without_answer(self, unknown: Sequence[CheckResult], total: int) -> str:
        """How many, and which as far as they can be named in a line."""
        named = [self.texts(f"check.{row.check}.title") for row in unknown[:NAMED]]
        more = len(unknown) - len(named)
        names = ", ".join(named)
        told = self.say("no_answer_more", names=names, more=more) if more else names
        return self.say("no_answer", count=len(unknown), total=total, names=told)

    def _add_masking(self) -> None:
        self.names = QCheckBox(self.say("names"))
        self.names.setChecked(Masking().names)
        self.ids = QCheckBox(self.say("ids"))
        self.ids.setChecked(Masking().ids)
        for box in (self.names, self.ids):
            box.toggled.connect(self._refresh)
        boxes = ButtonLine(self.theme, (self.names, self.ids))
        self.contents.column.addWidget(boxes)
        self.contents.column.addWidget(Label(self.say("masking"), "small"))

    def _put_together(self, diagnosis: Diagnosis) -> None:
        session = self.desk.session
        masking = Masking(names=self.names.isChecked(), ids=self.ids.isChecked())

        def work(_emit: Emit, _cancel: threading.Event) -> Planned:
            entries = session_package.plan(session, diagnosis, masking)
            return entries, {entry.name: len(entry.spans()) for entry in entries}

        if self._job is not None:
            self._job.drop()
        self.writer.be_ready(False)
        self._job = self.desk.bridge.start(work, on_done=self._show, on_failed=self._fail)

    def _show(self, planned: Planned) -> None:
        self._job = None
        self.contents.show_entries(*planned)
        self.writer.be_ready(True)

    def _fail(self, error: WizardError) -> None:
        self._job = None
        self.desk.tell(error)

    def _read(self, entry: Entry) -> None:
        self.reader.show_entry(entry, is_out=entry.name in self.contents.left_out)

    def _leave_out(self, name: str, is_out: bool) -> None:
        self.contents.leave_out(name, is_out=is_out)
