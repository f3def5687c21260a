# SPDX-License-Identifier: MIT
"""One thing to tell about a plan: a warning, a note, a reason to refuse, a carrier's problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.errors import Refused
from wizard.model import Value
from wizard.texts import Texts


@dataclass(frozen=True)
class Notice:
    """A text id with a `summary` and perhaps `advice`, and its values."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The last part of the text id: stable, for programs."""
        return self.text.rpartition(".")[2]

    def sentence(self, texts: Texts) -> str:
        """What it says."""
        return texts(f"{self.text}.summary", self._told(texts))

    def _told(self, texts: Texts) -> Mapping[str, Value]:
        """The values, with a carrier by its name instead of its id."""
        if "carrier" not in self.values:
            return self.values
        return {**self.values, "carrier": texts(f"arguments.carrier.{self.values['carrier']}")}

    def as_refusal(self) -> Refused:
        """The same as an error."""
        return Refused(self.text, **self.values)
