# SPDX-License-Identifier: MIT
"""wizard arguments on the command line: output, exit status, and what it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.ran import KEY, Wizard
from wizard.fixes import receipt


@pytest.mark.parametrize(
    ("current", "temp_path", "status"),
    [
        ("", r"D:\Dtmp", 0),
        ("-Xmx512m", r"D:\Dtmp", 0),
        ("-DtempPath=/data/tmp", "/data/tmp", 0),
        ("-DtempPath=E:\\old", r"D:\Dtmp", 1),
        ("-DoneDriveDirectSend=true", r"D:\Dtmp", 1),
        ("-Xmx512m", r"D:\My Tmp", 2),
        ('-Da="', r"D:\Dtmp", 2),
        ("-Da", "", 2),
    ],
)
@pytest.mark.parametrize("shown", ["text", "json"])
def test_plan_ends_with_0_planned_1_with_warnings_2_refused(
    wizard: Wizard, current: str, temp_path: str, status: int, shown: str
) -> None:
    ran = wizard("plan", "--current", current, "--temp-path", temp_path, "--format", shown)
    assert (ran.status, ran.err) == (status, "")
    assert shown == "text" or (ran.json["refused"] is not None) is (status == 2)


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--current", "-Xmx512m", "--temp-path", "/data/tmp", "--format", "json"),
        ("--format", "json", "plan", "--temp-path", "/data/tmp", "--current=-Xmx512m"),
        ("plan", "--format", "json", "--current", "-Xmx512m", "--temp-path=/data/tmp"),
    ],
)
def test_plan_takes_an_argument_string_that_looks_like_an_option(
    wizard: Wizard, words: tuple[str, ...]
) -> None:
    ran = wizard(*words)
    assert ran.json["proposed"] == "-Xmx512m -DtempPath=/data/tmp"


@pytest.mark.parametrize(
    ("content", "current"),
    [
        (b"-Xmx1g -Da=b\r\n", "-Xmx1g -Da=b"),
        (b"", ""),
        (b"\xff\xfe" + "-Xmx1g".encode("utf-16-le"), "-Xmx1g"),
        (f"a=1\n{KEY}=-Xmx1g\n".encode(), "-Xmx1g"),
        (f'{{"{KEY}": "-Da=C:\\\\x"}}'.encode(), "-Da=C:\\x"),
    ],
)
def test_plan_reads_a_file_with_the_string_alone_or_with_the_setting(
    wizard: Wizard, tmp_path: Path, content: bytes, current: str
) -> None:
    (tmp_path / "given").write_bytes(content)
    given = str(tmp_path / "given")
    ran = wizard("plan", "--current-file", given, "--temp-path", "/x/y", "--format", "json")
    assert ran.json["current"] == current


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--temp-path", "/x"),
        ("plan", "--current"),
        ("plan", "--current", "-Da"),
        ("plan", "--current", "-Da", "--current-file", "x", "--temp-path", "/x/y"),
        ("plan", "--current-file", "/no/such/file", "--temp-path", "/x/y"),
        ("plan", "--current", "-Da", "--temp-path", "/x/y", "--format", "junit"),
        ("apply", "--file", "/no/such/file", "--temp-path", "/x/y"),
        ("undo", "/no/such/receipt"),
        ("undo",),
        ("something",),
        (),
    ],
)
def test_a_wrong_command_line_ends_with_3_and_a_sentence(
    wizard: Wizard, words: tuple[str, ...]
) -> None:
    ran = wizard(*words)
    assert (ran.status, ran.out) == (3, "")
    assert ran.err


def test_plan_then_apply_then_undo_is_a_round_trip(wizard: Wizard, file: Path) -> None:
    content = file.read_bytes()
    where = ("--file", str(file), "--key", KEY, "--temp-path", r"D:\Dtmp")
    planned = wizard(
        "plan", "--current", "-Xmx1g", "--temp-path", r"D:\Dtmp", "--format", "json"
    ).json
    applied = wizard("apply", *where, "--expect", planned["digest"])
    assert applied.status == 0
    assert file.read_bytes() == content.replace(b"-Xmx1g", planned["proposed"].encode())
    receipt = applied.out.rstrip("\n")
    assert Path(receipt).is_file()
    assert "^^^" in applied.err
    assert "D:/Dtmp" in applied.err
    again = wizard("apply", *where)
    assert (again.status, again.out) == (0, "")
    assert wizard("apply", *where, "--expect", planned["digest"]).status == 2
    assert wizard("undo", receipt).status == 0
    assert file.read_bytes() == content
    assert "old value already" in wizard("undo", receipt).out


def test_apply_of_a_refused_folder_ends_with_2_and_changes_nothing(
    wizard: Wizard, file: Path, tmp_path: Path
) -> None:
    content = file.read_bytes()
    ran = wizard("apply", "--file", str(file), "--temp-path", "/data/my tmp")
    assert (ran.status, ran.out) == (2, "")
    assert "has a space" in ran.err
    assert file.read_bytes() == content
    assert not (tmp_path / "data").exists()


def test_apply_as_json_prints_the_receipt_and_nothing_else(wizard: Wizard, file: Path) -> None:
    where = ("--file", str(file), "--temp-path", "/data/tmp", "--format", "json")
    first, second = wizard("apply", *where), wizard("apply", *where)
    assert first.json["after"] == "-Xmx1g -DtempPath=/data/tmp"
    assert first.json["schema"] == "m365-backup-wizard/receipt/1"
    assert second.json is None
    undone = wizard("undo", first.json["path"], "--format", "json")
    assert undone.json["after"] == "-Xmx1g"


def test_apply_of_another_key_ends_with_3(wizard: Wizard, file: Path) -> None:
    ran = wizard("apply", "--file", str(file), "--key", "x", "--temp-path", "/data/tmp")
    assert ran.status == 3
    assert "x is not in this file" in ran.err


def test_apply_of_an_empty_key_ends_with_3(wizard: Wizard, file: Path) -> None:
    content = file.read_bytes()
    for words in (
        ("apply", "--file", str(file), "--key", "", "--temp-path", "/data/tmp"),
        ("plan", "--current-file", str(file), "--key", " ", "--temp-path", "/data/tmp"),
    ):
        ran = wizard(*words)
        assert (ran.status, ran.out) == (3, "")
        assert "--key" in ran.err
    assert file.read_bytes() == content


def test_read_of_a_given_string_shows_it_as_it_is(wizard: Wizard) -> None:
    assert "-Dpassword=mine" in wizard("read", "--current", "-Dpassword=mine").out


def test_undo_of_a_crafted_receipt_ends_with_3_and_a_sentence(
    wizard: Wizard, file: Path, tmp_path: Path
) -> None:
    made = receipt.read(
        Path(wizard("apply", "--file", str(file), "--temp-path", "/x/y").out.strip())
    )
    crafted = replace(made, file="a\0b", path=str(tmp_path / "crafted.json"))
    receipt.write(receipt.sealed(crafted))
    (tmp_path / "deep.json").write_text("[" * 100_000)
    for name in ("crafted.json", "deep.json"):
        ran = wizard("undo", str(tmp_path / name))
        assert (ran.status, ran.out) == (3, "")
        assert ran.err.rstrip("\n").endswith(".")
