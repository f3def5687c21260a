# SPDX-License-Identifier: MIT
"""Reading the directory over real HTTPS: pages, refusals, broken ways, and no waiting."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.directory import opened
from tests.support.microsoft365 import running
from wizard.demo.microsoft365 import Behaviour, GraphAnswer
from wizard.demo.sample_registration import SampleRegistration
from wizard.errors import CannotCheck
from wizard.graph import directory as module
from wizard.graph.directory import NotRead

OWN = "/v1.0/servicePrincipals(appId='{}')"
WANTED = ("Application.Read.All", "Directory.Read.All")


def refusal(folder: Path, answer: GraphAnswer) -> NotRead:
    """Why an entry was not read that Graph answers like this."""
    with (
        running(Behaviour(graph_answers={"/servicePrincipals": answer}), folder) as m365,
        opened(m365) as directory,
        pytest.raises(NotRead) as caught,
    ):
        directory.one(OWN.format("x"), "id", WANTED)
    return caught.value


def scripted(body: dict[str, Any]) -> GraphAnswer:
    return GraphAnswer(200, raw=json.dumps(body))


def test_all_when_the_list_has_pages_then_each_entry_once(tmp_path: Path) -> None:
    roles = ("Application.Read.All", *(f"Sample.{number}" for number in range(11)))
    with running(Behaviour(roles=roles), tmp_path) as m365, opened(m365) as directory:
        found = directory.all(f"{OWN.format(m365.scope.client_id)}/appRoleAssignments", WANTED)
    assert len(found) == len({entry["appRoleId"] for entry in found}) == len(roles)


def test_all_when_the_next_page_is_elsewhere_then_the_token_is_not_sent_there(
    tmp_path: Path,
) -> None:
    with running(Behaviour(), tmp_path) as other:
        away = scripted({"value": [], "@odata.nextLink": f"{other.cloud.graph}/v1.0/applications"})
        folder = tmp_path / "own"
        folder.mkdir()
        with (
            running(Behaviour(graph_answers={"/lists": away}), folder) as m365,
            opened(m365) as directory,
            pytest.raises(NotRead) as caught,
        ):
            directory.all("/v1.0/lists")
    assert caught.value.reason == "app_registration.foreign"


def test_all_when_pages_never_end_then_stops_and_tells(tmp_path: Path) -> None:
    answers: dict[str, GraphAnswer] = {}
    with running(Behaviour(graph_answers=answers), tmp_path) as m365:
        following = f"{m365.cloud.graph}/v1.0/lists"
        answers["/lists"] = scripted({"value": [{}], "@odata.nextLink": following})
        with opened(m365) as directory, pytest.raises(NotRead) as caught:
            directory.all("/v1.0/lists")
    assert caught.value.reason == "app_registration.too_many"
    assert caught.value.values == {"pages": module.MOST_PAGES}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (GraphAnswer(403, "Authorization_RequestDenied", "Insufficient privileges."), "no_right"),
        (GraphAnswer(404, "Request_ResourceNotFound", "Does not exist."), "not_there"),
        (GraphAnswer(403, "Authorization_IdentityNotFound", "The identity of …"), "not_there"),
        (GraphAnswer(403, "Authorization_IdentityDisabled", "Disabled."), "disabled"),
        (GraphAnswer(429, "TooManyRequests", "", headers={"Retry-After": "7"}), "throttled"),
        (GraphAnswer(503, raw="<html></html>"), "service_fault"),
        (GraphAnswer(404, "itemNotFound", "Not here."), "refused"),
        (GraphAnswer(404, raw="<html>not here</html>"), "foreign"),
        (GraphAnswer(404, raw='{"error": {"code": "NotFound", "message": "a filter"}}'), "foreign"),
        (GraphAnswer(200, raw="<html>sign in to the network</html>"), "foreign"),
        (GraphAnswer(200, raw="[]"), "foreign"),
        (scripted({"value": []}), "foreign"),
        (scripted({"id": "x" * 1_100_000}), "too_long"),
        (GraphAnswer(400, "BadRequest", "Nobody knows."), "refused"),
    ],
)
def test_one_when_graph_does_not_tell_then_the_reason_is_kept_apart(
    tmp_path: Path, answer: GraphAnswer, reason: str
) -> None:
    assert refusal(tmp_path, answer).reason == f"app_registration.{reason}"


def test_one_when_the_right_is_missing_then_those_that_would_do_are_named(tmp_path: Path) -> None:
    told = refusal(tmp_path, GraphAnswer(403, "Authorization_RequestDenied", ""))
    assert told.values == {"wanted": "Application.Read.All, Directory.Read.All"}


def test_one_when_throttled_then_says_how_long_to_wait(tmp_path: Path) -> None:
    told = refusal(tmp_path, GraphAnswer(429, "x", headers={"Retry-After": "7"}))
    assert "7" in str(told.values["wait"])


def test_one_when_the_way_broke_then_nothing_more_is_asked(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, opened(m365) as directory:
        m365.stand_in.__exit__(None, None, None)
        reasons = []
        for _ in range(2):
            with pytest.raises(NotRead) as caught:
                directory.one(OWN.format("x"), "id")
            reasons.append(caught.value)
    assert reasons[0].reason == "app_registration.no_answer"
    assert reasons[1] is reasons[0]
    assert not directory.answered


def test_one_when_time_is_over_then_says_so_at_once(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, opened(m365, seconds=0.0) as directory:
        begun = time.monotonic()
        with pytest.raises(NotRead) as caught:
            directory.one(OWN.format("x"), "id")
    assert caught.value.reason == "app_registration.late"
    assert time.monotonic() - begun < 1


def test_one_when_nobody_waits_any_more_then_nothing_is_asked(tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    with (
        running(Behaviour(), tmp_path) as m365,
        opened(m365, cancel=cancel) as directory,
        pytest.raises(CannotCheck) as caught,
    ):
        directory.one(OWN.format("x"), "id")
    assert caught.value.text == "error.stopped"


def test_one_when_read_then_it_is_the_apps_own(tmp_path: Path) -> None:
    behaviour = Behaviour(registration=SampleRegistration(enabled=False))
    with running(behaviour, tmp_path) as m365, opened(m365) as directory:
        found = directory.one(OWN.format(m365.scope.client_id), "signInAudience", WANTED)
    assert found["accountEnabled"] is False
    assert directory.answered


@pytest.mark.parametrize(
    ("value", "year"),
    [("2021-02-02T04:22:45.4980259Z", 2021), ("never", None), (None, None), (7, None)],
)
def test_moment_when_it_holds_none_then_nothing(value: object, year: int | None) -> None:
    found = module.moment({"at": value}, "at")
    assert (found.year if found else None) == year


def test_objects_when_it_is_no_list_of_objects_then_only_what_is_one() -> None:
    assert module.objects({"a": [{"b": 1}, "c", None]}, "a") == [{"b": 1}]
    assert module.objects({"a": "text"}, "a") == []
