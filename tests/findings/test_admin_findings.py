# SPDX-License-Identifier: MIT
"""What the findings ask of the tenant: from real runs against a stand-in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.findings.tenant import diagnosed
from wizard.demo.behaviour import Behaviour, GraphAnswer
from wizard.demo.sample_registration import SampleKey, SampleRegistration
from wizard.findings import admin_findings, admin_rows
from wizard.graph.admin_requests import RequestKind
from wizard.graph.portal_links import PortalPage
from wizard.model import Diagnosis, Finding, Outcome
from wizard.texts import Texts

BLOCKED = GraphAnswer(403, "ErrorAccessDenied", "Access to OData is disabled: [RAOP] : Blocked")


def kinds(diagnosis: Diagnosis, texts: Texts) -> list[RequestKind]:
    return [request.kind for request in admin_findings.requests(diagnosis, texts)]


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (Behaviour(roles=("Mail.Read", "User.Read.All")), RequestKind.PERMISSIONS),
        (Behaviour(token_error=7000222), RequestKind.CREDENTIAL),
        (Behaviour(token_error=700016), RequestKind.REGISTRATION),
        (Behaviour(token_error=53003), RequestKind.POLICY),
        (Behaviour(token_error=500014), RequestKind.LICENCE),
        (Behaviour(graph_answers={"/mailFolders": BLOCKED}), RequestKind.MAILBOXES),
    ],
)
def test_requests_when_the_tenant_has_a_fault_then_first_what_mends_it(
    behaviour: Behaviour, kind: RequestKind, tmp_path: Path, texts: Texts
) -> None:
    assert kinds(diagnosed(tmp_path, behaviour), texts)[0] is kind


def test_requests_when_the_secret_ends_soon_then_a_new_one_is_asked_for(
    tmp_path: Path, texts: Texts
) -> None:
    behaviour = Behaviour(registration=SampleRegistration(secrets=(SampleKey(12.5),)))
    (request,) = admin_findings.requests(diagnosed(tmp_path, behaviour), texts)
    assert request.kind is RequestKind.CREDENTIAL
    assert "12" in request.found[0]


@pytest.mark.parametrize("behaviour", [Behaviour(), Behaviour(throttled=True)])
def test_requests_when_the_tenant_is_fine_then_nobody_is_asked(
    behaviour: Behaviour, tmp_path: Path, texts: Texts
) -> None:
    assert kinds(diagnosed(tmp_path, behaviour), texts) == []


def test_requests_when_sign_in_is_refused_then_all_ids_to_look_it_up(
    tmp_path: Path, texts: Texts
) -> None:
    (request,) = admin_findings.requests(diagnosed(tmp_path, Behaviour(token_error=53003)), texts)
    labels = [one.label for one in request.look_up]
    assert {"sign_in_code", "correlation_id", "trace_id", "microsoft_time"} <= set(labels)
    pages = dict(request.places)
    assert list(pages) == [PortalPage.SIGN_IN_LOGS, PortalPage.CONDITIONAL_ACCESS]
    assert set(pages.values()) == {None}  # nobody knows the portal of this cloud


def test_requests_when_two_checks_say_the_same_then_it_is_told_once(
    tmp_path: Path, texts: Texts
) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour(graph_answers={"/mailFolders": BLOCKED}))
    row = next(row for row in diagnosis.results if row.check == "graph_calls")
    values = {"answer": "403 ErrorAccessDenied"}  # as a log line tells of the same
    short = Finding(Outcome.PROBLEM, "graph_error.mailbox_policy", values)
    again = replace(row, check="log_x", finding=short, observation=None)
    twice = replace(diagnosis, results=(*diagnosis.results, replace(row, check="log_y"), again))
    (request,) = admin_findings.requests(twice, texts)
    assert len(request.found) == 1
    assert len({(one.label, one.value) for one in request.look_up}) == len(request.look_up)


def test_requests_when_only_old_log_lines_tell_of_it_then_nobody_is_asked(
    tmp_path: Path, texts: Texts
) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour())
    row = next(row for row in diagnosis.results if row.check == "log_permissions")
    old = Finding(Outcome.WARNING, "sign_in_error.secret_expired", {"code": 7000222})
    rows = (*diagnosis.results, replace(row, finding=old))
    assert kinds(replace(diagnosis, results=rows), texts) == []
    now = replace(row, finding=replace(old, outcome=Outcome.PROBLEM))
    rows = (*diagnosis.results, now)
    assert kinds(replace(diagnosis, results=rows), texts) == [RequestKind.CREDENTIAL]


def test_report_when_only_the_calls_were_made_then_theirs(tmp_path: Path) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour())
    only = tuple(row for row in diagnosis.results if row.check == "graph_calls")
    made = admin_rows.report(replace(diagnosis, results=only))
    assert made is not None
    assert made.signed_in
    assert admin_rows.report(replace(diagnosis, results=())) is None


def test_report_when_another_version_recorded_it_then_unknown(tmp_path: Path) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour())
    rows = [replace(row, observation={"of": "tomorrow"}) for row in diagnosis.results]
    assert admin_rows.report(replace(diagnosis, results=tuple(rows))) is None


def test_links_when_a_sample_then_as_in_the_usual_cloud(tmp_path: Path) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour())
    sample = replace(diagnosis, host=replace(diagnosis.host, sample="healthy"))
    assert set(admin_findings.links(sample)) == set(PortalPage)
    assert admin_findings.links(diagnosis) == {}


def test_links_when_the_cloud_has_a_file_then_its_own_portal(tmp_path: Path) -> None:
    cloud = tmp_path / "sample-cloud.toml"  # where the stand-in writes it
    diagnosis = diagnosed(tmp_path, Behaviour())
    cloud.write_text(
        cloud.read_text(encoding="utf-8") + 'portal = "https://portal.example"\n', encoding="utf-8"
    )
    links = admin_findings.links(diagnosis, str(cloud))
    assert links[PortalPage.API_PERMISSIONS].url.startswith("https://portal.example/")
