# SPDX-License-Identifier: MIT
"""A plan as JSON and as text."""

from __future__ import annotations

import jsonschema
import pytest

from wizard.fixes import plan, plan_output
from wizard.product import Product
from wizard.texts import Texts

NOTICE = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "text": {"type": "string", "minLength": 10}},
    "required": ["id", "text"],
    "additionalProperties": False,
}
TEXT_OR_NULL = {"type": ["string", "null"]}
READING = {
    "type": "object",
    "properties": {
        "carrier": {"type": "string"},
        "current": TEXT_OR_NULL,
        "proposed": TEXT_OR_NULL,
        "problem": TEXT_OR_NULL,
    },
    "required": ["carrier", "current", "proposed", "problem"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {
        "schema": {"const": "m365-backup-wizard/arguments-plan/1"},
        "current": {"type": "string"},
        "proposed": {"type": "string"},
        "changed": {"type": "boolean"},
        "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "warnings": {"type": "array", "items": NOTICE},
        "refused": {"oneOf": [NOTICE, {"type": "null"}]},
        "readings": {"type": "array", "items": READING, "minItems": 5, "maxItems": 5},
    },
    "additionalProperties": False,
}
SCHEMA["required"] = list(SCHEMA["properties"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("current", "temp_path"),
    [
        ("", r"D:\Dtmp"),
        ('-Xmx1g "-DtempPath=D:\\My Tmp" -DoneDriveDirectSend=true', "/data/tmp"),
        ("-Da", r"D:\My Tmp"),
        ('-Da="', "/data/tmp"),
    ],
)
def test_plan_to_json_has_the_published_form(
    current: str, temp_path: str, product: Product, texts: Texts
) -> None:
    made = plan.make(current, temp_path, product)
    told = plan_output.plan_to_json(made, texts)
    jsonschema.validate(told, SCHEMA)
    assert [entry["carrier"] for entry in told["readings"]] == [
        "windows-command-line",
        "java-options-variable",
        "argument-file",
        "blank-split",
        "posix-shell",
    ]
    assert told["current"] == current


def test_diff_to_text_marks_the_changed_part_below_each_line(
    product: Product, texts: Texts
) -> None:
    made = plan.make("-Xmx1g -DtempPath=/old -Db", "/data/tmp", product)
    assert plan_output.diff_to_text(made, texts).splitlines() == [
        "before: -Xmx1g -DtempPath=/old -Db",
        "               ^^^^^^^^^^^^^^^",
        "after:  -Xmx1g -DtempPath=/data/tmp -Db",
        "               ^^^^^^^^^^^^^^^^^^^^",
    ]


def test_diff_to_text_of_an_addition_marks_the_new_argument_only(
    product: Product, texts: Texts
) -> None:
    made = plan.make("-Da=\t", "/x/y", product)
    assert plan_output.diff_to_text(made, texts).splitlines() == [
        "before: -Da=\\x09",
        "after:  -Da=\\x09-DtempPath=/x/y",
        "                ^^^^^^^^^^^^^^^",
    ]


def test_plan_to_text_tells_warnings_notes_and_the_digest(product: Product, texts: Texts) -> None:
    made = plan.make("-DtempPath=/old", r"D:\Dtmp", product)
    told = plan_output.plan_to_text(made, texts)
    for part in (
        "Warning: ",
        "/old",
        "Note: On Windows D:/Dtmp",
        made.digest,
        "reads D:\\Dtmp as D:Dtmp",
    ):
        assert part in told


def test_plan_to_text_of_a_refused_plan_gives_the_reason_and_no_digest(
    product: Product, texts: Texts
) -> None:
    made = plan.make("", r"D:\My Tmp", product)
    told = plan_output.plan_to_text(made, texts)
    assert told.startswith("Refused: The path D:\\My Tmp has a space.")
    assert "Java would not start" in told
    assert made.digest not in told


def test_plan_to_text_when_nothing_changes_says_so(product: Product, texts: Texts) -> None:
    made = plan.make("-DtempPath=/x/y", "/x/y", product)
    assert texts("arguments.cli.unchanged") in plan_output.plan_to_text(made, texts)


def test_readings_to_text_is_an_aligned_table(product: Product, texts: Texts) -> None:
    made = plan.make("", "/data/tmp", product)
    _sentence, *rows = plan_output.readings_to_text(made.readings, texts).splitlines()
    start = rows[0].index("after")
    assert [row[start : start + 9] for row in rows[1:]] == ["/data/tmp"] * 5
