# SPDX-License-Identifier: MIT
"""wizard arguments read and verify: what is shown, and the exit status."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.ran import on
from tests.fixes.recorded import hidden_process, host, process
from wizard.errors import CannotCheck
from wizard.texts import Texts

KEY = "system.transporter.modern.arguments"


def test_read_shows_the_string_its_source_and_the_readings(tmp_path: Path, texts: Texts) -> None:
    file = tmp_path / "settings.properties"
    file.write_bytes(f"a=1\r\n{KEY}=-Xmx1g\r\n".encode())
    ran = on(host(), texts, "read", "--current-file", str(file))
    assert ran.status == 0
    for part in (KEY, str(file), "-Xmx1g", "default folder", "Windows command line"):
        assert part in ran.out


def test_read_as_json_tells_every_value(texts: Texts) -> None:
    words = ("read", "--current", "-DtempPath=/a -DtempPath=/b", "--format", "json")
    told = on(host(), texts, *words).json
    assert told["temp_path"] == ["/a", "/b"]
    assert told["arguments"] == ["-DtempPath=/a", "-DtempPath=/b"]
    assert [reading["current"] for reading in told["readings"]] == ["/b"] * 5


def test_read_of_the_running_process_shows_its_arguments(texts: Texts) -> None:
    computer = host(processes=[process("-Xmx1g", r"-DtempPath=D:\Dtmp", pid=88)])
    ran = on(computer, texts, "read")
    assert ran.status == 0
    for part in ("process 88", "  -Xmx1g", r"Temporary folder set to: D:\Dtmp"):
        assert part in ran.out
    told = on(computer, texts, "read", "--format", "json").json
    assert [entry["source"]["pid"] for entry in told] == [88]
    assert told[0]["temp_path"] == [r"D:\Dtmp"]


def test_read_of_a_process_whose_arguments_are_hidden_ends_with_3(texts: Texts) -> None:
    ran = on(host(processes=[{**process(), "arguments": None}]), texts, "read")
    assert ran.status == 3
    assert "administrator" in ran.out


@pytest.mark.parametrize("processes", [[], [hidden_process()]])
def test_read_without_a_process_is_no_answer(processes: list[dict[str, Any]], texts: Texts) -> None:
    with pytest.raises(CannotCheck) as told:
        on(host(processes=processes), texts, "read")
    assert texts.summary(told.value)


TEMP_PATH = ("--temp-path", "/data/tmp")
SECRETS = ("-Dhttps.proxyPassword=canary1", "-jar", "x.jar", "--password", "canary2")


@pytest.mark.parametrize("shown", ["text", "json"])
def test_read_of_a_process_shows_its_arguments_without_passwords(texts: Texts, shown: str) -> None:
    computer = host(processes=[process("-DtempPath=D:\\tmp?token=canary3", *SECRETS)])
    read = on(computer, texts, "read", "--format", shown)
    verified = on(computer, texts, "verify", "--temp-path", "/data/tmp", "--format", shown)
    assert "-Dhttps.proxyPassword=***" in read.out
    assert "tmp?token=***" in read.out
    assert "tmp?token=***" in verified.out
    assert "canary" not in read.out + read.err + verified.out + verified.err


def test_read_and_verify_of_a_process_with_an_argument_file_end_with_3(texts: Texts) -> None:
    computer = host(processes=[process("@args.txt", "-DtempPath=/data/tmp")])
    read, verified = on(computer, texts, "read"), on(computer, texts, "verify", *TEMP_PATH)
    assert (read.status, verified.status) == (3, 3)
    assert "can't be told: more arguments may be read from @args.txt" in read.out
    assert "cannot be told" in verified.out


def test_read_and_verify_name_the_variable_that_sets_the_folder(texts: Texts) -> None:
    options = [{"variable": "_JAVA_OPTIONS", "value": "-DtempPath=/v"}]
    computer = host(processes=[{**process("-DtempPath=/data/tmp"), "java_options": options}])
    read, verified = on(computer, texts, "read"), on(computer, texts, "verify", *TEMP_PATH)
    assert "by the environment variable _JAVA_OPTIONS: /v" in read.out
    assert (verified.status, verified.err) == (2, "")
    assert "_JAVA_OPTIONS" in verified.out


def test_read_and_verify_when_variables_were_not_read_note_it_beside_the_answer(
    texts: Texts,
) -> None:
    computer = host(processes=[process("-DtempPath=/data/tmp")])
    read, verified = on(computer, texts, "read"), on(computer, texts, "verify", *TEMP_PATH)
    assert (read.status, verified.status) == (0, 3)
    assert "_JAVA_OPTIONS" in read.err
    assert "_JAVA_OPTIONS" in verified.err
