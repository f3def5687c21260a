# SPDX-License-Identifier: MIT
"""A plan as JSON for programs and as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from wizard.fixes.diff import spans
from wizard.fixes.notice import Notice
from wizard.fixes.plan import SCHEMA, Plan
from wizard.fixes.readings import Reading, visible
from wizard.texts import Texts


def plan_to_json(plan: Plan, texts: Texts) -> dict[str, Any]:
    """The plan in its published form."""
    return {
        "schema": SCHEMA,
        "current": plan.current,
        "proposed": plan.proposed,
        "changed": plan.changed,
        "digest": plan.digest,
        "warnings": [notice_to_json(warning, texts) for warning in plan.warnings],
        "refused": notice_to_json(plan.refused, texts) if plan.refused else None,
        "readings": readings_to_json(plan.readings, texts),
    }


def notice_to_json(notice: Notice, texts: Texts) -> dict[str, str]:
    """Its id for programs and its sentence for people."""
    return {"id": notice.id, "text": notice.sentence(texts)}


def readings_to_json(readings: Sequence[Reading], texts: Texts) -> list[dict[str, Any]]:
    """One entry per carrier."""
    return [
        {
            "carrier": reading.carrier.value,
            "current": reading.current,
            "proposed": reading.proposed,
            "problem": reading.problem.sentence(texts) if reading.problem else None,
        }
        for reading in readings
    ]


def plan_to_text(plan: Plan, texts: Texts, *, with_digest: bool = True) -> str:
    """The two strings with what changes marked, the readings, and what to know.

    The digest is for those who give it to `apply`.
    """
    readings = readings_to_text(plan.readings, texts)
    digest = texts("arguments.cli.digest", digest=plan.digest) if with_digest else ""
    if plan.refused:
        return "\n\n".join((refusal_to_text(plan.refused, texts), readings))
    parts = [diff_to_text(plan, texts)]
    if not plan.changed:
        parts.append(texts("arguments.cli.unchanged"))
    parts += [readings, notices_to_text(plan, texts), digest]
    return "\n\n".join(part for part in parts if part)


def refusal_to_text(refused: Notice, texts: Texts) -> str:
    """Why, and what to do instead."""
    sentence = refused.sentence(texts)
    advice = texts.lines(f"{refused.text}.advice", refused.values)
    return "\n".join((texts("arguments.cli.refused", sentence=sentence), *advice))


def diff_to_text(plan: Plan, texts: Texts) -> str:
    """Before and after, each with the part that differs marked below."""
    differ = spans(plan.current, plan.proposed)
    labels = texts("arguments.cli.before"), texts("arguments.cli.after")
    width = max(map(len, labels)) + 1
    lines = []
    for label, text, part in zip(
        labels, (plan.current, plan.proposed), (differ.removed, differ.inserted), strict=True
    ):
        lines.append(label.ljust(width) + visible(text))
        if part:
            start = len(visible(differ.prefix + part)) - len(visible(part.lstrip()))
            lines.append(" " * (width + start) + "^" * len(visible(part.lstrip())))
    return "\n".join(line.rstrip() for line in lines)


def notices_to_text(plan: Plan, texts: Texts) -> str:
    """The warnings and the notes, a line each."""
    kinds = (("warning", plan.warnings), ("note", plan.notes))
    return "\n".join(
        texts(f"arguments.cli.{kind}", sentence=notice.sentence(texts))
        for kind, notices in kinds
        for notice in notices
    )


def readings_to_text(
    readings: Sequence[Reading], texts: Texts, *, with_proposed: bool = True
) -> str:
    """The readings as an aligned table under its sentence."""
    columns = ("carrier", "current", "proposed", "problem")
    rows = [[texts(f"arguments.cli.column_{column}") for column in columns]]
    rows += [_row(reading, texts) for reading in readings]
    if not with_proposed:
        rows = [[*row[:2], row[3]] for row in rows]
    return texts("arguments.cli.readings") + "\n" + aligned(rows)


def _row(reading: Reading, texts: Texts) -> list[str]:
    def shown(value: str | None) -> str:
        return texts("arguments.none") if value is None else visible(value)

    problem = reading.problem.sentence(texts) if reading.problem else ""
    carrier = texts(f"arguments.carrier.{reading.carrier.value}")
    return [carrier, shown(reading.current), shown(reading.proposed), problem]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
