# SPDX-License-Identifier: MIT
"""What the rail says of each page: its name, glyph and state word, from the flow and the run."""

from __future__ import annotations

from wizard import flow
from wizard.gui.desk import Desk
from wizard.gui.rail import Step
from wizard.gui.tones import GLYPH_OF_STATUS, TONE_OF_STATUS
from wizard.model import CauseId, Status


def steps(desk: Desk) -> list[Step]:
    """All steps in the rail's order."""
    captions = _captions(desk)
    return [_step(desk, page, captions.get(page, "")) for page in desk.flow.pages()]


def _captions(desk: Desk) -> dict[str, str]:
    pages = desk.flow.pages()
    ranked = "rail.causes_ranked" if desk.flow.found_something else "rail.causes"
    return {
        pages[0]: desk.texts("rail.before"),
        pages[len(flow.BEFORE)]: desk.texts(ranked),
        flow.AFTER[0]: desk.texts("rail.after"),
    }


def _step(desk: Desk, page: str, caption: str) -> Step:
    name = desk.texts(f"rail.name.{page}")
    is_open = desk.flow.can_jump(page) or page == desk.flow.current
    if page == flow.SCAN:
        glyph, tone, state = _scan(desk)
        return Step(page, name, glyph, tone, state, is_open, caption, lines=2)
    if page in flow.BEFORE or page in flow.AFTER:
        glyph, tone = _place(desk, page)
        return Step(page, name, glyph, tone, "", is_open, caption)
    glyph, tone, state = _cause(desk, CauseId(page))
    return Step(page, name, glyph, tone, state, is_open, caption, lines=2)


def _place(desk: Desk, page: str) -> tuple[str, str]:
    """The glyph of a page that has no findings: here, done, not yet."""
    if page == desk.flow.current:
        return "step-current", "accent"
    done = desk.flow.done if page in flow.AFTER else desk.flow.seen
    return ("step-done", "ok") if page in done else ("step", "quiet")


def _scan(desk: Desk) -> tuple[str, str, str]:
    if desk.run.is_running and desk.run.cause is None:
        return "running", "accent", _running(desk)
    glyph, tone = _place(desk, flow.SCAN)
    if desk.flow.diagnosis is None:
        return glyph, tone, ""
    if flow.nothing_known(desk.flow.diagnosis):
        unknown = Status.UNKNOWN
        return GLYPH_OF_STATUS[unknown], TONE_OF_STATUS[unknown], desk.texts("rail.no_answer")
    word = "rail.cancelled" if desk.flow.diagnosis.cancelled else "rail.done"
    return glyph, tone, desk.texts(word)


def _running(desk: Desk) -> str:
    """As the scan's own page counts."""
    if desk.run.is_cancelling:
        return desk.texts("rail.cancelling")
    done = desk.texts("rail.progress", done=desk.run.done, total=desk.run.total)
    return f"{desk.texts('rail.running')}, {done}"


def _cause(desk: Desk, cause: CauseId) -> tuple[str, str, str]:
    if desk.run.checks_run(cause):
        alone = desk.run.cause == cause
        return "running", "accent", _running(desk) if alone else desk.texts("rail.running")
    status = desk.run.status(cause)
    if status is None:
        return "waiting", "quiet", desk.texts("rail.not_yet")
    return GLYPH_OF_STATUS[status], TONE_OF_STATUS[status], word_of(desk, status)


def word_of(desk: Desk, status: Status) -> str:
    """The state word of a cause."""
    return desk.texts(f"status.{status}")
