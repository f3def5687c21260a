# SPDX-License-Identifier: MIT
"""What a closer look at the temporary folder found, in a sentence to stand beside its button."""

from __future__ import annotations

from wizard.checks import space_trend
from wizard.gui import shown
from wizard.model import CauseId, Diagnosis
from wizard.texts import Texts

_SPEED, _SIZE = "write_speed", "write_speed_size"
_UNMEASURED = ("write_speed_no_room", "write_speed_unmeasured")


def checked(diagnosis: Diagnosis, texts: Texts) -> str:
    """How this cause stands now, by what weighs most."""
    verdict = next(v for v in diagnosis.verdicts if v.cause is CauseId.TEMP_FOLDER)
    rows = diagnosis.of_cause(CauseId.TEMP_FOLDER)
    told = [texts.summary(row.finding) for row in rows if row.check == verdict.check]
    word = texts(f"status.{verdict.status}")
    return texts("page.temp_folder.checked", {"status": word}, told="".join(told))


def measured(diagnosis: Diagnosis, texts: Texts) -> str:
    """How fast the disk is, or why that isn't known."""
    rows = [row for row in diagnosis.results if row.check == space_trend.CHECK]
    evidence = {item.label: item for row in rows for item in row.finding.evidence}
    if _SPEED in evidence:
        values = {"speed": shown.value_of(evidence[_SPEED], texts)}
        if _SIZE in evidence:
            values["size"] = shown.value_of(evidence[_SIZE], texts)
            return texts("page.temp_folder.measured", values)
    for label in _UNMEASURED:
        if label in evidence:
            item = evidence[label]
            why = texts(f"label.{label}")
            told = f"{why} {shown.value_of(item, texts)}"
            return f"{told}: {item.source}" if item.source else told
    return texts("page.temp_folder.not_measured")
