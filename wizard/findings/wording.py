# SPDX-License-Identifier: MIT
"""How outcomes, statuses and values look in every report: glyph and word, never colour alone."""

from __future__ import annotations

from typing import Any

from wizard import foreign_words
from wizard.model import Source
from wizard.texts import Texts, milliseconds, readable

# By outcome and by status; the second is for terminals that can't show the first.
_GLYPHS = {
    "ok": ("\N{CHECK MARK}", "+"),
    "warning": ("!", "!"),
    "problem": ("\N{BALLOT X}", "x"),
    "not-applicable": ("\N{EN DASH}", "-"),
    "not-checked": ("\N{EN DASH}", "-"),
    "could-not-check": ("?", "?"),
    "unknown": ("?", "?"),
    "timed-out": ("\N{WATCH}", "~"),
}
_PLAIN = {shown: plain for shown, plain in _GLYPHS.values() if shown != plain} | {
    "“": '"',
    "”": '"',
    "…": "...",
    "→": "->",
    "·": "-",
}


_WORST_FIRST = ("problem", "warning", "could-not-check", "timed-out", "ok", "not-applicable")


def worst_first(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings in the order in which they matter; of a kind, as they were."""
    places = {outcome: place for place, outcome in enumerate(_WORST_FIRST)}
    return sorted(findings, key=lambda finding: places.get(finding["outcome"], 2))


def explanation(cause: str, texts: Texts) -> str:
    """What a cause is about, in plain words; a newer version's cause without words."""
    return texts(f"cause.{cause}.explanation") if texts.has(f"cause.{cause}.explanation") else ""


def glyph(state: str) -> str:
    """The sign of an outcome or a status; of one we don't know, a question mark."""
    return _GLYPHS.get(state, ("?", "?"))[0]


def outcome_word(outcome: str, texts: Texts) -> str:
    """The word for an outcome; a newer version's outcome as it is."""
    return texts(f"outcome.{outcome}") if texts.has(f"outcome.{outcome}") else outcome


def status_word(status: str, texts: Texts) -> str:
    """The word for a status."""
    return texts(f"status.{status}") if texts.has(f"status.{status}") else status


def check_title(check: str, texts: Texts) -> str:
    """What a check is called; a newer version's check by its id."""
    return texts(f"check.{check}.title") if texts.has(f"check.{check}.title") else check


def source_title(source: Source, texts: Texts) -> str:
    """The title of a page; of one without a date of its own that the date is of its reading."""
    if not source.date_is_of_reading:
        return source.title
    return texts("report.date_of_reading", title=source.title)


def value(row: dict[str, Any], texts: Texts) -> str:
    """A shown value with its unit."""
    raw, unit = row["value"], row["unit"]
    if raw is None or raw == "":
        return texts("report.none")
    if isinstance(raw, bool):
        return texts("report.yes" if raw else "report.no")
    if unit == "ms" and isinstance(raw, int | float):
        return milliseconds(raw)
    told = f"{raw:.6g}" if isinstance(raw, float) else readable(str(raw))
    return f"{told} {unit}".rstrip()


def fit(text: str, encoding: str | None) -> str:
    """The text in characters that a stream of this encoding can show; None shows everything.

    What would steer a terminal is taken out: a stored diagnosis may come from anybody.
    """
    text = foreign_words.cleaned(text)
    if encoding is None or _can_show(text, encoding):
        return text
    return "".join(c if _can_show(c, encoding) else _PLAIN.get(c, "?") for c in text)


def _can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
