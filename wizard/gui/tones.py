# SPDX-License-Identifier: MIT
"""Which glyph and which tone stand for an outcome or a status; the word always stands beside."""

from __future__ import annotations

from wizard.model import Outcome, Status

TONE_OF_OUTCOME = {
    Outcome.OK: "ok",
    Outcome.WARNING: "warning",
    Outcome.PROBLEM: "problem",
    Outcome.NOT_APPLICABLE: "quiet",
    Outcome.COULD_NOT_CHECK: "unknown",
    Outcome.TIMED_OUT: "unknown",
}
GLYPH_OF_STATUS = {
    Status.OK: "ok",
    Status.WARNING: "warning",
    Status.PROBLEM: "problem",
    Status.UNKNOWN: "could-not-check",
    Status.SKIPPED: "not-applicable",
}
TONE_OF_STATUS = {
    Status.OK: "ok",
    Status.WARNING: "warning",
    Status.PROBLEM: "problem",
    Status.UNKNOWN: "unknown",
    Status.SKIPPED: "quiet",
}


def glyph_of(outcome: Outcome) -> str:
    """The glyph of an outcome: the file in resources/icons has the outcome's own name."""
    return str(outcome)
