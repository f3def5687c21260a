# SPDX-License-Identifier: MIT
"""The permissions of each service for a terminal; operations that fare alike stand together."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.findings import permission_rows
from wizard.findings.permission_rows import Cell, Matrix, ServiceRow
from wizard.findings.wording import glyph
from wizard.findings.wrapped import wrapped
from wizard.model import Outcome
from wizard.texts import Texts


def matrix_to_text(matrix: Matrix | None, texts: Texts) -> Iterator[str]:
    """Heading, services, and what the states mean that occur."""
    if matrix is None:
        return
    yield f"  {texts('matrix.title')}:"
    yield wrapped(matrix.caption, "    ", 0)
    for service in matrix.services:
        yield from _service(service, texts)
    for note in matrix.notes:
        yield wrapped(note, "    ")


def _service(service: ServiceRow, texts: Texts) -> Iterator[str]:
    yield wrapped(f"{glyph(service.outcome)} {service.name}: {service.told}", "    ")
    for cells in _alike(service.cells):
        names = [permission_rows.operation_name(cell.operation, texts) for cell in cells]
        first = cells[0]
        yield wrapped(f"{glyph(first.outcome)} {', '.join(names)}: {first.told}", "      ")
        for line in first.lines:
            if line.outcome is not Outcome.OK:
                told = permission_rows.said(line, texts)
                yield wrapped(f"{glyph(line.outcome)} {told}", "        ")


def _alike(cells: tuple[Cell, ...]) -> list[list[Cell]]:
    groups: dict[object, list[Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.outcome, cell.told, cell.lines), []).append(cell)
    return list(groups.values())
