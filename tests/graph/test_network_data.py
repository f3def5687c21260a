# SPDX-License-Identifier: MIT
"""Limits fit together, and numbers of refused certificates are read."""

from __future__ import annotations

import pytest

from wizard.checks import CHECKS
from wizard.graph import network_data
from wizard.graph.network_data import TrustFailure

LIMITS = network_data.load().limits
DEADLINES = {check.id: check.deadline_s for check in CHECKS}


def test_limits_when_added_up_then_the_checks_wait_long_enough() -> None:
    assert LIMITS.walk_s < min(DEADLINES[name] for name in ("dns", "tcp", "tls", "proxy"))
    sign_in = 2 * LIMITS.sign_in_s
    assert max(sign_in, LIMITS.walk_s) < DEADLINES["http_answer"]
    assert sign_in < DEADLINES["sign_in"]
    assert sign_in + LIMITS.calls_s < DEADLINES["graph_calls"]


@pytest.mark.parametrize(
    ("code", "reading"),
    [
        (10, TrustFailure.EXPIRED),
        (9, TrustFailure.NOT_YET_VALID),
        (62, TrustFailure.NAME_MISMATCH),
        (18, TrustFailure.UNTRUSTED_ISSUER),
        (20, TrustFailure.UNTRUSTED_ISSUER),
        (0x800B0109, TrustFailure.UNTRUSTED_ISSUER),  # Windows: untrusted root
        (0x800B010F, TrustFailure.NAME_MISMATCH),  # Windows: no matching name
        (0x800B0101, TrustFailure.EXPIRED),
        (85, TrustFailure.OTHER),
    ],
)
def test_trust_failure_when_code_then_reading(code: int, reading: TrustFailure) -> None:
    assert network_data.load().trust_failure(code) is reading
