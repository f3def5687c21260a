# SPDX-License-Identifier: MIT
"""wizard export, open and compare, end to end on sample servers."""

from __future__ import annotations

import json
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from wizard.cli import main
from wizard.demo.scenarios import SCENARIOS

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("packages")
    made = {name: folder / f"{name}.zip" for name in ("several", "no-access")}
    for name, path in made.items():
        assert main(["export", "--demo", name, "--offline", "--output", str(path)]) == 0
    return made


def test_export_when_written_then_it_says_where_and_the_state_of_the_backup(
    tmp_path: Path, capsys: Capture
) -> None:
    output = tmp_path / "a.zip"
    words = ["export", "--demo", "temp-folder-full", "--offline", "--output", str(output)]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert str(output) in shown
    assert "problem found" in shown
    assert zipfile.is_zipfile(output)
    assert main([*words, "--format", "json"]) == 3
    assert "is there already" in capsys.readouterr().err
    assert main([*words, "--overwrite", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["schema"]) == ("problem", "m365-backup-wizard/export/1")


def test_export_when_only_previewed_then_every_entry_is_listed_and_nothing_written(
    tmp_path: Path, capsys: Capture
) -> None:
    output = tmp_path / "a.zip"
    words = ["export", "--demo", "several", "--offline", "--preview", "--output", str(output)]
    assert main(words) == 0
    shown = capsys.readouterr().out
    for name in ("README.txt", "report.html", "diagnosis.json", "summary.txt", "manifest.json"):
        assert name in shown
    masked = [line.strip() for line in shown.splitlines() if "for example" in line]
    assert any(
        line.startswith("host: ") and "host-1.masked.invalid in line" in line for line in masked
    )
    entries = shown.count(" bytes  ")
    assert len(masked) < 4 * entries  # by kind, not place by place
    assert "what stays readable:" in shown
    assert "What may remain: names of people" in shown
    assert not output.exists()
    assert main([*words, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "m365-backup-wizard/export/1"
    assert [entry["name"] for entry in told["entries"]][-1] == "manifest.json"
    assert told["manifest"]["sample"] == "several"


def test_export_when_no_place_is_named_then_it_asks_for_one(capsys: Capture) -> None:
    assert main(["export", "--demo", "healthy"]) == 3
    assert "--output" in capsys.readouterr().err


def test_export_when_the_folder_is_missing_then_nothing_is_checked_first(
    tmp_path: Path, capsys: Capture
) -> None:
    output = tmp_path / "none" / "a.zip"
    assert main(["export", "--demo", "not-a-scenario", "--output", str(output)]) == 3
    assert "There is no folder" in capsys.readouterr().err


def test_export_when_names_may_stay_then_they_do(tmp_path: Path, capsys: Capture) -> None:
    output = tmp_path / "a.zip"
    words = ["export", "--demo", "several", "--offline", "--keep-names", "--output", str(output)]
    assert main(words) == 0
    with zipfile.ZipFile(output) as archive:
        told = json.loads(archive.read("manifest.json"))
        assert json.loads(archive.read("diagnosis.json"))["host"]["name"] == "sample-backup-server"
    assert told["masking"] == {"names": False, "ids": False}


def test_open_when_whole_then_the_same_diagnosis_is_shown(
    packages: dict[str, Path], capsys: Capture
) -> None:
    assert main(["open", str(packages["several"])]) == 0
    shown = capsys.readouterr().out
    assert "is whole" in shown
    assert "SAMPLE SERVER “several”" in shown
    assert "Likeliest cause" in shown


def test_open_when_judged_again_then_it_says_what_changed(
    packages: dict[str, Path], capsys: Capture
) -> None:
    assert main(["open", str(packages["several"]), "--rejudge"]) == 0
    assert "No problem or warning is new, gone or changed." in capsys.readouterr().out


def test_open_when_asked_for_json_then_only_json_is_printed(
    packages: dict[str, Path], capsys: Capture
) -> None:
    for more in ([], ["--rejudge"]):
        assert main(["open", str(packages["several"]), "--format", "json", *more]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["verdict"]["likely_cause"] == "temp-folder"


def test_open_when_it_is_no_package_then_a_clear_sentence(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "x.zip").write_text("hello")
    assert main(["open", str(tmp_path / "x.zip")]) == 3
    assert "is no findings package" in capsys.readouterr().err
    assert main(["open", str(tmp_path / "none.zip")]) == 3


def test_compare_when_states_differ_then_it_tells_and_ends_with_one(
    packages: dict[str, Path], capsys: Capture
) -> None:
    assert main(["compare", str(packages["several"]), str(packages["no-access"])]) == 1
    shown = capsys.readouterr().out
    assert "Changed: Free space for temporary files" in shown
    assert "before: Problem." in shown
    assert "now: Could not check." in shown
    assert "now: none" in shown


def test_compare_when_it_is_the_same_package_then_zero(
    packages: dict[str, Path], capsys: Capture
) -> None:
    same = str(packages["several"])
    assert main(["compare", same, same, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["changes"], told["schema"]) == ([], "m365-backup-wizard/comparison/1")


def test_compare_when_the_packages_are_the_wrong_way_round_then_it_says_so(
    packages: dict[str, Path], capsys: Capture
) -> None:
    one, other = (str(packages[name]) for name in ("several", "no-access"))
    main(["compare", one, other])
    assert "Mind the order" not in capsys.readouterr().out
    main(["compare", other, one])
    assert "Mind the order" in capsys.readouterr().out


def test_compare_when_only_numbers_differ_then_each_row_shows_some(
    packages: dict[str, Path], tmp_path: Path, capsys: Capture
) -> None:
    later = str(tmp_path / "later.zip")
    main(["export", "--demo", "several", "--offline", "--output", later])
    capsys.readouterr()
    main(["compare", str(packages["several"]), later])  # a sample lies in a new folder each time
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("Same answer") for line in lines)
    for line, following in pairwise(lines):
        assert not line.startswith("Same answer") or following.startswith("  ")


@pytest.mark.parametrize("words", [["compare", "a.zip", "b.zip"], ["export", "--preview"]])
def test_command_when_asked_for_junit_then_it_says_that_there_is_none(
    words: list[str], capsys: Capture
) -> None:
    assert main([*words, "--format", "junit"]) == 3
    assert "no JUnit form" in capsys.readouterr().err


@pytest.mark.full
@pytest.mark.parametrize("name", SCENARIOS)
def test_export_when_made_of_any_sample_then_it_passes_the_last_look_and_opens_the_same(
    name: str, tmp_path: Path, capsys: Capture
) -> None:
    output = str(tmp_path / "a.zip")
    assert main(["export", "--demo", name, "--output", output]) == 0
    assert main(["open", output, "--rejudge"]) == 0
    assert "No problem or warning is new, gone or changed." in capsys.readouterr().out
