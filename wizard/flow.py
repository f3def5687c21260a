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
PAGE_OF_FIX = {"move_temp_folder": ARGUMENTS}


def nothing_known(diagnosis: Diagnosis) -> bool:
    """Whether no cause at all could be looked at, though nobody cut the scan short."""
    return not diagnosis.cancelled and all(
        verdict.status is Status.UNKNOWN for verdict in diagnosis.verdicts
    )


@dataclass
class Flow:
    """The person's way through the pages. Causes are pages by their id, likeliest first."""

    current: str = WELCOME
    seen: list[str] = field(default_factory=lambda: [WELCOME])
    done: set[str] = field(default_factory=set)  # pages of AFTER whose work is done and proven
    diagnosis: Diagnosis | None = None
    _ranked: tuple[CauseId, ...] = ()  # by the last scan, whatever was checked again since then
    _came_from: list[str] = field(default_factory=list)

    def pages(self) -> tuple[str, ...]:
        """All pages in the rail's order; causes in the article's order until they are ranked."""
        ranked = [v.cause for v in self.diagnosis.verdicts] if self.diagnosis else list(CauseId)
        return (*BEFORE, *ranked, *AFTER)

    def can_jump(self, page: str) -> bool:
        """Seen pages always; causes, change and export once there is a diagnosis."""
        return page in self.seen or (self.diagnosis is not None and page not in BEFORE)

    @property
    def found_something(self) -> bool:
        """Whether any cause is worth a look, so that one is likelier than the others."""
        verdicts = self.diagnosis.verdicts if self.diagnosis else ()
        return any(verdict.status in WORTH_A_LOOK for verdict in verdicts)

    def next_page(self) -> str | None:
        """Where Next leads: a step, a cause's fix, the next cause, the export; None at the end."""
        if self.current in (WELCOME, SCOPE):
            return BEFORE[BEFORE.index(self.current) + 1]
        if self.current == EXPORT or self.diagnosis is None:
            return None
        way = self._way(self.diagnosis)
        if self.current in way:
            left = way[way.index(self.current) + 1 :]
        else:
            left = [page for page in way if self.current == SCAN or page not in self.seen]
        if self.current in list(CauseId):
            left = [page for page in left if self._is_below(page)]
        return left[0] if left else EXPORT

    def _is_below(self, page: str) -> bool:
        """Whether a page stood below this one after the scan; a cause that was mended sinks."""
        order = (*self._ranked, *AFTER)
        return order.index(page) > order.index(self.current)

    def _way(self, diagnosis: Diagnosis) -> list[str]:
        """Causes worth a look, likeliest first, each followed by the page that mends it.

        Where nothing at all is known, the likeliest cause says what has to be done for an answer.
        """
        found = [v.cause for v in diagnosis.verdicts if v.status in WORTH_A_LOOK]
        if nothing_known(diagnosis):
            found = [diagnosis.verdicts[0].cause]
        way: list[str] = []
        for cause in found:
            way += [cause, *(page for page in self._fixes(cause, diagnosis) if page not in way)]
        return way

    def _fixes(self, cause: CauseId, diagnosis: Diagnosis) -> list[str]:
        """Pages that mend what was found of a cause, but for those whose work is done."""
        fixes = dict.fromkeys(fix for row in diagnosis.of_cause(cause) for fix in row.finding.fixes)
        pages = (PAGE_OF_FIX[fix] for fix in fixes if fix in PAGE_OF_FIX)
        return [page for page in pages if page not in self.done or page == self.current]

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
        self._ranked = tuple(verdict.cause for verdict in diagnosis.verdicts)
        self.done.discard(EXPORT)  # what was written tells of the diagnosis before
        self.seen = [page for page in self.seen if page in BEFORE]
        return self.current

    def update(self, diagnosis: Diagnosis) -> None:
        """Take the diagnosis of a re-check; what was seen stays seen."""
        self.diagnosis = diagnosis
