# SPDX-License-Identifier: MIT
"""Advice of a refusal that both a log and a live request met."""

from __future__ import annotations

from dataclasses import replace

from wizard.demo import sample
from wizard.findings import advice
from wizard.model import CauseId, Outcome
from wizard.texts import Texts


def test_of_when_log_and_request_met_the_same_then_the_log_points_to_the_request(
    texts: Texts,
) -> None:
    with sample.open_sample("graph-forbidden", texts) as session:
        session.scope = replace(session.scope, causes=(CauseId.GRAPH_FORBIDDEN,))
        results = session.diagnose().results
    calls = next(row for row in results if row.check == "graph_calls")
    refused = next(row for row in results if row.check == "rejected_operations")
    assert calls.finding.text == refused.finding.text
    told = advice.of(refused, results, texts)
    assert "“Requests to Microsoft Graph” met the same just now" in told[0]
    assert not set(told) & set(advice.of(calls, results, texts))
    # Alone, or where requests fare well by now, it tells what to do itself.
    alone = advice.of(refused, (refused,), texts)
    assert set(texts.advice(calls.finding)) <= set(alone)
    well = replace(calls, finding=replace(calls.finding, outcome=Outcome.OK))
    assert advice.of(refused, (well, refused), texts) == alone
