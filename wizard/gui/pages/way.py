# SPDX-License-Identifier: MIT
"""The part of the connectivity page that shows each way, and hands it to the network team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout

from wizard.findings import network_text, stations
from wizard.findings.station_words import Station
from wizard.findings.stations import Path
from wizard.graph.network_path import Layer
from wizard.gui.desk import Desk
from wizard.gui.pages.hand_over import HandOver
from wizard.gui.shown import outcome_of
from wizard.gui.tones import TONE_OF_OUTCOME, glyph_of
from wizard.gui.widgets.boxes import Card, clear, rule
from wizard.gui.widgets.labels import Label, Sign
from wizard.gui.widgets.stations import Stations
from wizard.model import CauseId, CheckResult


class Way(Card):
    """Drawn anew whenever a check of this cause has an answer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("path.title"))
        self._desk = desk
        self._paths: tuple[Path, ...] = ()
        self._drawn: tuple[tuple[Path, ...], tuple[CheckResult, ...], bool] | None = None
        self._nothing = Label(role="muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(desk.theme.tokens.space.small)
        self._eyes = QVBoxLayout()
        self._eyes.setSpacing(desk.theme.tokens.space.small)
        self.hand_over = HandOver(desk, "path", self._made)
        self.column.addWidget(self.hand_over)
        self.column.addWidget(rule())
        self.column.addWidget(Label(self._say("as_seen"), "small"))
        self.column.addWidget(self._nothing)
        self.column.addLayout(self._rows)
        self._transporter = Label(self._say("transporter"), "strong")
        self.column.addWidget(self._transporter)
        self.column.addLayout(self._eyes)
        desk.run.changed.connect(self.refresh)

    @property
    def is_running(self) -> bool:
        """Whether the way is being walked at this moment."""
        return self._desk.run.checks_run(CauseId.CONNECTIVITY)

    def refresh(self) -> None:
        """Show what is known of the ways by now."""
        running, diagnosis = self.is_running, self._desk.flow.diagnosis
        known = diagnosis.of_cause(CauseId.CONNECTIVITY) if diagnosis else ()
        rows = tuple(self._desk.run.rows.values()) if running else known
        paths = stations.of_results(rows, self._desk.texts)
        paths = _with_those_before(paths, self._paths) if running else paths
        views = stations.through_transporter(rows)
        if (paths, views, running) == self._drawn:
            return
        self._drawn = (paths, views, running)
        self._paths = paths
        self._draw(paths, is_running=running)
        self._draw_views(views)
        self.hand_over.be_ready(bool(known) and not running)

    def _draw(self, paths: Sequence[Path], *, is_running: bool) -> None:
        clear(self._rows)
        # While it is walked each way fills by itself; those that break alike are one afterwards.
        shown = paths if is_running else stations.together(paths, self._desk.texts)
        for place, path in enumerate(shown):
            if place:
                self._rows.addWidget(rule())
            desk = self._desk
            self._rows.addWidget(Stations(desk.theme, desk.texts, path, is_running=is_running))
        known = self._desk.flow.diagnosis is not None
        missing = "walking" if is_running else "left_out" if known else "nothing"
        self._nothing.say("" if paths else self._say(missing))

    def _draw_views(self, views: Sequence[CheckResult]) -> None:
        """What the Transporter meets: a word each, and the sentence below it."""
        clear(self._eyes)
        self._transporter.setVisible(bool(views))
        for row in views:
            outcome = row.finding.outcome
            title = self._desk.texts(f"check.{row.check}.title")
            word = outcome_of(row.finding, self._desk.texts)
            told = self._say("head", name=title, told=word)
            sign = Sign(self._desk.theme, glyph_of(outcome), told, TONE_OF_OUTCOME[outcome])
            self._eyes.addWidget(sign)
            self._eyes.addWidget(Label(self._desk.texts.summary(row.finding)))

    def _made(self) -> str:
        """The text of this moment's diagnosis."""
        session, diagnosis = self._desk.session, self._desk.flow.diagnosis
        if diagnosis is None:
            return ""
        return network_text.make(diagnosis, session.product, session.texts)

    def _say(self, text: str, **values: str) -> str:
        return self._desk.texts(f"path.{text}", values)


def _with_those_before(paths: tuple[Path, ...], before: tuple[Path, ...]) -> tuple[Path, ...]:
    """While it is walked anew: the same endpoints, of which nothing is known yet."""
    known = {path.endpoint for path in paths}
    blank = tuple(Station(layer) for layer in Layer)
    waiting = [replace(path, stations=blank) for path in before if path.endpoint not in known]
    return (*paths, *waiting)
