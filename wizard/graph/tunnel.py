# SPDX-License-Identifier: MIT
"""What a proxy says when it is asked for a connection to a host (CONNECT), asked by hand."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from http.client import responses

from wizard.graph import names
from wizard.graph.addresses import with_port
from wizard.graph.connections import reason_of
from wizard.graph.deadline import Deadline, Stopwatch
from wizard.graph.proxies import BASIC, Route, basic_sign_in

HEAD_BYTES = 65536
OPENED = 200
SCHEME_LENGTH = 40  # the longest that is registered has 20
MOST_SCHEMES = 10
NOT_HTTP = "not-http"
_STATUS = re.compile("[0-9]{3}")
_SCHEME = re.compile(rf"[A-Za-z][A-Za-z0-9-]{{0,{SCHEME_LENGTH - 1}}}")
_SUCCESSES = range(200, 300)
_ANNOUNCED = range(100, 200)  # another answer follows


@dataclass(frozen=True)
class Tunnel:
    """The proxy's answer. `status` is None when it gave none; `detail` then says why."""

    status: int | None
    reason: str
    schemes: tuple[str, ...]  # ways to sign in that the proxy offers
    detail: str
    duration_ms: float

    @property
    def is_open(self) -> bool:
        """Whether the proxy made the connection."""
        return self.status == OPENED

    @property
    def is_other_success(self) -> bool:
        """Whether it says yes in a way that neither Java nor this program takes for one."""
        return is_other_success(self.status)


def is_other_success(status: int | None) -> bool:
    """Whether it is a success of HTTP, but not the one that opens a connection in practice.

    By RFC 9110, section 9.3.6, any would do; a real Java takes only 200.
    """
    return status in _SUCCESSES and status != OPENED


def ask(route: Route, address: str, host: str, port: int, seconds: float) -> Tunnel:
    """Ask the proxy at this address for a connection to host:port, and close it again."""
    watch = Stopwatch()
    try:
        with socket.create_connection((address, route.choice.port), timeout=seconds) as sock:
            head = request(sock, route, host, port, seconds)
    except socket.gaierror as error:
        return Tunnel(None, "", (), names.reason_of(error), watch.ms())
    except (OSError, ValueError) as error:
        detail = reason_of(error) if isinstance(error, OSError) else NOT_HTTP
        return Tunnel(None, "", (), detail, watch.ms())
    return Tunnel(head.status, head.reason, head.schemes, "", watch.ms())


class NotLetThrough(ConnectionError):
    """The proxy answered, and did not make the connection; `said` is its status, or an id."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def line(route: Route, address: str, host: str, port: int, seconds: float) -> socket.socket:
    """An open connection to host:port: at this address, or through the proxy at this address.

    Raises:
        OSError: it doesn't come about.
    """
    deadline = Deadline(seconds)
    first_port = route.choice.port if route.choice.address else port
    sock = socket.create_connection((address, first_port), timeout=seconds)
    if not route.choice.address:
        return sock
    try:
        head = request(sock, route, host, port, deadline.left())
    except OSError:
        sock.close()
        raise
    except ValueError:
        sock.close()
        raise NotLetThrough(NOT_HTTP) from None
    if head.status != OPENED:
        sock.close()
        raise NotLetThrough(f"{head.status} {head.reason}".strip())
    sock.settimeout(deadline.left())
    return sock


@dataclass(frozen=True)
class Head:
    """The first lines of the proxy's answer."""

    status: int
    reason: str
    schemes: tuple[str, ...]


def request(sock: socket.socket, route: Route, host: str, port: int, seconds: float) -> Head:
    """Send CONNECT on an open connection to the proxy and read the answer's head.

    Raises:
        OSError: the connection broke or nothing came in time.
        ValueError: what came is no HTTP answer.
    """
    target = with_port(host, port)
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    sign_in = basic_sign_in(route)
    if sign_in:
        lines.append(f"Proxy-Authorization: {sign_in}")
    sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    deadline = Deadline(seconds)
    head = _parse(_read_head(sock, deadline), route)
    while head.status in _ANNOUNCED:
        head = _parse(_read_head(sock, deadline), route)
    return head


def _read_head(sock: socket.socket, deadline: Deadline) -> str:
    """Byte by byte, so that nothing of what follows the head is taken off the connection."""
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):
        if len(head) >= HEAD_BYTES:
            raise ValueError(NOT_HTTP)
        sock.settimeout(deadline.left())
        if deadline.over:
            raise TimeoutError
        byte = sock.recv(1)
        if not byte:
            break
        head += byte
    return head.decode("latin-1")


def standard_reason(status: int) -> str:
    """What a status is called; a proxy's own words may hold what it was sent."""
    return responses.get(status, "")


def _parse(head: str, route: Route) -> Head:
    first, *lines = head.split("\r\n")
    version, _, rest = first.partition(" ")
    number = rest.partition(" ")[0]
    if not version.startswith("HTTP/") or not _STATUS.fullmatch(number):
        raise ValueError(NOT_HTTP)
    fields = [line.partition(":") for line in lines]
    offered = [value for name, _, value in fields if name.lower() == "proxy-authenticate"]
    schemes = [value.split()[0] for value in offered if value.strip()]
    shown = [one for one in schemes if _SCHEME.fullmatch(one) and not _is_sent_back(one, route)]
    told = tuple(dict.fromkeys(shown))[:MOST_SCHEMES]
    return Head(int(number), standard_reason(int(number)), told)


def _is_sent_back(word: str, route: Route) -> bool:
    """Whether a word has something of the sign-in that the proxy was sent."""
    secrets = (route.user, route.password.reveal() if route.password else None)
    pair = basic_sign_in(route).partition(" ")[2]
    return word != BASIC and any(one in word or word in one for one in (*secrets, pair) if one)
