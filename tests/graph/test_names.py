# SPDX-License-Identifier: MIT
"""Names lead to addresses, or it is said why not."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from wizard.graph import names
from wizard.graph.addresses import AddressScope
from wizard.graph.names import NameFailure


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


def answering(by_family: dict[int, Any]) -> Any:
    """A resolver that lies: an error to raise, or addresses."""

    def resolve(_host: str, _port: int, family: int, *_: int) -> list[Any]:
        told = by_family[family]
        if isinstance(told, Exception):
            raise told
        return [(family, 1, 6, "", (address, 443)) for address in told]

    return resolve


def test_look_up_when_windows_names_only_its_call_then_its_number_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = socket.gaierror(11001, "getaddrinfo failed")
    lie = answering({socket.AF_INET: error, socket.AF_INET6: error})
    monkeypatch.setattr(socket, "getaddrinfo", lie)
    assert names.look_up("nobody.invalid", 2).detail == "Windows error 11001"


NONE = socket.gaierror(socket.EAI_NONAME, "not known")
AGAIN = socket.gaierror(socket.EAI_AGAIN, "try again")
FOUR, SIX = socket.AF_INET, socket.AF_INET6


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
