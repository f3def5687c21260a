# SPDX-License-Identifier: MIT
"""When lines about a cause were logged, for a terminal: a row for each hour or day with lines."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.findings import timeline
from wizard.findings.timeline import Timeline
from wizard.findings.wrapped import wrapped
from wizard.model import Value
from wizard.texts import Texts

_ROWS = 14
_BAR = 24  # characters of the longest
_MARK = "#"


def timeline_to_text(shown: Timeline, texts: Texts) -> Iterator[str]:
    """A sentence and the newest rows; one row alone would only repeat the sentence."""
    yield wrapped(f"{texts('timeline.title')}: {timeline.sentence(shown, texts)}", "  ", 4)
    rows = [bucket for bucket in shown.buckets if bucket.count][-_ROWS:]
    if len(rows) < 2:
        return
    for bucket in rows:
        said = timeline.note(bucket, texts)
        bar = _MARK * max(1, round(bucket.count / shown.most * _BAR))
        note = texts("timeline.note", note=said) if said else ""
        values: dict[str, Value] = {
            "bucket": bucket.begin,
            "bar": f"{bar:<{_BAR}}",
            "count": bucket.count,
        }
        yield "      " + texts("timeline.row", values, note=note)
