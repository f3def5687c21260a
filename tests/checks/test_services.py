# SPDX-License-Identifier: MIT
"""Is a stopped service a proof, and a service that isn't found none?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.told import judged, observed, values_of
from tests.host.samples import closed, service, windows_answers, windows_server
from wizard.checks.services import CHECK
from wizard.errors import CannotCheck
from wizard.model import Finding, Outcome
from wizard.texts import Texts

TRANSPORTER = "NAKIVO Backup & Replication Transporter"
DIRECTOR = "NAKIVO Backup & Replication Director"


def finding(transporter: str | None, director: str | None = "running", **changes: Any) -> Finding:
    told = {"t": (TRANSPORTER, transporter), "d": (DIRECTOR, director)}
    services = [service(n, name, state) for n, (name, state) in told.items() if state]
    return judged(CHECK, windows_server(services=services, **changes))


def test_judge_when_both_run_then_ok_with_their_names() -> None:
    told = judged(CHECK, windows_server())
    assert (told.outcome, told.values["count"]) == (Outcome.OK, 2)
    assert values_of(told)["transporter_state"] == "running"
    assert values_of(told)["service_account"] == "LocalSystem"


@pytest.mark.parametrize(
    ("transporter", "director", "text", "names"),
    [
        ("stopped", "running", "stopped", TRANSPORTER),
        ("running", "stopped", "stopped", DIRECTOR),
        ("failed", "running", "failed", TRANSPORTER),
        ("stopped", "changing", "stopped", TRANSPORTER),
        ("stopped", "stopped", "stopped", f"{TRANSPORTER}, {DIRECTOR}"),
    ],
)
def test_judge_when_one_is_down_then_a_decisive_problem_names_it(
    transporter: str, director: str, text: str, names: str
) -> None:
    told = finding(transporter, director)
    assert (told.outcome, told.text) == (Outcome.PROBLEM, f"check.services.{text}_windows")
    assert told.decisive
    assert told.values["names"] == names


def test_judge_when_one_is_down_then_the_way_to_start_it_is_that_of_the_system(
    texts: Texts,
) -> None:
    windows = finding("stopped")
    shown = " ".join(texts.advice(windows))
    assert f"services.msc, choose {TRANSPORTER}" in shown
    assert "systemctl" not in shown
    units = [service(f"nkv-{part}.service", part, "failed") for part in ("bhsvc", "dirsvc")]
    facts = {**windows_answers()["facts"], "system": "linux"}
    linux = judged(CHECK, windows_server(services=units, facts=facts))
    shown = " ".join(texts.advice(linux))
    assert "sudo systemctl start nkv-bhsvc.service nkv-dirsvc.service" in shown
    assert "event log" not in shown
    assert windows.source == linux.source == "wizard"


def test_judge_when_one_is_starting_then_warning() -> None:
    told = finding("changing")
    assert (told.outcome, told.text) == (Outcome.WARNING, "check.services.changing")


def test_judge_when_the_transporter_is_not_found_then_could_not_check() -> None:
    told = finding(None)
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.services.no_transporter")


def test_judge_when_an_installed_director_is_not_found_then_could_not_check() -> None:
    told = finding("running", None)
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.services.no_director")


def test_judge_when_only_a_transporter_is_installed_then_it_is_enough() -> None:
    files = {**windows_answers()["files"]}
    root = next(iter(files))
    told = finding("running", None, files={root: [], f"{root}\\transporter": []})
    assert told.outcome is Outcome.OK


def test_observe_when_services_cannot_be_listed_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        judged(CHECK, windows_server(services=closed()))


def test_observe_when_a_command_line_holds_a_password_then_it_is_not_kept() -> None:
    told = service("t", TRANSPORTER, command='"C:\\N\\transporter\\bh.exe" --password canary')
    assert "canary" not in str(observed(CHECK, windows_server(services=[told])))
