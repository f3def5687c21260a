# SPDX-License-Identifier: MIT
"""The part of a page that says who must do what in the tenant, and hands the text for it over."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.findings import admin_findings, admin_request_text, admin_rows, admin_text
from wizard.findings.admin_findings import Request
from wizard.graph.portal_links import Link, PortalPage
from wizard.gui.desk import Desk
from wizard.gui.pages.hand_over import HandOver
from wizard.gui.widgets.boxes import Card, clear, rule
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.labels import Label
from wizard.gui.widgets.table import Cell, Table
from wizard.model import Diagnosis


class AdminCard(Card):
    """The requests of the moment's diagnosis; the text has them at length."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("admin_card.title"))
        self._desk = desk
        self._drawn: tuple[tuple[Request, ...], bool] | None = None
        self._about = Label(role="muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(desk.theme.tokens.space.small)
        self.hand_over = HandOver(desk, "admin_card", self._made)
        self.column.addWidget(self._about)
        self.column.addLayout(self._rows)
        self.column.addWidget(self.hand_over)

    @property
    def asks(self) -> bool:
        """Whether the tenant's administrator is asked for anything."""
        return bool(self._drawn and self._drawn[0])

    def refresh(self) -> None:
        """Show what is asked for by now; while a check runs, what was asked before."""
        desk, diagnosis = self._desk, self._desk.flow.diagnosis
        asked: tuple[Request, ...] = ()
        if diagnosis:
            asked = admin_findings.requests(diagnosis, desk.texts, desk.session.scope.cloud)
        is_ready = diagnosis is not None and not desk.run.is_running
        if (asked, is_ready) == self._drawn:
            return
        self._drawn = (asked, is_ready)
        self._about.say(" ".join(self._told(diagnosis, is_asked=bool(asked))))
        clear(self._rows)
        for part in self._parts(asked):
            self._rows.addWidget(part)
        self.hand_over.be_ready(is_ready)

    def _told(self, diagnosis: Diagnosis | None, *, is_asked: bool) -> Iterator[str]:
        """What the card is about, and which of the causes nobody looked at."""
        texts = self._desk.texts
        yield texts(f"admin_card.{'about' if is_asked else 'nothing'}")
        for cause in admin_rows.left_out(diagnosis) if diagnosis else ():
            yield texts("admin_card.left_out", cause=texts(f"cause.{cause}.title"))

    def _parts(self, asked: tuple[Request, ...]) -> Iterator[QWidget]:
        for place, request in enumerate(asked):
            if place:
                yield rule()
            yield _RequestRows(self._desk, request)

    def _made(self) -> str:
        """The text of this moment's diagnosis."""
        session, diagnosis = self._desk.session, self._desk.flow.diagnosis
        if diagnosis is None:
            return ""
        return admin_text.make(diagnosis, session.product, session.texts, session.scope.cloud)


class _RequestRows(QWidget):
    """One request: what, who, where, and the ids to look it up."""

    def __init__(self, desk: Desk, request: Request) -> None:
        super().__init__()
        self._desk = desk
        texts = desk.texts
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(desk.theme.tokens.space.tight)
        self._add(Label(admin_request_text.title(request, texts), "strong"))
        for text, wanted in (
            ("permissions", (*request.wanted.certain, *request.wanted.rejected)),
            ("in_exchange", request.wanted.in_exchange),
        ):
            names = ", ".join(one.permission for one in wanted)
            if names:
                self._add(Label(texts(f"admin_card.{text}", names=names)))
        self._add(Label(texts("admin_text.who", who=admin_request_text.who(request, texts))))
        for page, link in request.places:
            self._add_place(page, link)
        if request.look_up:
            self._add(self._ids(request))

    def _add_place(self, page: PortalPage, link: Link | None) -> None:
        """A link that Microsoft doesn't confirm says so beside the way by hand."""
        texts = self._desk.texts
        name = admin_request_text.page_name(page, texts)
        clicks = texts(f"portal.{page}.clicks")
        if link is None:
            self._add(Label(texts("admin_card.by_hand", name=name, clicks=clicks), "small"))
            return
        button = Button(self._desk.theme, name.replace("&", "&&"), "external", "link")
        button.setAccessibleName(name)
        button.setToolTip(link.url)
        button.clicked.connect(lambda: self._open(link))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        told = texts(f"admin_card.link_{link.confidence}", clicks=clicks)
        self._add(Label(told, "small"))

    def _open(self, link: Link) -> None:
        """A sample's tenant is nowhere, so its link is only shown."""
        if self._desk.session.host.facts().sample is None:
            self._desk.open_page(link.url)
        else:
            self._desk.dialogs.tell(self._desk.texts("admin_card.sample"), link.url)

    def _ids(self, request: Request) -> Table:
        table = Table(self._desk.theme, self._desk.texts("admin_text.look_up"), ("", ""), main=1)
        table.horizontalHeader().hide()
        table.show_rows(
            [
                (Cell(self._desk.texts(f"label.{one.label}")), Cell(admin_request_text.value(one)))
                for one in request.look_up
            ]
        )
        return table

    def _add(self, part: QWidget) -> None:
        self._column.addWidget(part)
