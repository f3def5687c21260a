# SPDX-License-Identifier: MIT
"""One read-only call per service, and no more is read than an id."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.microsoft365 import Running, running
from wizard.demo.microsoft365 import Behaviour, GraphAnswer
from wizard.graph import probes
from wizard.graph.probes import Call
from wizard.model import Secret, Workload

REQUEST = {"request-id": "11111111-2222-4333-8444-555555555555"}


def calls(m365: Running, *workloads: Workload, token: str | None = None) -> dict[Workload, Call]:
    scope = replace(m365.scope, workloads=workloads or tuple(Workload))
    found = m365.sign_in()
    secret = Secret(token) if token else found.token
    assert secret is not None
    made = probes.run(m365.cloud, scope, m365.computer, secret, threading.Event())
    return {call.workload: call for call in made}


def test_run_when_healthy_then_one_granted_call_per_service(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        made = calls(m365)
    assert list(made) == list(Workload)
    assert all(call.is_ok and call.objects == 1 for call in made.values())
    assert all(call.client_request_id and call.time for call in made.values())


def test_run_when_services_are_chosen_then_only_those(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        assert list(calls(m365, Workload.TEAMS)) == [Workload.TEAMS]


def test_run_when_made_then_no_id_of_the_tenant_is_kept(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        made = calls(m365)
    assert "{id}" in made[Workload.EXCHANGE].path
    assert "-aaaa-" not in repr(made)  # the sample users' ids


@pytest.mark.parametrize(("without", "ok"), [(1, True), (2, True), (3, False)])
def test_run_when_first_users_have_no_mailbox_then_up_to_three_are_tried(
    tmp_path: Path, without: int, ok: bool
) -> None:
    with running(Behaviour(users_without_mailbox=without), tmp_path) as m365:
        call = calls(m365, Workload.EXCHANGE)[Workload.EXCHANGE]
    assert call.is_ok is ok
    assert ok or (call.error is not None and call.error.code == "MailboxNotEnabledForRESTAPI")


@pytest.mark.parametrize(
    ("roles", "tried"),
    [(("User.Read.All", "Files.Read.All"), 2), (("User.Read.All",), 1)],
)
def test_run_when_one_drive_is_refused_then_another_is_tried_only_where_the_role_is_there(
    tmp_path: Path, roles: tuple[str, ...], tried: int
) -> None:
    first = "/users/00000001-aaaa-4bbb-8ccc-dddddddddddd/drive"
    denied = GraphAnswer(403, "accessDenied", "Access denied")
    with running(Behaviour(roles=roles, graph_answers={first: denied}), tmp_path) as m365:
        found = m365.sign_in(workloads=(Workload.ONEDRIVE,))
        assert found.token is not None
        made = probes.run(
            m365.cloud,
            replace(m365.scope, workloads=(Workload.ONEDRIVE,)),
            m365.computer,
            found.token,
            threading.Event(),
            claims=found.claims,
        )
    assert [call.status for call in made] == [403, 200][:tried]


def test_run_when_its_seconds_are_over_then_what_is_left_says_so(tmp_path: Path) -> None:
    with running(Behaviour(hang_s=0.4), tmp_path) as m365:
        token = m365.sign_in().token
        assert token is not None
        made = probes.run(
            m365.cloud, m365.scope, m365.computer, token, threading.Event(), seconds=0.6
        )
    assert [call.no_answer for call in made][-1] == "timeout"


def test_run_when_role_is_missing_then_graphs_refusal(tmp_path: Path) -> None:
    with running(Behaviour(roles=("User.Read.All",)), tmp_path) as m365:
        made = calls(m365, Workload.EXCHANGE, Workload.TEAMS)
    refused = made[Workload.EXCHANGE].error
    assert refused is not None
    assert refused.code == "ErrorAccessDenied"
    assert refused.request_id
    # what can't be listed is told as the listing's refusal, with what the listing needs
    assert made[Workload.TEAMS].path.startswith("/v1.0/groups")
    assert "Group.Read.All" in made[Workload.TEAMS].any_of


def test_run_when_throttled_then_how_long_to_wait(tmp_path: Path) -> None:
    with running(Behaviour(throttled=True), tmp_path) as m365:
        error = calls(m365, Workload.GROUPS)[Workload.GROUPS].error
    assert error is not None
    assert (error.status, error.retry_after) == (429, "120")


@pytest.mark.parametrize(
    "answer",
    [
        GraphAnswer(200, raw="<html>please sign in</html>"),
        GraphAnswer(403, raw="<html>blocked by policy</html>"),
        GraphAnswer(302, raw="", headers={"Location": "https://portal.test"}),
        GraphAnswer(204, raw=""),
        GraphAnswer(999, raw="<html>blocked</html>"),
        GraphAnswer(200, raw='{"value": [{"id": "1"}]}'),
        GraphAnswer(200, raw='{"value": "x"}', headers=REQUEST),
        GraphAnswer(200, raw='{"id": "wifi", "value": null}', headers=REQUEST),
        GraphAnswer(200, raw='{"id": 5}', headers=REQUEST),
        GraphAnswer(200, raw='{"id": "x", "error": {"code": "accessDenied"}}', headers=REQUEST),
        GraphAnswer(403, raw='{"error": {"code": "Forbidden", "message": "Blocked by a filter"}}'),
        GraphAnswer(403, raw='{"error": "blocked by filter"}'),
        GraphAnswer(403, raw="<html>blocked</html>", headers=REQUEST),
    ],
)
def test_run_when_something_in_between_answers_then_not_microsoft_and_never_fine(
    tmp_path: Path, answer: GraphAnswer
) -> None:
    with running(Behaviour(graph_answers={"/groups": answer}), tmp_path) as m365:
        call = calls(m365, Workload.GROUPS)[Workload.GROUPS]
    assert call.no_answer == probes.NOT_MICROSOFT
    assert not call.is_ok


@pytest.mark.parametrize(
    ("listed", "service"),
    [
        ("/groups", Workload.GROUPS),
        ("/groups", Workload.TEAMS),
        ("/users", Workload.EXCHANGE),
        ("/users", Workload.ONEDRIVE),
    ],
)
def test_run_when_the_tenant_has_none_of_a_kind_then_that_and_nothing_granted(
    tmp_path: Path, listed: str, service: Workload
) -> None:
    nothing = GraphAnswer(200, raw='{"value": []}', headers=REQUEST)
    with running(Behaviour(graph_answers={listed: nothing}), tmp_path) as m365:
        call = calls(m365, service)[service]
    assert (call.is_ok, call.status, call.no_answer) == (False, 200, probes.NOTHING_THERE)


def test_run_when_a_page_of_groups_is_empty_and_more_follow_then_the_request_was_granted(
    tmp_path: Path,
) -> None:
    more = '{"value": [], "@odata.nextLink": "https://graph.test/v1.0/groups?$skiptoken=x"}'
    answers = {"/groups": GraphAnswer(200, raw=more, headers=REQUEST)}
    with running(Behaviour(graph_answers=answers), tmp_path) as m365:
        call = calls(m365, Workload.GROUPS)[Workload.GROUPS]
    assert (call.is_ok, call.objects) == (True, 0)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_run_when_the_first_page_is_empty_then_the_next_is_read_from_graph_alone(
    tmp_path: Path, elsewhere: bool
) -> None:
    answers: dict[str, GraphAnswer] = {}
    user = GraphAnswer(200, raw='{"value": [{"id": "1"}]}', headers=REQUEST)
    with running(Behaviour(graph_answers=answers), tmp_path) as m365:
        base = "https://evil.test" if elsewhere else m365.cloud.graph
        empty = f'{{"value": [], "@odata.nextLink": "{base}/v1.0/more"}}'
        answers |= {"/mailFolders": user, "/more": user}
        answers["/users"] = GraphAnswer(200, raw=empty, headers=REQUEST)
        call = calls(m365, Workload.EXCHANGE)[Workload.EXCHANGE]
    assert call.is_ok is not elsewhere
    assert (call.no_answer == probes.NOTHING_LISTED) is elsewhere


def test_run_when_next_page_lies_elsewhere_then_not_followed(tmp_path: Path) -> None:
    away = GraphAnswer(
        200,
        raw='{"value": [{"id": "1"}], "@odata.nextLink": "https://evil.test/v1.0/users"}',
        headers=REQUEST,
    )
    gone = GraphAnswer(404, "MailboxNotEnabledForRESTAPI", "no mailbox")
    answers = {"/mailFolders": gone, "/users": away}
    with running(Behaviour(graph_answers=answers), tmp_path) as m365:
        call = calls(m365, Workload.EXCHANGE)[Workload.EXCHANGE]
    assert call.status == 404


def test_run_when_token_is_foreign_then_refused(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        error = calls(m365, Workload.GROUPS, token="nonsense")[Workload.GROUPS].error
    assert error is not None
    assert (error.status, error.code) == (401, "InvalidAuthenticationToken")


def test_run_when_cancelled_then_no_calls(tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with running(Behaviour(), tmp_path) as m365:
        token = m365.sign_in().token
        assert token is not None
        assert probes.run(m365.cloud, m365.scope, m365.computer, token, cancelled) == ()


def test_data_when_read_then_only_ids_are_asked_for() -> None:
    data = probes.load()
    for path in [*(one.path for one in data.probes), *(one.path for one in data.lists)]:
        assert "$select=id" in path
    assert {probe.workload for probe in data.probes} == set(Workload)


@pytest.mark.parametrize(
    ("roles", "tried"),
    [
        (("User.Read.All", "Mail.Read"), [200]),
        (("User.ReadBasic.All", "Mail.Read"), [404, 404, 200]),
    ],
)
def test_run_when_plans_may_be_read_then_users_with_a_mailbox_are_tried_first(
    tmp_path: Path, roles: tuple[str, ...], tried: list[int]
) -> None:
    behaviour = Behaviour(roles=roles, users_without_mailbox=2)
    with running(behaviour, tmp_path) as m365:
        found = m365.sign_in()
        assert found.token is not None
        made = probes.run(
            m365.cloud,
            replace(m365.scope, workloads=(Workload.EXCHANGE,)),
            m365.computer,
            found.token,
            threading.Event(),
            claims=found.claims,
        )
    assert [call.status for call in made] == tried


def test_run_when_no_object_fares_better_then_no_more_than_a_few_are_tried(tmp_path: Path) -> None:
    users = ", ".join(f'{{"id": "{number}"}}' for number in range(20))
    gone = GraphAnswer(404, "MailboxNotEnabledForRESTAPI", "no mailbox")
    answers = {
        "/mailFolders": gone,
        "/users": GraphAnswer(200, raw=f'{{"value": [{users}]}}', headers=REQUEST),
    }
    with running(Behaviour(graph_answers=answers), tmp_path) as m365:
        context = m365.context(workloads=(Workload.EXCHANGE,))
        assert len(context.graph_calls()) == 5
