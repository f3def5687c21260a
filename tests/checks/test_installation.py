# SPDX-License-Identifier: MIT
"""Is the installation told with its version, and an unsafe one with its source?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.told import judged, values_of
from tests.host.samples import ROOT, closed, service, windows_answers, windows_server
from wizard.checks.installation import CHECK
from wizard.errors import CannotCheck
from wizard.model import Finding, Outcome


def with_version(version: str | None) -> Finding:
    (entry,) = windows_answers()["programs"]
    return judged(CHECK, windows_server(programs=[{**entry, "version": version}]))


@pytest.mark.parametrize(
    ("version", "outcome", "text"),
    [
        ("11.2.1.101306", Outcome.OK, "found"),
        ("11.0.0.88174", Outcome.OK, "found"),
        ("11.0.0.88173", Outcome.WARNING, "unsafe_version"),
        ("9.4", Outcome.WARNING, "unsafe_version"),
        ("11.2 beta", Outcome.OK, "found"),
        (None, Outcome.OK, "found_without_version"),
    ],
)
def test_judge_when_the_version_is_known_then_compared_by_its_numbers(
    version: str | None, outcome: Outcome, text: str
) -> None:
    told = with_version(version)
    assert (told.outcome, told.text) == (outcome, f"check.installation.{text}")
    shown = values_of(told)
    assert shown.get("product_version") == version
    assert ("product_version_unread" in shown) is (version is None)
    assert told.source == ("cve_2024_48248" if text == "unsafe_version" else "wizard")
    assert not told.decisive


def test_judge_when_there_are_two_then_warning_names_the_other() -> None:
    answers: dict[str, Any] = windows_answers()
    command = '"E:\\Second\\transporter\\bh.exe"'
    answers["services"].append(service("y", "NAKIVO second", command=command))
    answers["files"]["E:\\Second"] = []
    told = judged(CHECK, windows_server(**answers))
    assert (told.outcome, told.text) == (Outcome.WARNING, "check.installation.several")
    assert told.values["others"] == "E:\\Second"
    assert values_of(told)["install_folder"] == ROOT


@pytest.mark.parametrize(
    "answers",
    [
        {"services": [], "programs": [], "processes": [], "files": {}},
        {"services": closed(), "programs": closed(), "processes": closed(), "files": {}},
    ],
)
def test_observe_when_nothing_leads_to_it_then_cannot_check(answers: dict[str, Any]) -> None:
    with pytest.raises(CannotCheck) as told:
        judged(CHECK, windows_server(**answers))
    assert told.value.text == "error.no_installation"
