# SPDX-License-Identifier: MIT
"""A command that was run, and how to run one on a recorded computer."""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from wizard.cli import parser
from wizard.cli.terminal import Terminal
from wizard.host.recorded import RecordedHost
from wizard.texts import Texts

KEY = "system.transporter.modern.arguments"


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Wizard = Callable[..., Ran]  # wizard arguments with these words


def on(computer: RecordedHost, texts: Texts, *words: str) -> Ran:
    """Run a command that looks at a computer, on this one."""
    options: argparse.Namespace = parser.build().parse_args(["arguments", *words])
    options.open_host = lambda: nullcontext(computer)
    out, err = io.StringIO(), io.StringIO()
    status = int(options.command(options, Terminal(out, err, texts)))
    return Ran(status, out.getvalue(), err.getvalue())
