# SPDX-License-Identifier: MIT
"""What the running Java Transporter says about the change."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fixes.recorded import hidden_process, host, process
from wizard.errors import CannotCheck
from wizard.fixes.verification import State, verify
from wizard.host.live import live_host
from wizard.product import Product
from wizard.texts import Texts

WANTED = r"D:\Dtmp"
RIGHT = rf"-DtempPath={WANTED}"


@pytest.mark.parametrize(
    ("processes", "state"),
    [
        ([process("-Xmx1g", RIGHT)], State.VERIFIED),
        ([process(RIGHT), process(RIGHT, pid=2)], State.VERIFIED),
        ([process("-Xmx1g")], State.NONE),
        ([process(r"-DtempPath=E:\old")], State.OTHER_VALUE),
        ([process(r"-DtempPath=d:\dtmp")], State.OTHER_VALUE),
        ([process("-DtempPath=D:/Dtmp")], State.OTHER_VALUE),
        ([process("-DtempPath")], State.OTHER_VALUE),
        ([process(r"-DtempPath=E:\old", RIGHT)], State.TWICE),
        ([process(RIGHT, RIGHT)], State.TWICE),
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


@pytest.mark.skipif(sys.platform != "linux", reason="starts a shell under another name")
def test_verify_sees_the_arguments_of_a_real_process(tmp_path: Path, product: Product) -> None:
    java = tmp_path / "nakivo" / "transporter" / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    shutil.copy("/bin/sh", java)
    command = [str(java), "-c", "read line", "-DtempPath=/data/tmp", "-Da=b c"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as running:
        seen = verify(live_host(), product, "/data/tmp").seen
        running.communicate(b"\n")
    assert [one.values for one in seen if one.pid == running.pid] == [("/data/tmp",)]


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_sentence(state: State, texts: Texts) -> None:
    assert texts.has(f"arguments.verified.{state.value.replace('-', '_')}.summary")
