# SPDX-License-Identifier: MIT
"""Is a temporary folder that can't be used told from one that can, and from one never seen?"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import judged, observed, values_of
from tests.host.samples import TEMP, closed, java, volume, windows_answers, windows_server
from tests.host.test_linux_mounts_of import OTHER_MOUNTS, refused
from tests.nakivo.test_java import running_java
from wizard.checks.temp_folder import CHECK
from wizard.checks.temp_space import CHECK as SPACE
from wizard.errors import CannotCheck
from wizard.host.live import live_host
from wizard.model import CauseId, Finding, Outcome
from wizard.texts import Texts


def finding(*arguments: str, **changes: Any) -> Finding:
    return judged(CHECK, windows_server(processes=[java(*arguments)], **changes))


def on_d(**more: Any) -> list[dict[str, Any]]:
    return [volume("C:\\", 60), volume("D:\\", 80, **more)]


def test_judge_when_the_process_uses_the_default_then_ok() -> None:
    told = finding("-Xmx1g")
    assert (told.outcome, told.text) == (Outcome.OK, "check.temp_folder.default")
    assert values_of(told)["temp_folder"] == TEMP
    assert CHECK.cause is CauseId.TEMP_FOLDER


def test_judge_when_moved_to_a_local_disk_then_ok_and_both_folders_are_shown() -> None:
    told = finding("-DtempPath=D:\\Dtmp")
    assert (told.outcome, told.text) == (Outcome.OK, "check.temp_folder.moved")
    assert values_of(told)["temp_folder_default"] == TEMP
    assert values_of(told)["temp_folder_process"] == "D:\\Dtmp"


def test_judge_when_set_twice_with_different_folders_then_problem() -> None:
    told = finding("-DtempPath=D:\\Dtmp", "-DtempPath=C:\\old")
    assert (told.outcome, told.text) == (Outcome.PROBLEM, "check.temp_folder.set_twice")
    assert told.values["folders"] == "D:\\Dtmp, C:\\old"
    assert told.fixes == ("move_temp_folder",)


def test_judge_when_set_twice_to_the_same_folder_then_ok() -> None:
    told = finding("-DtempPath=D:\\Dtmp", "-DtempPath=d:/dtmp/")
    assert told.outcome is Outcome.OK


def test_judge_when_the_folder_in_use_is_gone_then_problem() -> None:
    files = {**windows_answers()["files"], "D:\\gone": None}
    told = finding("-DtempPath=D:\\gone", files=files)
    assert (told.outcome, told.text) == (Outcome.PROBLEM, "check.temp_folder.missing")


@pytest.mark.parametrize("folder", ["tmp", "\\Dtmp", '"D:\\My'])
def test_judge_when_the_path_is_not_complete_then_problem(folder: str) -> None:
    told = finding(f"-DtempPath={folder}")
    assert (told.outcome, told.text) == (Outcome.PROBLEM, "check.temp_folder.relative")


@pytest.mark.parametrize(
    ("place", "outcome", "text", "decisive"),
    [
        ({"read_only": True}, Outcome.PROBLEM, "read_only", True),
        ({"kind": "network"}, Outcome.PROBLEM, "network", False),
        ({"kind": "removable"}, Outcome.WARNING, "removable", False),
        ({"kind": "memory"}, Outcome.WARNING, "memory", False),
        ({"kind": "unknown"}, Outcome.WARNING, "unknown", False),
    ],
)
def test_judge_when_the_volume_is_unfit_then_told_by_its_kind(
    place: dict[str, Any], outcome: Outcome, text: str, decisive: bool
) -> None:
    told = finding("-DtempPath=D:\\Dtmp", volumes=on_d(**place))
    assert (told.outcome, told.text) == (outcome, f"check.temp_folder.{text}")
    assert told.decisive is decisive


def test_judge_when_no_java_runs_then_could_not_check_and_the_default_is_named() -> None:
    told = judged(CHECK, windows_server(processes=[]))
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.temp_folder.assumed")
    assert values_of(told)["temp_folder_assumed"] == TEMP


def test_judge_when_arguments_are_hidden_then_could_not_check() -> None:
    told = judged(CHECK, windows_server(processes=[java(arguments=None)]))
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.temp_folder.hidden")


@pytest.mark.parametrize(
    "change",
    [
        {"volumes": closed("Zugriff verweigert")},
        {"files": {**windows_answers()["files"], "D:\\Dtmp": closed("Zugriff verweigert")}},
    ],
)
def test_judge_when_the_folder_or_volume_is_closed_then_could_not_check(
    change: dict[str, Any],
) -> None:
    told = finding("-DtempPath=D:\\Dtmp", **change)
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.temp_folder.closed")
    assert told.values["reason"] == "Zugriff verweigert"


def test_judge_when_two_processes_use_different_folders_then_warning() -> None:
    old = java("-DtempPath=C:\\old", pid=1, started="2026-11-20T07:00:00.000Z")
    young = java("-DtempPath=D:\\Dtmp", pid=2, started="2026-11-20T09:00:00.000Z")
    told = judged(CHECK, windows_server(processes=[young, old]))
    assert (told.outcome, told.text) == (Outcome.WARNING, "check.temp_folder.differ")
    assert told.values["folder"] == "D:\\Dtmp"


def test_judge_when_two_spell_the_same_folder_differently_then_ok() -> None:
    one, two = java("-DtempPath=D:\\Dtmp", pid=1), java("-DtempPath=d:/dtmp/", pid=2)
    assert judged(CHECK, windows_server(processes=[one, two])).outcome is Outcome.OK


def test_observe_when_there_is_no_installation_then_cannot_check() -> None:
    nothing = windows_server(services=[], programs=[], processes=[], files={})
    with pytest.raises(CannotCheck) as told:
        judged(CHECK, nothing)
    assert told.value.text == "error.no_installation"


def test_judge_when_a_real_process_names_a_missing_folder_then_problem(tmp_path: Path) -> None:
    root = tmp_path / "nakivo"
    with running_java(root / "transporter", f"-DtempPath={tmp_path}/Dtmp"):
        missing = judged(CHECK, live_host(), str(root))
        (tmp_path / "Dtmp").mkdir()
        there = judged(CHECK, live_host(), str(root))
    assert missing.text == "check.temp_folder.missing"
    assert there.text in ("check.temp_folder.moved", "check.temp_folder.memory")


def test_judge_when_java_has_other_mounts_then_could_not_check(
    tmp_path: Path,
) -> None:
    """There is the folder for Java, and none for us; and the room here says nothing of there."""
    if sys.platform != "linux" or os.geteuid() != 0 or refused():
        pytest.skip("gives a process mounts of its own: Linux and root")
    root, hidden = tmp_path / "nakivo", tmp_path / "data"
    (root / "transporter").mkdir(parents=True)
    (root / "director").mkdir()
    hidden.mkdir()
    make = (*OTHER_MOUNTS, str(hidden), "sh", "-c", 'mkdir "$0" && exec "$@"', f"{hidden}/Dtmp")
    with running_java(root / "transporter", f"-DtempPath={hidden}/Dtmp", under=make):
        told = judged(CHECK, live_host(), str(root))
        with pytest.raises(CannotCheck) as closed:
            observed(SPACE, live_host(), str(root))
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.temp_folder.elsewhere")
    assert closed.value.text == told.text
    assert "temp_volume" not in values_of(told)


@pytest.mark.parametrize("arguments", [("@args.txt",), ("-DtempPath=D:\\A", "@args.txt")])
def test_judge_when_arguments_stand_in_a_file_then_could_not_check_and_it_is_named(
    arguments: tuple[str, ...], texts: Texts
) -> None:
    told = finding(*arguments)
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.temp_folder.unclear")
    assert "@args.txt" in texts(f"{told.text}.summary", told.values)
    assert texts.lines(f"{told.text}.advice", told.values)
    assert values_of(told)["temp_folder_assumed"] == TEMP


def test_judge_when_a_variable_moves_it_then_ok_there_and_its_name_is_shown() -> None:
    options = [{"variable": "_JAVA_OPTIONS", "value": "-DtempPath=D:\\Dtmp"}]
    told = judged(CHECK, windows_server(processes=[java(java_options=options)]))
    assert (told.outcome, told.text) == (Outcome.OK, "check.temp_folder.moved_by_variable")
    assert told.values["variable"] == "_JAVA_OPTIONS"
    assert "_JAVA_OPTIONS of process 4100" in [shown.source for shown in told.evidence]
    assert "java_variables_unread" not in values_of(told)


def test_judge_when_variables_could_not_be_read_then_that_is_shown(texts: Texts) -> None:
    told = finding("-DtempPath=D:\\Dtmp")
    assert told.outcome is Outcome.OK
    assert "_JAVA_OPTIONS" in str(values_of(told)["java_variables_unread"])
    assert texts("label.java_variables_unread")


def test_judge_when_the_argument_is_empty_then_problem() -> None:
    assert finding("-DtempPath").text == "check.temp_folder.relative"


def test_judge_when_the_account_may_not_write_then_a_problem_that_names_both() -> None:
    account = r"NT AUTHORITY\SYSTEM"
    told = finding(may_write={account: {TEMP: False}})
    assert (told.outcome, told.text) == (Outcome.PROBLEM, "check.temp_folder.not_writable")
    assert told.decisive
    assert (told.values["account"], told.values["folder"]) == (account, TEMP)
    assert values_of(finding(may_write={account: {TEMP: True}}))["temp_folder_writable"] == account


@pytest.mark.parametrize(
    ("argument", "text"), [("-Xmx1g", "default"), ("-DtempPath=D:\\Dtmp", "moved")]
)
def test_judge_when_rights_cannot_be_told_then_the_sentence_does_not_claim_them(
    argument: str, text: str, texts: Texts
) -> None:
    told = finding(argument, may_write=closed("Zugriff verweigert"))
    assert (told.outcome, told.text) == (Outcome.OK, f"check.temp_folder.{text}_rights_unseen")
    assert "could not be told" in texts.summary(told)
    assert values_of(told)["temp_folder_rights_unseen"] == r"NT AUTHORITY\SYSTEM"
    assert values_of(told)["temp_folder_rights_reason"] == "Zugriff verweigert"


def test_judge_when_the_account_is_unknown_then_that_is_shown_and_no_rights_are_claimed() -> None:
    services = [one | {"account": None} for one in windows_answers()["services"]]
    host = windows_server(processes=[java(account=None)], services=services)
    told = judged(CHECK, host)
    assert told.text == "check.temp_folder.default_rights_unseen"
    assert values_of(told)["temp_folder_account_unseen"] == TEMP


def test_judge_when_a_junction_leads_elsewhere_then_its_end_counts() -> None:
    host = windows_server(
        processes=[java("-DtempPath=D:\\Dtmp")],
        real_path={"D:\\Dtmp": "E:\\far"},
        volumes=[volume("C:\\", 60), volume("D:\\", 80), volume("E:\\", 80, kind="network")],
    )
    told = judged(CHECK, host)
    assert told.text == "check.temp_folder.network"
    assert values_of(told)["temp_folder_real"] == "E:\\far"


def test_judge_when_the_letter_is_only_this_sign_ins_then_problem() -> None:
    told = finding("-DtempPath=D:\\Dtmp", volumes=on_d(kind="session"))
    assert (told.outcome, told.text) == (Outcome.PROBLEM, "check.temp_folder.session")


def test_judge_when_only_the_services_account_is_known_then_a_problem_without_proof() -> None:
    host = windows_server(processes=[java(account=None)], may_write={"LocalSystem": {TEMP: False}})
    told = judged(CHECK, host)
    assert (told.text, told.decisive) == ("check.temp_folder.not_writable_assumed", False)
    row = next(row for row in told.evidence if row.label == "temp_folder_not_writable")
    assert (row.value, row.source) == ("LocalSystem", "service bhsvc-x")


def test_judge_when_direct_send_is_set_then_its_value_is_shown() -> None:
    assert values_of(finding("-DoneDriveDirectSend=true"))["direct_send"] == "true"
    assert "direct_send" not in values_of(finding("-Xmx1g"))
    unclear = finding("-DoneDriveDirectSend=true", "@args.txt")
    assert "direct_send" not in values_of(unclear)
