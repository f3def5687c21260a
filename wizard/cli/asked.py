# SPDX-License-Identifier: MIT
"""What a check's own options asked about, in the text face also where nothing was found."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from wizard.findings import as_json, as_text, matrix_text, permission_rows, stations, wording
from wizard.model import CauseId, Diagnosis, Evidence
from wizard.texts import Texts

# By option: how the labels of the evidence begin that answers it.
_LABELS = {
    "arguments_file": ("temp_folder_file", "temp_folder_lookalike"),
    "largest_items": ("items_",),
    "measure_disk": ("write_speed",),
}


def way(options: argparse.Namespace, diagnosis: Diagnosis, texts: Texts) -> Iterator[str]:
    """The way to Microsoft 365 where its cause was asked for and isn't spread out already."""
    asked = CauseId.CONNECTIVITY in getattr(options, "cause", ())
    if asked and diagnosis.likely_cause != CauseId.CONNECTIVITY:
        yield from as_text.paths_to_text(stations.of_results(diagnosis.results, texts), texts)
        yield from as_text.views_to_text(diagnosis.results, texts)


def permissions(options: argparse.Namespace, diagnosis: Diagnosis, texts: Texts) -> Iterator[str]:
    """The permissions by service where their cause was asked for and isn't spread out already."""
    asked = CauseId.PERMISSIONS in getattr(options, "cause", ())
    if asked and diagnosis.likely_cause != CauseId.PERMISSIONS:
        matrix = permission_rows.of_results(diagnosis.results, texts)
        yield from matrix_text.matrix_to_text(matrix, texts)


def lines(options: argparse.Namespace, diagnosis: Diagnosis, texts: Texts) -> Iterator[str]:
    """One line per value; none without such an option."""
    begins = tuple(begin for name in _LABELS if hasattr(options, name) for begin in _LABELS[name])
    rows = [row for row in _evidence(diagnosis) if row.label.startswith(begins)]
    if begins and rows:
        yield texts("cli.asked")
    for row in rows:
        told = as_json.evidence_to_json(row, texts)
        place = f"  ({row.source})" if row.source else ""
        yield f"  {told['label']}: {wording.value(told, texts)}{place}"


def _evidence(diagnosis: Diagnosis) -> Iterator[Evidence]:
    for result in diagnosis.results:
        yield from result.finding.evidence
