# SPDX-License-Identifier: MIT
"""The line's speed: beside Microsoft's scale, a warning at most, never taken for measured."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.line_speed import CHECK, LineSpeed, judge, latency
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.graph.download import Downloaded
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

MB = 1_000_000


def downloaded(rate_mb_s: float, *, seconds: float = 1.0, is_whole: bool = False) -> Downloaded:
    size = int(rate_mb_s * MB * seconds)
    return Downloaded(200, "application/xml", size, seconds, is_whole)


def told(
    product: Product,
    latency_ms: float | None,
    download: Downloaded | None,
    reason: str = "",
    no_latency: str = "",
) -> Finding:
    url = "https://graph.test/v1.0/$metadata"
    no_latency = no_latency or ("proxied" if latency_ms is None else "")
    seen = LineSpeed(latency_ms, "outlook.test", no_latency, download, url, reason)
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def observed(folder: Path, behaviour: Behaviour, **more: Any) -> LineSpeed:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context(**more))
    assert codec.from_plain(codec.to_plain(seen), LineSpeed) == seen
    return seen


@pytest.mark.parametrize(
    ("latency_ms", "rate", "outcome", "text"),
    [
        (12.0, 22.0, Outcome.OK, "both"),
        (200.0, 1.0, Outcome.OK, "both"),
        (201.0, 22.0, Outcome.OK, "both"),
        (400.0, 22.0, Outcome.WARNING, "far"),
        (12.0, 0.99, Outcome.WARNING, "slow"),
        (None, 5.0, Outcome.OK, "rate_only"),
        (None, 0.5, Outcome.WARNING, "slow"),
        (12.0, None, Outcome.COULD_NOT_CHECK, "latency_only"),
        (400.0, None, Outcome.WARNING, "far"),
        (None, None, Outcome.COULD_NOT_CHECK, "not_measured"),
    ],
)
def test_judge_when_measured_then_by_microsofts_scale(
    product: Product, latency_ms: float | None, rate: float | None, outcome: Outcome, text: str
) -> None:
    download = None if rate is None else downloaded(rate)
    finding = told(product, latency_ms, download, "503")
    assert (finding.outcome, finding.text) == (outcome, f"check.line_speed.{text}")
    assert not finding.decisive


@pytest.mark.parametrize(
    ("reason", "told_as"),
    [
        ("not-reached", "the way there is broken"),
        ("503", "the answer was 503 instead of the document"),
        ("captive", "it leads elsewhere"),
        ("timeout: timeout", "measured: no answer in time."),
        ("timeout: 6 s", "no answer in time: 6 s"),
    ],
)
def test_judge_when_nothing_was_downloaded_then_partly_measured_is_not_ok(
    product: Product, texts: Texts, reason: str, told_as: str
) -> None:
    finding = told(product, 12.0, None, reason)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    summary = texts.summary(finding)
    assert "in part only. A connection to outlook.test takes 12 ms" in summary
    assert told_as in summary


def test_judge_when_what_came_was_too_short_then_that_is_the_reason(
    product: Product, texts: Texts
) -> None:
    finding = told(product, 12.0, downloaded(0.02, is_whole=True))
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "too short to tell" in texts.summary(finding)


def test_judge_when_exchange_was_not_reached_then_partly_measured_is_not_ok(
    product: Product, texts: Texts
) -> None:
    finding = told(product, None, downloaded(22.0), no_latency="not-reached")
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "could not be measured: the way there is broken" in texts.summary(finding)


def test_judge_when_measured_then_numbers_stand_beside_the_scale(
    product: Product, texts: Texts
) -> None:
    finding = told(product, 100.0, downloaded(8.0))
    shown = values_of(finding)
    assert (shown["line_latency"], shown["line_latency_points"]) == (100.0, 60)
    assert (shown["line_rate"], shown["line_rate_points"]) == (8.0, 60)
    summary = texts.summary(finding)
    assert "acceptable by Microsoft's scale, whose best grade goes up to about 25 ms" in summary
    assert "acceptable by Microsoft's scale, whose best grade begins at 14 MB/s" in summary
    explained = " ".join(texts.advice(finding))
    assert "from 80 on a line is as recommended, from 60 acceptable, from 40 doubtful" in explained
    assert "25, 100 and 200 ms for a connection, 14, 8 and 4 MB/s for a download" in explained
    assert "neither number explains a failed job" in " ".join(texts.advice(finding))


@pytest.mark.parametrize(
    ("download", "rate"),
    [
        (downloaded(0.02, seconds=3.0), 0.02),  # slow: little in all the time
        (downloaded(0.02, is_whole=True), None),  # short: the document ended
        (Downloaded(200, "application/xml", MB, 0.0, False), None),
        (downloaded(1119.57), 1120),
    ],
)
def test_rate_when_little_came_then_slow_is_told_from_short(
    product: Product, download: Downloaded, rate: float | None
) -> None:
    seen = LineSpeed(None, "h", "proxied", download, "u", "")
    assert seen.rate_mb_s == rate


def test_observe_when_healthy_then_both_are_measured(tmp_path: Path, product: Product) -> None:
    seen = observed(tmp_path, Behaviour())
    assert seen.latency_ms is not None
    assert seen.download is not None
    assert seen.download.size_bytes >= 2 * MB
    assert judge(seen, product).outcome in (Outcome.OK, Outcome.WARNING)


def test_latency_when_the_walk_itself_was_slow_then_connects_again(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        path = next(p for p in m365.context().network() if p.endpoint == "exchange")
    assert path.connections is not None
    slow = tuple(replace(one, duration_ms=900.0) for one in path.connections.attempts)
    late = replace(path, connections=replace(path.connections, attempts=slow))
    with socket.create_server((path.connections.attempts[0].address, 0)) as server:
        there = replace(late, port=server.getsockname()[1])
        again = latency(there)
    assert again is not None
    assert again < 900.0
    assert latency(there) == 900.0  # nobody answers any more: what was measured stays


def test_observe_when_behind_a_proxy_then_no_latency_is_claimed(
    tmp_path: Path, product: Product
) -> None:
    with SignInProxy(ProxyBehaviour(tunnels=True)) as proxy:
        seen = observed(tmp_path, Behaviour(), proxy=proxy.address)
    assert (seen.latency_ms, seen.no_latency) == (None, "proxied")
    assert seen.download is not None
    assert judge(seen, product).text in ("check.line_speed.rate_only", "check.line_speed.slow")


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (Behaviour(listening=False), "not-reached"),
        (Behaviour(wrong_page=True), "not-microsoft"),
    ],
)
def test_observe_when_graph_gives_no_document_then_why(
    tmp_path: Path, behaviour: Behaviour, reason: str
) -> None:
    seen = observed(tmp_path, behaviour)
    assert (seen.download, seen.no_download) == (None, reason)
    assert (seen.latency_ms, seen.no_latency) == (None, reason)
