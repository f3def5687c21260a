# SPDX-License-Identifier: MIT
"""The README's help is the program's help."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from wizard.cli import parser

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- help -->\n", "<!-- /help -->"


def help_text() -> str:
    """The main help and one line per command, as the README shows them."""
    return f"```\n{parser.build().format_help()}```\n"


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="argparse lays help out anew in 3.13")
def test_readme_when_help_changes_then_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "96")
    text = README.read_text(encoding="utf-8")
    shown = text[text.index(BEGIN) + len(BEGIN) : text.index(END)]
    assert shown == help_text(), "put the program's help between the README's two help marks"


def test_help_when_shown_then_every_option_says_what_it_is_for() -> None:
    for action in parser.build()._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction)
