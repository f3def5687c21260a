# SPDX-License-Identifier: MIT
"""Which lines of a log mean something: the signatures of resources/log_signatures.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from wizard import codec, resources
from wizard.errors import BadInput
from wizard.model import CauseId
from wizard.product import Confidence, Product


class Weight(StrEnum):
    """What a recent line of this kind means for its cause."""

    PROBLEM = "problem"
    WARNING = "warning"
    NOTE = "note"


class Reader(StrEnum):
    """Whether a signature looks at a line or at a rejected Graph request put together."""

    LINE = "line"
    GRAPH = "graph"


@dataclass(frozen=True)
class Signature:
    """One kind of line. The last three are its own fixtures."""

    id: str
    cause: CauseId
    weight: Weight
    reader: Reader
    literals: tuple[str, ...]
    pattern: str
    minimum_hits: int
    maximum_age_days: int
    source: str
    confidence: Confidence
    text: str
    hit: str
    near_miss: str
    stale: str
    family: str = ""
    is_refusal: bool = False  # whether it tells of a request that Microsoft Graph refused
    is_of_hosts: bool = False  # whether it decides only where no other host is named
    at_any_level: str = ""  # what shows that a line is written so at INFO or DEBUG, too

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)

    def is_at_any_level(self, line: str) -> bool:
        """Whether the line is written so at every level, as traffic or the kernel's."""
        return bool(self.at_any_level) and re.search(self.at_any_level, line) is not None


@dataclass(frozen=True)
class Limits:
    """How far reading goes before it stops, and what counts as old."""

    run_pause_hours: int
    run_hours: int
    identical_lines: int
    flood_lines: int
    line_bytes: int
    record_bytes: int
    record_lines: int
    excerpt_characters: int
    context_characters: int
    groups_per_signature: int
    answered_kinds: int
    files: int
    folder_entries: int
    folder_depth: int
    archive_entries: int
    archive_depth: int
    archive_held_bytes: int
    archive_ratio: int
    archive_ratio_from_bytes: int
    total_bytes: int


@dataclass(frozen=True)
class GraphRules:
    """How to know and to read what Microsoft Graph answered."""

    literals: tuple[str, ...]
    status_of_code: dict[str, int]
    status_of_message: dict[str, int]

    @cached_property
    def status_of_small_code(self) -> dict[str, int]:
        """The same by the code in small letters."""
        return {code.lower(): status for code, status in self.status_of_code.items()}


@dataclass(frozen=True)
class Mentions:
    """How a line shows that it only mentions an error; the last three are expressions."""

    quiet_levels: tuple[str, ...]
    quoted_titles: str
    denied_before: str
    denied_after: str

    def titles(self, text: str) -> list[tuple[int, int]]:
        """Where a text quotes the name of a mail, a file or a folder."""
        if '"' not in text and "\N{LEFT DOUBLE QUOTATION MARK}" not in text:
            return []  # most lines quote nothing, and are asked each
        return [match.span("title") for match in self._title.finditer(text)]

    def untitled(self, text: str) -> str:
        """The text without such names."""
        titles = self.titles(text)
        if not titles:
            return text
        parts, place = list[str](), 0
        for begin, end in titles:
            parts.append(text[place:begin])
            place = end
        return "".join([*parts, text[place:]])

    @cached_property
    def _title(self) -> re.Pattern[str]:
        return re.compile(self.quoted_titles)

    @cached_property
    def before(self) -> re.Pattern[str]:
        """What denies the words behind it."""
        return re.compile(self.denied_before)

    @cached_property
    def after(self) -> re.Pattern[str]:
        """What denies the words before it."""
        return re.compile(self.denied_after)


@dataclass(frozen=True)
class HostRules:
    """Microsoft's domains beside those of its clouds, and the ports that proxies listen at."""

    microsoft: tuple[str, ...]
    proxy_ports: tuple[int, ...]


@dataclass(frozen=True)
class LogRules:
    """The whole file."""

    limits: Limits
    mentions: Mentions
    hosts: HostRules
    graph: GraphRules
    signatures: tuple[Signature, ...]

    @property
    def literals(self) -> tuple[bytes, ...]:
        """What to look for in the bytes, each once."""
        texts = [*self.graph.literals, *(text for s in self.signatures for text in s.literals)]
        return tuple(dict.fromkeys(text.encode() for text in texts))

    @property
    def line_literals(self) -> tuple[bytes, ...]:
        """Those of signatures that look at lines."""
        texts = (text for s in self.signatures for text in s.literals)
        return tuple(dict.fromkeys(text.encode() for text in texts))

    @cached_property
    def _by_literal(self) -> dict[str, tuple[int, ...]]:
        """Which signatures of lines look for a literal, by their places."""
        found: dict[str, tuple[int, ...]] = {}
        for place, signature in enumerate(self.signatures):
            for literal in signature.literals if signature.reader is Reader.LINE else ():
                found[literal] = (*found.get(literal, ()), place)
        return found

    def of_lines(self, line: str) -> Iterator[tuple[Signature, re.Match[str]]]:
        """Every signature that fits the line, the first of each family."""
        held = [places for literal, places in self._by_literal.items() if literal in line]
        taken: set[str] = set()
        for place in sorted({place for places in held for place in places}):
            signature = self.signatures[place]
            match = None if signature.family in taken else self._best(signature, line)
            if match:
                taken.update({signature.family} - {""})
                yield signature, match

    def _best(self, signature: Signature, line: str) -> re.Match[str] | None:
        """The first match that no title quotes; where all are quoted, the first."""
        first = signature.expression.search(line)
        if first is None:
            return None
        titles = self.mentions.titles(line)
        if not titles:
            return first
        free = (
            match
            for match in signature.expression.finditer(line)
            if not any(begin < match.end() <= end for begin, end in titles)
        )
        return next(free, first)

    def own_literals(self, signature: Signature) -> set[bytes]:
        """Those that no other signature looks for."""
        others = {t for s in self.signatures if s is not signature for t in s.literals}
        own = {*signature.literals} - others - {*self.graph.literals}
        return {text.encode() for text in own}

    def of_rejection(self, told: str) -> Signature | None:
        """The first Graph signature that fits "STATUS CODE INNER_CODE MESSAGE"."""
        graph = (s for s in self.signatures if s.reader is Reader.GRAPH)
        return next((s for s in graph if s.expression.search(told)), None)

    @property
    def refusals_old_after_days(self) -> int:
        """How many days back a refused request says nothing any more."""
        return max(s.maximum_age_days for s in self.signatures if s.is_refusal)

    def signature(self, signature_id: str) -> Signature | None:
        """The signature of this id, None where a package knows more than we do."""
        return next((s for s in self.signatures if s.id == signature_id), None)


def load(product: Product) -> LogRules:
    """Read and check the shipped rules; BadInput names what is wrong with them."""
    rules = _shipped()
    for signature in rules.signatures:
        if signature.source not in product.sources:
            raise BadInput(
                "error.not_readable_as", kind="signature", reason=f"source {signature.source}"
            )
    return rules


@cache
def _shipped() -> LogRules:
    """Read once: judging many rows anew must not read the file for each."""
    return codec.from_plain(resources.read_toml("log_signatures.toml"), LogRules)
