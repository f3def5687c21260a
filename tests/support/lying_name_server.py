# SPDX-License-Identifier: MIT
"""A real name server on this computer alone, by UDP and TCP, that lies in the way a test wants."""

from __future__ import annotations

import socketserver
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from wizard.host.base import NameServer

LOOPBACK = "127.0.0.1"
Lie = Callable[[dns.message.Message], bytes | None]  # None: silence


def says(*records: str, seconds: float = 0.0) -> Lie:
    """Records in zone file form; those of other types than asked for stay away, but aliases."""

    def lie(question: dns.message.Message) -> bytes:
        time.sleep(seconds)
        wanted = (question.question[0].rdtype, dns.rdatatype.CNAME)
        response = dns.message.make_response(question, recursion_available=True)
        sets = [_rows(*record.split(maxsplit=4)) for record in records]
        response.answer = [rows for rows in sets if rows.rdtype in wanted]
        return response.to_wire()

    return lie


def points_to(address: str) -> Lie:
    """Every name leads to this IPv4 address."""

    def lie(question: dns.message.Message) -> bytes | None:
        return says(f"{question.question[0].name} 60 IN A {address}")(question)

    return lie


def _rows(name: str, ttl: str, kind: str, record_type: str, value: str) -> dns.rrset.RRset:
    return dns.rrset.from_text(name, int(ttl), kind, record_type, value)


def refuses(code: dns.rcode.Rcode) -> Lie:
    """A response code, and nothing else."""

    def lie(question: dns.message.Message) -> bytes:
        response = dns.message.make_response(question, recursion_available=True)
        response.set_rcode(code)
        return response.to_wire()

    return lie


def cut_off(lie: Lie) -> Lie:
    """Too long for UDP: the whole answer comes by TCP only."""

    def answer(question: dns.message.Message) -> bytes | None:
        if getattr(question, "by_tcp", False):
            return lie(question)
        response = dns.message.make_response(question, recursion_available=True)
        response.flags |= dns.flags.TC
        return response.to_wire()

    return answer


def first_lost(lie: Lie) -> Lie:
    """The first question of each family gets lost on the way."""
    seen: set[Any] = set()

    def answer(question: dns.message.Message) -> bytes | None:
        kind = question.question[0].rdtype
        if kind not in seen:
            seen.add(kind)
            return None
        return lie(question)

    return answer


def silent(_question: dns.message.Message) -> None:
    """Says nothing at all."""


def garbage(question: dns.message.Message) -> bytes:
    """The right number, and nonsense behind it."""
    return struct.pack("!H", question.id) + b"\x81\x80\xff\xff\xff"


class _Server:
    """Shared by both kinds of sockets."""

    lie: Lie = staticmethod(silent)


class _Udp(_Server, socketserver.ThreadingUDPServer):
    daemon_threads = True


class _Tcp(_Server, socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class _UdpHandler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        wire, sock = self.request
        answer = self.server.lie(dns.message.from_wire(wire))  # type: ignore[attr-defined]
        if answer is not None:
            sock.sendto(answer, self.client_address)


class _TcpHandler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        (length,) = struct.unpack("!H", self.rfile.read(2))
        question = dns.message.from_wire(self.rfile.read(length))
        question.by_tcp = True  # type: ignore[attr-defined]
        answer = self.server.lie(question)  # type: ignore[attr-defined]
        if answer is not None:
            self.wfile.write(struct.pack("!H", len(answer)) + answer)


@contextmanager
def lying(lie: Lie, port: int = 0) -> Iterator[NameServer]:
    """A server that answers every question in this way."""
    udp, tcp = _both(port)
    with udp, tcp:
        for server in (udp, tcp):
            server.lie = lie
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield NameServer(LOOPBACK, int(udp.server_address[1]))
        finally:
            udp.shutdown()
            tcp.shutdown()


def _both(port: int) -> tuple[_Udp, _Tcp]:
    """Two servers on one port; of those the system picks, one may be taken for the other kind."""
    for tries_left in reversed(range(20)):
        udp = _Udp((LOOPBACK, port), _UdpHandler)
        try:
            return udp, _Tcp((LOOPBACK, int(udp.server_address[1])), _TcpHandler)
        except OSError:
            udp.server_close()
            if port or not tries_left:
                raise
    raise AssertionError
