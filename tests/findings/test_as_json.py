# SPDX-License-Identifier: MIT
"""The diagnosis as JSON: the fixed form, the schema, ranks, sources, sentences."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from tests.findings.made import diagnosis, of_sample, rows
from wizard import resources
from wizard.findings import as_json, stored
from wizard.model import Outcome
from wizard.product import Product
from wizard.texts import Texts


@pytest.fixture
def document(product: Product, texts: Texts) -> dict[str, Any]:
    return as_json.diagnosis_to_json(diagnosis(product), product, texts)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(resources.path("diagnosis.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(plain)
    return plain


@pytest.mark.parametrize("with_observations", [False, True])
def test_diagnosis_to_json_when_made_then_it_keeps_the_shipped_schema(
    with_observations: bool, schema: dict[str, Any], product: Product, texts: Texts
) -> None:
    document = as_json.diagnosis_to_json(
        of_sample(diagnosis(product)), product, texts, with_observations=with_observations
    )
    jsonschema.validate(json.loads(json.dumps(document)), schema)


def test_schema_when_a_field_is_new_or_missing_then_it_is_refused(
    schema: dict[str, Any], document: dict[str, Any]
) -> None:
    for wrong in (document | {"more": 1}, {k: v for k, v in document.items() if k != "host"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_diagnosis_to_json_when_made_then_rows_are_as_many_as_checks(
    document: dict[str, Any],
) -> None:
    told = [finding["check"] for cause in document["causes"] for finding in cause["findings"]]
    assert sorted(told) == sorted(row.check for row in rows())


def test_diagnosis_to_json_when_made_then_causes_stand_by_rank(document: dict[str, Any]) -> None:
    assert [cause["rank"] for cause in document["causes"]] == [1, 2, 3, 4, 5, 6, 7]
    assert document["causes"][0]["id"] == document["verdict"]["likely_cause"] == "temp-folder"
    assert document["verdict"]["status"] == "problem"


def test_diagnosis_to_json_when_a_finding_has_evidence_then_labels_are_words(
    document: dict[str, Any],
) -> None:
    finding = document["causes"][0]["findings"][0]
    assert finding["evidence"][1] == {
        "label": "Free for temporary files",
        "value": 3.1,
        "unit": "GB",
        "source": "statvfs",
    }
    assert finding["source"]["url"].startswith("https://helpcenter.nakivo.com/")
    assert finding["fixes"] == ["move-temp-folder"]
    assert finding["duration_s"] == 0.5
    assert finding["advice"]


def test_diagnosis_to_json_when_rows_have_no_answer_then_the_reason_is_told(
    document: dict[str, Any],
) -> None:
    told = {row["check"]: (row["outcome"], row["reason"]) for row in document["not_checked"]}
    assert set(told) == {"dns", "log_antivirus", "log_memory"}
    assert told["log_memory"] == ("timed-out", "There was no answer within 30 seconds.")


def test_diagnosis_to_json_when_times_are_told_then_in_utc(document: dict[str, Any]) -> None:
    assert document["started"] == "2026-11-24T12:00:00.000Z"
    assert document["finished"] == "2026-11-24T12:00:31.500Z"


def test_diagnosis_to_json_when_on_a_sample_then_the_host_says_so(
    product: Product, texts: Texts
) -> None:
    told = as_json.diagnosis_to_json(of_sample(diagnosis(product)), product, texts)
    assert told["host"]["sample"] == "several"


def test_diagnosis_to_json_when_nothing_was_found_then_no_cause_is_named(
    product: Product, texts: Texts
) -> None:
    fine = tuple(row for row in rows() if row.finding.outcome is Outcome.OK)
    told = as_json.diagnosis_to_json(diagnosis(product, fine), product, texts)
    assert told["verdict"]["likely_cause"] is None
    assert told["verdict"]["summary"].startswith("In what was checked, nothing was found")


def test_diagnosis_to_json_when_only_asked_for_then_observations_are_in_it(
    product: Product, texts: Texts, document: dict[str, Any]
) -> None:
    told = as_json.diagnosis_to_json(diagnosis(product), product, texts, with_observations=True)
    assert "observations" not in document
    assert told["observations"]["log_temp_folder"]["observation"]["files"] == 1
    assert set(told["observations"]) == {row.check for row in rows()}


def test_stored_when_a_document_is_read_back_then_rows_are_found(
    document: dict[str, Any],
) -> None:
    read = stored.read(json.loads(json.dumps(document)))
    found = read.row("log_temp_folder")
    assert found is not None
    assert (found[0], found[1].outcome) == ("temp-folder", Outcome.PROBLEM)
    assert read.row("nothing") is None
