# SPDX-License-Identifier: MIT
"""The diagnosis as JUnit XML."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as Xml

from tests.findings.made import diagnosis, row
from wizard.findings import as_junit
from wizard.model import CauseId, Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts


def suites(product: Product, texts: Texts) -> Xml.Element:
    return Xml.fromstring(as_junit.diagnosis_to_junit(diagnosis(product), texts).encode())  # noqa: S314 - our own text


def test_diagnosis_to_junit_when_made_then_outcomes_become_elements(
    product: Product, texts: Texts
) -> None:
    root = suites(product, texts)
    kinds = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
    assert kinds["Log lines about disk space"] == ["failure"]
    assert kinds["Log lines about blocked files"] == ["error"]
    assert kinds["Log lines about memory"] == ["error"]
    assert kinds["Host names"] == ["skipped"]
    assert kinds["Log lines about connections"] == ["system-out"]
    assert kinds["Log lines about permissions"] == ["system-out"]


def test_diagnosis_to_junit_when_made_then_the_totals_add_up(
    product: Product, texts: Texts
) -> None:
    root = suites(product, texts)
    total = [root.get(key) for key in ("tests", "failures", "errors", "skipped")]
    assert total == ["8", "1", "2", "1"]
    assert len(root.findall("testsuite")) == 7
    for key in ("tests", "failures", "errors", "skipped"):
        assert sum(int(suite.get(key, "")) for suite in root) == int(root.get(key, ""))


def test_diagnosis_to_junit_when_a_problem_is_told_then_sentence_and_advice_are_in_it(
    product: Product, texts: Texts
) -> None:
    failure = next(suites(product, texts).iter("failure"))
    assert failure.get("message", "").startswith("A disk was full")
    assert "Make room" in str(failure.text)
    assert failure.get("type") == "problem"


def test_diagnosis_to_junit_when_a_value_holds_what_xml_cannot_then_it_is_still_xml(
    product: Product, texts: Texts
) -> None:
    finding = Finding(
        Outcome.PROBLEM, "engine.crashed", {"kind": "\x00\x1b[31m<&\ud800", "place": "x"}
    )
    told = diagnosis(product, (row("memory", CauseId.MEMORY, finding),))
    told = replace(told, host=replace(told.host, name="a\x01b"))
    Xml.fromstring(as_junit.diagnosis_to_junit(told, texts).encode())  # noqa: S314 - our own text
