# SPDX-License-Identifier: MIT
"""wizard logs: what it prints, its fixed JSON, its exit statuses."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from wizard.cli import main

DATA = Path(__file__).parents[1] / "nakivo" / "golden"
Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("disk_near_miss.log", 0),
        ("disk_full_stale.log", 1),
        ("graph_without_times.log", 1),
        ("antivirus_windows.log", 1),
        ("graph_json_pretty.log", 2),
        ("support_bundle.zip", 2),
        ("nothing_there.log", 3),
        ("graph_two_threads.log", 2),
        ("only_mentioned.log", 0),
        ("other_hosts.log", 0),
        ("graph_one_of_many.log", 1),
        ("graph_signed_in_again.log", 1),
    ],
)
def test_logs_when_run_on_a_file_then_the_exit_status_tells_what_was_found(
    name: str, status: int, capsys: Capture
) -> None:
    assert main(["logs", str(DATA / name)]) == status
    assert capsys.readouterr().out


def test_logs_when_one_of_two_is_missing_then_unknown_outweighs_nothing_found(
    capsys: Capture,
) -> None:
    assert main(["logs", str(DATA / "disk_near_miss.log"), "/nothing/here.log"]) == 3
    assert "/nothing/here.log: Not read: there is no such file" in capsys.readouterr().out


def test_logs_when_asked_for_json_then_the_form_is_the_fixed_one(capsys: Capture) -> None:
    assert main(["logs", str(DATA / "graph_json_pretty.log"), "--format", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "m365-backup-wizard/log-evidence/1"
    assert set(told) == {"schema", "files", "run", "doubts", "matches"}
    file, match = told["files"][0], told["matches"][0]
    assert set(file) == {"path", "bytes", "encoding", "skipped"}
    assert file["bytes"] == (DATA / "graph_json_pretty.log").stat().st_size
    keys = [
        "signature",
        "cause",
        "count",
        "recent",
        "first",
        "last",
        "file",
        "line",
        "excerpt",
        "fields",
        "bearing",
    ]
    assert sorted(match) == sorted(keys)
    assert match["fields"]["request_id"] == "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11"
    assert match["fields"]["permission_needed"].startswith("Mail.Read or Mail.ReadWrite")


def test_logs_when_something_is_skipped_then_json_gives_the_reason_in_words(
    tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "bundle.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    main(["logs", str(tmp_path), "--format", "json"])
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["skipped"].startswith("Not read: ")


def test_logs_when_the_time_is_over_then_it_says_so_and_nothing_is_known(capsys: Capture) -> None:
    assert main(["logs", str(DATA / "graph_json_pretty.log"), "--timeout", "0.000001"]) == 3
    shown = capsys.readouterr().out
    assert "the time for reading was over" in shown
    assert "nothing is known" in shown


def test_logs_when_the_time_limit_is_none_then_it_is_refused(capsys: Capture) -> None:
    assert main(["logs", str(DATA / "disk_near_miss.log"), "--timeout", "0"]) == 3
    assert "--timeout takes seconds" in capsys.readouterr().err


def test_logs_when_shown_then_cause_place_line_and_age_are_there(capsys: Capture) -> None:
    main(["logs", str(DATA / "disk_full_stale.log"), str(DATA / "graph_json_pretty.log")])
    shown = capsys.readouterr()
    for part in (
        "MS Graph Forbidden (graph_forbidden): Exchange keeps the app from this mailbox",
        "decides: 1 of 1 line.",
        "line 2",
        "1. Ask the Exchange administrator",
        "(no_space): A disk was full: 2 log lines, the newest of 2026-10-30 02:14:08.",
        "Old: the newest 24 days before the end",
        "1. Make room on the disk",
    ):
        assert part in shown.out
    assert "2 to 14 days" in shown.err


def test_logs_when_a_permission_is_missing_then_it_is_named(capsys: Capture) -> None:
    main(["logs", str(DATA / "graph_body_cut.log")])
    shown = capsys.readouterr().out
    assert "Permission that this request needs: Group.Read.All or Group.ReadWrite.All" in shown
    assert "grant it to the app registration" in shown


def test_logs_when_lines_have_no_time_then_no_time_is_made_up(capsys: Capture) -> None:
    main(["logs", str(DATA / "hs_err_pid4711.log")])
    shown = capsys.readouterr().out
    assert "at an unknown time" in shown
    assert "no line in it has a time" in shown


@pytest.mark.parametrize("name", ["nothing_there.log", "product01.h2.db"])
def test_logs_when_nothing_could_be_read_then_it_never_says_no_error(
    name: str, tmp_path: Path, capsys: Capture
) -> None:
    if name.endswith(".db"):
        (tmp_path / name).write_text("No space left on device")
    assert main(["logs", str(tmp_path / name)]) == 3
    shown = capsys.readouterr().out
    assert "No known error" not in shown
    assert "nothing is known" in shown


def test_logs_when_a_part_was_read_then_no_error_is_said_of_that_part(capsys: Capture) -> None:
    main(["logs", str(DATA / "disk_near_miss.log"), "/nothing/here.log"])
    assert "No known error in what could be read." in capsys.readouterr().out


def test_logs_when_lines_hold_secrets_then_none_is_shown(capsys: Capture) -> None:
    for format_ in ("text", "json"):
        main(["logs", str(DATA / "secrets.log"), "--format", format_])
        assert "Canary" not in capsys.readouterr().out


def test_logs_when_asked_for_junit_then_it_says_that_there_is_none(capsys: Capture) -> None:
    assert main(["logs", str(DATA / "disk_near_miss.log"), "--format", "junit"]) == 3
    assert "no JUnit form" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json"])
def test_logs_when_a_folder_is_called_like_a_secret_then_it_is_not_shown(
    form: str, tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "token=Cn4ryCn4ry"
    folder.mkdir()
    (folder / "a.log").write_text("2026-11-23 02:14:07 ERROR No space left on device\n")
    (folder / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    main(["logs", str(folder), "--format", form])
    shown = capsys.readouterr()
    assert "No space left" in shown.out
    assert "Cn4ry" not in shown.out + shown.err


def test_logs_when_told_when_the_job_failed_then_that_run_decides(
    tmp_path: Path, capsys: Capture
) -> None:
    log = tmp_path / "a.log"
    full = "ERROR java.io.IOException: No space left on device"
    log.write_text(f"2026-10-20 02:00:00 {full}\n2026-10-23 02:00:00 INFO ended\n")
    assert main(["logs", str(log)]) == 1
    newest = capsys.readouterr().out
    assert "by this computer's clock: the newest in the logs: 2026-10-23 02:00:00" in newest
    assert "When it was logged: 1 log line about this cause" in newest
    assert main(["logs", str(log), "--failed-at", "2026-10-20"]) == 2
    assert "the one of the time you gave: 2026-10-20 02:00:00" in capsys.readouterr().out
    assert main(["logs", str(log), "--failed-at", "2026-10-21"]) == 3
    absent = capsys.readouterr().out
    assert "Nothing was logged at the time you gave for the failed job, 2026-10-21" in absent
    assert "Not of the time you gave: the newest 3.0 days before the end" in absent
    assert "Old" not in absent
    assert main(["logs", str(log), "--failed-at", "soon"]) == 3
    assert "“soon” is no time" in capsys.readouterr().err
    assert main(["logs", str(log), "--failed-at", "2026-10-20", "--format", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["run"]["chosen"], told["run"]["failed_at"]) == ("told", "2026-10-20")
    assert told["matches"][0]["recent"] == 1


def test_logs_when_nothing_was_logged_at_the_time_told_then_no_error_is_not_said(
    tmp_path: Path, capsys: Capture
) -> None:
    log = tmp_path / "a.log"
    log.write_text("2026-10-23 02:00:00 INFO ended\n")
    assert main(["logs", str(log), "--failed-at", "2026-10-01"]) == 3
    shown = capsys.readouterr().out
    assert "Nothing was logged at the time you gave" in shown
    assert "No known error" not in shown


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such name")
def test_logs_when_a_name_holds_the_end_of_a_line_then_it_is_shown_in_one(
    tmp_path: Path, capsys: Capture
) -> None:
    for name in ("a\x1b[31m\nforged: ok.log", "b\nforged: ok.7z"):
        (tmp_path / name).write_text("2026-10-23 02:00:00 ERROR No space left on device\n")
    assert main(["logs", str(tmp_path)]) == 2
    shown = capsys.readouterr().out
    assert "a?[31m?forged: ok.log, line 1" in shown
    assert not [line for line in shown.splitlines() if line.startswith("forged")]


@pytest.mark.parametrize("words", [["logs", ""], ["check", "--offline", "--log", ""]])
def test_logs_when_the_path_is_empty_then_it_is_refused(words: list[str], capsys: Capture) -> None:
    assert main(words) == 3
    told = capsys.readouterr()
    assert "An empty name is no file or folder" in told.err
    assert told.out == ""


def test_logs_when_a_line_is_dated_ahead_then_it_is_told(tmp_path: Path, capsys: Capture) -> None:
    log = tmp_path / "a.log"
    log.write_text(
        "2026-10-23 02:00:00 ERROR No space left on device\n2099-01-01 00:00:00 INFO x\n"
    )
    assert main(["logs", str(log)]) == 2
    shown = capsys.readouterr().out
    assert "newest line 2026-10-23 02:00:00." in shown
    assert "Lines dated in the future, at least so many: they are never the newest: 1" in shown
    main(["logs", str(log), "--format", "json"])
    doubts = json.loads(capsys.readouterr().out)["doubts"]
    assert (doubts["ahead"], doubts["latest_ahead"]) == (1, "2099-01-01T00:00:00")


def test_logs_when_all_lines_are_dated_ahead_then_it_is_a_warning_that_says_so(
    tmp_path: Path, capsys: Capture
) -> None:
    log = tmp_path / "a.log"
    log.write_text("2099-01-01 00:00:00 ERROR No space left on device\n")
    assert main(["logs", str(log)]) == 1
    shown = capsys.readouterr().out
    assert "No time beside it, or one in the future" in shown
    assert "no line in it has a time that is not in the future" in shown


def test_logs_when_lines_only_mention_an_error_then_each_says_that_it_does_not_decide(
    capsys: Capture,
) -> None:
    main(["logs", str(DATA / "only_mentioned.log"), str(DATA / "other_hosts.log")])
    shown = capsys.readouterr().out
    assert "Only mentioned: words of an error in a line that is none." in shown
    assert "About another host than Microsoft's or the proxy's." in shown
