# SPDX-License-Identifier: MIT
"""Scope: where the product is, which services fail, and, if given, how the backup signs in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from wizard import flow
from wizard.gui.pages.base import Page
from wizard.gui.pages.log_list import LogList
from wizard.gui.pages.network import Network
from wizard.gui.pages.place import Place
from wizard.gui.pages.registration import Registration
from wizard.gui.widgets.boxes import Callout, Card, Columns
from wizard.gui.widgets.field import Field, sentence_of
from wizard.gui.widgets.labels import Label
from wizard.model import Workload
from wizard.nakivo import failed_at


class ScopePage(Page):
    """What the person tells us; nothing of it must be told."""

    id = flow.SCOPE

    def build(self) -> None:
        """The parts, and what makes Next wait."""
        self._running = Callout(self.theme)
        self._running.say("running", "quiet", self.say("running"))
        self.column.addWidget(self._running)
        self._parts = Columns(self.theme, aside=48)
        self.place = Place(self.desk)
        self.registration = Registration(self.desk)
        self.network = Network(self.desk)
        self.logs = LogList(self.desk)
        self._parts.main.addWidget(self.place)
        self._parts.main.addWidget(self._services())
        self._parts.main.addWidget(self._failure())
        self._parts.main.addWidget(self.network)
        self._parts.main.addStretch()
        self._parts.side.addWidget(self.registration)
        self._parts.side.addWidget(self.logs)
        self._parts.side.addStretch()
        self.column.addWidget(self._parts)
        self._connect()

    @property
    def can_advance(self) -> bool:
        """Whether nothing given is wrong and at least one service is chosen."""
        fields = (*self.registration.fields, *self.network.fields, self.failed_at)
        wrong = any(field.is_wrong for field in fields) or self.place.is_wrong
        return bool(self._chosen()) and not wrong

    @property
    def next_text(self) -> str:
        """Next begins the scan, so it says so."""
        return "" if self.desk.run.is_running else self.say("next")

    def enter(self) -> None:
        """Show what is known by now."""
        self.place.refresh()
        self.logs.refresh()
        self._lock()

    def first_focus(self) -> QWidget:
        """The folder."""
        return self.place.folder

    def advance(self) -> None:
        """Keep what was given and begin the scan."""
        if self.desk.run.is_running:
            return
        session = self.desk.session
        session.credentials = self.registration.credentials
        session.scope = replace(
            session.scope,
            install_dir=self.place.folder_value,
            workloads=self._chosen(),
            tenant_id=self.registration.tenant.value or None,
            client_id=self.registration.client.value or None,
            certificate=self.registration.certificate.value or None,
            proxy=self.network.proxy.value or None,
            ca_file=self.network.ca_file.value or None,
            cloud=self.network.cloud_value,
            failed_at=self.failed_at.value or None,
            offline=self.network.offline.isChecked(),
        )
        self.desk.run.scan()

    def _services(self) -> Card:
        card = Card(self.theme, self.say("services"))
        card.column.addWidget(Label(self.say("services_hint"), "small"))
        grid = QGridLayout()
        self.boxes = {}
        for place, workload in enumerate(Workload):
            box = QCheckBox(self.texts(f"workload.{workload}"))
            box.setChecked(workload in self.desk.session.scope.workloads)
            box.toggled.connect(self._weigh)
            self.boxes[workload] = box
            grid.addWidget(box, place // 3, place % 3)
        self._none_chosen = Label(role="error")
        self._none_chosen.hide()
        card.column.addLayout(grid)
        card.column.addWidget(self._none_chosen)
        return card

    def _failure(self) -> Card:
        card = Card(self.theme, self.say("failure"))
        check = sentence_of(self.texts, failed_at.parse)
        label, name = self.say("failed_at"), self.say("failed_at_name")
        self.failed_at = Field(self.theme, label, name, check=check)
        self.failed_at.hint(self.say("failed_at_hint"))
        self.failed_at.edit.setText(self.desk.session.scope.failed_at or "")
        card.column.addWidget(self.failed_at)
        card.column.addWidget(Label(self.say("failed_at_why"), "small"))
        return card

    def _chosen(self) -> tuple[Workload, ...]:
        return tuple(workload for workload, box in self.boxes.items() if box.isChecked())

    def _connect(self) -> None:
        for field in (*self.registration.fields, *self.network.fields, self.failed_at):
            field.changed.connect(self.changed)
        self.desk.lookup.changed.connect(self.changed)
        self.desk.run.changed.connect(self._lock)

    def _weigh(self) -> None:
        self._none_chosen.say("" if self._chosen() else self.say("no_service"))
        self.changed.emit()

    def _lock(self) -> None:
        """What a scan was begun with is not to be changed under it."""
        running = self.desk.run.is_running
        self._running.setVisible(running)
        self._parts.setEnabled(not running)
