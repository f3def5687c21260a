# SPDX-License-Identifier: MIT
"""What the README shows is what the program prints, and the files it names are the built ones."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from installer import archives, contents, product
from wizard.cli import parser
from wizard.cli.terminal import STATUS_OF, ExitStatus
from wizard.fixes import backup
from wizard.model import Outcome, Status

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
WINDOWS_SCRIPTS = ROOT / "installer" / "windows" / "setup"
BEGIN, END = "<!-- help -->\n", "<!-- /help -->"
ANYTHING = "…"


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


def block(readme: str, name: str) -> str:
    """The fenced block behind the comment that starts with a name."""
    found = re.search(rf"<!-- {name}\b.*?-->\n```\w*\n(.*?)```\n", readme, re.DOTALL)
    assert found, name
    return found[1]


def help_text() -> str:
    """The main help and one line per command, as the README shows them."""
    return f"```\n{parser.build().format_help()}```\n"


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="argparse lays help out anew in 3.13")
def test_readme_when_help_changes_then_follows(
    readme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "96")
    shown = readme[readme.index(BEGIN) + len(BEGIN) : readme.index(END)]
    assert shown == help_text(), "put the program's help between the README's two help marks"


def test_help_when_shown_then_every_option_says_what_it_is_for() -> None:
    for action in parser.build()._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction)


def test_readme_when_it_links_then_the_file_and_the_heading_are_there(readme: str) -> None:
    titles = re.findall(r"^#+ (.+)$", readme, re.MULTILINE)
    headings = [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles]
    assert len(headings) == len(set(headings))
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", readme):
        if target.startswith("#"):
            assert target[1:] in headings
        else:
            assert (ROOT / target).exists(), target


def test_readme_when_it_names_a_place_then_the_program_uses_it(readme: str) -> None:
    script = (WINDOWS_SCRIPTS / "product.nsh").read_text(encoding="utf-8")
    defined = dict(re.findall(r'^!define (\w+) "([^"]+)"', script, re.MULTILINE))
    assert rf"%LOCALAPPDATA%\Programs\{product.NAME}" in readme
    assert rf"%ProgramFiles%\{product.NAME}\{contents.CONSOLE_PROGRAM}.exe" in readme
    assert f"`{defined['REGISTRY_KEY']}`" in readme
    assert f"{product.NAME}\\{defined['UNINSTALLER']}" in readme
    # Windows' own folder isn't known here; both systems name the last part alike.
    assert rf"%LOCALAPPDATA%\{backup.data_folder({}).name}" in readme
    assert f"named `{backup.PORTABLE[0]}` beside the program" in readme
    assert f"`{backup.VARIABLE}`" in readme


def test_readme_when_it_lists_setup_codes_then_they_are_the_installers(readme: str) -> None:
    script = (WINDOWS_SCRIPTS / "product.nsh").read_text(encoding="utf-8")
    codes = dict(re.findall(r"^!define (\w+) (\d)$", script, re.MULTILINE))
    told = {
        "NEEDS_ADMINISTRATOR": "needs administrator rights",
        "PROGRAM_RUNS": "the program is running",
        "FOLDER_UNUSABLE": "the folder can't be used",
        "NO_SPACE": "too little space",
        "WINDOWS_TOO_OLD": "Windows too old",
        "WRONG_COMMAND_LINE": "an unknown option",
    }
    assert set(codes) == set(told)
    sentence = " ".join(readme.split())
    for name, code in codes.items():
        assert f"{code} {told[name]}" in sentence


def test_readme_when_it_lists_exit_statuses_then_they_are_the_programs(readme: str) -> None:
    rows = dict(re.findall(r"^\| (\d+) \| `(\w+)` \|", readme, re.MULTILINE))
    assert rows == {str(int(code)): status.value for status, code in STATUS_OF.items()}
    assert f"| {int(ExitStatus.INTERRUPTED)} | | interrupted |" in readme


def test_readme_when_it_lists_words_of_the_json_then_they_are_all(readme: str) -> None:
    for key, words in (("causes[].status", Status), ("findings[].outcome", Outcome)):
        row = next(line for line in readme.splitlines() if line.startswith("| ") and key in line)
        assert set(re.findall(r"`([a-z-]+)`", row.split("|")[2])) == set(words)


def test_sums_when_checked_as_shown_then_only_a_whole_file_passes(
    readme: str, tmp_path: Path
) -> None:
    for name in ("here.zip", "not-downloaded.deb"):
        (tmp_path / name).write_bytes(b"content")
    archives.write_sums(tmp_path)
    (tmp_path / "not-downloaded.deb").unlink()
    command = block(readme, "sums").split()
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "here.zip").write_bytes(b"contents")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program under its installed name, run from source."""
    folder = tmp_path_factory.mktemp("readme")
    program = folder / contents.CONSOLE_PROGRAM
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -P -m wizard "$@"\n')
    program.chmod(0o755)
    return folder


def shell(line: str, folder: Path) -> str:
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    result = subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return result.stdout


@pytest.fixture(scope="module")
def diagnosis(scratch: Path) -> Any:
    return json.loads(shell("m365-backup-wizard check --demo several --format json", scratch))


def is_like(shown: str, real: str) -> bool:
    """Whether a text is the one shown, where … stands for anything."""
    pattern = ".*".join(re.escape(part) for part in shown.split(ANYTHING))
    return re.fullmatch(pattern, real, re.DOTALL) is not None


def differences(shown: Any, real: Any, where: str = "") -> Iterator[str]:
    """What an example shows that the real thing doesn't have; it may leave anything out."""
    if isinstance(shown, dict) and isinstance(real, dict):
        for key, value in shown.items():
            yield from differences(value, real.get(key, "missing"), f"{where}.{key}")
    elif isinstance(shown, list) and isinstance(real, list):
        yield from _differing_rows(shown, real, where)
    elif isinstance(shown, str) and isinstance(real, str):
        if not is_like(shown, real):
            yield f"{where} is {real!r}"
    elif type(shown) is not type(real) or shown != real:
        yield f"{where} is {real!r}"


def _differing_rows(shown: list[Any], real: list[Any], where: str) -> Iterator[str]:
    if not shown and real:
        yield f"{where} isn't empty"
    for number, value in enumerate(shown):
        if all(any(differences(value, candidate)) for candidate in real):
            yield f"{where}[{number}] is like none of the real ones"


def test_json_when_shown_then_the_program_prints_it(readme: str, diagnosis: Any) -> None:
    assert list(differences(json.loads(block(readme, "json")), diagnosis)) == []


def test_json_when_counted_then_the_counts_are_right(readme: str, diagnosis: Any) -> None:
    findings = sum(len(cause["findings"]) for cause in diagnosis["causes"])
    assert len(diagnosis["causes"]) == 7
    assert f"seven causes and {findings} findings" in readme


@pytest.mark.skipif(not shutil.which("jq"), reason="jq isn't installed (Debian: jq)")
def test_commands_when_run_as_shown_then_print_what_is_shown(readme: str, scratch: Path) -> None:
    shown = block(readme, "commands")
    steps = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", shown, re.MULTILINE)
    assert len(steps) == shown.count("$ ")
    for command, output in steps:
        lines = output.splitlines()
        real = shell(command, scratch).splitlines()
        assert len(lines) == len(real), command
        for line, printed in zip(lines, real, strict=True):
            assert is_like(line, printed), (command, printed)


def keys_of(thing: Any) -> set[str]:
    if isinstance(thing, dict):
        return set(thing).union(*map(keys_of, thing.values()))
    return set().union(*map(keys_of, thing)) if isinstance(thing, list) else set()


def test_powershell_when_it_names_a_key_then_the_json_has_it(readme: str, diagnosis: Any) -> None:
    text = block(readme, "powershell")
    chains = re.findall(r"\$check((?:\.\w+)+)", text)
    words = [word for chain in chains for word in chain.split(".")[1:]]
    words += re.findall(r"\$_\.(\w+)", text)
    words += [w for names in re.findall(r"Select-Object (.+)", text) for w in names.split(", ")]
    assert len(words) > 10
    assert not set(words) - keys_of(diagnosis) - {"reason"}
    # Nothing is left unchecked in this sample, so that `reason` has to come from another.


def test_junit_when_shown_then_the_program_prints_it(readme: str, scratch: Path) -> None:
    real = Xml.fromstring(shell("m365-backup-wizard check --demo several --format junit", scratch))  # noqa: S314 - our own
    assert list(missing(Xml.fromstring(block(readme, "junit")), real)) == []  # noqa: S314 - our own


def missing(shown: Xml.Element, real: Xml.Element) -> Iterator[str]:
    """What a shown element has that the real one hasn't."""
    for name, value in shown.attrib.items():
        if not is_like(value, real.get(name, "")):
            yield f"{shown.tag} {name} is {real.get(name)!r}"
    if not is_like((shown.text or "").strip(), (real.text or "").strip()):
        yield f"{shown.tag} is {real.text!r}"
    for child in shown:
        if all(any(missing(child, candidate)) for candidate in real.iterfind(child.tag)):
            yield f"{child.tag} {child.attrib} is like none of the real ones"


def test_causes_when_named_as_shown_then_what_was_left_out_does_not_count(
    readme: str, scratch: Path
) -> None:
    found = re.search(r"`((?:--cause [\w-]+ ?)+)`", readme)
    assert found
    line = f"m365-backup-wizard check --demo permission-missing {found[1]} >/dev/null; echo $?"
    assert shell(line, scratch) == "0\n"
