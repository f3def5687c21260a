# SPDX-License-Identifier: MIT
"""What the product's log files say: lines of known signatures, by cause."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

from wizard.host.base import Host
from wizard.model import Value
from wizard.nakivo import graph_rejections, log_files, log_signatures
from wizard.nakivo.installation import Installation
from wizard.nakivo.log_files import Capped, LimitReached, Skipped, Source
from wizard.nakivo.log_lines import Line, Reading
from wizard.nakivo.log_signatures import LogRules
from wizard.nakivo.log_tally import LogMatch, Tally
from wizard.product import Product

CRASH_FILE = re.compile(r"(?i)^hs_err_pid\d+\.log$")


@dataclass(frozen=True)
class LogFile:
    """One log. `skipped` is an id under [label]: why it wasn't read, or not to its end."""

    path: str
    bytes: int
    encoding: str | None
    skipped: str | None = None


@dataclass(frozen=True)
class LogEvidence:
    """What was read and what matched. `complete` is False after a cancel."""

    files: tuple[LogFile, ...]
    matches: tuple[LogMatch, ...]
    newest: str | None = None
    complete: bool = True


def find_paths(host: Host, installation: Installation) -> tuple[str, ...]:
    """The Transporter's log folder, and reports of a crashed Java beside it."""
    folder = (installation.log_folder,) if host.is_folder(installation.log_folder) else ()
    if not host.is_folder(installation.transporter):
        return folder
    beside = host.list_folder(installation.transporter)
    crashes = [e.path for e in beside if CRASH_FILE.match(host.path(e.path).name)]
    return (*folder, *sorted(crashes))


def scan(paths: tuple[str, ...], product: Product, cancel: threading.Event) -> LogEvidence:
    """Read every log below the paths once; what can't be read is listed with its reason."""
    return scan_with(log_signatures.load(product), paths, cancel)


def scan_with(rules: LogRules, paths: tuple[str, ...], cancel: threading.Event) -> LogEvidence:
    """The same by rules that aren't the shipped ones."""
    scanning = Scan(rules, cancel)
    for found in log_files.find(paths, rules.limits):
        if cancel.is_set():
            break
        if isinstance(found, Skipped):
            scanning.skip(found)
        else:
            scanning.read(found)
    return scanning.evidence()


class Scan:
    """One reading of many logs."""

    def __init__(self, rules: LogRules, cancel: threading.Event) -> None:
        self.rules = rules
        self._cancel = cancel
        self._literals = rules.literals
        self._graph = re.compile("|".join(re.escape(text) for text in rules.graph.literals))
        self._tally = Tally(rules.limits)
        self._files: list[LogFile] = []
        self._total = 0

    def skip(self, skipped: Skipped) -> None:
        """List what isn't read."""
        self._files.append(LogFile(skipped.path, 0, None, skipped.reason))

    def read(self, source: Source) -> None:
        """Read one log, as far as it can be read."""
        reading = Reading(self._literals, self.rules.limits, self._cancel)
        reason: str | None = None
        try:
            self._lines(source, reading)
        except LimitReached as limit:
            reason = limit.reason
        except log_files.UNREADABLE as error:
            reason = log_files.reason_of(error)
        self._total += reading.bytes
        self._tally.note_times(reading.newest, reading.timeline)
        file = LogFile(source.path, reading.bytes, reading.encoding, reason)
        self._files.append(file)

    def _lines(self, source: Source, reading: Reading) -> None:
        used = 0
        room = self.rules.limits.total_bytes - self._total
        with source.open() as stream:
            capped = Capped(stream, source.packed_bytes, self.rules.limits, room)
            for line in reading.lines(capped):
                used = self._line(source.path, line, used)

    def _line(self, path: str, line: Line, used: int) -> int:
        """Take what a line says; up to which line a Graph record has been used."""
        for signature, match in self.rules.of_lines(line.text):
            self._tally.add(signature, path, line, _named(match), match.start())
        if line.number <= used or not self._graph.search(line.text):
            return used
        rejection = graph_rejections.read(
            line, self.rules.graph, self.rules.limits.record_lines, used
        )
        signature_ = self.rules.of_rejection(rejection.told) if rejection else None
        if rejection is None or signature_ is None:
            return used
        self._tally.add_rejection(signature_, path, line, rejection)
        return rejection.last

    def evidence(self) -> LogEvidence:
        """All that was found, counted against the newest line of all logs."""
        complete = not self._cancel.is_set()
        files, matches = tuple(self._files), self._tally.matches()
        return LogEvidence(files, matches, self._tally.newest_shown, complete)


def _named(match: re.Match[str]) -> dict[str, Value]:
    """The named groups of a match; path and path2 are one field of two alternatives."""
    found = {k.rstrip("0123456789"): v.strip() for k, v in match.groupdict().items() if v}
    return {key: int(text) if key == "status" else text for key, text in found.items()}
