# SPDX-License-Identifier: MIT
"""What was not reached is told with what broke for it."""

from __future__ import annotations

from wizard.checks.not_reached import distinct, not_reached
from wizard.checks.tcp import Line
from wizard.graph.network_path import Layer
from wizard.model import Outcome
from wizard.texts import Texts


def test_not_reached_when_layers_differ_then_only_the_hosts_of_the_told_one(
    texts: Texts,
) -> None:
    lines = (
        Line("a", "one.test", None, Layer.NAME),
        Line("b", "two.test", None, Layer.PROXY),
        Line("c", "three.test", None, Layer.NAME),
    )
    finding = not_reached(lines)
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, "not_reached.name")
    assert finding.values["hosts"] == "one.test, three.test"
    assert "not found" not in texts.summary(finding)  # silence and failures are no such answer


def test_distinct_when_a_name_comes_twice_then_once() -> None:
    assert distinct(["localhost", "localhost", "b"]) == "localhost, b"
