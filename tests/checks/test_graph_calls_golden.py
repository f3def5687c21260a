# SPDX-License-Identifier: MIT
"""Every recorded answer comes over real HTTPS, and the check tells it as what it means."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.entra import Entra, entra
from tests.support.microsoft365 import host
from wizard.checks.graph_calls import GraphCalls, judge
from wizard.demo.loopback import Response
from wizard.graph import clouds, probes
from wizard.graph.access_token import Claims
from wizard.graph.graph_errors import Kind
from wizard.graph.sign_in_report import Report
from wizard.model import Finding, Outcome, Scope, Secret, Workload
from wizard.product import Product

GOLDEN = Path(__file__).parents[1] / "graph" / "data" / "graph_errors.toml"
CASES: list[dict[str, Any]] = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]
ROLES = ("Sites.Read.All",)
IN_SPITE_OF_ROLE = "check.graph_calls.refused_in_spite_of_role"
UNMARKED = {Kind.THROTTLED: "throttled_unmarked", Kind.SERVICE_FAULT: "fault_unmarked"}
HARMLESS = (Kind.ITEM, Kind.HISTORIC)
OF_ONE_ACCOUNT = ("mailbox_missing", "onedrive_missing", "provisioning", "not_provisioned")
BY_ROW = {
    # nothing followed it here
    "claims_challenge": (Outcome.PROBLEM, "check.graph_calls.challenge_not_followed"),
    "says_nothing": (Outcome.PROBLEM, "check.graph_calls.no_reason_in_spite_of_role"),
    **{row: (Outcome.COULD_NOT_CHECK, f"graph_error.{row}") for row in OF_ONE_ACCOUNT},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entra]:
    with entra(tmp_path_factory.mktemp("entra")) as running:
        yield running


@pytest.fixture(scope="module")
def report(server: Entra) -> Report:
    return server.sign_in().report


def told(server: Entra, report: Report, product: Product, case: dict[str, Any]) -> Finding:
    """What the check says of one call for SharePoint that was answered so."""
    kind = "application/json" if case["body"].startswith("{") else "text/html"
    reply = Response(case["status"], case["body"], kind, case["headers"])
    server.graph = lambda _: reply
    scope = Scope(ca_file=server.ca_file, workloads=(Workload.SHAREPOINT,))
    calls = probes.run(
        clouds.choose(server.cloud_file),
        scope,
        host(),
        Secret("a.b.c"),
        threading.Event(),
        claims=Claims(readable=True, roles=ROLES),
    )
    finding = judge(GraphCalls(report, ROLES, calls), product)
    assert_told(finding, product)
    return finding


def expected(case: dict[str, Any]) -> tuple[Outcome, str]:
    """By the recorded kind alone, without the catalogue."""
    kind, text = Kind(case["kind"]), f"graph_error.{case['row']}"
    if kind is Kind.PERMISSION:
        return Outcome.PROBLEM, IN_SPITE_OF_ROLE
    unmarked = UNMARKED.get(kind) if not is_marked(case) else None
    if unmarked:
        return Outcome.PROBLEM, f"check.graph_calls.{unmarked}"
    if case["row"] in BY_ROW:
        return BY_ROW[case["row"]]
    if kind is Kind.THROTTLED:
        return Outcome.PROBLEM, f"{text}_wait"
    if kind in (*HARMLESS, Kind.OBJECT_LEVEL):
        return Outcome.WARNING, text
    if kind is Kind.UNKNOWN and case["status"] != 403:
        return Outcome.COULD_NOT_CHECK, text
    return Outcome.PROBLEM, text


def is_marked(case: dict[str, Any]) -> bool:
    """Whether it has what only Graph sends."""
    has_code = '"code": "' in case["body"] or '"error": "' in case["body"]
    return has_code and ("request-id" in case["body"] or "request-id" in case["headers"])


def is_graphs_own(case: dict[str, Any]) -> bool:
    """Whether it has what only Graph sends; of faults and limits nothing is asked."""
    return is_marked(case) or case["status"] == 429 or 500 <= case["status"] < 600


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_answer_when_recorded_then_told_as_what_it_means_and_never_as_fine(
    server: Entra, report: Report, product: Product, case: dict[str, Any]
) -> None:
    finding = told(server, report, product, case)
    if is_graphs_own(case):
        assert (finding.outcome, finding.text) == expected(case)
        assert values_of(finding)["call_answer"].startswith(str(case["status"]))
    else:
        assert finding.outcome is Outcome.COULD_NOT_CHECK
        assert finding.text == "check.graph_calls.foreign"


def test_cases_when_counted_then_of_every_kind_and_many_unknown() -> None:
    assert {case["kind"] for case in CASES} == {str(kind) for kind in Kind}
    assert sum(case["kind"] == "unknown" for case in CASES) >= 10
