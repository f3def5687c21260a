# SPDX-License-Identifier: MIT
"""Rows of a diagnosis made by hand, for tests of what comes after the checks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wizard.model import CauseId, CheckResult, Finding, Outcome

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def row(cause: CauseId, outcome: Outcome, check: str = "temp_space", **more: Any) -> CheckResult:
    """One row; `more` goes to the finding."""
    finding = Finding(outcome, more.pop("text", "check.memory.enough"), **more)
    return CheckResult(check, cause, finding, NOON, 0.1)
