# SPDX-License-Identifier: MIT
"""Evidence as an aligned table: what it is, its value with the unit, where it was seen."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.gui import shown
from wizard.gui.desk import Desk
from wizard.gui.widgets.table import Cell, Table
from wizard.model import Evidence


class EvidenceTable(Table):
    """One row per value; selectable, and copied with Ctrl+C.

    A place is named once for the rows below one another that share it.
    """

    def __init__(self, desk: Desk, evidence: Sequence[Evidence]) -> None:
        texts = desk.texts
        head = texts.lines("page.cause.evidence_head")
        super().__init__(desk.theme, texts("page.cause.evidence"), head)
        places = [shown.source_of(item, desk.session.product) for item in evidence]
        self.show_rows(
            [
                (
                    Cell(texts(f"label.{item.label}")),
                    Cell(shown.value_of(item, texts)),
                    Cell("" if place == before else place),
                )
                for item, place, before in zip(evidence, places, ["", *places], strict=False)
            ]
        )
