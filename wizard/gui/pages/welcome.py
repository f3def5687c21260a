# SPDX-License-Identifier: MIT
"""Welcome: what will be looked at, what won't happen, and whether the product is here."""

from __future__ import annotations

from wizard import flow
from wizard.gui import actions
from wizard.gui.first_paint import FirstPaint
from wizard.gui.pages.base import Page
from wizard.gui.widgets.boxes import ButtonLine, Callout, Card, Columns
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.points import Points


class WelcomePage(Page):
    """The first page."""

    id = flow.WELCOME

    def build(self) -> None:
        """Two promises, and this server."""
        columns = Columns(self.theme, aside=50)
        for column, name, glyph in (
            (columns.main, "looks", "search"),
            (columns.side, "promise", "ok"),
        ):
            card = Card(self.theme, self.say(name))
            lines = self.texts.lines(f"page.welcome.{name}_points")
            card.column.addWidget(Points(self.theme, lines, glyph, "accent"))
            card.column.addStretch()
            column.addWidget(card)
        self.column.addWidget(columns)
        self._server = Callout(self.theme)
        self._server.setAccessibleName(self.say("server"))
        self.open_sample = Button(self.theme, self.say("open_sample"), "sample")
        self.open_sample.clicked.connect(self._go_to_sample)
        self._server.column.addSpacing(self.theme.tokens.space.tight)
        self.choose_folder = Button(self.theme, self.texts("action.scope"), "folder")
        self.choose_folder.clicked.connect(lambda: actions.choose_folder(self.desk))
        buttons = ButtonLine(self.theme, (self.choose_folder, self.open_sample))
        self._server.column.addWidget(buttons)
        self.column.addWidget(self._server)
        self.desk.lookup.changed.connect(self._show_server)

    @property
    def next_text(self) -> str:
        """Next begins."""
        return self.say("next")

    def enter(self) -> None:
        """Look for the product, once, and not before the page can be read."""
        FirstPaint(self._body, self._look)
        self._show_server()

    def _look(self) -> None:
        if not self.desk.lookup.is_known and not self.desk.lookup.is_looking:
            self.desk.lookup.look(self.desk.session.scope.install_dir)

    def _show_server(self) -> None:
        lookup = self.desk.lookup
        missing = lookup.error is not None
        self.open_sample.setEnabled(True)
        self.choose_folder.setVisible(missing)
        real = self.desk.session.host.facts().sample is None
        self.open_sample.setVisible(missing and real and self.desk.open_sample is not None)
        if lookup.found is not None:
            headline = self.say("found", folder=lookup.found.folder)
            self._server.say("ok", "ok", headline, lookup.how_found(self.texts))
        elif lookup.error is not None:
            closed = lookup.is_closed
            headline = self.texts.summary(lookup.error)
            if closed:
                headline = f"{self.say('closed')} {headline}"
            offer = self.say("none_sample") if self.open_sample.isVisibleTo(self) else ""
            detail = f"{self.say('none_detail')} {offer}".strip()
            glyph, tone = ("could-not-check", "unknown") if closed else ("warning", "warning")
            self._server.say(glyph, tone, headline, detail)
        else:
            self._server.say("running", "quiet", self.say("looking"))

    def _go_to_sample(self) -> None:
        if self.desk.open_sample is not None:
            self.open_sample.setEnabled(False)
            self._server.say("running", "quiet", self.say("opening_sample"))
            self.desk.open_sample(self._show_server)
