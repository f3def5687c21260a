# SPDX-License-Identifier: MIT
"""Is a contradiction told between what runs, the argument string, and Java's variables?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import judged, observed, values_of
from tests.host.samples import TEMP, java, volume, windows_answers, windows_server
from tests.nakivo.test_java import running_java
from wizard.checks.temp_folder import CHECK
from wizard.host.live import live_host
from wizard.model import Outcome, Scope, Secret
from wizard.texts import Texts


def on_d(**more: Any) -> list[dict[str, Any]]:
    return [volume("C:\\", 60), volume("D:\\", 80, **more)]


def with_setting(pasted: str | None, *arguments: str, file: str | None = None, **more: Any) -> Any:
    """A finding about a server whose argument string the person pasted or has in a file."""
    return judged(
        CHECK,
        windows_server(processes=[java(*arguments)], **more),
        scope=Scope(arguments_file=file),
        pasted_arguments=None if pasted is None else Secret(pasted),
    )


@pytest.mark.parametrize(
    ("pasted", "arguments", "text", "outcome"),
    [
        ("-DtempPath=D:\\Dtmp", ("-DtempPath=D:\\Dtmp",), "moved", Outcome.OK),
        ("-DtempPath=d:/dtmp/", ("-DtempPath=D:\\Dtmp",), "moved", Outcome.OK),
        ("-Xmx1g", (), "default", Outcome.OK),
        ("-DtempPath=D:\\Dtmp", (), "not_restarted", Outcome.WARNING),
        ("-DtempPath=D:\\new", ("-DtempPath=D:\\Dtmp",), "not_restarted", Outcome.WARNING),
        ("-Xmx1g", ("-DtempPath=D:\\Dtmp",), "not_restarted", Outcome.WARNING),
        ("-dtemppath=D:\\Dtmp", (), "lookalike", Outcome.WARNING),
        ("-DtempPath=E:\\x -DtempPath=D:\\Dtmp", ("-DtempPath=D:\\Dtmp",), "setting_twice", None),
        ("-DtempPath=d:/dtmp/ -DtempPath=D:\\Dtmp", ("-DtempPath=D:\\Dtmp",), "moved", Outcome.OK),
    ],
)
def test_judge_when_the_pasted_string_is_set_beside_the_process_then_what_differs_is_told(
    pasted: str, arguments: tuple[str, ...], text: str, outcome: Outcome | None
) -> None:
    told = with_setting(pasted, *arguments)
    assert told.text == f"check.temp_folder.{text}"
    assert told.outcome is (outcome or Outcome.WARNING)


def test_judge_when_the_change_is_not_in_use_yet_then_both_folders_are_named(texts: Texts) -> None:
    told = with_setting("-DtempPath=E:\\new", "-DtempPath=D:\\Dtmp")
    sentence = texts.summary(told)
    assert "E:\\new" in sentence
    assert "D:\\Dtmp" in sentence
    assert any("Restart" in step for step in texts.advice(told))


def test_judge_when_the_old_place_is_unfit_then_the_change_not_in_use_is_the_problem() -> None:
    told = with_setting("-DtempPath=E:\\new", "-DtempPath=D:\\Dtmp", volumes=on_d(read_only=True))
    assert (told.text, told.outcome) == ("check.temp_folder.not_restarted", Outcome.PROBLEM)
    assert told.decisive


def test_judge_when_it_isnt_sure_that_the_place_is_unfit_then_nor_is_the_problem() -> None:
    told = with_setting("-DtempPath=E:\\new", "-DtempPath=D:\\Dtmp", volumes=on_d(kind="network"))
    assert (told.text, told.outcome) == ("check.temp_folder.not_restarted", Outcome.PROBLEM)
    assert not told.decisive


def test_observe_when_no_process_was_seen_then_no_setting_is_called_not_in_use(
    tmp_path: Path,
) -> None:
    file = tmp_path / "settings.txt"
    file.write_text("-DtempPath=D:\\Dtmp")
    seen = observed(
        CHECK,
        windows_server(processes=[]),
        scope=Scope(arguments_file=str(file)),
        pasted_arguments=Secret("-DtempPath=E:\\new"),
    )
    assert (seen.folder, seen.not_in_use, seen.settings_differ) == ("E:\\new", (), True)


def test_judge_when_sources_are_told_then_side_by_side_with_where_each_was_read(
    tmp_path: Path,
) -> None:
    file = tmp_path / "settings.txt"
    file.write_text("-Xmx1g")
    told = with_setting("-DtempPath=E:\\new", "-DtempPath=D:\\Dtmp", file=str(file))
    assert told.text == "check.temp_folder.settings_differ"
    rows = [(row.label, row.value, row.source) for row in told.evidence]
    assert rows[:5] == [
        ("temp_folder", "D:\\Dtmp", ""),
        ("temp_folder_process", "D:\\Dtmp", "process 4100"),
        ("temp_folder_pasted", "E:\\new", "system.transporter.modern.arguments"),
        ("temp_folder_file_none", TEMP, str(file)),
        ("temp_folder_default", TEMP, "service NAKIVO Backup & Replication Transporter"),
    ]


def test_judge_when_the_file_is_no_use_then_that_is_shown_and_nothing_is_guessed(
    tmp_path: Path,
) -> None:
    told = with_setting(None, file=str(tmp_path / "missing"))
    assert told.text == "check.temp_folder.default"
    assert values_of(told)["arguments_file_unread"] == str(tmp_path / "missing")


@pytest.mark.parametrize(
    ("variable", "text"), [("_JAVA_OPTIONS", "overridden"), ("JAVA_TOOL_OPTIONS", "not_restarted")]
)
def test_judge_when_a_variable_names_another_folder_then_by_which_of_them_java_takes(
    variable: str, text: str
) -> None:
    options = [{"variable": variable, "value": "-DtempPath=D:\\Dtmp"}]
    host = windows_server(processes=[java(java_options=options)])
    told = judged(CHECK, host, pasted_arguments=Secret("-DtempPath=E:\\new"))
    assert told.text == f"check.temp_folder.{text}"


@pytest.mark.parametrize(
    ("variable", "used"), [("_JAVA_OPTIONS", "D:\\Dtmp"), ("JAVA_TOOL_OPTIONS", "D:\\a")]
)
def test_judge_when_argument_and_variable_disagree_then_warning_that_names_both_and_the_winner(
    variable: str, used: str, texts: Texts
) -> None:
    options = [{"variable": variable, "value": "-DtempPath=D:\\Dtmp"}]
    files = {**windows_answers()["files"], "D:\\a": []}
    host = windows_server(processes=[java("-DtempPath=D:\\a", java_options=options)], files=files)
    told = judged(CHECK, host)
    assert (told.outcome, told.text) == (Outcome.WARNING, "check.temp_folder.rivals")
    sentence = texts.summary(told)
    assert "D:\\a (process 4100)" in sentence
    assert f"D:\\Dtmp ({variable} of process 4100)" in sentence
    assert f"It uses {used}," in sentence


def test_judge_when_argument_and_variable_spell_the_same_folder_then_ok() -> None:
    options = [{"variable": "_JAVA_OPTIONS", "value": "-DtempPath=d:/dtmp/"}]
    host = windows_server(processes=[java("-DtempPath=D:\\Dtmp", java_options=options)])
    assert judged(CHECK, host).outcome is Outcome.OK


@pytest.mark.parametrize("processes", [[], [java(arguments=None)]])
@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("-Dtemppath=D:\\Dtmp", "lookalike"),
        ("-DtempPath=D:\\a -DtempPath=D:\\b", "setting_twice"),
    ],
)
def test_judge_when_no_process_is_seen_then_what_is_wrong_with_the_string_is_told(
    processes: Any, pasted: str, text: str
) -> None:
    told = judged(CHECK, windows_server(processes=processes), pasted_arguments=Secret(pasted))
    assert (told.outcome, told.text) == (Outcome.WARNING, f"check.temp_folder.{text}_unseen")


def test_judge_when_no_process_is_seen_and_the_settings_differ_then_warning(tmp_path: Path) -> None:
    file = tmp_path / "settings.txt"
    file.write_text("-DtempPath=D:\\a")
    told = judged(
        CHECK,
        windows_server(processes=[]),
        scope=Scope(arguments_file=str(file)),
        pasted_arguments=Secret("-DtempPath=D:\\b"),
    )
    assert told.text == "check.temp_folder.settings_differ_unseen"
    assert told.outcome is Outcome.WARNING


@pytest.mark.parametrize(
    ("processes", "text"), [([], "assumed"), ([java(arguments=None)], "hidden")]
)
def test_judge_when_only_the_string_tells_then_could_not_check_and_its_folder_is_named(
    processes: Any, text: str
) -> None:
    host = windows_server(processes=processes)
    told = judged(CHECK, host, pasted_arguments=Secret("-DtempPath=D:\\Dtmp"))
    assert told.outcome is Outcome.COULD_NOT_CHECK
    assert told.text == f"check.temp_folder.{text}_by_setting"
    assert told.values["folder"] == "D:\\Dtmp"


def test_judge_when_a_real_process_and_a_real_file_differ_then_not_restarted_until_it_is(
    tmp_path: Path,
) -> None:
    root, old, new = tmp_path / "nakivo", tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    file = tmp_path / "expert.properties"
    file.write_text(f"system.transporter.modern.arguments=-Xmx1g -DtempPath={new}\n")
    scope = Scope(install_dir=str(root), arguments_file=str(file))
    with running_java(root / "transporter", f"-DtempPath={old}"):
        before = judged(CHECK, live_host(), scope=scope)
    with running_java(root / "transporter", "-Xmx1g", f"-DtempPath={new}"):
        after = judged(CHECK, live_host(), scope=scope)
    assert before.text == "check.temp_folder.not_restarted"
    assert before.values["wanted"] == str(new)
    assert after.outcome is not Outcome.PROBLEM
    assert after.text in ("check.temp_folder.moved", "check.temp_folder.memory")
