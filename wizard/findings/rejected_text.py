# SPDX-License-Identifier: MIT
"""The requests that Microsoft Graph refused, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.findings.rejected_rows import RejectedRow
from wizard.findings.wording import glyph
from wizard.findings.wrapped import wrapped
from wizard.texts import Texts


def rejected_to_text(rows: Sequence[RejectedRow], texts: Texts) -> Iterator[str]:
    """Each kind of request with its answer, what it needs, how often, before, and ids."""
    yield f"  {texts('rejected.title')}:"
    yield wrapped(texts("rejected.from_logs"), "    ", 0)
    for row in rows:
        told = texts("rejected.answered", request=row.request, answer=row.answer)
        yield wrapped(f"{glyph(str(row.outcome))} {told}", "    ")
        for part in (row.needs, row.often, row.before, row.ids):
            yield wrapped(part, "      ")
