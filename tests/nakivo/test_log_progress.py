# SPDX-License-Identifier: MIT
"""Progress that comes by the hundred is told now and then."""

from __future__ import annotations

import time

from wizard.nakivo import log_progress


def test_paced_when_blocks_come_fast_then_the_first_is_told_and_one_later() -> None:
    told: list[int] = []
    tell = log_progress.paced(told.append)
    for count in range(1000):
        tell(count)
    assert told[0] == 0
    assert len(told) < 20
    time.sleep(log_progress.EACH_S)
    tell(1000)
    assert told[-1] == 1000
