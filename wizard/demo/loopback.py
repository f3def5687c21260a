# SPDX-License-Identifier: MIT
"""A small HTTP server on this computer alone, with or without TLS, for sample servers and tests."""

from __future__ import annotations

import errno
import socket
import socketserver
import ssl
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Any

from wizard import failure_words
from wizard.errors import BadInput

HOST = "localhost"
POLL_S = 0.01
HANDSHAKE_S = 10.0
TRIES = 30


@dataclass(frozen=True)
class Request:
    """What was asked. `path` has its query; header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Response:
    """What is answered; held back for `seconds` or, with `drip`, drawn out over them."""

    status: int
    body: str = ""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    drip: bool = False


Answer = Callable[[Request], Response]


class _Server(socketserver.ThreadingMixIn, HTTPServer):
    """One listening socket. Handshakes are made on the connection's own thread."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False

    def __init__(self, family: socket.AddressFamily, address: str, port: int) -> None:
        self.address_family = family
        self.tls: ssl.SSLContext | None = None
        self.answer: Answer | None = None
        self.clock_offset_s = 0.0
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__((address, port), _Handler, bind_and_activate=False)

    def server_bind(self) -> None:
        """Bind without asking for this computer's full name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve one connection."""
        request.settimeout(HANDSHAKE_S)
        if self.tls is None:
            self._serve(request, client_address)
            return
        with self.tls.wrap_socket(request, server_side=True) as wrapped:
            self._serve(wrapped, client_address)

    def _serve(self, sock: socket.socket, client_address: Any) -> None:
        sock.settimeout(None)
        with self._lock:
            self._open.add(sock)
        try:
            super().finish_request(sock, client_address)
        finally:
            with self._lock:
                self._open.discard(sock)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients go away, and refuse certificates: both are what is being shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Stop listening, and wake the threads that wait for more on open connections."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        with self._lock:
            waiting = list(self._open)
        for sock in waiting:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed in the meantime


class _Handler(BaseHTTPRequestHandler):
    """Turns a request into our shape and writes the answer."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version = "sample"
    sys_version = ""
    server: _Server

    def _do(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        if self.server.answer is not None:
            self._write(self.server.answer(request))

    do_GET = do_POST = do_CONNECT = _do  # noqa: N815 - the library's names

    def _write(self, response: Response) -> None:
        if response.seconds and not response.drip:
            self.server.stopping.wait(response.seconds)
        body = response.body.encode()
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if response.drip:
            self._drip(body, response.seconds / max(1, len(body)))
        else:
            self.wfile.write(body)

    def _drip(self, body: bytes, pause_s: float) -> None:
        for position in range(len(body)):
            if self.server.stopping.wait(pause_s):
                return
            self.wfile.write(body[position : position + 1])

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The time by this server's clock, which may be wrong on purpose."""
        now = time.time() if timestamp is None else timestamp
        return formatdate(now + self.server.clock_offset_s, usegmt=True)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing: what matters is what the client sees."""


class Loopback:
    """Servers on all addresses of `localhost`, on one port; a context manager.

    With `listening=False` the port is taken but nobody answers: connections are refused.
    """

    def __init__(
        self,
        answer: Answer,
        *,
        tls: ssl.SSLContext | None = None,
        listening: bool = True,
        clock_offset_s: float = 0.0,
    ) -> None:
        self._listening = listening
        self._servers = _bind()
        self.port = int(self._servers[0].server_port)
        for server in self._servers:
            server.answer, server.tls = answer, tls
            server.clock_offset_s = clock_offset_s

    def __enter__(self) -> Loopback:
        for server in self._servers if self._listening else []:
            server.server_activate()
            threading.Thread(target=server.serve_forever, args=(POLL_S,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers:
            if self._listening:
                server.stop()
            else:
                server.server_close()


def _bind() -> list[_Server]:
    """The same free port on every address; another process may be quicker, so try again."""
    for _ in range(TRIES):
        servers = _bind_once()
        if servers:
            return servers
    raise OSError(errno.EADDRINUSE, "no port is free on all addresses of localhost")


def _bind_once() -> list[_Server]:
    servers: list[_Server] = []
    try:
        found = socket.getaddrinfo(HOST, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise BadInput("error.no_localhost", reason=failure_words.of(error)) from None
    for family, address in dict.fromkeys((entry[0], entry[4]) for entry in found):
        server = _Server(family, str(address[0]), servers[0].server_port if servers else 0)
        try:
            server.server_bind()
        except OSError as error:
            server.server_close()
            if error.errno == errno.EADDRINUSE:
                for bound in servers:
                    bound.server_close()
                return []
            continue  # an address family that this computer has only by name
        servers.append(server)
    return servers
