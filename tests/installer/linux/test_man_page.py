# SPDX-License-Identifier: MIT
"""The manual page says what the program's help says, and man shows it without complaint."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer.linux import man_page, man_sections
from wizard.cli import parser
from wizard.cli.terminal import ExitStatus
from wizard.fixes import backup


def shown(page: Path) -> str:
    """As a person reads it, on one line."""
    environment = {**os.environ, "MANWIDTH": "200", "LC_ALL": "C.UTF-8", "MAN_KEEP_FORMATTING": ""}
    command = ["man", "--warnings", "--local-file", str(page)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert not told.stderr
    return " ".join(told.stdout.split())


@pytest.fixture
def page(tmp_path: Path) -> Path:
    target = tmp_path / "wizard.1"
    target.write_text(man_page.man_page("1.2.3", 1700000000), encoding="utf-8")
    return target


def commands(of: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()
            for command in action.choices.values():
                yield from commands(command)


@pytest.mark.skipif(not shutil.which("man"), reason="man (man-db) is missing")
def test_page_when_shown_then_holds_every_command_and_every_option(page: Path) -> None:
    text = shown(page)
    whole = parser.build()
    assert "m365-backup-wizard 1.2.3" in text
    assert "2023-11-14" in text
    for name, command in [("", whole), *commands(whole)]:
        assert name in text
        for action in command._actions:
            assert not action.option_strings or ", ".join(action.option_strings) in text


@pytest.mark.skipif(not shutil.which("man"), reason="man (man-db) is missing")
def test_page_when_shown_then_tells_every_status_variable_and_place(page: Path) -> None:
    text = shown(page)
    told = text[text.index("EXIT STATUS") :]
    for status in ExitStatus:
        assert re.search(rf"\b{int(status)} [A-Z]", told), status
    for variable in re.findall(r"AZURE_\w+", parser.EPILOG):
        assert variable in told
    assert backup.VARIABLE in told
    assert f".local/share/{backup.data_folder({}).name} " in told


def test_page_when_it_shows_an_example_then_the_program_knows_it() -> None:
    examples = man_sections.SECTIONS["EXAMPLES"]
    assert len(examples) > 3
    for example in examples:
        words = shlex.split(example.removeprefix("sudo ").partition(" > ")[0])
        assert words[0] == man_page.PROGRAM
        assert parser.build().parse_args(words[1:])


@pytest.mark.skipif(not shutil.which("man"), reason="man (man-db) is missing")
def test_page_when_words_look_like_a_request_then_they_are_shown(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = parser.Parser(prog="wizard", description=".gz files are 'read' \\n literally")
    odd.add_argument("--a-b", help="'quoted' first")
    monkeypatch.setattr(parser, "build", lambda: odd)
    page.write_text(man_page.man_page("1.2.3", 0))
    text = shown(page)
    assert ".gz files are 'read' \\n literally" in text
    assert "--a-b A_B 'quoted' first" in text


def test_page_when_made_then_calls_the_installed_program_by_its_name(page: Path) -> None:
    text = page.read_text().replace("\\-", "-")
    assert "see: m365-backup-wizard list" in text
    assert "see: wizard" not in text
