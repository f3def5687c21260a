# SPDX-License-Identifier: MIT
"""Ranking: hard evidence, then likelihood per effort; unknown is never ok."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rows import row
from wizard import product as product_module
from wizard import verdict
from wizard.model import CauseId, Outcome, Status
from wizard.product import Product
from wizard.texts import Texts

P, W, U, OK, NA = (
    Outcome.PROBLEM,
    Outcome.WARNING,
    Outcome.COULD_NOT_CHECK,
    Outcome.OK,
    Outcome.NOT_APPLICABLE,
)
TEXT = {NA: "engine.offline"}  # left out on request


def test_rank_when_evidence_differs_then_hard_evidence_comes_first(product: Product) -> None:
    rows = [
        row(CauseId.PERMISSIONS, P),
        row(CauseId.OTHER, P, decisive=True),
        row(CauseId.TEMP_FOLDER, OK),
    ]
    ranked = verdict.rank(rows, product)
    assert [v.cause for v in ranked[:2]] == [CauseId.OTHER, CauseId.PERMISSIONS]
    assert [v.rank for v in ranked] == [1, 2, 3, 4, 5, 6, 7]


def test_rank_when_evidence_is_equal_then_likelihood_per_effort_decides(product: Product) -> None:
    rows = [row(cause, P, decisive=True) for cause in CauseId]
    order = [v.cause for v in verdict.rank(rows, product)]
    value = {cause.id: cause.likelihood / cause.effort for cause in product.causes}
    assert order == sorted(CauseId, key=lambda cause: -value[cause])


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ([OK, OK], Status.OK),
        ([OK, U], Status.UNKNOWN),
        ([OK, Outcome.TIMED_OUT], Status.UNKNOWN),
        ([U, W], Status.WARNING),
        ([W, P, U], Status.PROBLEM),
        ([NA, NA], Status.SKIPPED),
        ([NA, OK], Status.SKIPPED),  # left out on request
        ([], Status.SKIPPED),
    ],
)
def test_status_when_rows_are_mixed_then_worst_counts(
    product: Product, outcomes: list[Outcome], status: Status
) -> None:
    rows = [row(CauseId.MEMORY, outcome, text=TEXT.get(outcome, "x")) for outcome in outcomes]
    found = next(v for v in verdict.rank(rows, product) if v.cause == CauseId.MEMORY)
    assert found.status == status


def test_status_when_a_check_does_not_apply_then_the_others_decide(product: Product) -> None:
    rows = [
        row(CauseId.MEMORY, NA, text="engine.no_credentials"),
        row(CauseId.MEMORY, OK),
    ]
    found = next(v for v in verdict.rank(rows, product) if v.cause == CauseId.MEMORY)
    assert found.status == Status.OK


@given(
    st.lists(
        st.tuples(st.sampled_from(list(CauseId)), st.sampled_from(list(Outcome)), st.booleans())
    )
)
def test_rank_when_anything_is_unknown_then_its_cause_is_never_ok(
    rows: list[tuple[CauseId, Outcome, bool]],
) -> None:
    product = product_module.load()
    results = [row(cause, outcome, decisive=hard) for cause, outcome, hard in rows]
    ranked = verdict.rank(results, product)
    assert sorted(v.cause for v in ranked) == sorted(CauseId)
    for found in ranked:
        mine = {r.finding.outcome for r in results if r.cause == found.cause}
        if mine & {U, Outcome.TIMED_OUT, P, W}:
            assert found.status not in (Status.OK, Status.SKIPPED)


def test_because_when_told_then_every_reason_is_a_sentence(product: Product, texts: Texts) -> None:
    for outcome in Outcome:
        for hard in (True, False):
            rows = [row(CauseId.MEMORY, outcome, decisive=hard)]
            for found in verdict.rank(rows, product):
                assert texts.because(found).endswith(".")
