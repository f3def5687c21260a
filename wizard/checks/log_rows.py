# SPDX-License-Identifier: MIT
"""What is shown as evidence of lines in the logs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.checks import log_sentences, sizes
from wizard.checks.log_hits import LogHits, Pair
from wizard.graph import words
from wizard.model import Evidence, Sensitivity
from wizard.nakivo.deciding_run import DecidingRun
from wizard.nakivo.log_bearing import Bearing
from wizard.nakivo.log_doubts import TimeDoubts
from wizard.nakivo.log_signatures import Signature
from wizard.nakivo.log_tally import LogMatch
from wizard.texts import readable

_SHOWN_MATCHES = 4
_FIELDS = (
    *("part", "status", "code", "inner_code", "permission_needed", "request_id"),
    *("path", "host", "service", "process", "kind", "event"),
)
_FIELDS_SENSITIVE = {"path", "host"}


def of(pairs: Sequence[Pair], hits: LogHits) -> tuple[Evidence, ...]:
    """The lines of some kinds, and what was read."""
    rows: list[Evidence] = []
    shown: set[tuple[str, int, int]] = set()
    for signature, match in pairs[:_SHOWN_MATCHES]:
        # One line may be of two kinds; shown once, it says both.
        if (match.file, match.line, match.count) not in shown:
            shown.add((match.file, match.line, match.count))
            rows += _rows(signature, match)
    return (*rows, *of_logs(hits))


def of_logs(hits: LogHits) -> tuple[Evidence, ...]:
    """What was read, and what not."""
    rows = [*of_run(hits.run, hits.doubts), Evidence("logs_read", hits.files)]
    if hits.files:
        rows.append(Evidence("logs_size", *sizes.shown(hits.bytes)))
    if hits.stopped_after_s is not None:
        rows.append(Evidence("logs_stopped", round(hits.stopped_after_s), "s"))
    if hits.newest:
        rows.append(Evidence("logs_newest", hits.newest))
    rows += [Evidence("logs_of_system", name) for name in hits.system_logs]
    rows += [
        Evidence(file.skipped or "", file.path, "", "", Sensitivity.HOST)
        for file in hits.skipped[:_SHOWN_MATCHES]
    ]
    return tuple(rows)


def of_run(run: DecidingRun, doubts: TimeDoubts) -> Iterator[Evidence]:
    """The run that decides, how it was found, and what is doubtful about the logs' times."""
    if run.begin and run.end:
        span = f"{readable(run.begin)} \N{EN DASH} {readable(run.end)}"
        yield Evidence(f"logs_run.{run.chosen}", span, run.zone)
    elif run.failed_at:
        yield Evidence(f"logs_run.{run.chosen}", run.failed_at)
    if doubts.zoneless and run.zone:
        yield Evidence("logs_zoneless", run.zone)
    if doubts.dated_by_file:
        yield Evidence("logs_dated_by_file", doubts.dated_by_file)
    if doubts.ahead:
        yield Evidence("logs_ahead", doubts.ahead)
        yield Evidence("logs_ahead_latest", doubts.latest_ahead)


def _rows(signature: Signature, match: LogMatch) -> Iterator[Evidence]:
    place = f"{match.file}:{match.line}"
    reading = log_sentences.tell(signature, match, match.count).reading
    yield Evidence(f"log_line_of.{signature.id}", match.excerpt, "", place, Sensitivity.HOST)
    counted = "log_count_sampled" if match.sampled else "log_count"
    yield Evidence(counted, match.count, "", place)
    if match.bearing is not Bearing.DECIDES:
        yield Evidence(f"log_bearing.{match.bearing}", value=True, source=place)
    if match.recent != match.count:
        yield Evidence("log_count_recent", match.recent, "", place)
    if match.last:
        yield Evidence("log_last", match.last, "", place)
    if "url" in match.fields:
        asked = log_sentences.operation(match)
        yield Evidence("log_operation", asked, "", place, Sensitivity.HOST)
    if reading:
        kind = words.told(words.load().kind, reading.kind)
        yield Evidence("call_reading", kind, "", place)
    for name in _FIELDS:
        # Where the answer itself names another reason, the permission is not what is missing.
        if name in match.fields and not (reading and name == "permission_needed"):
            kind = Sensitivity.HOST if name in _FIELDS_SENSITIVE else Sensitivity.PUBLIC
            yield Evidence(f"log_{name}", match.fields[name], "", place, kind)
