# SPDX-License-Identifier: MIT
"""Which arguments the java launcher reads from an @argument file with the string in it.

SOURCE: the rules of "java Command-Line Argument Files" and of libjli args.c: both quotation marks
group, a backslash escapes inside them only, # begins a comment wherever it isn't quoted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from wizard.fixes.notice import Notice
from wizard.fixes.words import COMMENT, Words

_LINE_END = "\r\n"
_BLANK = " \t\f"
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}


class _State(Enum):
    BETWEEN = auto()
    WORD = auto()
    QUOTED = auto()
    ESCAPE = auto()
    CONTINUED = auto()  # a backslash ended a quoted line: blanks of the next one are skipped
    COMMENT = auto()


@dataclass
class _Reader:
    words: list[str] = field(default_factory=list)
    word: str = ""
    quote: str = ""
    state: _State = _State.BETWEEN
    problem: Notice | None = None

    def take(self, char: str) -> None:
        if self.state is _State.ESCAPE:
            self._escaped(char)
        elif self.state is _State.COMMENT:
            self.state = _State.BETWEEN if char in _LINE_END else self.state
        elif self.state is _State.QUOTED:
            self._quoted(char)
        elif char not in _BLANK + _LINE_END:
            self._visible(char)
        elif self.state is _State.WORD:
            self._end_word()

    def _visible(self, char: str) -> None:
        if self.state is _State.CONTINUED:
            self.state = _State.QUOTED
            self._quoted(char)
            return
        self.state = _State.WORD
        if char == "#":
            # What was read of this word is lost with the rest of the line.
            self.problem, self.word, self.state = COMMENT, "", _State.COMMENT
        elif char in "\"'":
            self.quote, self.state = char, _State.QUOTED
        else:
            self.word += char

    def _quoted(self, char: str) -> None:
        if char in _LINE_END:
            self.problem = Notice("arguments.reading.open_quote")
            self._end_word()
        elif char == self.quote:
            self.state = _State.WORD
        elif char == "\\":
            self.state = _State.ESCAPE
        else:
            self.word += char

    def _escaped(self, char: str) -> None:
        if char in _LINE_END:
            self.problem = Notice("arguments.reading.open_quote")
            self.state = _State.CONTINUED
        else:
            self.word += _ESCAPES.get(char, char)
            self.state = _State.QUOTED

    def _end_word(self) -> None:
        self.words.append(self.word)
        self.word, self.state = "", _State.BETWEEN


def split_argument_file(text: str) -> Words:
    """The words of a file that holds the string as its one line."""
    reader = _Reader()
    for char in text + "\n":
        reader.take(char)
    return Words(tuple(reader.words), reader.problem)
