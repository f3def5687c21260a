# SPDX-License-Identifier: MIT
"""Names lead to addresses, or it is said why not."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.support.network_namespace import run_in_network
from wizard import codec
from wizard.graph import names
from wizard.graph.addresses import AddressScope
from wizard.graph.name_servers import Said, ServerAnswer
from wizard.graph.names import Lookup, NameFailure


def test_look_up_when_localhost_then_a_loopback_address() -> None:
    found = names.look_up("localhost", 2)
    assert found.failure is None
    assert {address.scope for address in found.addresses} == {AddressScope.LOOPBACK}


def test_look_up_when_no_such_name_then_not_found() -> None:
    found = names.look_up("nobody.invalid", 5)
    assert found.failure is NameFailure.NOT_FOUND
    assert found.addresses == ()
    assert found.detail


def test_look_up_when_literal_then_itself() -> None:
    found = names.look_up("10.1.2.3", 2)
    assert [(a.address, a.family, a.scope) for a in found.addresses] == [
        ("10.1.2.3", "IPv4", AddressScope.PRIVATE)
    ]


def test_look_up_when_name_is_malformed_then_failure_not_crash() -> None:
    assert names.look_up("a" * 70 + ".test", 2).failure is not None


NONE = socket.gaierror(socket.EAI_NONAME, "not known")
AGAIN = socket.gaierror(socket.EAI_AGAIN, "try again")
FOUR, SIX = socket.AF_INET, socket.AF_INET6


def answering(by_family: dict[int, Any]) -> Any:
    """A resolver that lies: an error to raise, or addresses."""

    def resolve(_host: str, _port: int, family: int, *_: int) -> list[Any]:
        told = {one: rows for one, rows in by_family.items() if family in (one, 0)}
        found = {one: rows for one, rows in told.items() if not isinstance(rows, Exception)}
        if not found:
            raise next(iter(told.values()))
        return [(one, 1, 6, "", (row, 443)) for one, rows in found.items() for row in rows]

    return resolve


def test_look_up_when_windows_names_only_its_call_then_its_number_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = socket.gaierror(11001, "getaddrinfo failed")
    lie = answering({socket.AF_INET: error, socket.AF_INET6: error})
    monkeypatch.setattr(socket, "getaddrinfo", lie)
    assert names.look_up("nobody.invalid", 2).detail == "Windows error 11001"


@pytest.mark.parametrize(
    ("by_family", "failure", "count"),
    [
        ({FOUR: ["40.126.1.1"], SIX: NONE}, None, 1),
        ({FOUR: NONE, SIX: ["2603:1027:1::1"]}, None, 1),
        ({FOUR: AGAIN, SIX: NONE}, NameFailure.SERVER_FAILURE, 0),
        ({FOUR: NONE, SIX: AGAIN}, NameFailure.SERVER_FAILURE, 0),
        ({FOUR: NONE, SIX: NONE}, NameFailure.NOT_FOUND, 0),
        ({FOUR: socket.gaierror(-9999, "odd"), SIX: NONE}, NameFailure.OTHER, 0),
        ({FOUR: ["0.0.0.0"], SIX: NONE}, None, 1),
    ],
)
def test_look_up_when_families_differ_then_the_better_answer_or_the_worse_failure(
    monkeypatch: pytest.MonkeyPatch,
    by_family: dict[int, Any],
    failure: NameFailure | None,
    count: int,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering(by_family))
    found = names.look_up("login.test", 1)
    assert (found.failure, len(found.addresses)) == (failure, count)


def test_look_up_when_resolver_hangs_then_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: stuck.wait(5))
    assert names.look_up("login.test", 0.05).failure is NameFailure.TIMEOUT
    stuck.set()


def test_look_up_when_filter_answers_nowhere_then_scope_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering({FOUR: ["0.0.0.0"], SIX: ["::"]}))
    scopes = {address.scope for address in names.look_up("login.test", 1).addresses}
    assert scopes == {AddressScope.NOWHERE}


LOOK_UP = """
import json
import dns.rcode
from tests.support import lying_name_server as server
from wizard import codec
from wizard.graph import name_servers, names
from wizard.host.live import live_host
with server.lying(server.{lie}, port=53):
    lookup = names.look_up("login.example.com", 5)
    answers = name_servers.ask_all(live_host().name_servers(), "login.example.com", 0.5)
print(json.dumps([codec.to_plain(lookup), codec.to_plain(answers)]))
"""
RESOLV_CONF = "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"
SWITCH = "hosts: files dns\n"


def looked_up(folder: Path, lie: str, hosts: str = "") -> tuple[Lookup, tuple[ServerAnswer, ...]]:
    """By the system's own resolver, whose only name server lies; and that server's own answers."""
    files = {"/etc/resolv.conf": RESOLV_CONF, "/etc/hosts": hosts, "/etc/nsswitch.conf": SWITCH}
    code = LOOK_UP.replace("{lie}", lie)
    lookup, answers = run_in_network(code, files=files, folder=folder)
    return (
        codec.from_plain(lookup, Lookup),
        codec.from_plain(answers, tuple[ServerAnswer, ...]),
    )


@pytest.mark.parametrize(
    ("lie", "failure", "said"),
    [
        ("refuses(dns.rcode.NXDOMAIN)", NameFailure.NOT_FOUND, Said.NOT_FOUND),
        ("refuses(dns.rcode.SERVFAIL)", NameFailure.SERVER_FAILURE, Said.SERVER_FAILURE),
        ("silent", NameFailure.SERVER_FAILURE, Said.TIMEOUT),  # the system tells no more
        ("says()", NameFailure.NOT_FOUND, Said.NO_ADDRESS),
        ('says("login.example.com. 60 IN A 40.126.1.1")', None, Said.ADDRESSES),
    ],
)
def test_look_up_when_the_name_server_lies_then_told_in_which_way(
    tmp_path: Path, lie: str, failure: NameFailure | None, said: Said
) -> None:
    lookup, answers = looked_up(tmp_path, lie)
    assert lookup.failure is failure
    assert [(answer.server, answer.said) for answer in answers][:1] == [("127.0.0.1", said)]
    assert [family.family for family in lookup.families] == ["IPv4", "IPv6"]


def test_look_up_when_hosts_file_overrides_then_both_are_seen(tmp_path: Path) -> None:
    lie = 'says("login.example.com. 60 IN A 40.126.1.1")'
    lookup, answers = looked_up(tmp_path, lie, hosts="127.0.0.1 login.example.com\n")
    assert [address.scope for address in lookup.addresses] == [AddressScope.LOOPBACK]
    assert [address.address for address in answers[0].addresses] == ["40.126.1.1"]


@pytest.mark.parametrize("lie", ['says("login.example.com. 60 IN AAAA 2603:1027:1::1")', "silent"])
def test_look_up_when_the_hosts_file_names_one_family_then_programs_never_see_the_other(
    tmp_path: Path, lie: str
) -> None:
    lookup, _ = looked_up(tmp_path, lie, hosts="127.0.0.1 login.example.com\n")
    assert [address.address for address in lookup.addresses] == ["127.0.0.1"]
    assert [family.failure for family in lookup.families] == [None, NameFailure.NOT_FOUND]
    assert lookup.duration_ms < 900  # the silent server is waited for longer: 1 s
