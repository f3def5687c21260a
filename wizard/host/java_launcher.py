# SPDX-License-Identifier: MIT
"""Which words does the Java launcher take for the JVM's own, and where else does it read options?

The rules are in resources/java_launcher.toml. Pure but for reading them once.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wizard import codec, resources
from wizard.model import Source

BLANKS = " \t\n\r\f\v"

_NAMES = {"java", "javaw"}
_PIECE = re.compile(rf"""[{BLANKS}]+|"([^"]*)"|'([^']*)'|([^{BLANKS}"']+)""")


class OptionsPlace(StrEnum):
    """When a variable's options are read: before or behind those of the command line."""

    BEFORE = "before"
    LAUNCHER = "launcher"  # before, by launchers since Java 9 only; they expand @FILE there
    BEHIND = "behind"


@dataclass(frozen=True)
class Names:
    """A closed list of words; `source` is a key of LauncherRules.sources."""

    names: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class OptionsVariable:
    """An environment variable with options for the JVM."""

    name: str
    place: OptionsPlace
    source: str


@dataclass(frozen=True)
class LauncherRules:
    """The whole file, in its order."""

    sources: dict[str, Source]
    options_with_value: Names
    module_options: Names
    ending_options: Names
    file_options: Names
    variables: tuple[OptionsVariable, ...]


@functools.cache
def load() -> LauncherRules:
    """Read and check the shipped rules once."""
    return codec.from_plain(resources.read_toml("java_launcher.toml"), LauncherRules)


def is_java(name: str) -> bool:
    """Whether a program of this name is the launcher."""
    return name.lower().removesuffix(".exe") in _NAMES


class Kind(StrEnum):
    """What the launcher takes a word for."""

    OPTION = "option"
    VALUE = "value"  # of the option before it
    FILE = "file"  # with more words in it
    ENDING = "ending"  # names the program in the next word, or makes the JVM print and end
    PROGRAM = "program"  # the program, or where options are expected a stray word


def kinds(words: Iterable[str]) -> Iterator[tuple[str, Kind]]:
    """Each word up to the program's name, without the launcher's own name at the front."""
    known = load()
    takes_value = False
    for word in words:
        kind = _kind(word, known, takes_value=takes_value)
        takes_value = kind is Kind.OPTION and word in known.options_with_value.names
        yield word, kind
        if kind is Kind.PROGRAM or _names_module(word, kind, known):
            return


def _kind(word: str, known: LauncherRules, *, takes_value: bool) -> Kind:
    # A file's name is expanded first, also where a value is expected.
    if takes_value and not word.startswith("@"):
        return Kind.VALUE
    if reads_a_file(word):
        return Kind.FILE
    if word in known.ending_options.names or _names_module(word, Kind.ENDING, known):
        return Kind.ENDING
    return Kind.OPTION if word[:1] == "-" else Kind.PROGRAM


def reads_a_file(word: str) -> bool:
    """Whether a word stands for the words in a file; a lone @ does not."""
    return (word[:1] == "@" and len(word) > 1) or word.startswith(load().file_options.names)


def _names_module(word: str, kind: Kind, known: LauncherRules) -> bool:
    is_module = word in known.module_options.names or word.startswith("--module=")
    return kind is Kind.ENDING and is_module


def options(command: Sequence[str]) -> tuple[tuple[str, Kind], ...]:
    """The JVM's own words of a whole command line: options, and files with more of them.

    Between -jar and the program's file options still count.
    """
    wanted = (Kind.OPTION, Kind.FILE)
    return tuple((word, kind) for word, kind in kinds(command[1:]) if kind in wanted)


def split_variable(text: str) -> tuple[str, ...] | None:
    """The words of an options variable; None when a quotation mark has no partner.

    Both marks group and vanish; a backslash is an ordinary character.
    """
    words: list[str] = []
    is_open, position = False, 0
    while position < len(text):
        found = _PIECE.match(text, position)
        if found is None:
            return None
        position = found.end()
        if found.lastindex is None:
            is_open = False
            continue
        piece = found[found.lastindex]
        words[-1:] = [words[-1] + piece] if is_open else [*words[-1:], piece]
        is_open = True
    return tuple(words)
