# SPDX-License-Identifier: MIT
"""Errors that carry their own sentence for the person, as a text id with values."""

from __future__ import annotations

from wizard.model import Value


class WizardError(Exception):
    """Something the person should read. `text` is an id with `summary` and perhaps `advice`."""

    def __init__(self, text: str, **values: Value) -> None:
        super().__init__(text, values)
        self.text = text
        self.values = values

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value}" for key, value in self.values.items())
        return f"{self.text} ({told})" if told else self.text


class CannotCheck(WizardError):
    """A check has no answer; becomes the outcome could-not-check with this sentence as reason."""


class BadInput(WizardError):
    """The command line, a file or a field doesn't hold what it should; exit status 3."""


class Refused(WizardError):
    """A change would do harm, so it isn't made; exit status 2."""


class WindowUnavailable(WizardError):
    """No window can be shown here, and why; the same walk goes on in text."""
