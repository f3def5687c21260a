# SPDX-License-Identifier: MIT
"""Every sentence shown, by id, from resources/texts/LANGUAGE/*.toml.

A value is put in with str.format; `{count:|file|files}` picks the singular or the plural.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizard import resources
from wizard.errors import BadInput, WizardError
from wizard.model import Finding, Value, Verdict

Tree = dict[str, Any]


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?")


def readable(value: str) -> str:
    """A moment of a diagnosis or a log as people write it; any other text as it is."""
    moment = _MOMENT.fullmatch(value)
    if not moment:
        return value
    zone = {None: "", "Z": " UTC"}.get(moment[3], f" {moment[3]}")
    return f"{moment[1]} {moment[2]}{zone}"


def local_time(moment: datetime) -> str:
    """A moment in the computer's own time zone, which stands behind it as in evidence."""
    local = moment.astimezone()
    return readable(local.isoformat(timespec="seconds").replace("+00:00", "Z"))


def milliseconds(value: float) -> str:
    """A duration in whole milliseconds; what is shorter is measured no better than that."""
    return "< 1 ms" if value < 1 else f"{value:.0f} ms"


class _Formatter(string.Formatter):
    """str.format, but a spec with | chooses by number, `ms` adds the unit of a duration.

    Moments are readable, 640.0 is 640.
    """

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "ms":
            return milliseconds(value)
        if format_spec.startswith("|"):
            one, many = format_spec[1:].split("|")
            return one if value == 1 else many
        shown = readable(value) if isinstance(value, str) else value
        if isinstance(shown, float) and shown.is_integer() and not format_spec:
            shown = int(shown)
        return str(super().format_field(shown, format_spec))


def languages() -> list[str]:
    """The languages there are texts for."""
    return sorted(folder.name for folder in resources.path("texts").iterdir() if folder.is_dir())


def _merge(into: Tree, new: Tree, where: str) -> None:
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(into.setdefault(key, {}), dict):
            _merge(into[key], value, f"{where}{key}.")
        elif key in into:
            raise ValueError(f"text {where}{key} stands twice")
        else:
            into[key] = value


@dataclass(frozen=True)
class Texts:
    """One language's sentences."""

    language: str
    tree: Tree

    @classmethod
    def load(cls, language: str = "en") -> Texts:
        """Read all files of a language; BadInput when there is none."""
        if language not in languages():
            raise BadInput("error.language", language=language, known=", ".join(languages()))
        tree: Tree = {}
        for file in sorted(resources.path("texts", language).glob("*.toml")):
            _merge(tree, tomllib.loads(file.read_text(encoding="utf-8")), "")
        return cls(language, tree)

    def raw(self, text: str) -> Any:
        """The string or list behind an id; KeyError names the id."""
        node: Any = self.tree
        for part in text.split("."):
            if not isinstance(node, dict) or part not in node:
                raise KeyError(text)
            node = node[part]
        return node

    def has(self, text: str) -> bool:
        """Whether there is such an id."""
        try:
            self.raw(text)
        except KeyError:
            return False
        return True

    def __call__(self, text: str, values: Mapping[str, Value] | None = None, **more: Value) -> str:
        """One sentence with its values put in."""
        return _Formatter().vformat(str(self.raw(text)), (), {**(values or {}), **more})

    def lines(self, text: str, values: Mapping[str, Value] | None = None) -> Sequence[str]:
        """Several sentences; empty when there is no such id."""
        if not self.has(text):
            return []
        return [_Formatter().vformat(line, (), dict(values or {})) for line in self.raw(text)]

    def summary(self, told: Finding | WizardError) -> str:
        """What a finding or an error says, in one sentence."""
        sentence = self(f"{told.text}.summary", told.values)
        around = _around(told)
        return self(f"{around}.summary", told.values, told=sentence) if around else sentence

    def because(self, verdict: Verdict) -> str:
        """Why a cause stands where it stands, in one sentence."""
        title = self(f"check.{verdict.check}.title") if verdict.check else ""
        return self(verdict.because, verdict.values, check=title)

    def advice(self, told: Finding | WizardError) -> Sequence[str]:
        """What to do about it, one step per sentence; what others do in the tenant stands last."""
        texts = (text for text in (told.text, _around(told)) if text)
        lines = [line for text in texts for line in self.lines(f"{text}.advice", told.values)]
        return [*lines, *self.for_tenant(told)]

    def for_tenant(self, told: Finding | WizardError) -> Sequence[str]:
        """What the tenant's administrator does about it, where a finding has steps of its own."""
        return self.lines(f"{told.text}.for_tenant", told.values)


def _around(told: Finding | WizardError) -> str:
    return told.around if isinstance(told, Finding) else ""
