# SPDX-License-Identifier: MIT
"""The Ansible playbook with the built archive, run against this computer standing for a fleet."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from installer import archives, contents
from tests.support import linux_program
from tests.support.fleet import Played, needs_ansible, play

pytestmark = needs_ansible
SECRET = "not-a-real-secret-5f1c"


def script(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return path


@pytest.fixture(scope="module")
def fleet(linux_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """One run over servers that answer 0, 2 and 3, and one with a wrong option."""
    asked = {
        "well": ["--demo", "healthy"],
        "ill": ["--demo", "several"],
        "dark": ["--demo", "no-access"],
        "wrong": ["--cause", "nonsense"],
    }
    servers = {
        name: {"wizard_archive_linux": str(linux_archive), "wizard_arguments": words}
        for name, words in asked.items()
    }
    return play(tmp_path_factory.mktemp("fleet"), servers)


def test_diagnosis_when_it_names_a_problem_then_the_task_has_not_failed(fleet: Played) -> None:
    for server in ("well", "ill", "dark"):
        assert "failed=0" in fleet.line_of(server), fleet.told
    assert "failed=1" in fleet.line_of("wrong")
    assert "nonsense" in fleet.told  # the program's own sentence


def test_answers_when_gathered_then_one_folder_per_server(
    fleet: Played, linux_archive: Path, tmp_path: Path
) -> None:
    linux_program.unpack(linux_archive, tmp_path)
    program = tmp_path / contents.FOLDER / contents.CONSOLE_PROGRAM
    for server, status in (("well", "ok"), ("ill", "problem"), ("dark", "unknown")):
        folder = fleet.folder / "findings" / server
        diagnosis = json.loads((folder / "check.json").read_text(encoding="utf-8"))
        assert diagnosis["verdict"]["status"] == status
        opening = [str(program), "open", str(folder / "findings.zip"), "--format", "json"]
        opened = subprocess.run(opening, capture_output=True, check=True).stdout
        assert json.loads(opened)["verdict"]["status"] == status
        for path in (folder, *folder.iterdir(), folder.parent / "overview.csv"):
            assert path.stat().st_mode & 0o077 == 0, path
    assert not (fleet.folder / "findings" / "wrong" / "check.json").exists()


def test_overview_when_written_then_has_every_server(fleet: Played) -> None:
    assert (fleet.folder / "findings" / "overview.csv").read_text().splitlines() == [
        "server,status,exit_status,likely_cause,package",
        "dark,unknown,3,,yes",
        "ill,problem,2,temp-folder,yes",
        "well,ok,0,,yes",
        "wrong,no answer,,,no",
    ]


def test_unknown_when_reported_then_says_what_was_not_checked(fleet: Played) -> None:
    diagnosis = json.loads((fleet.folder / "findings" / "dark" / "check.json").read_text("utf-8"))
    assert diagnosis["not_checked"]
    told = " ".join(fleet.told.split())
    for row in diagnosis["not_checked"]:
        sentence = json.dumps(f"Not checked: {row['check']}: {row['reason']}", ensure_ascii=False)
        assert sentence in told


def test_servers_when_done_then_nothing_is_left_on_them(fleet: Played) -> None:
    assert not list(fleet.folder.glob("m365-*"))


def test_check_mode_when_asked_then_nothing_is_run_or_written(
    linux_archive: Path, tmp_path: Path
) -> None:
    servers = {"here": {"wizard_archive_linux": str(linux_archive)}}
    checked = play(tmp_path, servers, "--check", "--diff")
    assert checked.result.returncode == 0, checked.told
    assert "Would copy" in checked.told
    assert "changed=0" in checked.line_of("here")
    assert not (tmp_path / "findings").exists()


def test_archive_when_altered_then_refused_before_anything_is_copied(
    linux_archive: Path, tmp_path: Path
) -> None:
    shutil.copy(linux_archive.parent / archives.SUMS, tmp_path)
    altered = tmp_path / linux_archive.name
    altered.write_bytes(linux_archive.read_bytes() + b"\0")
    refused = play(tmp_path, {"here": {"wizard_archive_linux": str(altered)}})
    assert "is not the file that" in refused.told
    assert not list((tmp_path / "findings" / "here").iterdir())


def test_server_when_it_fails_then_no_earlier_answer_looks_like_todays(tmp_path: Path) -> None:
    place = tmp_path / "findings"
    old = [place / "overview.csv", place / "here/check.json", place / "here/findings.zip"]
    (place / "here").mkdir(parents=True)
    for file in old:
        file.write_text("here,ok,0,,yes")
    missing = tmp_path / "m365-backup-wizard"
    failed = play(tmp_path, {"here": {"wizard_program_linux": str(missing)}})
    assert "failed=1" in failed.line_of("here")
    told = f"m365-backup-wizard isn't installed on here: {missing} isn't there. Give"
    assert told in " ".join(failed.told.split())
    assert (place / "overview.csv").read_text().splitlines()[1:] == ["here,no answer,,,no"]
    assert not list((place / "here").iterdir())


def test_server_when_not_reached_then_its_earlier_answer_is_gone(tmp_path: Path) -> None:
    old = tmp_path / "findings" / "away" / "check.json"
    old.parent.mkdir(parents=True)
    old.write_text("{}")
    away = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 1}
    gone = play(tmp_path, {"away": away})
    assert "unreachable=1" in gone.line_of("away"), gone.told
    assert not old.exists()


def test_secret_when_given_then_reaches_the_program_alone(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    seen.mkdir()
    answer = '{"verdict":{"status":"ok","summary":"Ok.","likely_cause":null},"not_checked":[]}'
    program = script(
        tmp_path / "program",
        f"env >{seen}/environment",
        f"cat /proc/[0-9]*/cmdline | tr '\\0' ' ' >>{seen}/command-lines",
        f"[ $1 = check ] && echo '{answer}' || : >\"$3\"",
    )
    settings = tmp_path / "secrets.json"
    settings.write_text(
        json.dumps({"wizard_client_secret": SECRET, "wizard_tenant_id": "tenant-1"})
    )
    servers = {"here": {"wizard_program_linux": str(program)}}
    done = play(tmp_path, servers, "-vvv", "--diff", "-e", f"@{settings}")
    assert "failed=0" in done.line_of("here"), done.told
    environment = (seen / "environment").read_text()
    assert f"AZURE_CLIENT_SECRET={SECRET}\n" in environment
    assert "AZURE_TENANT_ID=tenant-1\n" in environment
    assert "AZURE_CLIENT_CERTIFICATE" not in environment
    assert "program check" in (seen / "command-lines").read_text()
    settings.unlink()
    (seen / "environment").unlink()
    assert SECRET not in done.told
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in written if SECRET.encode() in file.read_bytes()]
