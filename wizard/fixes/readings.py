# SPDX-License-Identifier: MIT
"""Which value of the property each carrier would hand to the JVM, before and after a change."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.fixes import arguments
from wizard.fixes.carriers import Carrier, split
from wizard.fixes.notice import Notice
from wizard.fixes.words import Words
from wizard.host import java_launcher
from wizard.host.java_launcher import Kind
from wizard.nakivo.java_properties import is_property


@dataclass(frozen=True)
class Reading:
    """What one carrier hands over; None: no such property, or the JVM would not start."""

    carrier: Carrier
    current: str | None
    proposed: str | None
    problem: Notice | None = None


@dataclass(frozen=True)
class Handed:
    """What the JVM gets: every value of the property in order, the last one counting."""

    values: tuple[str, ...]
    problem: Notice | None = None

    @property
    def value(self) -> str | None:
        """The one that counts."""
        return self.values[-1] if self.values else None


def read_all(current: str, proposed: str, name: str) -> tuple[Reading, ...]:
    """Both strings as all five carriers read them."""
    return tuple(_read(carrier, current, proposed, name) for carrier in Carrier)


def _read(carrier: Carrier, current: str, proposed: str, name: str) -> Reading:
    before = hand_over(carrier, current, name)
    after = hand_over(carrier, proposed, name)
    problem = _told(after, proposed, name) or _told(before, current, name)
    return Reading(carrier, before.value, after.value, problem)


def _told(handed: Handed, text: str, name: str) -> Notice | None:
    written = arguments.properties(text, name)
    if handed.problem or not written or handed.value is None:
        return handed.problem
    meant = arguments.value_of(written[-1].plain)
    if handed.value == meant:
        return None
    return Notice("arguments.reading.altered", {"meant": meant, "value": visible(handed.value)})


def hand_over(carrier: Carrier, text: str, name: str) -> Handed:
    """What the java launcher does with a carrier's words."""
    words = split(carrier, text)
    stop = _stop(carrier, words)
    if words.arguments is None or stop:
        return Handed((), stop or words.problem)
    found = (word for word in words.arguments if is_property(word, name))
    return Handed(tuple(arguments.value_of(word) for word in found), words.problem)


def _stop(carrier: Carrier, words: Words) -> Notice | None:
    """Why the JVM would not start, or not with all of these words."""
    for word, kind in java_launcher.kinds(words.arguments or ()):
        if kind is Kind.ENDING:
            return Notice("arguments.reading.ends_the_options", {"word": visible(word)})
        if kind is Kind.FILE and not word.startswith("@"):
            return Notice("arguments.reading.reads_a_file", {"word": visible(word)})
        if kind is Kind.FILE and carrier is not Carrier.ARGUMENT_FILE:
            return Notice("arguments.reading.reads_a_file", {"word": visible(word)})
        if kind in (Kind.PROGRAM, Kind.FILE):
            return Notice("arguments.reading.stray_word", {"word": visible(word)})
    return None


def visible(text: str) -> str:
    """The text with control characters written out, so that a screen shows them."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
