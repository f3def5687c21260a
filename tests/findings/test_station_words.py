# SPDX-License-Identifier: MIT
"""What stands at a station, for what loopback servers alone can't show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wizard.checks.dns import Name
from wizard.checks.http_answer import EndpointAnswer
from wizard.checks.proxy import ProxyUse
from wizard.checks.tcp import Line
from wizard.checks.tls import Handshake
from wizard.findings import station_words
from wizard.findings.station_words import Tried
from wizard.graph import addresses, trust
from wizard.graph.answer import Answer, AnswerKind
from wizard.graph.certificates import Certificate
from wizard.graph.connections import Attempt, ConnectFailure, Connections
from wizard.graph.encryption import Encryption, View
from wizard.graph.name_servers import Said, ServerAnswer
from wizard.graph.names import Lookup, NameFailure
from wizard.graph.network_data import TrustFailure
from wizard.graph.network_path import Layer
from wizard.graph.proxies import ProxyChoice, Unusable
from wizard.graph.tunnel import Tunnel
from wizard.model import Outcome
from wizard.texts import Texts

HOST = "graph.microsoft.com"
STRAIGHT = ProxyChoice(None, "", 0, "", ())
THROUGH = ProxyChoice("http://proxy.test:3128", "proxy.test", 3128, "HTTPS_PROXY", ())
OPEN = Attempt("20.1.2.3", "IPv4", None, "", 12.5)
SHUT = Attempt("2603::1", "IPv6", ConnectFailure.TIMEOUT, "timed out", 4000.0)


def lookup(*found: str) -> Lookup:
    read = tuple(addresses.read(text, "IPv4") for text in found)
    return Lookup(HOST, read, None, "", 8.0)


@pytest.mark.parametrize(
    ("address", "outcome", "told"),
    [
        ("20.1.2.3", Outcome.OK, "1 address, 8 ms"),
        ("0.0.0.0", Outcome.WARNING, "leads to no address at all"),
        ("127.0.0.1", Outcome.WARNING, "leads to this computer"),
        ("10.0.0.7", Outcome.WARNING, "leads to a private network"),
    ],
)
def test_name_when_found_then_where_it_leads(
    texts: Texts, address: str, outcome: Outcome, told: str
) -> None:
    station = station_words.name(Name("graph", lookup(address), None), texts)
    assert (station.outcome, station.told) == (outcome, told)
    assert [one.line(texts) for one in station.tried] == [f"lookup of {HOST}: {address} (8 ms)"]


@pytest.mark.parametrize(
    ("address", "said", "why"),
    [
        ("0.0.0.0", "0.0.0.0", station_words.ODD_ADDRESS),
        ("10.1.2.3", "10.1.2.3", station_words.ODD_ADDRESS),
        ("10.1.2.3", "20.1.2.3", ""),  # the servers have the real one: a hosts file
    ],
)
def test_name_when_an_odd_address_leads_nowhere_then_the_name_is_broken(
    texts: Texts, address: str, said: str, why: str
) -> None:
    server = ServerAnswer("10.0.0.53", "IPv4", Said.ADDRESSES, (addresses.read(said, "IPv4"),))
    lost = Name("graph", lookup(address), None, (server,), broken=Layer.CONNECTION)
    station = station_words.name(lost, texts)
    assert (station.outcome, station.why) == (Outcome.PROBLEM, why)


@pytest.mark.parametrize(
    ("detail", "why"), [("Network is unreachable", NameFailure.UNREACHABLE), ("blackhole", "")]
)
def test_name_when_a_route_of_this_computer_stops_questions_then_nobody_else_is_to_mend_it(
    texts: Texts, detail: str, why: str
) -> None:
    lost = replace(lookup(), failure=NameFailure.SERVER_FAILURE)
    gone = ServerAnswer("10.0.0.53", "IPv4", Said.UNREACHABLE, detail=detail)
    station = station_words.name(Name("graph", lost, None, (gone,)), texts)
    assert (station.told, station.why) == ("no name server can be reached", why)


def test_name_when_the_proxy_is_an_address_then_no_lookup_is_told(texts: Texts) -> None:
    of_proxy = replace(lookup("10.0.0.7"), host="10.0.0.7")
    station = station_words.name(Name("graph", lookup("20.1.2.3"), of_proxy), texts)
    assert station.told == "is an address already (proxy)"
    assert station.tried == ()


def test_name_when_the_servers_tell_better_why_than_the_system_then_theirs(texts: Texts) -> None:
    lost = replace(lookup("20.1.2.3"), addresses=(), failure=NameFailure.SERVER_FAILURE)
    silent = ServerAnswer("10.0.0.53", "IPv4", Said.TIMEOUT, detail="3 s")
    station = station_words.name(Name("graph", lost, None, (silent,)), texts)
    assert (station.told, station.why) == ("no answer in time", NameFailure.TIMEOUT)


@pytest.mark.parametrize(
    ("attempts", "outcome", "told"),
    [
        ((OPEN,), Outcome.OK, "12 ms"),
        ((OPEN, SHUT), Outcome.WARNING, "1 of 2 fail; 12 ms"),
        ((SHUT,), Outcome.PROBLEM, "no answer in time"),
        ((replace(OPEN, failure=ConnectFailure.RESET),), Outcome.PROBLEM, "cut on the way"),
    ],
)
def test_connection_when_some_fail_then_the_rest_decides(
    texts: Texts, attempts: tuple[Attempt, ...], outcome: Outcome, told: str
) -> None:
    line = Line("graph", HOST, Connections(HOST, 443, attempts), None)
    station = station_words.connection(line, texts)
    assert (station.outcome, station.told) == (outcome, told)
    assert len(station.tried) == len(attempts)


@pytest.mark.parametrize(
    ("ms", "told"), [((), "x"), ((0.3, 0.4), "x (< 1 ms)"), ((8.0, 2.0, 20.0), "x (2 ms to 20 ms)")]
)
def test_tried_when_made_several_times_then_one_line_with_the_range(
    texts: Texts, ms: tuple[float, ...], told: str
) -> None:
    assert Tried("x", ms).line(texts) == told


def test_connection_when_ipv6_is_absent_then_no_warning(texts: Texts) -> None:
    """A computer without IPv6 loses nothing by it."""
    absent = replace(SHUT, failure=ConnectFailure.UNREACHABLE, duration_ms=0.2)
    line = Line("graph", HOST, Connections(HOST, 443, (OPEN, absent)), None)
    assert station_words.connection(line, texts).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("choice", "tunnel", "outcome", "told"),
    [
        (STRAIGHT, None, Outcome.NOT_APPLICABLE, "none in the way"),
        (
            replace(STRAIGHT, unusable=Unusable.SCRIPT, source="WinINET PAC"),
            None,
            Outcome.COULD_NOT_CHECK,
            "can't be tested: WinINET PAC",
        ),
        (
            replace(STRAIGHT, unreadable="no"),
            None,
            Outcome.COULD_NOT_CHECK,
            "settings can't be read",
        ),
        (THROUGH, None, Outcome.COULD_NOT_CHECK, "not reached"),
        (THROUGH, Tunnel(200, "OK", (), "", 3.0), Outcome.OK, "lets pass, 3 ms"),
        (THROUGH, Tunnel(403, "No", (), "", 3.0), Outcome.PROBLEM, "does not allow it (403)"),
        (THROUGH, Tunnel(504, "No", (), "", 3.0), Outcome.PROBLEM, "has no way out (504)"),
        (THROUGH, Tunnel(418, "No", (), "", 3.0), Outcome.PROBLEM, "refuses (418)"),
        (
            THROUGH,
            Tunnel(None, "", (), "not-http", 3.0),
            Outcome.PROBLEM,
            "what it sent is no answer of a proxy",
        ),
    ],
)
def test_proxy_when_asked_then_what_it_did(
    texts: Texts, choice: ProxyChoice, tunnel: Tunnel | None, outcome: Outcome, told: str
) -> None:
    use = ProxyUse("graph", HOST, 443, choice, tunnel, None)
    station = station_words.proxy(use, texts)
    assert (station.outcome, station.told) == (outcome, told)


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_answer_when_of_any_kind_then_only_the_expected_is_ok(
    texts: Texts, kind: AnswerKind
) -> None:
    got = Answer(f"https://{HOST}/x", kind, 401, request_id="r-1", duration_ms=30.0)
    seen = EndpointAnswer("graph", HOST, "https://{tenant}/x", got, None)
    station = station_words.answer(seen, texts)
    assert (station.outcome is Outcome.OK) == (kind is AnswerKind.EXPECTED)
    broken = (AnswerKind.NONE, AnswerKind.NOT_MICROSOFT, AnswerKind.CAPTIVE)
    assert (station.outcome is Outcome.PROBLEM) == (kind in broken)
    assert "https://{tenant}/x" in station.tried[0].told  # the tenant's id stays out


@pytest.mark.parametrize("failure", list(TrustFailure))
def test_encryption_when_failed_in_any_way_then_broken_with_the_systems_words(
    texts: Texts, failure: TrustFailure
) -> None:
    made = Encryption(None, (), failure, "as OpenSSL says", "operating-system", None, 20.0)
    station = station_words.encryption(Handshake("graph", HOST, 443, made, None), texts)
    assert station.outcome is Outcome.PROBLEM
    assert "-" not in station.told  # a word, not an id
    assert "as OpenSSL says" in station.tried[0].told


def test_encryption_when_opened_on_the_way_and_believed_then_warning_with_whose_it_is(
    texts: Texts,
) -> None:
    public = View(trust.PUBLIC, TrustFailure.UNTRUSTED_ISSUER, "")
    day = datetime(2026, 11, 24, tzinfo=UTC)
    top = Certificate(
        "Example Corp Inspection", "Example Corp Inspection", day, day, True, (), False
    )
    made = Encryption("TLSv1.3", (top,), None, "", trust.STORE, None, 20.0, (public,), top)
    station = station_words.encryption(Handshake("graph", HOST, 443, made, None), texts)
    assert station.outcome is Outcome.WARNING
    assert station.told == "not by a public authority: Example Corp Inspection"
    assert "issued by Example Corp Inspection; valid to 2026-11-24" in station.tried[1].told


def test_answer_when_slow_then_warning_with_the_limit(texts: Texts) -> None:
    got = Answer(f"https://{HOST}/x", AnswerKind.EXPECTED, 401, duration_ms=4287.0)
    station = station_words.answer(EndpointAnswer("graph", HOST, "u", got, None), texts)
    assert station.outcome is Outcome.WARNING
    assert station.told == "as expected, but slow: 4287 ms, more than 3000 ms"


def test_answer_when_a_service_is_asked_by_post_then_that_is_told(texts: Texts) -> None:
    got = Answer(url="https://x.test/", kind=AnswerKind.EXPECTED, status=401)
    for endpoint, method in (("graph", "GET"), ("sharepoint", "POST"), ("onedrive", "POST")):
        seen = EndpointAnswer(endpoint, "x.test", "https://x.test/", got, None)
        tried = station_words.answer(seen, texts).tried[0]
        assert tried.told.startswith(f"{method} https://x.test/")
