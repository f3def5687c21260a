# SPDX-License-Identifier: MIT
"""What a command may use of the terminal, and the exit statuses."""

from __future__ import annotations

import argparse
import codecs
import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TextIO, TypeAlias

from wizard.errors import BadInput, WizardError
from wizard.findings.wording import fit
from wizard.model import Status
from wizard.texts import Texts

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class ExitStatus(IntEnum):
    """The monitoring plug-in convention."""

    OK = 0
    WARNING = 1
    PROBLEM = 2
    UNKNOWN = 3  # something relevant could not be checked, or the command line was wrong
    INTERRUPTED = 130


STATUS_OF = {
    Status.OK: ExitStatus.OK,
    Status.WARNING: ExitStatus.WARNING,
    Status.PROBLEM: ExitStatus.PROBLEM,
    Status.UNKNOWN: ExitStatus.UNKNOWN,
}


@dataclass(frozen=True)
class Terminal:
    """Results go to `out`; everything else goes to `err`, so that JSON stays alone."""

    out: TextIO
    err: TextIO
    texts: Texts

    def say(self, text: str = "") -> None:
        """A line of the result."""
        print(fit(text, self.out.encoding), file=self.out, flush=True)

    def note(self, text: str) -> None:
        """A line beside the result: progress, a hint, an error."""
        print(fit(text, self.err.encoding), file=self.err, flush=True)

    def say_error(self, error: WizardError) -> None:
        """What went wrong and what to do about it, where it is not the end."""
        for line in (self.texts.summary(error), *self.texts.advice(error)):
            self.say(line)

    def json(self, thing: Any) -> None:
        """The result as JSON."""
        self.say(json.dumps(thing, indent=2, ensure_ascii=not self._is_utf8()))

    def xml(self, text: str) -> None:
        """The result as XML that calls itself UTF-8."""
        self.say(text if self._is_utf8() else text.encode("ascii", "xmlcharrefreplace").decode())

    def _is_utf8(self) -> bool:
        """Whether the output is in the encoding that readers of JSON and XML take it for.

        A pipe or file on Windows has the ANSI code page; there only ASCII is read alike by all.
        """
        encoding: str | None = self.out.encoding  # None for text kept in memory
        return encoding is None or codecs.lookup(encoding).name == "utf-8"


def format_of(options: argparse.Namespace, command: str) -> str:
    """Which of text and json, for the commands that don't know the third.

    Raises:
        BadInput: junit was asked for.
    """
    chosen = str(getattr(options, "format", "text"))
    if chosen == "junit":
        raise BadInput("error.no_junit", command=command)
    return chosen
