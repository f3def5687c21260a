# SPDX-License-Identifier: MIT
"""The part of the scope page that asks for the app registration which the backup uses."""

from __future__ import annotations

from wizard.graph import app_ids
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Card
from wizard.gui.widgets.buttons import Button
from wizard.gui.widgets.field import Check, Field, existing_file, sentence_of
from wizard.gui.widgets.labels import Label
from wizard.model import Credentials, Scope, Secret


class Registration(Card):
    """Tenant, application, and a secret or a certificate. Secrets stay in memory."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.texts("page.scope.registration"))
        self._desk = desk
        self.column.addWidget(Label(self._say("registration_hint"), "small"))
        self.tenant = self._field("tenant", sentence_of(desk.texts, app_ids.check_tenant_id))
        self.client = self._field("client", sentence_of(desk.texts, app_ids.check_client_id))
        self.secret = self._field("secret")
        self.secret.hide_text()
        self.certificate = self._field("certificate", existing_file(desk.texts))
        self.certificate.hint(self._say("certificate_hint"))
        self.browse = Button(desk.theme, desk.texts("window.browse"))
        self.browse.setAccessibleName(self._say("choose_certificate"))
        self.browse.clicked.connect(self._browse)
        self.certificate.add_button(self.browse)
        self.password = self._field("password")
        self.password.hide_text()
        self._hint = Label(role="small")
        self.column.addWidget(self._hint)
        self._fill(desk.session.scope, desk.session.credentials)
        for field in self.fields:
            field.changed.connect(self._show_hints)
        self._show_hints()

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, from top to bottom."""
        return (self.tenant, self.client, self.secret, self.certificate, self.password)

    @property
    def credentials(self) -> Credentials:
        """The secrets; one that was given before and isn't typed anew is kept."""
        kept = self._desk.session.credentials
        secret, password = self.secret.edit.text(), self.password.edit.text()
        return Credentials(
            Secret(secret) if secret else kept.client_secret,
            Secret(password) if password else kept.certificate_password,
        )

    def _fill(self, scope: Scope, kept: Credentials) -> None:
        self.tenant.edit.setText(scope.tenant_id or "")
        self.client.edit.setText(scope.client_id or "")
        self.certificate.edit.setText(scope.certificate or "")
        if kept.client_secret:
            self.secret.hint(self._say("kept"))
        if kept.certificate_password:
            self.password.hint(self._say("kept"))

    def _field(self, name: str, check: Check | None = None) -> Field:
        label, spoken = self._say(name), self._say(f"{name}_name")
        field = Field(self._desk.theme, label, spoken, check=check)
        self.column.addWidget(field)
        return field

    def _show_hints(self) -> None:
        self.password.setVisible(bool(self.certificate.value))
        given = self.credentials
        parts = (self.tenant.value, self.client.value)
        proof = given.client_secret or self.certificate.value
        incomplete = (any(parts) or proof) and not (all(parts) and proof)
        self._hint.say(self._say("incomplete") if incomplete else "")

    def _browse(self) -> None:
        title = self._say("choose_certificate")
        chosen = self._desk.dialogs.open_file(title, self.certificate.value)
        if chosen:
            self.certificate.edit.setText(chosen)

    def _say(self, text: str) -> str:
        return self._desk.texts(f"page.scope.{text}")
