# SPDX-License-Identifier: MIT
"""How values stand in the window."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from wizard.gui import shown

ASK = (
    "from datetime import UTC, datetime; from wizard.gui import shown; "
    "print(shown.local_time(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)))"
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no zone by a variable")
@pytest.mark.parametrize(
    ("zone", "told"), [("UTC0", "2026-01-02 03:04:05 UTC"), ("CET-1", "2026-01-02 04:04:05 +01:00")]
)
def test_local_time_when_shown_then_names_its_zone(zone: str, told: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ASK], env={"TZ": zone}, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == told


def test_local_time_when_shown_here_then_has_a_zone() -> None:
    assert re.search(r" (UTC|[+-]\d\d:\d\d)$", shown.local_time(datetime.now(UTC)))
