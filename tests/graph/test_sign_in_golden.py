# SPDX-License-Identifier: MIT
"""Every known refusal of a sign-in, met by real msal over real HTTPS, and read as what it means."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.entra import Entra, entra, error
from wizard.checks import graph_calls, sign_in
from wizard.checks.graph_calls import GraphCalls
from wizard.graph import sign_in_errors, words
from wizard.model import CauseId, Outcome
from wizard.product import Product
from wizard.texts import Texts

GOLDEN = Path(__file__).parent / "data" / "sign_in_errors.toml"
CASES: list[dict[str, Any]] = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]
IDS = [f"{case['code']}-{case['word']}" for case in CASES]
# These come at the first request already, which names the tenant.
OF_THE_TENANT = (90002, 900023, 90038)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entra]:
    with entra(tmp_path_factory.mktemp("entra")) as running:
        yield running


def refused(server: Entra, case: dict[str, Any]) -> GraphCalls:
    reply = error(case["code"], case["word"], case["text"])
    server.document = reply if case["code"] in OF_THE_TENANT else None
    server.token = lambda _: reply
    return GraphCalls(server.sign_in().report, None, ())


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_refusal_when_golden_then_told_by_its_cause_alone_and_by_whom_it_is_mended(
    server: Entra, product: Product, case: dict[str, Any]
) -> None:
    seen = refused(server, case)
    told = {
        CauseId.PERMISSIONS: sign_in.judge(seen.report, product),
        CauseId.GRAPH_FORBIDDEN: graph_calls.judge(seen, product),
    }
    for finding in told.values():
        assert_told(finding, product)
    problems = [str(cause) for cause, one in told.items() if one.outcome is Outcome.PROBLEM]
    shown = values_of(told[CauseId.PERMISSIONS])
    assert shown["correlation_id"] == "2222-c"
    assert case["text"] in shown["microsoft_text"]
    if not case["cause"]:  # unknown is a problem of nobody in particular, and never hard evidence
        assert problems == [CauseId.PERMISSIONS]
        assert told[CauseId.PERMISSIONS].text == "check.sign_in.unknown_code"
        assert not told[CauseId.PERMISSIONS].decisive
        assert "who_can_mend" not in shown
        return
    elsewhere = [] if case["cause"] in (CauseId.CONNECTIVITY, CauseId.OTHER) else [case["cause"]]
    assert problems == elsewhere
    assert shown["who_can_mend"] == words.load().who[case["who"]]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_refusal_when_it_has_a_number_then_where_to_look_it_up(
    server: Entra, product: Product, case: dict[str, Any]
) -> None:
    shown = values_of(sign_in.judge(refused(server, case).report, product))
    link = f"https://login.microsoftonline.com/error?code={case['code']}"
    assert shown.get("look_up") == (link if case["code"] else None)


def test_catalogue_when_read_then_every_code_has_a_golden_case() -> None:
    known = {code for entry in sign_in_errors.load().errors for code in entry.codes}
    assert known - {case["code"] for case in CASES} == set()
    assert sum(not case["cause"] for case in CASES) >= 4


def test_refusal_when_only_users_meet_it_then_that_is_said(
    server: Entra, product: Product, texts: Texts
) -> None:
    for code, expected in ((50076, True), (53003, False)):
        case = next(case for case in CASES if case["code"] == code)
        finding = sign_in.judge(refused(server, case).report, product)
        assert ("code_of_users" in values_of(finding)) is expected
