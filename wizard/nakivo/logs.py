# SPDX-License-Identifier: MIT
"""What the product's log files say: lines of known signatures, by cause."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

from wizard.model import CauseId, Value
from wizard.nakivo import (
    graph_rejections,
    log_bearing,
    log_content,
    log_files,
    log_signatures,
    log_sources,
)
from wizard.nakivo.deciding_run import UNTIMED, DecidingRun
from wizard.nakivo.failed_at import FailedAt
from wizard.nakivo.graph_answers import Answers
from wizard.nakivo.graph_rejections import Rejection
from wizard.nakivo.log_ahead import Ahead
from wizard.nakivo.log_bearing import Bearing
from wizard.nakivo.log_blocks import Block, Blocks
from wizard.nakivo.log_doubts import NO_DOUBTS, Doubts, TimeDoubts
from wizard.nakivo.log_lines import Line, Reading, Stop
from wizard.nakivo.log_operations import RejectedOperation
from wizard.nakivo.log_progress import Progress, ignore
from wizard.nakivo.log_search import Search
from wizard.nakivo.log_signatures import LogRules, Signature
from wizard.nakivo.log_sources import Capped, Found, LimitReached, Skipped, Source
from wizard.nakivo.log_tally import LogMatch, Tally
from wizard.product import Product

LATE = "log_unread_time"
_BLOCKS_AHEAD = 2


@dataclass(frozen=True)
class LogFile:
    """One log. `skipped` is an id under [label]: why it wasn't read, or not to its end.

    `only` are the causes that a log of the system itself can tell of; empty for the product's own.
    """

    path: str
    bytes: int
    encoding: str | None
    skipped: str | None = None
    only: tuple[CauseId, ...] = ()


@dataclass(frozen=True)
class LogEvidence:
    """What was read and what matched.

    `complete` is False after a cancel, and when the time was over: then `stopped_after_s` says it.
    """

    files: tuple[LogFile, ...]
    matches: tuple[LogMatch, ...]
    newest: str | None = None
    complete: bool = True
    stopped_after_s: float | None = None
    rejected: tuple[RejectedOperation, ...] = ()
    answered_well: int = 0  # requests to Microsoft Graph
    answered_otherwise: int = 0  # by an error that is no refusal, as of an item that is gone
    run: DecidingRun = UNTIMED
    doubts: TimeDoubts = NO_DOUBTS

    @property
    def is_cancelled(self) -> bool:
        """Whether reading ended because nobody wanted to wait."""
        return not self.complete and self.stopped_after_s is None


def scan(
    paths: tuple[str, ...],
    product: Product,
    cancel: threading.Event,
    seconds: float | None = None,
    *,
    more: Iterable[Found] = (),
    progress: Progress = ignore,
    told: FailedAt | None = None,
) -> LogEvidence:
    """Read every log below the paths once, and more; what can't be read is listed with its reason.

    After `seconds` reading stops, and what was found so far is the evidence. `progress` is told
    the bytes read so far, after each block. `told` is when the person says that the job failed.
    """
    rules, stop = log_signatures.load(product), Stop(cancel, seconds)
    return scan_with(rules, paths, stop, more=more, progress=progress, told=told)


def scan_with(
    rules: LogRules,
    paths: tuple[str, ...],
    stop: Stop,
    *,
    more: Iterable[Found] = (),
    progress: Progress = ignore,
    told: FailedAt | None = None,
) -> LogEvidence:
    """The same by rules that aren't the shipped ones."""
    scanning = Scan(rules, stop, progress, told)
    for found in chain(log_files.find(paths, rules.limits, stop), more):
        if stop.is_cancelled:
            break
        if stop.is_late:
            scanning.skip(Skipped(found.path, LATE))
            break
        if isinstance(found, Skipped):
            scanning.skip(found)
        else:
            scanning.read(found)
    return scanning.evidence()


class Scan:
    """One reading of many logs."""

    def __init__(
        self,
        rules: LogRules,
        stop: Stop,
        progress: Progress = ignore,
        told: FailedAt | None = None,
    ) -> None:
        self.rules = rules
        self._stop = stop
        self._search = Search(rules.literals)
        self._progress = progress
        self._context = frozenset(text.encode() for text in rules.graph.literals)
        self._of_graph = Search(tuple(self._context))
        self._of_lines = Search(rules.line_literals)
        self._tally = Tally(rules.limits, told)
        self._answers = Answers(rules.limits.answered_kinds)
        self._answered: set[int] = set()  # hashes of Microsoft's ids of rejections
        self._otherwise = 0
        self._doubts = Doubts()
        self._files: list[LogFile] = []
        self._total = 0
        self._hits: Counter[str] = Counter()  # of one log
        self._floods: set[bytes] = set()
        self._records: dict[tuple[str, Bearing], int] = {}  # of one log, the last of each kind

    def skip(self, skipped: Skipped) -> None:
        """List what isn't read."""
        self._files.append(LogFile(skipped.path, 0, None, skipped.reason, skipped.only))

    def read(self, source: Source) -> None:
        """Read one log, as far as it can be read."""
        limits = self.rules.limits
        reading = Reading(self._search, limits, self._context, source.changed)
        reason: str | None = None
        self._tally.tells_runs = not source.only
        try:
            self._lines(source, reading)
        except LimitReached as limit:
            reason = limit.reason
        except log_content.UNREADABLE as error:
            reason = log_sources.reason_of(error)
        if reason is None and reading.bytes and not reading.is_text:
            reason, reading.bytes = "log_unread_no_text", 0
        self._total += reading.bytes
        if not source.only:
            self._tally.note_times(reading.latest, reading.timeline)
            self._doubts.add(reading.doubts)
        file = LogFile(source.path, reading.bytes, reading.encoding, reason, source.only)
        self._files.append(file)

    def _lines(self, source: Source, reading: Reading) -> None:
        used = 0
        self._hits.clear()
        self._records.clear()
        self._floods.clear()
        reading.floods = self._floods
        blocks = Ahead(partial(self._blocks, source), _BLOCKS_AHEAD)
        for line in reading.lines(self._watched(blocks.taken(self._is_over, self._stop))):
            if self._is_over():
                return
            used = self._line(source.path, line, used)

    def _blocks(self, source: Source) -> Iterator[Block]:
        """One log in blocks; what was read before it failed comes first."""
        limits = self.rules.limits
        blocks = Blocks(self._search, limits.record_bytes)
        room = limits.total_bytes - self._total
        with source.open() as stream:
            capped = Capped(stream, source.packed_bytes, limits, room, self._stop)
            try:
                yield from blocks.of(capped)
            except (LimitReached, *log_content.UNREADABLE):
                yield from blocks.rest()
                raise

    def _watched(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """Tell how far reading is."""
        for block in blocks:
            self._progress(self._total + block.bytes)
            yield block

    def _is_over(self) -> bool:
        """Whether nobody waits any more; LimitReached when the time is over."""
        if self._stop.is_late:
            raise LimitReached(LATE)
        return self._stop.is_cancelled

    def _line(self, path: str, line: Line, used: int) -> int:
        """Take what a line says; up to which line a Graph record has been used."""
        place = line.buffer, line.start, line.end
        if self._of_lines.is_in(*place):
            self._told(path, line)
        if line.number <= used or not self._of_graph.is_in(*place) or self._is_title(line):
            return used
        rejections = graph_rejections.read(
            line, self.rules.graph, self.rules.limits.record_lines, used
        )
        if not rejections:
            if self._answers.note(line):
                self._tally.note_work(line.time)
            return used
        for rejection in rejections:
            self._rejected(path, line, rejection)
        return rejections[-1].last

    def _told(self, path: str, line: Line) -> None:
        """Count what a line says by itself."""
        for signature, match in self.rules.of_lines(line.text):
            flood = self._is_flood(signature)
            bearing = log_bearing.of(line, signature, match, self.rules)
            if self._is_told(signature.id, bearing, line) and not flood:
                continue
            alone = line if flood else line.alone()
            self._tally.add(signature, path, alone, _named(match), match.start(), bearing=bearing)

    def _is_told(self, kind: str, bearing: Bearing, line: Line) -> bool:
        """Whether a line before it in the same record was of the same kind."""
        record = log_bearing.record_of(line)
        told = record != line.number and self._records.get((kind, bearing)) == record
        self._records[kind, bearing] = record
        return told

    def _is_title(self, line: Line) -> bool:
        """Whether what points to Microsoft Graph is the name of a mail or a file alone."""
        said = self.rules.mentions.untitled(line.text)
        return len(said) < len(line.text) and not any(
            literal in said for literal in self.rules.graph.literals
        )

    def _rejected(self, path: str, line: Line, rejection: Rejection) -> None:
        """Count a rejection; the same answer of Microsoft's, logged once more, is the same one."""
        key = hash(rejection.key)
        if rejection.key and key in self._answered:
            return
        if rejection.key and len(self._answered) < self.rules.limits.identical_lines:
            self._answered.add(key)
        signature = self.rules.of_rejection(rejection.told)
        if signature is None or not signature.is_refusal:
            self._otherwise += 1
        if signature is not None:
            self._tally.add_rejection(signature, path, line.alone(), rejection)

    def _is_flood(self, signature: Signature) -> bool:
        """Whether one log has so many lines of a kind that samples will do from here on."""
        self._hits[signature.id] += 1
        if self._hits[signature.id] == self.rules.limits.flood_lines:
            self._floods |= self.rules.own_literals(signature)
        return self._hits[signature.id] >= self.rules.limits.flood_lines

    def evidence(self) -> LogEvidence:
        """All that was found, counted against the newest line of all logs."""
        late = self._stop.seconds if any(f.skipped == LATE for f in self._files) else None
        complete = not self._stop.is_cancelled and late is None
        return LogEvidence(
            files=tuple(self._files),
            matches=self._tally.matches(self._answers),
            newest=self._tally.newest_shown,
            complete=complete,
            stopped_after_s=late,
            rejected=self._tally.rejected(self._answers),
            answered_well=self._answers.count,
            answered_otherwise=self._otherwise,
            run=self._tally.decide()[0],
            doubts=self._doubts.told,
        )


def _named(match: re.Match[str]) -> dict[str, Value]:
    """The named groups of a match; path and path2 are one field of two alternatives."""
    found = {k.rstrip("0123456789"): v.strip() for k, v in match.groupdict().items() if v}
    return {key: int(text) if key == "status" else text for key, text in found.items()}
