# SPDX-License-Identifier: MIT
"""Is the host of this computer chosen?"""

from __future__ import annotations

import sys

from wizard.host.live import live_host


def test_live_host_when_asked_then_the_one_of_this_system() -> None:
    expected = "windows" if sys.platform == "win32" else "linux"
    assert live_host().facts().system == expected
