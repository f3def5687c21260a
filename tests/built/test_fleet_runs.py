# SPDX-License-Identifier: MIT
"""The Ansible playbook with programs that are played: its secrets, and its time limit."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from tests.support.fleet import Played, needs_ansible, play

pytestmark = needs_ansible
SECRET = "not-a-real-secret-5f1c"
PASSWORD = "not-a-real-password-77"
ANSWER = '{"verdict":{"status":"ok","summary":"Ok.","likely_cause":null},"not_checked":[]}'


def play_with(
    folder: Path, *lines: str, ansible: tuple[str, ...] = (), **settings: object
) -> Played:
    """A run with a program that does these lines of shell, and answers when it is asked."""
    program = folder / "program"
    answers = f"[ $1 = check ] && echo '{ANSWER}' || : >\"$3\""
    program.write_text("\n".join(("#!/bin/sh", *lines, answers, "")))
    program.chmod(0o755)
    given = folder / "settings.json"
    given.write_text(json.dumps(settings))
    servers = {"here": {"wizard_program_linux": str(program)}}
    return play(folder, servers, "-e", f"@{given}", *ansible)


def test_secret_when_a_task_runs_then_stands_in_no_file_and_no_command_line(
    tmp_path: Path,
) -> None:
    seen = tmp_path / "seen"
    seen.mkdir()
    played = play_with(
        tmp_path,
        f"env >{seen}/environment",
        f"ls -R {tmp_path}/ansible-remote >{seen}/remote 2>&1",
        # Not what this very line says: the word is put together of two.
        f"grep -rl not-a-real''-secret {tmp_path} --exclude-dir=seen >{seen}/files",
        f"cat /proc/[0-9]*/cmdline | tr '\\0' ' ' >>{seen}/command-lines",
        ansible=("-vvv", "--diff"),
        wizard_client_secret=SECRET,
    )
    assert "failed=0" in played.line_of("here"), played.told
    assert f"AZURE_CLIENT_SECRET={SECRET}\n" in (seen / "environment").read_text()
    assert (seen / "files").read_text().splitlines() == [str(tmp_path / "settings.json")]
    command_lines = (seen / "command-lines").read_text()
    assert "program check" in command_lines
    assert SECRET not in command_lines + played.told


def test_secrets_when_they_end_with_a_line_break_then_both_arrive_without(tmp_path: Path) -> None:
    played = play_with(
        tmp_path,
        f"env >{tmp_path}/environment",
        wizard_client_secret=f" {SECRET}\\ \n",
        wizard_certificate_password=f"{PASSWORD}\r\n\n",
    )
    assert "failed=0" in played.line_of("here"), played.told
    environment = (tmp_path / "environment").read_text()
    assert f"AZURE_CLIENT_SECRET= {SECRET}\\ \n" in environment
    assert f"AZURE_CLIENT_CERTIFICATE_PASSWORD={PASSWORD}\n" in environment


@pytest.mark.parametrize("name", ["wizard_client_secret", "wizard_certificate_password"])
def test_secret_when_it_has_a_line_break_inside_then_is_refused_unseen(
    name: str, tmp_path: Path
) -> None:
    played = play_with(tmp_path, f": >{tmp_path}/ran", ansible=(), **{name: f"one\n{SECRET}"})
    assert "failed=1" in played.line_of("here")
    assert "has a line break in it" in " ".join(played.told.split())
    assert SECRET not in played.told
    assert not (tmp_path / "ran").exists()


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize("stubborn", [False, pytest.param(True, marks=pytest.mark.full)])
def test_program_when_its_time_is_over_then_ends_with_its_children_and_is_told(
    tmp_path: Path, *, stubborn: bool
) -> None:
    played = play_with(
        tmp_path,
        *(["trap '' TERM"] if stubborn else []),
        f"sleep 500 & echo $! $$ >{tmp_path}/processes",
        "sleep 501; sleep 502",
        wizard_time_limit_s=1,
    )
    assert "failed=1" in played.line_of("here")
    assert "was not done within 1 s" in " ".join(played.told.split())
    overview = (tmp_path / "findings" / "overview.csv").read_text().splitlines()
    assert overview[1:] == ["here,timed out,3,,no"]
    time.sleep(0.1)
    numbers = [int(word) for word in (tmp_path / "processes").read_text().split()]
    assert not [number for number in numbers if is_running(number)]
    assert not list(tmp_path.glob("m365-*"))
