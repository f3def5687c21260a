# SPDX-License-Identifier: MIT
"""Requests end in time, carry an id, follow nothing, and say where they broke."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import traceback
from pathlib import Path

import pytest

from tests.support.http_client import STRAIGHT, client, plain
from tests.support.microsoft365 import host, running
from wizard.demo.loopback import Request, Response
from wizard.demo.microsoft365 import Behaviour, ServerCertificate
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.errors import CannotCheck
from wizard.graph import proxies
from wizard.graph.broken_by import UNREADABLE
from wizard.graph.http import Http, NoAnswer, NoAnswerKind
from wizard.model import Scope
from wizard.texts import Texts


def test_get_when_answered_then_status_text_headers_and_our_id(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, client(m365.stand_in.ca_file) as http:
        reply = http.get(f"{m365.stand_in.graph}/v1.0/organization", {}, 5)
    assert reply.status_code == 401
    assert reply.header("Client-Request-ID") == reply.client_request_id
    assert "InvalidAuthenticationToken" in reply.text
    assert reply.duration_ms > 0
    assert "InvalidAuthenticationToken" not in repr(reply)


def test_get_when_called_twice_then_two_ids(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, client(m365.stand_in.ca_file) as http:
        ids = {http.get(f"{m365.stand_in.graph}/x", {}, 5).client_request_id for _ in range(2)}
    assert len(ids) == 2


def test_get_when_redirected_then_not_followed() -> None:
    def answer(request: Request) -> Response:
        assert request.path == "/x"
        assert request.headers["user-agent"].startswith("M365BackupWizard/")
        return Response(302, headers={"Location": "/elsewhere"})

    with plain(answer) as url, client() as http:
        assert http.get(url, {}, 5).header("Location") == "/elsewhere"


@pytest.mark.parametrize("drip", [False, True])
def test_get_when_server_is_slow_then_ends_in_its_seconds(drip: bool) -> None:
    def answer(_: Request) -> Response:
        return Response(200, "x" * 500, seconds=30, drip=drip)

    started = time.monotonic()
    with plain(answer) as url, client() as http, pytest.raises(NoAnswer) as caught:
        http.get(url, {}, 0.3)
    assert caught.value.kind is NoAnswerKind.TIMEOUT
    assert time.monotonic() - started < 5


def test_get_when_answer_is_huge_then_cut_off() -> None:
    with plain(lambda _: Response(200, "x" * 1_500_000)) as url, client() as http:
        reply = http.get(url, {}, 5)
    assert reply.cut_off
    assert len(reply.text) == 1_000_000


def test_get_when_compressed_then_plain() -> None:
    packed = gzip.compress(b'{"a": 1}').decode("latin-1")

    class Latin(str):
        def encode(self, *_: str) -> bytes:
            return str.encode(self, "latin-1")

    def answer(_: Request) -> Response:
        return Response(200, Latin(packed), headers={"Content-Encoding": "gzip"})

    with plain(answer) as url, client() as http:
        assert http.get(url, {}, 5).text == '{"a": 1}'


@pytest.mark.parametrize(
    ("behaviour", "kind", "detail"),
    [
        (Behaviour(untrusted_authority=True), NoAnswerKind.ENCRYPTION, "issuer"),
        (
            Behaviour(server_certificate=ServerCertificate.EXPIRED),
            NoAnswerKind.ENCRYPTION,
            "expired",
        ),
        (Behaviour(listening=False), NoAnswerKind.CONNECTION, "refused"),
        (Behaviour(name_resolves=False), NoAnswerKind.NAME, "not known"),
    ],
)
def test_get_when_broken_then_says_where(
    tmp_path: Path, texts: Texts, behaviour: Behaviour, kind: NoAnswerKind, detail: str
) -> None:
    with (
        running(behaviour, tmp_path) as m365,
        client(m365.stand_in.ca_file) as http,
        pytest.raises(NoAnswer) as caught,
    ):
        http.get(f"{m365.stand_in.graph}/x", {}, 5)
    assert caught.value.kind is kind
    assert detail in caught.value.detail
    assert detail in texts.summary(caught.value)


def test_get_when_proxy_wants_sign_in_then_its_words(tmp_path: Path) -> None:
    with (
        running(Behaviour(), tmp_path) as m365,
        SignInProxy() as proxy,
        client(m365.stand_in.ca_file, proxy.address) as http,
        pytest.raises(NoAnswer) as caught,
    ):
        http.get(f"{m365.stand_in.graph}/x", {}, 5)
    assert caught.value.kind is NoAnswerKind.PROXY
    assert "407" in caught.value.detail


def test_get_when_proxy_knows_the_password_then_passes(tmp_path: Path) -> None:
    behaviour = ProxyBehaviour(user="a@b", password="p:q/?")
    with running(Behaviour(), tmp_path) as m365, SignInProxy(behaviour) as proxy:
        address = f"http://a%40b:p%3Aq%2F%3F@127.0.0.1:{proxy.port}"
        route = proxies.choose(Scope(), host({"HTTPS_PROXY": address}), "localhost")
        with Http(route, m365.stand_in.ca_file) as http:
            assert http.get(f"{m365.stand_in.graph}/x", {}, 5).status_code == 401
    assert proxy.targets


def test_get_when_proxy_cannot_be_used_then_nothing_is_sent(tmp_path: Path) -> None:
    route = proxies.choose(Scope(), host({"HTTPS_PROXY": "socks5://p:1"}), "localhost")
    with Http(route, None) as http, pytest.raises(NoAnswer) as caught:
        http.get("https://localhost:1/x", {}, 5)
    assert (caught.value.kind, caught.value.detail) == (NoAnswerKind.PROXY, "scheme")


def test_post_when_it_fails_then_nothing_of_the_form_is_told(tmp_path: Path) -> None:
    form = {"client_secret": "PLANTED-SECRET"}
    with (
        running(Behaviour(listening=False), tmp_path) as m365,
        client() as http,
        pytest.raises(NoAnswer) as caught,
    ):
        http.post(f"{m365.stand_in.authority}/token", form, {}, 5)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert "PLANTED" not in told
    assert caught.value.__context__ is None


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_client_when_ca_file_is_no_use_then_says_so(
    tmp_path: Path, texts: Texts, content: str | None
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(CannotCheck) as caught:
        Http(STRAIGHT, str(file))
    assert str(file) in texts.summary(caught.value)


def test_get_when_what_comes_is_broken_then_said_so_without_the_librarys_words() -> None:
    def serve(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(4000)
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nabc")

    with socket.create_server(("127.0.0.1", 0)) as server, client() as http:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        with pytest.raises(NoAnswer) as broken:
            http.get(f"http://127.0.0.1:{server.getsockname()[1]}/", {}, 5)
    assert broken.value.detail == UNREADABLE
