# SPDX-License-Identifier: MIT
"""Handshakes with real servers, good and bad."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.microsoft365 import host, running
from wizard.demo.loopback import Loopback, Response
from wizard.demo.microsoft365 import Behaviour, ServerCertificate
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.graph import encryption, proxies
from wizard.graph.encryption import Encryption, Target
from wizard.graph.network_data import TrustFailure
from wizard.model import Scope


def target(port: int, proxy: str | None = None) -> Target:
    route = proxies.choose(Scope(proxy=proxy), host(), "localhost")
    return Target(route, "127.0.0.1", "localhost", port)


def greet(behaviour: Behaviour, folder: Path) -> Encryption:
    with running(behaviour, folder) as m365:
        port = urlsplit(m365.stand_in.graph).port or 0
        return encryption.shake_hands(target(port), m365.stand_in.ca_file, 5)


def test_shake_hands_when_trusted_then_version_chain_and_store(tmp_path: Path) -> None:
    found = greet(Behaviour(), tmp_path)
    assert found.failure is None
    assert found.version == "TLSv1.3"
    assert found.chain[0].names == ("localhost",)
    assert found.store == "operating-system"


def test_shake_hands_when_authority_is_unknown_then_its_name_is_shown(tmp_path: Path) -> None:
    found = greet(Behaviour(untrusted_authority=True), tmp_path)
    assert found.failure is TrustFailure.UNTRUSTED_ISSUER
    assert found.chain[-1].issuer == "Example Corp TLS Inspection"
    assert "(20)" in found.detail


@pytest.mark.parametrize(
    ("shown", "failure"),
    [
        (ServerCertificate.EXPIRED, TrustFailure.EXPIRED),
        (ServerCertificate.NOT_YET_VALID, TrustFailure.NOT_YET_VALID),
        (ServerCertificate.OTHER_NAME, TrustFailure.NAME_MISMATCH),
    ],
)
def test_shake_hands_when_certificate_is_wrong_then_why_and_the_certificate(
    tmp_path: Path, shown: ServerCertificate, failure: TrustFailure
) -> None:
    found = greet(Behaviour(server_certificate=shown), tmp_path)
    assert found.failure is failure
    assert found.version is None
    assert found.chain[0].subject.endswith("Sample Microsoft 365")


def test_shake_hands_when_through_a_proxy_then_the_same(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, SignInProxy(ProxyBehaviour(tunnels=True)) as p:
        port = urlsplit(m365.stand_in.graph).port or 0
        found = encryption.shake_hands(target(port, p.address), m365.stand_in.ca_file, 5)
    assert found.failure is None
    assert p.targets == [f"localhost:{port}"]


def test_shake_hands_when_it_is_no_tls_then_says_so() -> None:
    with Loopback(lambda _: Response(200)) as server:
        found = encryption.shake_hands(target(server.port), None, 2)
    assert found.failure is TrustFailure.NOT_TLS
    assert found.chain == ()


@contextmanager
def listener(serve: Callable[[socket.socket], object]) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            with suppress(OSError):  # closed at the end of the test
                while True:
                    connection, _peer = server.accept()
                    with connection:
                        serve(connection)

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]


def test_shake_hands_when_cut_then_says_so() -> None:
    with listener(lambda connection: connection.recv(10)) as port:
        found = encryption.shake_hands(target(port), None, 2)
    assert found.failure is TrustFailure.CUT


def test_shake_hands_when_nothing_comes_then_ends_in_its_seconds() -> None:
    stuck = threading.Event()
    with listener(lambda _: stuck.wait(5)) as port:
        found = encryption.shake_hands(target(port), None, 0.3)
        stuck.set()
    assert found.failure is TrustFailure.TIMEOUT
    assert found.duration_ms < 4000
