# SPDX-License-Identifier: MIT
"""Each name server is asked by itself, and each way of failing is told from the others."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import dns.rcode
import pytest

from tests.support.lying_name_server import (
    LOOPBACK,
    Lie,
    cut_off,
    first_lost,
    garbage,
    lying,
    refuses,
    says,
    silent,
)
from tests.support.network_namespace import run_in_network
from wizard.graph import name_servers
from wizard.graph.addresses import IPV4, IPV6, AddressScope
from wizard.graph.name_servers import Said
from wizard.host.base import NameServer

HOST = "login.example.com"
PUBLIC = says(f"{HOST}. 60 IN A 40.126.1.1", f"{HOST}. 60 IN AAAA 2603:1027:1::1")
CHAIN = says(
    f"{HOST}. 60 IN CNAME a.nsatc.example.",
    "a.nsatc.example. 60 IN CNAME b.akadns.example.",
    "b.akadns.example. 60 IN A 40.126.1.1",
)


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (PUBLIC, Said.ADDRESSES),
        (cut_off(PUBLIC), Said.ADDRESSES),
        (first_lost(PUBLIC), Said.ADDRESSES),
        (says(), Said.NO_ADDRESS),
        (says(f"{HOST}. 60 IN AAAA 2603:1027:1::1"), Said.NO_ADDRESS),
        (refuses(dns.rcode.NXDOMAIN), Said.NOT_FOUND),
        (refuses(dns.rcode.SERVFAIL), Said.SERVER_FAILURE),
        (refuses(dns.rcode.REFUSED), Said.REFUSED),
        (refuses(dns.rcode.NOTIMP), Said.OTHER),
        (silent, Said.TIMEOUT),
        (garbage, Said.OTHER),
        (says(f"{HOST}. 60 IN CNAME {HOST}."), Said.OTHER),  # leads to itself
    ],
)
def test_ask_when_server_lies_then_told_in_which_way(lie: Lie, said: Said) -> None:
    with lying(lie) as server:
        answer = name_servers.ask(server, HOST, IPV4, 0.6)
    assert answer.said is said, answer
    assert answer.server == f"{LOOPBACK}#{server.port}"
    assert (answer.addresses != ()) is (said is Said.ADDRESSES)


@pytest.mark.parametrize(
    ("address", "scope"),
    [
        ("40.126.1.1", AddressScope.PUBLIC),
        ("10.1.2.3", AddressScope.PRIVATE),
        ("192.168.7.7", AddressScope.PRIVATE),
        ("100.64.0.1", AddressScope.PRIVATE),
        ("127.0.0.1", AddressScope.LOOPBACK),
        ("0.0.0.0", AddressScope.NOWHERE),
    ],
)
def test_ask_when_address_is_odd_then_its_scope(address: str, scope: AddressScope) -> None:
    with lying(says(f"{HOST}. 60 IN A {address}")) as server:
        answer = name_servers.ask(server, HOST, IPV4, 2)
    assert [(found.address, found.scope) for found in answer.addresses] == [(address, scope)]


def test_ask_when_name_is_an_alias_then_the_chain_is_told() -> None:
    with lying(CHAIN) as server:
        answer = name_servers.ask(server, HOST, IPV4, 2)
    assert answer.aliases == ("a.nsatc.example", "b.akadns.example")
    assert [found.address for found in answer.addresses] == ["40.126.1.1"]


def test_ask_when_server_is_slow_then_its_time() -> None:
    with lying(says(f"{HOST}. 60 IN A 40.126.1.1", seconds=0.2)) as server:
        answer = name_servers.ask(server, HOST, IPV4, 2)
    assert answer.said is Said.ADDRESSES
    assert 200 <= answer.duration_ms < 1500


def test_ask_when_the_first_try_is_lost_then_the_time_of_the_one_that_was_answered() -> None:
    with lying(first_lost(PUBLIC)) as server:
        answer = name_servers.ask(server, HOST, IPV4, 2)
    assert (answer.said, answer.lost) == (Said.ADDRESSES, 1)
    assert answer.duration_ms < 900


def test_ask_when_silent_then_ends_in_time() -> None:
    started = time.monotonic()
    with lying(silent) as server:
        answer = name_servers.ask(server, HOST, IPV4, 0.4)
    assert answer.said is Said.TIMEOUT
    assert 0.35 < time.monotonic() - started < 2


def test_ask_when_nobody_is_there_then_no_answer_of_any_kind() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind((LOOPBACK, 0))
        port = taken.getsockname()[1]
    answer = name_servers.ask(NameServer(LOOPBACK, port), HOST, IPV4, 0.4)
    assert answer.said in (Said.TIMEOUT, Said.UNREACHABLE)


def test_ask_when_name_is_malformed_then_told_not_crashed() -> None:
    answer = name_servers.ask(NameServer(LOOPBACK, 9), "a" * 70 + ".example.com", IPV4, 0.4)
    assert (answer.said, answer.detail) == (Said.OTHER, "no-name")


def test_ask_when_garbage_comes_then_no_words_of_a_library() -> None:
    with lying(garbage) as server:
        answer = name_servers.ask(server, HOST, IPV4, 2)
    assert (answer.said, answer.detail) == (Said.OTHER, "")


ASK = """
import json
from wizard import codec
from wizard.graph import name_servers
from wizard.host.base import NameServer
print(json.dumps(codec.to_plain(name_servers.ask(NameServer("10.98.0.53"), "a.test", "IPv4", 1))))
"""


@pytest.mark.parametrize(
    ("commands", "detail"),
    [((), "Network is unreachable"), (("ip route add blackhole 10.98.0.0/24",), "blackhole")],
)
def test_ask_when_there_is_no_way_to_the_server_then_unreachable_and_why(
    tmp_path: Path, commands: tuple[str, ...], detail: str
) -> None:
    answer = run_in_network(ASK, commands=commands, folder=tmp_path)
    assert (answer["said"], answer["detail"]) == ("unreachable", detail)


def test_ask_all_when_two_servers_then_four_answers_side_by_side() -> None:
    started = time.monotonic()
    with lying(PUBLIC) as good, lying(silent) as bad:
        answers = name_servers.ask_all((good, bad), HOST, 0.5)
    assert [(a.family, a.said) for a in answers] == [
        (IPV4, Said.ADDRESSES),
        (IPV6, Said.ADDRESSES),
        (IPV4, Said.TIMEOUT),
        (IPV6, Said.TIMEOUT),
    ]
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    ("host", "can"),
    [
        ("login.microsoftonline.com", True),
        ("proxy", False),
        ("localhost", False),
        ("10.1.2.3", False),
        ("2603:1027::1", False),
    ],
)
def test_can_be_asked_when_name_then_only_a_whole_one(host: str, can: bool) -> None:
    assert name_servers.can_be_asked(host) is can
