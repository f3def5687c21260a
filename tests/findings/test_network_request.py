# SPDX-License-Identifier: MIT
"""What the network team is asked for, by what broke and where the cause may be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path as FilePath

import pytest

from tests.support.hosts import bare_context
from tests.support.microsoft365 import host, running
from wizard import engine
from wizard.checks import CHECKS, gateway
from wizard.demo.behaviour import Behaviour, ServerCertificate
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.findings import network_request, stations
from wizard.findings.network_request import Places
from wizard.findings.station_words import Station
from wizard.findings.stations import Path
from wizard.graph.network_path import Layer
from wizard.host.base import Gateway
from wizard.model import CauseId, CheckResult, Outcome, Scope
from wizard.product import Product
from wizard.texts import Texts

DEAD = (gateway.Tried("graph.microsoft.com", answered=False),)
MINE = tuple(check for check in CHECKS if check.cause is CauseId.CONNECTIVITY)


def broken(layer: Layer, why: str, outcome: Outcome = Outcome.PROBLEM) -> Path:
    station = Station(layer, outcome, why, (), why)
    return Path("graph", "Microsoft Graph", "graph.microsoft.com", 443, (station,))


def listed(texts: Texts, *guessed: str) -> Places:
    return Places(frozenset(guessed), texts)


def asked(
    path: Path, product: Product, texts: Texts, rows: tuple[CheckResult, ...] = ()
) -> list[str]:
    return list(network_request.lines((path,), rows, "backup01", product, listed(texts)))


@pytest.mark.parametrize(
    ("layer", "why", "part"),
    [
        (Layer.NAME, "timeout", "find the host name of:"),
        (Layer.NAME, "no-address", "find the host name of:"),
        (Layer.NAME, "unreachable", "which name servers belong to backup01"),
        (Layer.NAME, "odd-address", "the real address of this host"),
        (Layer.CONNECTION, "refused", "allow TCP connections"),
        (Layer.CONNECTION, "unreachable", "a firewall that rejects"),
        (Layer.PROXY, "wrong-password", "the right user name and password"),
        (Layer.ENCRYPTION, "untrusted-issuer", "TLS inspection"),
        (Layer.ENCRYPTION, "incomplete-chain", "a certificate that Microsoft 365 does not have"),
        (Layer.ENCRYPTION, "revoked", "a certificate that Microsoft 365 does not have"),
        (Layer.ENCRYPTION, "name-mismatch", "a certificate that Microsoft 365 does not have"),
        (Layer.ENCRYPTION, "not-tls", "without encryption"),
        (Layer.ENCRYPTION, "cut", "cuts or holds back the TLS handshake"),
        (Layer.ENCRYPTION, "timeout", "cuts or holds back the TLS handshake"),
        (Layer.ANSWER, "timeout", "holds back or cuts the answers"),
        (Layer.ANSWER, "captive", "without a sign-in to the network"),
        (Layer.ANSWER, "not-microsoft", "answers in place of Microsoft 365"),
        (Layer.PROXY, "503", "to a way out"),
        (Layer.PROXY, "403", "pass the proxy"),
        (Layer.PROXY, "not-http", "right address and port of the proxy"),
    ],
)
def test_lines_when_a_way_breaks_then_what_mends_this_break_is_asked(
    product: Product, texts: Texts, layer: Layer, why: str, part: str
) -> None:
    sentence, place = asked(broken(layer, why), product, texts)
    assert part in sentence
    assert ("inspection" in sentence) is (why == "untrusted-issuer")
    assert place == "  Microsoft Graph  graph.microsoft.com:443"


@pytest.mark.parametrize(
    ("seen", "part"),
    [
        (gateway.WayOut((), DEAD), "which gateway belong to backup01"),
        (gateway.WayOut((), DEAD, only_ipv4=True), "which gateway belong to backup01"),
        (
            gateway.WayOut((Gateway("10.0.0.1", "eth0", is_silent=True),), DEAD),
            "whether 10.0.0.1 is the right gateway of backup01, and why it does not answer",
        ),
    ],
)
def test_lines_when_the_gateway_is_missing_or_dead_then_that_alone_is_asked_for(
    product: Product, texts: Texts, seen: gateway.WayOut, part: str
) -> None:
    rows = tuple(
        replace(row, finding=gateway.judge(seen, product))
        for row in engine.run(MINE, bare_context(scope=Scope(offline=True))).results
        if row.check == "gateway"
    )
    (told,) = asked(broken(Layer.CONNECTION, "unreachable"), product, texts, rows)
    assert part in told


def test_lines_when_a_host_is_a_guess_then_it_is_marked_where_it_is_asked_for(
    product: Product, texts: Texts
) -> None:
    """Who opens a firewall for a guess may open it for somebody else."""
    known = broken(Layer.CONNECTION, "refused")
    guess = replace(known, endpoint="sharepoint", host="contoso.sharepoint.com")
    places = listed(texts, "sharepoint")
    told = list(network_request.lines((known, guess), (), "backup01", product, places))
    assert told[1] == "  Microsoft Graph  graph.microsoft.com:443"
    assert told[2].startswith("  Microsoft Graph  contoso.sharepoint.com:443  (only made from")


@pytest.mark.parametrize(
    ("layer", "why"),
    [
        (Layer.CONNECTION, "blocked"),
        (Layer.CONNECTION, "closed-route"),
        (Layer.CONNECTION, "no-route"),
        (Layer.NAME, ""),
        (Layer.ENCRYPTION, "other"),
        (Layer.ENCRYPTION, "expired"),
        (Layer.ENCRYPTION, "not-yet-valid"),
        (Layer.ANSWER, "encryption"),
    ],
)
def test_lines_when_the_cause_may_be_here_then_nothing_is_asked(
    product: Product, texts: Texts, layer: Layer, why: str
) -> None:
    assert asked(broken(layer, why), product, texts) == []


@pytest.mark.parametrize(("offset_s", "count"), [(0.0, 2), (86400.0 * 400, 0)])
def test_lines_when_a_certificate_is_over_then_asked_only_if_the_clock_proved_right(
    tmp_path: FilePath, product: Product, texts: Texts, offset_s: float, count: int
) -> None:
    with running(Behaviour(clock_offset_s=offset_s), tmp_path) as m365:
        rows = engine.run(MINE, m365.context()).results
    told = asked(broken(Layer.ENCRYPTION, "expired"), product, texts, rows)
    assert len(told) == count
    assert not told or "have it renewed" in told[0]


def test_lines_when_every_certificate_is_over_then_the_clock_is_not_known_and_nobody_asked(
    tmp_path: FilePath, product: Product, texts: Texts
) -> None:
    """Nor is every way called open."""
    behaviour = Behaviour(server_certificate=ServerCertificate.EXPIRED)
    with running(behaviour, tmp_path) as m365:
        rows = engine.run(MINE, m365.context()).results
    paths = stations.of_results(rows, texts)
    assert [path.broken and path.broken.why for path in paths] == ["expired"] * 5
    stopped = tuple(
        replace(row, finding=replace(row.finding, outcome=Outcome.PROBLEM))
        for row in rows
        if row.check != "gateway"
    )
    assert list(network_request.lines(paths, stopped, "backup01", product, listed(texts))) == []


def test_lines_when_another_name_is_shown_then_whose_certificate_it_is_is_asked(
    tmp_path: FilePath, product: Product, texts: Texts
) -> None:
    behaviour = Behaviour(server_certificate=ServerCertificate.OTHER_NAME)
    with running(behaviour, tmp_path) as m365:
        rows = engine.run(MINE, m365.context()).results
    paths = stations.of_results(rows, texts)
    told = list(network_request.lines(paths, rows, "backup01", product, listed(texts)))
    assert len(told) == 6
    assert "a certificate that Microsoft 365 does not have" in told[0]


def test_lines_when_a_real_proxy_has_no_way_out_then_that_is_asked(
    tmp_path: FilePath, product: Product, texts: Texts
) -> None:
    with (
        SignInProxy(ProxyBehaviour(status=503)) as proxy,
        running(Behaviour(), tmp_path, host({"HTTPS_PROXY": proxy.address})) as m365,
    ):
        rows = engine.run(MINE, m365.context()).results
    paths = stations.of_results(rows, texts)
    first = next(network_request.lines(paths, rows, "backup01", product, listed(texts)))
    assert f"help the proxy {proxy.address} to a way out" in first
