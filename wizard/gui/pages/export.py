# SPDX-License-Identifier: MIT
"""Summary and export: what is wrong, what to do, and the findings package."""

from __future__ import annotations

from wizard import flow
from wizard.findings import as_json
from wizard.gui.pages.base import Page
from wizard.gui.tones import GLYPH_OF_STATUS, TONE_OF_STATUS
from wizard.gui.widgets.boxes import Callout


class ExportPage(Page):
    """The last page."""

    id = flow.EXPORT

    def build(self) -> None:
        """The summary on top."""
        self._summary = Callout(self.theme)
        self.column.addWidget(self._summary)

    def enter(self) -> None:
        """Show the diagnosis of this moment."""
        diagnosis = self.desk.flow.diagnosis
        if diagnosis is None:
            return
        first = diagnosis.verdicts[0]
        telling = next((row for row in diagnosis.results if row.check == first.check), None)
        likely = diagnosis.likely_cause is not None and telling is not None
        advice = self.texts.advice(telling.finding) if likely and telling else []
        glyph, tone = GLYPH_OF_STATUS[diagnosis.status], TONE_OF_STATUS[diagnosis.status]
        headline = as_json.summary(diagnosis, self.texts)
        self._summary.say(glyph, tone, headline, advice[0] if advice else "")
