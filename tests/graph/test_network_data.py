# SPDX-License-Identifier: MIT
"""Limits fit together, and numbers of refused certificates are read."""

from __future__ import annotations

import pytest

from wizard.checks import CHECKS
from wizard.graph import network_data, registration_reader, sign_in
from wizard.graph.network_data import TrustFailure
from wizard.model import Workload
from wizard.product import Product

LIMITS = network_data.load().limits
DEADLINES = {check.id: check.deadline_s for check in CHECKS}


def test_limits_when_added_up_then_the_checks_wait_long_enough() -> None:
    assert LIMITS.walk_s < min(DEADLINES[name] for name in ("dns", "tcp", "tls", "proxy"))
    signed_in_s = 2 * LIMITS.sign_in_s
    assert max(signed_in_s, LIMITS.walk_s) < DEADLINES["http_answer"]
    assert signed_in_s < DEADLINES["sign_in"]
    assert LIMITS.walk_s < DEADLINES["tenant_hosts"]
    download = 2 * network_data.load().download.seconds + 1  # a read that hangs at its end
    assert LIMITS.walk_s + download < DEADLINES["line_speed"]
    assert signed_in_s + LIMITS.calls_s < DEADLINES["graph_calls"]
    readers = ("app_registration", "app_credentials", "token_roles")
    assert signed_in_s + LIMITS.registration_s < min(DEADLINES[name] for name in readers)


def test_shares_when_a_time_out_is_given_then_a_sign_in_and_a_registration_fit_into_it() -> None:
    assert 2 * sign_in.SHARE_OF_TIMEOUT + registration_reader.SHARE_OF_TIMEOUT < 1


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


@pytest.mark.parametrize(
    ("value", "points", "word"),
    [
        (0, 100, "good"),
        (10, 100, "good"),
        (25, 80, "good"),
        (26, 80, "good"),
        (62.5, 70, "acceptable"),
        (100, 60, "acceptable"),
        (150, 50, "doubtful"),
        (200, 40, "doubtful"),
        (250, 30, "poor"),
        (300, 20, "poor"),
        (325, 10, "poor"),
        (350, 0, "poor"),
        (9000, 0, "poor"),
    ],
)
def test_latency_points_when_between_steps_then_in_proportion(
    value: float, points: int, word: str
) -> None:
    data = network_data.load()
    assert data.latency_scale.points(value) == points
    assert data.scale_words.word(points) == word


@pytest.mark.parametrize(
    ("value", "points"), [(0, 0), (1, 10), (2, 20), (4, 40), (6, 50), (8, 60), (20, 100), (99, 100)]
)
def test_download_points_when_faster_then_more(value: float, points: int) -> None:
    assert network_data.load().download_scale.points(value) == points


def test_endpoints_when_read_then_their_sources_are_known(product: Product) -> None:
    data = network_data.load()
    named = [endpoint.source for endpoint in data.endpoints]
    named += [data.latency_scale.source, data.download_scale.source]
    assert {*named, data.scale_words.source, data.download.source} <= set(product.sources)


@pytest.mark.parametrize(
    ("chosen", "endpoints"),
    [
        (tuple(Workload), {"sign-in", "graph", "exchange", "sharepoint", "onedrive"}),
        ((Workload.TEAMS,), {"sign-in", "graph", "sharepoint"}),
        ((Workload.GROUPS,), {"sign-in", "graph", "exchange", "sharepoint"}),
        ((), {"sign-in", "graph"}),
    ],
)
def test_is_needed_when_services_are_chosen_then_their_endpoints(
    chosen: tuple[Workload, ...], endpoints: set[str]
) -> None:
    listed = network_data.load().endpoints
    assert {endpoint.id for endpoint in listed if endpoint.is_needed(chosen)} == endpoints
