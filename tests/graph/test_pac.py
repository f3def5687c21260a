# SPDX-License-Identifier: MIT
"""Which proxies does a script name? Read from a real server, and the proxies really asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.graph import network_data, pac

SCRIPT = """
function FindProxyForURL(url, host) {{
  // return "PROXY commented.test:1";
  if (isPlainHostName(host)) return "DIRECT";
  if (dnsDomainIs(host, ".microsoftonline.com")) return "PROXY {first}; proxy {second}";
  return "HTTP {first}; SOCKS socks.test:1080; DIRECT";
}}
"""


@contextmanager
def serving(text: str, status: int = 200) -> Iterator[str]:
    """A server that has the script."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/proxy.pac"
        server.shutdown()


def at(proxy: SignInProxy) -> str:
    return proxy.address.removeprefix("http://")


def test_read_when_it_names_some_then_each_once_and_what_came_of_it() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as target,
        SignInProxy(ProxyBehaviour(tunnels=True)) as passes,
        SignInProxy() as refuses,
        serving(SCRIPT.format(first=at(passes), second=at(refuses))) as address,
    ):
        script = pac.read(address, "127.0.0.1", target.getsockname()[1])
    found = {one.address: (one.reach.passed, one.reach.status) for one in script.named}
    assert found.pop("http://commented.test:1")[0] is False  # it is not run, so it isn't known
    assert found == {passes.address: (True, 200), refuses.address: (False, 407)}


def test_read_when_it_names_none_then_none() -> None:
    with serving('function FindProxyForURL(u, h) { return "DIRECT"; }') as address:
        assert pac.read(address, "a.test", 443) == pac.Script(address)


def test_read_when_it_names_many_then_the_first_ones() -> None:
    with serving(" ".join(f"PROXY 127.0.0.1:{port}" for port in range(1, 60))) as address:
        named = pac.read(address, "a.test", 443).named
    assert [one.address for one in named] == [f"http://127.0.0.1:{port}" for port in range(1, 5)]


@pytest.mark.parametrize("status", [404, 500, 302])
def test_read_when_the_server_has_none_then_why(status: int) -> None:
    with serving("PROXY p.test:1", status) as address:
        script = pac.read(address, "a.test", 443)
    assert (script.named, script.failure) == ((), str(status))


def test_read_when_nobody_answers_then_why() -> None:
    script = pac.read("http://127.0.0.1:9/proxy.pac", "a.test", 443)
    assert script.named == ()
    assert script.failure


@pytest.mark.parametrize("address", ["WPAD", "file:///etc/passwd", "ftp://x/p.pac"])
def test_read_when_it_lies_elsewhere_then_nobody_is_asked(address: str) -> None:
    assert pac.read(address, "a.test", 443) == pac.Script(address)


def test_read_when_it_is_longer_than_what_is_read_then_cut() -> None:
    limit = network_data.load().limits.answer_bytes
    with serving("PROXY 127.0.0.1:1 " + " " * limit + "PROXY 127.0.0.1:2") as address:
        script = pac.read(address, "a.test", 443)
    assert script.is_cut
    assert [one.address for one in script.named] == ["http://127.0.0.1:1"]
