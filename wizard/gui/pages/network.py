# SPDX-License-Identifier: MIT
"""The part of the scope page about the network: leave it out, or how to get through it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from wizard.graph import clouds, proxies
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Card
from wizard.gui.widgets.buttons import Button, Fold
from wizard.gui.widgets.field import Field, existing_file, sentence_of
from wizard.gui.widgets.labels import Label


class Network(Card):
    """Offline or not; cloud, proxy and authorities stand folded away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("page.scope.network"))
        self._desk = desk
        scope = desk.session.scope
        self.offline = QCheckBox(self._say("offline"))
        self.offline.setChecked(scope.offline)
        self.cloud = QComboBox()
        check = sentence_of(desk.texts, proxies.check_proxy_option)
        self.proxy = Field(desk.theme, self._say("proxy"), self._say("proxy_name"), check=check)
        self.proxy.hint(self._say("proxy_hint"))
        self.proxy.edit.setText(scope.proxy or "")
        self.ca_file = self._authorities(scope.ca_file or "")
        more = self._more()
        self.column.addWidget(self.offline)
        self.column.addWidget(Label(self._say("offline_hint"), "small"))
        self.column.addWidget(Fold(desk.theme, self._say("more"), more))
        self.column.addWidget(more)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The lines to fill in."""
        return (self.proxy, self.ca_file)

    @property
    def cloud_value(self) -> str | None:
        """The cloud chosen by hand; None where the tenant itself tells it."""
        return str(self.cloud.currentData()) or None

    def _more(self) -> QWidget:
        more = QWidget()
        column = QVBoxLayout(more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._desk.theme.tokens.space.small)
        label = Label(self._say("cloud"), wrap=False)
        label.setBuddy(self.cloud)
        self.cloud.setAccessibleName(self._say("cloud_name"))
        self.cloud.addItem(self._say("cloud_found"), "")
        for known in clouds.known():
            self.cloud.addItem(known.name, known.id)
        if self._desk.session.scope.cloud:
            self._choose(self._desk.session.scope.cloud)
        hint = Label(self._say("cloud_hint"), "small")
        for part in (label, self.cloud, hint, self.proxy, self.ca_file):
            column.addWidget(part)
        return more

    def _choose(self, cloud: str) -> None:
        """Show the cloud in use; one from a file stands in the list as well."""
        known = clouds.choose(cloud)
        if self.cloud.findData(known.id) < 0:
            self.cloud.addItem(known.name, cloud)
            self.cloud.setCurrentIndex(self.cloud.count() - 1)
        else:
            self.cloud.setCurrentIndex(self.cloud.findData(known.id))

    def _authorities(self, given: str) -> Field:
        desk = self._desk
        check = existing_file(desk.texts)
        field = Field(desk.theme, self._say("ca_file"), self._say("ca_file_name"), check=check)
        browse = Button(desk.theme, desk.texts("window.browse"))
        browse.setAccessibleName(self._say("choose_ca"))
        browse.clicked.connect(self._browse)
        field.add_button(browse)
        field.edit.setText(given)
        return field

    def _browse(self) -> None:
        chosen = self._desk.dialogs.open_file(self._say("choose_ca"), self.ca_file.value)
        if chosen:
            self.ca_file.edit.setText(chosen)

    def _say(self, text: str) -> str:
        return self._desk.texts(f"page.scope.{text}")
