# SPDX-License-Identifier: MIT
"""Handshakes with real servers, good and bad."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives import hashes

from tests.support import chains
from tests.support.chains import OVER, Kind, Made, for_host
from tests.support.microsoft365 import host, running
from tests.support.openssl_settings import FOREIGN
from wizard.demo.loopback import Loopback, Response
from wizard.demo.microsoft365 import Behaviour, ServerCertificate
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.graph import encryption, proxies, words
from wizard.graph.encryption import Encryption, Target
from wizard.graph.network_data import TrustFailure
from wizard.model import Scope


def target(port: int, proxy: str | None = None) -> Target:
    route = proxies.choose(Scope(proxy=proxy), host(), "localhost")
    return Target(route, "127.0.0.1", "localhost", port)


def shake_hands(where: Target, ca_file: str | None, seconds: float) -> Encryption:
    return encryption.shake_hands(where, ca_file, seconds).encryption


def greet(behaviour: Behaviour, folder: Path) -> Encryption:
    with running(behaviour, folder) as m365:
        port = urlsplit(m365.stand_in.graph).port or 0
        return shake_hands(target(port), m365.stand_in.ca_file, 5)


def test_shake_hands_when_trusted_then_version_chain_and_store(tmp_path: Path) -> None:
    found = greet(Behaviour(), tmp_path)
    assert found.failure is None
    assert found.version == "TLSv1.3"
    assert found.chain[0].names == ("localhost",)
    assert found.store == "operating-system"
    assert [(view.store, view.failure) for view in found.views] == [
        ("operating-system", TrustFailure.UNTRUSTED_ISSUER),
        ("ca-file", None),
        ("public-roots", TrustFailure.UNTRUSTED_ISSUER),
    ]
    assert found.only_by_file


GREET = """
import sys
from tests.graph.test_encryption import shake_hands, target
found = shake_hands(target(int(sys.argv[1])), sys.argv[2], 5)
print(found.version, found.failure)
"""


def test_shake_hands_when_this_computer_allows_only_old_versions_then_as_java_would(
    tmp_path: Path,
) -> None:
    given = {**os.environ, "OPENSSL_CONF": str(FOREIGN)}
    with running(Behaviour(), tmp_path) as m365:
        port = str(urlsplit(m365.stand_in.graph).port)
        line = [sys.executable, "-c", GREET, port, m365.stand_in.ca_file]
        answer = subprocess.run(line, env=given, capture_output=True, text=True, check=False)
    assert (answer.stdout.strip(), answer.stderr) == ("TLSv1.3 None", "")


def test_shake_hands_when_authority_is_unknown_then_its_name_is_shown(tmp_path: Path) -> None:
    found = greet(Behaviour(untrusted_authority=True), tmp_path)
    assert found.failure is TrustFailure.UNTRUSTED_ISSUER
    assert found.chain[-1].issuer == "Example Corp TLS Inspection"
    assert found.detail == "unable to get local issuer certificate"
    assert found.inspected


def test_shake_hands_when_the_proxy_refuses_then_told_as_the_proxys_and_in_words() -> None:
    with SignInProxy(ProxyBehaviour(status=503)) as gate:
        found = shake_hands(target(443, gate.address), None, 5)
    assert (found.failure, found.chain) == (TrustFailure.OTHER, ())
    told = words.told(words.load().encryption, TrustFailure.OTHER, found.detail)
    assert told == "the proxy did not let it pass: 503 Service Unavailable"


def test_shake_hands_when_nothing_comes_back_then_no_answer_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = shake_hands(target(silent.getsockname()[1]), None, 0.3)
    assert (found.failure, found.detail) == (TrustFailure.TIMEOUT, "")


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
        found = shake_hands(target(port, p.address), m365.stand_in.ca_file, 5)
    assert found.failure is None
    assert set(p.targets) == {f"localhost:{port}"}


def test_shake_hands_when_it_is_no_tls_then_says_so() -> None:
    with Loopback(lambda _: Response(200)) as server:
        found = shake_hands(target(server.port), None, 2)
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
        found = shake_hands(target(port), None, 2)
    assert found.failure is TrustFailure.CUT


def test_shake_hands_when_nothing_comes_then_ends_in_its_seconds() -> None:
    stuck = threading.Event()
    with listener(lambda _: stuck.wait(5)) as port:
        found = shake_hands(target(port), None, 0.3)
        stuck.set()
    assert found.failure is TrustFailure.TIMEOUT
    assert found.duration_ms < 4000


# --- what public authorities say beside this computer


def look(
    sent: list[Made], trusted: list[Made], folder: Path, ca_file: str | None = None
) -> Encryption:
    """A handshake by a computer whose list has these authorities and no others."""
    file = folder / "authorities.pem"
    file.write_bytes(b"".join(one.pem for one in trusted))
    with pytest.MonkeyPatch.context() as patch, chains.server(sent, folder) as port:
        patch.setenv("SSL_CERT_FILE", str(file))
        return shake_hands(target(port), ca_file, 5)


CORPORATE = Kind("Example Corp TLS Inspection").make()


def test_shake_hands_when_only_this_computer_trusts_then_inspected_by_name(tmp_path: Path) -> None:
    sent = [for_host(CORPORATE, "localhost").make(), CORPORATE]
    found = look(sent, [CORPORATE], tmp_path)
    assert (found.failure, found.inspected) == (None, True)
    assert found.top is not None
    assert found.top.subject == "Example Corp TLS Inspection"
    assert found.top.sha256 == CORPORATE.certificate.fingerprint(hashes.SHA256()).hex()
    assert found.strict == ""


def test_shake_hands_when_a_file_names_the_inspecting_authority_then_still_inspected(
    tmp_path: Path,
) -> None:
    sent = [for_host(CORPORATE, "localhost").make(), CORPORATE]
    (tmp_path / "file.pem").write_bytes(CORPORATE.pem)
    found = look(sent, [CORPORATE], tmp_path, str(tmp_path / "file.pem"))
    assert (found.failure, found.inspected, found.only_by_file) == (None, True, False)
    assert found.believes("operating-system")


def test_shake_hands_when_an_authority_is_over_then_which_and_not_the_servers_own(
    tmp_path: Path,
) -> None:
    old = Kind("Old Root", days=OVER).make()
    found = look([for_host(old, "localhost").make(), old], [old], tmp_path)
    assert found.failure is TrustFailure.EXPIRED
    assert found.not_valid_now is not None
    assert found.not_valid_now.subject == "Old Root"


def test_shake_hands_when_authority_breaks_the_strict_rules_then_which_and_still_trusted(
    tmp_path: Path,
) -> None:
    loose = Kind("Old Box", key_identifier=False).make()
    sent = [for_host(loose, "localhost", key_identifier=False).make(), loose]
    found = look(sent, [loose], tmp_path)
    assert (found.failure, found.inspected) == (None, True)
    assert "Missing Authority Key Identifier" in found.strict


def test_shake_hands_when_the_name_of_a_public_authority_is_borrowed_then_still_inspected(
    tmp_path: Path,
) -> None:
    borrowed = Kind("DigiCert Global Root G2").make()
    sent = [for_host(borrowed, "localhost").make(), borrowed]
    assert look(sent, [borrowed], tmp_path).inspected


def test_shake_hands_when_a_company_names_its_issuers_address_then_left_open(
    tmp_path: Path,
) -> None:
    box = Kind("Box", CORPORATE, issuer_address=True).make()
    found = look([for_host(box, "localhost").make(), box], [], tmp_path)
    assert (found.failure, found.inspected) == (TrustFailure.UNTRACED, False)


def test_shake_hands_when_another_server_answers_then_not_called_inspection(
    tmp_path: Path,
) -> None:
    sent = [for_host(CORPORATE, "elsewhere.test").make()]
    found = look(sent, [CORPORATE], tmp_path)
    assert found.failure is TrustFailure.NAME_MISMATCH
