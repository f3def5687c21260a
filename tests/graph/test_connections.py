# SPDX-License-Identifier: MIT
"""Connections come about, or it is said why not."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.network_namespace import CABLE, DROPPED_FOUR, DROPPED_SIX, run_in_network
from wizard import codec
from wizard.checks import tcp
from wizard.graph import connections
from wizard.graph.addresses import Address, AddressScope
from wizard.graph.connections import Attempt, ConnectFailure, Connections
from wizard.model import Outcome
from wizard.product import Product

LOOPBACK = Address("127.0.0.1", "IPv4", AddressScope.LOOPBACK)
LOOPBACK_SIX = Address("::1", "IPv6", AddressScope.LOOPBACK)


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def refusing() -> Iterator[int]:
    """A port that is taken, so that nobody else answers there, and not listened on."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def test_connect_when_listening_then_open_with_time(listening: int) -> None:
    found = connections.connect("localhost", listening, (LOOPBACK,), 2)
    assert found.best == "127.0.0.1"
    assert found.attempts[0].failure is None
    assert found.attempts[0].duration_ms >= 0


def test_connect_when_nobody_listens_then_refused(refusing: int) -> None:
    found = connections.connect("localhost", refusing, (LOOPBACK,), 2)
    assert found.best is None
    assert found.attempts[0].failure is ConnectFailure.REFUSED
    assert found.attempts[0].detail == "Connection refused"


def test_connect_when_one_address_of_two_answers_then_that_one(listening: int) -> None:
    found = connections.connect("localhost", listening, (LOOPBACK_SIX, LOOPBACK), 2)
    assert [attempt.failure is None for attempt in found.attempts] == [False, True]
    assert found.best == "127.0.0.1"


def test_connect_when_backlog_is_full_then_time_out() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            found = connections.connect("localhost", port, (LOOPBACK,), 0.2)
    assert found.attempts[0].failure is ConnectFailure.TIMEOUT
    assert 150 < found.attempts[0].duration_ms < 4000


@pytest.mark.parametrize(
    ("number", "failure"),
    [
        (errno.ECONNRESET, ConnectFailure.RESET),
        (errno.EHOSTUNREACH, ConnectFailure.UNREACHABLE),
        (errno.ENETUNREACH, ConnectFailure.UNREACHABLE),
        (errno.EACCES, ConnectFailure.BLOCKED),
        (10013, ConnectFailure.BLOCKED),
        (10060, ConnectFailure.TIMEOUT),
        (10061, ConnectFailure.REFUSED),
        (errno.EMFILE, ConnectFailure.OTHER),
    ],
)
def test_failure_of_when_number_then_its_meaning(number: int, failure: ConnectFailure) -> None:
    assert connections.failure_of(OSError(number, "words")) == (failure, "words")


def test_best_when_several_are_open_then_the_quickest() -> None:
    slow = Attempt("1.1.1.1", "IPv4", None, "", 30.0)
    quick = Attempt("2.2.2.2", "IPv4", None, "", 3.0)
    dead = Attempt("3.3.3.3", "IPv4", ConnectFailure.REFUSED, "", 1.0)
    assert Connections("h", 443, (slow, quick, dead)).best == "2.2.2.2"


CONNECT = """
import json, socket, sys
from wizard import codec
from wizard.graph import addresses, connections
server = socket.create_server(("127.0.0.1", 4430))
found = [addresses.read(text, family) for text, family in {addresses!r}]
print(json.dumps(codec.to_plain(connections.connect("m365.test", 4430, tuple(found), {seconds}))))
"""


def connected(
    folder: Path, *commands: str, seconds: float = 0.5, to: tuple[tuple[str, str], ...]
) -> Connections:
    """The attempts of a program in a network that these commands made."""
    code = CONNECT.format(addresses=list(to), seconds=seconds)
    plain = run_in_network(code, commands=commands, folder=folder)
    return codec.from_plain(plain, Connections)


def test_connect_when_packets_are_dropped_then_time_out(tmp_path: Path) -> None:
    found = connected(tmp_path, *CABLE, to=((DROPPED_FOUR, "IPv4"),))
    assert found.attempts[0].failure is ConnectFailure.TIMEOUT
    assert 450 < found.attempts[0].duration_ms < 4000


@pytest.mark.parametrize(
    ("kind", "detail"),
    [("unreachable", "reject"), ("prohibit", "prohibit"), ("blackhole", "blackhole")],
)
@pytest.mark.parametrize("address", ["10.98.0.2", "fd98::2"])
def test_connect_when_a_route_of_this_computer_says_no_then_that_and_its_kind(
    tmp_path: Path, kind: str, detail: str, address: str
) -> None:
    family, block = ("IPv6", "fd98::/64") if ":" in address else ("IPv4", "10.98.0.0/24")
    found = connected(tmp_path, f"ip route add {kind} {block}", to=((address, family),))
    (attempt,) = found.attempts
    told = (attempt.failure, attempt.detail, attempt.own_address)
    assert told == (ConnectFailure.CLOSED_ROUTE, detail, "")


def test_connect_when_an_answer_on_the_way_says_unreachable_then_no_route_is_blamed(
    tmp_path: Path,
) -> None:
    """A gateway that is gone: the route is there, and nobody takes what is sent."""
    gone = "ip route add default via 10.99.0.77"
    found = connected(tmp_path, *CABLE, gone, seconds=6, to=(("10.98.0.2", "IPv4"),))
    assert found.attempts[0].failure is ConnectFailure.UNREACHABLE
    assert found.attempts[0].own_address == "10.99.0.1"


def test_connect_when_there_is_no_ipv6_then_no_route_at_once(tmp_path: Path) -> None:
    found = connected(tmp_path, to=(("2603:1027::1", "IPv6"), ("127.0.0.1", "IPv4")))
    assert [attempt.failure for attempt in found.attempts] == [ConnectFailure.NO_ROUTE, None]
    assert found.attempts[0].duration_ms < 300


def test_connect_when_ipv6_is_broken_then_ipv4_and_the_cost(
    tmp_path: Path, product: Product
) -> None:
    found = connected(tmp_path, *CABLE, to=((DROPPED_SIX, "IPv6"), ("127.0.0.1", "IPv4")))
    assert found.best == "127.0.0.1"
    finding = tcp.judge(tcp.Lines((tcp.Line("graph", "m365.test", found, None),)), product)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tcp.ipv6")
    assert finding.values["cost"] == found.attempts[0].duration_ms
    assert found.attempts[0].duration_ms > 450


def test_connect_when_the_line_is_long_then_its_time(tmp_path: Path) -> None:
    delay = "tc qdisc add dev lo root netem delay 40ms"
    found = connected(tmp_path, delay, seconds=3, to=(("127.0.0.1", "IPv4"),))
    assert found.attempts[0].failure is None
    assert 80 <= found.attempts[0].duration_ms < 1500  # there and back
