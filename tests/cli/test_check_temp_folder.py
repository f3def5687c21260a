# SPDX-License-Identifier: MIT
"""What a person may tell the check about the temporary folder, and what it keeps of each run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_check import wizard
from tests.nakivo.test_java import running_java
from wizard.fixes.backup import VARIABLE
from wizard.history import FILE, History


def rows(document: dict[str, Any], check: str) -> dict[str, dict[str, Any]]:
    """The evidence of one check, by label."""
    findings = (found for cause in document["causes"] for found in cause["findings"])
    finding = next(found for found in findings if found["check"] == check)
    return {row["label"]: row for row in finding["evidence"]} | {"finding": finding}


def demo(*words: str) -> dict[str, Any]:
    ran = wizard("check", "--demo", "healthy", "--cause", "temp-folder", "--format", "json", *words)
    assert ran.stderr == ""
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def test_check_when_items_are_named_then_the_arithmetic_is_shown() -> None:
    told = rows(demo("--largest-items", "300,12.5,8"), "temp_space")
    assert told["finding"]["outcome"] == "warning"
    assert "300 + 12.5 + 8 + 1 GB" in told["finding"]["summary"]
    assert told["Needed for them: more than"]["value"] == 321.5


def test_check_when_a_file_is_named_then_it_stands_beside_the_process(tmp_path: Path) -> None:
    file = tmp_path / "settings.properties"
    file.write_text(f"system.transporter.modern.arguments=-DtempPath={tmp_path}\n")
    told = rows(demo("--arguments-file", str(file)), "temp_folder")
    assert told["finding"]["outcome"] == "warning"
    assert "is not in use yet" in told["finding"]["summary"]
    row = told["In the argument string of the file"]
    assert (row["value"], row["source"]) == (str(tmp_path), str(file))


def test_check_when_asked_to_measure_then_the_speed_with_its_unit() -> None:
    row = rows(demo("--measure-disk"), "temp_space")["Speed of writing there, measured now"]
    assert row["unit"] == "MB per second"
    assert "Speed of writing there, measured now" not in rows(demo(), "temp_space")


def test_check_when_nothing_is_wrong_then_the_text_still_tells_what_was_asked_for() -> None:
    options = ("--measure-disk", "--largest-items", "3,2,1")
    out = wizard("check", "--demo", "healthy", *options).stdout
    told = out.partition("What you asked for:\n")[2].splitlines()
    assert told[0].startswith("  Largest items named, and the reserve: 3 + 2 + 1 + 1 GB  (NAKIVO:")
    assert told[1].startswith("  Needed for them: more than: 7 GB")
    assert " MB per second" in told[2]
    assert "What you asked for" not in wizard("check", "--demo", "healthy").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--largest-items", "a,b"], "is no list of sizes in GB"),
        (["--arguments-file", "no-such-file"], "no-such-file"),
        (["--arguments-file", __file__], "holds no argument string"),
    ],
)
def test_check_when_an_option_cannot_be_meant_then_status_3_and_a_sentence(
    words: list[str], said: str
) -> None:
    ran = wizard("check", "--demo", "healthy", *words)
    assert ran.returncode == 3
    assert said in ran.stderr
    assert ran.stdout == ""


def test_check_when_run_on_this_computer_then_each_run_leaves_one_line(tmp_path: Path) -> None:
    root, data = tmp_path / "nakivo", tmp_path / "kept"
    (root / "transporter" / "java" / "tmp").mkdir(parents=True)
    words = ("check", "--install-dir", str(root), "--cause", "temp-folder", "--measure-disk")
    with running_java(root / "transporter", "-Xmx1g"):
        for _ in range(2):
            ran = wizard(*words, "--format", "json", **{VARIABLE: str(data)})
    assert [path.name for path in data.iterdir()] == [FILE]
    assert len(History(data / FILE).read().looks) == 2
    told = rows(json.loads(ran.stdout), "temp_space")
    assert "history" not in str(told)  # two looks within moments say nothing of the days to come
    assert not list((root / "transporter" / "java" / "tmp").iterdir())


def test_check_when_the_installation_is_named_from_here_then_its_full_path_counts(
    tmp_path: Path,
) -> None:
    root = tmp_path / "nakivo"
    (root / "transporter" / "java" / "tmp").mkdir(parents=True)
    words = ("check", "--install-dir", os.path.relpath(root), "--cause", "temp-folder")
    ran = wizard(*words, "--format", "json", **{VARIABLE: str(tmp_path / "kept")})
    told = rows(json.loads(ran.stdout), "temp_folder")
    folder = str(root / "transporter" / "java" / "tmp")
    assert told["Default of this installation"]["value"] == folder


def test_check_when_a_sample_is_used_then_this_computers_history_stays_as_it_is(
    tmp_path: Path,
) -> None:
    wizard("check", "--demo", "healthy", **{VARIABLE: str(tmp_path)})
    assert not list(tmp_path.iterdir())


def test_check_when_the_sample_fills_up_then_when_it_is_full_is_told() -> None:
    ran = wizard("check", "--demo", "temp-folder-full", "--format", "json")
    row = rows(json.loads(ran.stdout), "temp_space")["Full at this rate in about"]
    assert row["unit"] == "hours"
    assert 10 < row["value"] < 15
