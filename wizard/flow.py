# SPDX-License-Identifier: MIT
"""Which page comes next, which came before, and which are done. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from wizard.model import CauseId, Diagnosis, Status

WELCOME = "welcome"
SCOPE = "scope"
SCAN = "scan"
ARGUMENTS = "arguments"
EXPORT = "export"
BEFORE = (WELCOME, SCOPE, SCAN)
AFTER = (ARGUMENTS, EXPORT)
WORTH_A_LOOK = (Status.PROBLEM, Status.WARNING)


@dataclass
class Flow:
    """The person's way through the pages. Causes are pages by their id, likeliest first."""

    current: str = WELCOME
    seen: list[str] = field(default_factory=lambda: [WELCOME])
    done: set[str] = field(default_factory=set)  # pages of AFTER whose work is done and proven
    diagnosis: Diagnosis | None = None
    _came_from: list[str] = field(default_factory=list)

    def pages(self) -> tuple[str, ...]:
        """All pages in the rail's order; causes in the article's order until they are ranked."""
        ranked = [v.cause for v in self.diagnosis.verdicts] if self.diagnosis else list(CauseId)
        return (*BEFORE, *ranked, *AFTER)

    def can_jump(self, page: str) -> bool:
        """Seen pages always; causes, change and export once there is a diagnosis."""
        return page in self.seen or (self.diagnosis is not None and page not in BEFORE)

    def next_page(self) -> str | None:
        """Where Next leads: a step, the next cause worth a look, the export; None at the end."""
        if self.current in (WELCOME, SCOPE):
            return BEFORE[BEFORE.index(self.current) + 1]
        if self.current == EXPORT or self.diagnosis is None:
            return None
        return self._next_cause(self.diagnosis) or EXPORT

    def _next_cause(self, diagnosis: Diagnosis) -> str | None:
        """The cause worth a look after this one; after a scan the likeliest.

        From elsewhere the likeliest not yet looked at.
        """
        found = [v.cause for v in diagnosis.verdicts if v.status in WORTH_A_LOOK]
        if self.current in found:
            left = found[found.index(CauseId(self.current)) + 1 :]
        else:
            left = [c for c in found if self.current == SCAN or c not in self.seen]
        return left[0] if left else None

    def go_next(self) -> str:
        """Go where Next leads; stays at the end."""
        return self.jump(self.next_page() or self.current)

    def jump(self, page: str) -> str:
        """Go to a page and remember where from."""
        if page != self.current:
            self._came_from.append(self.current)
            self.current = page
        if page not in self.seen:
            self.seen.append(page)
        return page

    @property
    def can_go_back(self) -> bool:
        """Whether there is a page we came from."""
        return bool(self._came_from)

    def go_back(self) -> str:
        """To the page we came from; stays at the beginning."""
        if self._came_from:
            self.current = self._came_from.pop()
        return self.current

    def finish_scan(self, diagnosis: Diagnosis) -> str:
        """Take a new diagnosis; causes seen before a new scan count as not yet looked at."""
        self.diagnosis = diagnosis
        self.done.discard(EXPORT)  # what was written tells of the diagnosis before
        self.seen = [page for page in self.seen if page in BEFORE]
        return self.current

    def update(self, diagnosis: Diagnosis) -> None:
        """Take the diagnosis of a re-check; what was seen stays seen."""
        self.diagnosis = diagnosis
