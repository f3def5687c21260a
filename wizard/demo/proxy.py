# SPDX-License-Identifier: MIT
"""A loopback proxy: wants a sign-in, refuses, or really passes connections on."""

from __future__ import annotations

import base64
import contextlib
import selectors
import socket
import socketserver
import sys
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from wizard.demo.loopback import HOST

POLL_S = 0.01
HEAD_BYTES = 65536
PIECE_BYTES = 65536


@dataclass(frozen=True)
class ProxyBehaviour:
    """How the proxy answers CONNECT. With `user` it passes on whoever signs in so."""

    status: int = 407
    schemes: tuple[str, ...] = ("Basic",)
    user: str | None = None
    password: str = ""
    tunnels: bool = False


class SignInProxy:
    """A running proxy; a context manager. `targets` are the hosts it was asked for."""

    def __init__(self, behaviour: ProxyBehaviour = ProxyBehaviour()) -> None:
        self.behaviour = behaviour
        self.targets: list[str] = []
        self._server = _Server(self)
        self.port = int(self._server.server_address[1])
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> SignInProxy:
        threading.Thread(target=self._server.serve_forever, args=(POLL_S,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def lets_in(self, head: str) -> bool:
        """Whether a request may pass: with the right sign-in where one is wanted."""
        if self.behaviour.user is None:
            return self.behaviour.tunnels
        pair = f"{self.behaviour.user}:{self.behaviour.password}".encode()
        return f"Basic {base64.b64encode(pair).decode()}" in head

    def refusal(self) -> bytes:
        """The answer to a request that may not pass."""
        offered = "".join(
            f'Proxy-Authenticate: {scheme} realm="sample proxy"\r\n'
            for scheme in self.behaviour.schemes
        )
        status = f"HTTP/1.1 {self.behaviour.status} Refused"
        return f"{status}\r\n{offered}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # all endpoints ask at once

    def __init__(self, proxy: SignInProxy) -> None:
        self.proxy = proxy
        self.stopping = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is nothing to report."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        head = self._head()
        if not head:
            return  # somebody only looked whether anybody is there
        target = head.split(" ")[1] if head.count(" ") > 1 else ""
        self.server.proxy.targets.append(target)
        if not self.server.proxy.lets_in(head):
            self.wfile.write(self.server.proxy.refusal())
            return
        host, _, port = target.rpartition(":")
        with socket.create_connection((host.strip("[]") or HOST, int(port)), 5) as onward:
            onward.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._pass_on(onward)

    def _head(self) -> str:
        lines: list[bytes] = []
        while (line := self.rfile.readline(HEAD_BYTES)) not in (b"\r\n", b""):
            lines.append(line)
        return b"".join(lines).decode("latin-1")

    def _pass_on(self, onward: socket.socket) -> None:
        other = {self.connection: onward, onward: self.connection}
        with selectors.DefaultSelector() as selector, contextlib.suppress(OSError):
            for sock in other:
                selector.register(sock, selectors.EVENT_READ)
            while not self.server.stopping.is_set():
                for key, _ in selector.select(POLL_S):
                    ready = key.fileobj
                    piece = ready.recv(PIECE_BYTES) if isinstance(ready, socket.socket) else b""
                    if not piece or not isinstance(ready, socket.socket):
                        return
                    other[ready].sendall(piece)
