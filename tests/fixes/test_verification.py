# SPDX-License-Identifier: MIT
"""What the running Java Transporter says about the change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fixes.recorded import LINUX_JAVA, hidden_process, host, process
from tests.nakivo.test_java import running_java
from wizard.errors import CannotCheck
from wizard.fixes.verification import State, verify, verify_back
from wizard.host.live import live_host
from wizard.nakivo.installation import Installation
from wizard.product import Product
from wizard.texts import Texts

WANTED = r"D:\Dtmp"
RIGHT = rf"-DtempPath={WANTED}"
OTHER = r"-DtempPath=E:\old"


def with_variable(process: dict[str, Any], variable: str, value: str) -> dict[str, Any]:
    return {**process, "java_options": [{"variable": variable, "value": value}]}


@pytest.mark.parametrize(
    ("processes", "state"),
    [
        ([process("-Xmx1g", RIGHT)], State.VERIFIED),
        ([process(RIGHT), process(RIGHT, pid=2)], State.VERIFIED),
        ([process("-Xmx1g")], State.NONE),
        ([process(r"-DtempPath=E:\old")], State.OTHER_VALUE),
        ([process(r"-DtempPath=d:\dtmp")], State.VERIFIED),
        ([process("-DtempPath=D:/Dtmp/")], State.VERIFIED),
        ([process("-DtempPath")], State.OTHER_VALUE),
        ([process(r"-DtempPath=E:\old", RIGHT)], State.TWICE),
        ([process(RIGHT, RIGHT)], State.TWICE),
        ([process("-jar", "x.jar", RIGHT)], State.NONE),
        ([process("@args.txt")], State.UNCLEAR),
        ([process(RIGHT, "@args.txt")], State.UNCLEAR),
        ([process(RIGHT), process("@args.txt", pid=2)], State.UNCLEAR),
        ([with_variable(process(), "JAVA_TOOL_OPTIONS", RIGHT)], State.VERIFIED),
        ([with_variable(process(RIGHT), "JAVA_TOOL_OPTIONS", OTHER)], State.VERIFIED),
        ([with_variable(process(RIGHT), "_JAVA_OPTIONS", OTHER)], State.OTHER_VALUE),
        ([with_variable(process(), "_JAVA_OPTIONS", f"{OTHER} {RIGHT}")], State.TWICE),
        ([with_variable(process(), "JDK_JAVA_OPTIONS", RIGHT)], State.UNCLEAR),
        ([process(RIGHT), process(r"-DtempPath=E:\old", pid=2)], State.OTHER_VALUE),
        ([], State.NO_PROCESS),
        ([{"pid": 1, "name": "bh.exe", "executable": None, "arguments": None}], State.NO_PROCESS),
        ([hidden_process()], State.UNREADABLE),
        ([{**process(RIGHT), "arguments": None}], State.UNREADABLE),
    ],
)
def test_verify_tells_what_the_running_process_has(
    processes: list[dict[str, Any]], state: State, product: Product, texts: Texts
) -> None:
    seen = verify(host(processes=processes), product, WANTED)
    assert seen.state is state
    assert seen.is_verified is (state is State.VERIFIED)
    assert seen.notice.sentence(texts)
    assert state is State.VERIFIED or texts.lines(f"{seen.notice.text}.advice", seen.notice.values)


def test_verify_names_the_value_in_use(product: Product, texts: Texts) -> None:
    seen = verify(host(processes=[process(r"-DtempPath=E:\old", pid=77)]), product, WANTED)
    sentence = seen.notice.sentence(texts)
    assert all(part in sentence for part in ("77", r"E:\old", WANTED))


def test_verify_when_processes_cannot_be_listed_is_no_answer(product: Product) -> None:
    with pytest.raises(CannotCheck):
        verify(host(), product, WANTED)


def test_verify_sees_the_arguments_of_a_real_process(tmp_path: Path, product: Product) -> None:
    with running_java(
        tmp_path / "nakivo" / "transporter", "-DtempPath=/data/tmp", "-Da=b c"
    ) as pid:
        seen = verify(live_host(), product, "/data/tmp").seen
    assert [(o.values, o.variables_read) for o in seen if o.pid == pid] == [(("/data/tmp",), True)]


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_sentence(state: State, texts: Texts) -> None:
    assert texts.has(f"arguments.verified.{state.value.replace('-', '_')}.summary")


def test_verify_names_the_file_or_the_variable_that_decides(product: Product, texts: Texts) -> None:
    unclear = verify(host(processes=[process("@args.txt")]), product, WANTED)
    assert "@args.txt" in unclear.notice.sentence(texts)
    running = with_variable(process(RIGHT), "_JAVA_OPTIONS", OTHER)
    other = verify(host(processes=[running]), product, WANTED)
    assert "_JAVA_OPTIONS" in other.notice.sentence(texts)
    assert "_JAVA_OPTIONS" in texts.lines(f"{other.notice.text}.advice", other.notice.values)[0]


def test_verify_when_variables_could_not_be_read_then_that_is_told(
    product: Product, texts: Texts
) -> None:
    unread = verify(host(processes=[process(RIGHT, pid=77)]), product, WANTED)
    assert unread.is_verified
    assert not unread.is_certain
    assert "77" in unread.doubts[0].sentence(texts)
    read = verify(host(processes=[{**process(RIGHT), "java_options": []}]), product, WANTED)
    assert read.is_certain


def test_verify_when_another_java_process_is_hidden_then_the_answer_is_not_certain(
    product: Product, texts: Texts
) -> None:
    running = {**process(RIGHT), "java_options": []}
    seen = verify(host(processes=[running, hidden_process(pid=9)]), product, WANTED)
    assert (seen.is_verified, seen.is_certain) == (True, False)
    assert "may not read" in seen.doubts[0].sentence(texts)


@pytest.mark.parametrize(
    "case",
    [
        (False, True, "There is no folder", None),
        (True, False, "runs as bhsvc, which can't make files", None),
        (True, None, None, "Whether bhsvc may make files"),
        (True, True, None, None),
    ],
)
def test_verify_looks_at_the_folder_too(
    case: tuple[bool, bool | None, str | None, str | None],
    tmp_path: Path,
    product: Product,
    texts: Texts,
) -> None:
    is_there, may_write, problem, doubt = case
    folder = tmp_path / "dtmp"
    if is_there:
        folder.mkdir()
    running = process(f"-DtempPath={folder}", java=LINUX_JAVA)
    running |= {"java_options": [], "account": "bhsvc"}
    rights = {} if may_write is None else {"bhsvc": {str(folder): may_write}}
    computer = host("linux", processes=[running], may_write=rights).with_files(tmp_path)
    seen = verify(computer, product, str(folder))
    assert (seen.is_verified, seen.is_good) == (True, problem is None)
    told = seen.folder.problem.sentence(texts) if seen.folder.problem else None
    assert (told is None) is (problem is None)
    assert problem is None or (told is not None and problem in told)
    assert [doubt in one.sentence(texts) for one in seen.doubts if doubt] == [True] * bool(doubt)


def test_verify_back_to_the_default_folder_looks_at_that_one(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    transporter, default = str(tmp_path), str(tmp_path / "java" / "tmp")
    found = Installation(transporter, transporter, default, "", "test", has_director=False)
    running = process(java=f"{tmp_path}/java/bin/java")
    computer = host("linux", processes=[running]).with_files(tmp_path)
    seen = verify_back(computer, product, "-Xmx1g", found)
    assert seen.is_verified
    assert seen.folder.problem is not None
    assert default in seen.folder.problem.sentence(texts)


def test_verify_shows_no_password_of_the_process(product: Product, texts: Texts) -> None:
    running = process("-DtempPath=http://anna:canary@x/y")
    told = verify(host(processes=[running]), product, WANTED).notice.sentence(texts)
    assert "canary" not in told
    assert "anna" in told


@pytest.mark.parametrize(
    "case",
    [
        ("-Xmx1g", [process("-Xmx1g")], True, "the default folder"),
        (r"-DtempPath=E:\old", [process(OTHER)], True, r"uses E:\old again"),
        (r"-DtempPath=C:\a -DtempPath=E:\old", [process(r"-DtempPath=C:\a", OTHER)], True, "again"),
        ("-Xmx1g", [process(RIGHT)], False, r"what it has: D:\Dtmp"),
        (r"-DtempPath=E:\old", [process(RIGHT)], False, r"what it has: D:\Dtmp"),
        (r"-DtempPath=E:\old", [process()], False, "4711"),
        ("-Xmx1g", [], False, "No running Java Transporter"),
        ("-Xmx1g", [hidden_process()], False, "can't be read"),
    ],
)
def test_verify_back_demands_the_values_of_the_old_string(
    case: tuple[str, list[dict[str, Any]], bool, str], product: Product, texts: Texts
) -> None:
    before, processes, is_back, words = case
    seen = verify_back(host(processes=processes), product, before)
    assert seen.is_verified is is_back
    assert words in seen.notice.sentence(texts)
