# SPDX-License-Identifier: MIT
"""The signatures as a whole: how they are told apart, named, and how long they may take."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from wizard import product as product_module
from wizard.nakivo import log_search, log_signatures
from wizard.nakivo.log_signatures import LogRules, Reader, Signature
from wizard.product import Product
from wizard.texts import Texts

RULES = log_signatures.load(product_module.load())
LINE_BYTES = RULES.limits.line_bytes


def ids(line: str, rules: LogRules = RULES) -> list[str]:
    return [signature.id for signature, _ in rules.of_lines(line)]


def test_of_lines_when_several_of_a_family_fit_then_the_first_takes_it() -> None:
    assert ids("java.lang.OutOfMemoryError: Metaspace") == ["java_metaspace_full"]
    assert ids("java.lang.OutOfMemoryError: unheard of") == ["java_out_of_memory"]
    assert ids("Out of memory: Killed process 1 (java) x") == ["killed_for_memory"]
    assert ids("Out of memory: Killed process 1 (mysqld) x") == ["other_killed_for_memory"]


def test_of_lines_when_kinds_have_nothing_in_common_then_each_is_told() -> None:
    line = "java.io.IOException: No space left on device, Connection timed out"
    assert ids(line) == ["no_space", "connection_timed_out"]


def test_own_literals_when_another_looks_for_one_too_then_it_is_not_its_own() -> None:
    heap, bare = (RULES.signature(name) for name in ("java_heap_full", "java_out_of_memory"))
    assert heap
    assert bare
    assert RULES.own_literals(heap) == set()
    alone = replace(RULES, signatures=(replace(heap, literals=("OutOfMemoryError",)),))
    assert alone.own_literals(alone.signatures[0]) == {b"OutOfMemoryError"}


def test_of_rejection_when_an_answer_fits_several_then_the_first() -> None:
    told = {
        "403 accessDenied malwareDetected x": "graph_infected_file",
        "403 accessDenied  x": "graph_forbidden",
        "410  resyncChangesApplyDifferences ": "graph_change_tracking_lost",
        "400 syncStateNotFound  x": "graph_change_tracking_lost",
        "400 BadRequest  Parameter 'DeltaToken' not supported": "graph_change_tracking_lost",
        "404 itemNotFound  ": "graph_not_found",
    }
    found = {text: RULES.of_rejection(text) for text in told}
    assert {text: one and one.id for text, one in found.items()} == told
    assert RULES.of_rejection("400 BadRequest  Invalid filter clause") is None


def test_signatures_when_listed_then_each_has_a_name_of_its_own_and_a_label(texts: Texts) -> None:
    names = [signature.id for signature in RULES.signatures]
    assert len(set(names)) == len(names)
    assert [name for name in names if not texts.has(f"label.log_line_of.{name}")] == []


def test_literals_when_listed_then_the_engine_is_fast_with_each() -> None:
    assert [text for text in RULES.literals if len(text) < log_search.SHORTEST] == []
    lines = [s for s in RULES.signatures if s.reader is Reader.LINE]
    assert [s.id for s in lines if not any(text in s.hit for text in s.literals)] == []


def test_refusals_when_asked_how_old_they_may_be_then_the_longest_counts() -> None:
    ages = [s.maximum_age_days for s in RULES.signatures if s.is_refusal]
    assert RULES.refusals_old_after_days == max(ages)


@pytest.mark.parametrize("signature", RULES.signatures, ids=lambda s: s.id)
def test_pattern_when_a_line_is_made_to_be_slow_then_a_cancel_is_not_late(
    signature: Signature, product: Product
) -> None:
    crafted = [" / ", "/temp ", "C:\\temp ", "-/", "nakivo", "(a: ", signature.hit[:40]]
    for part in (*crafted, *signature.literals):
        line = (part * LINE_BYTES)[:LINE_BYTES]
        started = time.process_time()  # what others do on this machine doesn't count
        signature.expression.search(line)
        assert time.process_time() - started < 0.15, part
