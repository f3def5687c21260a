# SPDX-License-Identifier: MIT
"""Which arguments the JVM would get from a string, by each way in which it may be handed over.

Pure. How the product hands its argument string to the JVM isn't documented, so all five are read.
SOURCE: OpenJDK's launcher (libjli args.c, cmdtoargs.c), Microsoft's CommandLineToArgvW and the
POSIX shell's quoting rules; tests compare with a real JVM.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from wizard.fixes.java_argument_file import split_argument_file
from wizard.fixes.notice import Notice
from wizard.fixes.posix_words import split_posix
from wizard.fixes.words import UNMATCHED, Words
from wizard.host.java_launcher import BLANKS, split_variable


class Carrier(StrEnum):
    """A way from the setting to the JVM."""

    WINDOWS_COMMAND_LINE = "windows-command-line"
    JAVA_OPTIONS_VARIABLE = "java-options-variable"
    ARGUMENT_FILE = "argument-file"
    BLANK_SPLIT = "blank-split"
    POSIX_SHELL = "posix-shell"


@functools.lru_cache(maxsize=64)
def split(carrier: Carrier, text: str) -> Words:
    """The arguments that the carrier makes of a string."""
    return _SPLIT[carrier](text)


def _blank_split(text: str) -> Words:
    return Words(tuple(re.findall(f"[^{BLANKS}]+", text)))


def _java_options_variable(text: str) -> Words:
    words = split_variable(text)
    return Words(None, UNMATCHED) if words is None else Words(words)


@dataclass
class _WindowsReader:
    """One pass over a Windows command line: only `"` groups, backslashes count before it."""

    words: list[str]
    word: str | None = None
    slashes: int = 0
    is_quoted: bool = False
    previous: str = ""
    has_doubled: bool = False

    def take(self, char: str) -> None:
        if char == "\\":
            self.word = self.word or ""
            self.slashes += 1
        elif char == '"':
            self._quote()
        else:
            self._ordinary(char)
        self.previous = char

    def _quote(self) -> None:
        # 2n backslashes stand for n and the mark groups; 2n+1 stand for n and a plain mark.
        self.word = (self.word or "") + "\\" * (self.slashes // 2)
        if self.slashes % 2:
            self.word += '"'
        else:
            if self.previous == '"':
                self.has_doubled = True
                self.word += "" if self.is_quoted else '"'
            self.is_quoted = not self.is_quoted
        self.slashes = 0

    def _ordinary(self, char: str) -> None:
        self.flush()
        if char in " \t" and not self.is_quoted:
            self.end_word()
        else:
            self.word = (self.word or "") + char

    def flush(self) -> None:
        if self.slashes:
            self.word = (self.word or "") + "\\" * self.slashes
            self.slashes = 0

    def end_word(self) -> None:
        if self.word is not None:
            self.words.append(self.word)
        self.word = None


def _windows_command_line(text: str) -> Words:
    reader = _WindowsReader([])
    for char in text:
        reader.take(char)
    reader.flush()
    reader.end_word()
    if reader.is_quoted:
        return Words(None, Notice("arguments.reading.swallows_the_rest"))
    # Windows programs disagree about two marks in a row; the words are those of java.exe.
    doubled = Notice("arguments.reading.doubled_quote") if reader.has_doubled else None
    return Words(tuple(reader.words), doubled)


_SPLIT: dict[Carrier, Callable[[str], Words]] = {
    Carrier.WINDOWS_COMMAND_LINE: _windows_command_line,
    Carrier.JAVA_OPTIONS_VARIABLE: _java_options_variable,
    Carrier.ARGUMENT_FILE: split_argument_file,
    Carrier.BLANK_SPLIT: _blank_split,
    Carrier.POSIX_SHELL: split_posix,
}
