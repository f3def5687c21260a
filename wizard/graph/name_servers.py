# SPDX-License-Identifier: MIT
"""What each name server says by itself; the system's resolver tells neither which nor how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

import dns.exception
import dns.message
import dns.query
import dns.rcode
import dns.rdataclass
import dns.rdatatype

from wizard import failure_words
from wizard.graph import addresses, connections
from wizard.graph.addresses import IPV4, IPV6, Address
from wizard.graph.deadline import Deadline, Stopwatch, side_by_side
from wizard.graph.names import NO_NAME
from wizard.host.base import NameServer

LOCAL = "localhost"
STANDARD_PORT = 53
TRIES = 2  # one lost packet is no silent server
_TYPES = {IPV4: dns.rdatatype.A, IPV6: dns.rdatatype.AAAA}


class Said(StrEnum):
    """The kinds of answers to one question."""

    ADDRESSES = "addresses"
    NO_ADDRESS = "no-address"  # the name is known, without an address of this family
    NOT_FOUND = "not-found"
    SERVER_FAILURE = "server-failure"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    OTHER = "other"


@dataclass(frozen=True)
class ServerAnswer:
    """What one name server said of one address family; `aliases` are the names on the way."""

    server: str
    family: str
    said: Said
    addresses: tuple[Address, ...] = ()
    aliases: tuple[str, ...] = ()
    detail: str = ""
    duration_ms: float = 0.0
    lost: int = 0  # questions before the answered one, to which nothing came back


_BY_CODE = {
    dns.rcode.NXDOMAIN: Said.NOT_FOUND,
    dns.rcode.SERVFAIL: Said.SERVER_FAILURE,
    dns.rcode.REFUSED: Said.REFUSED,
}


def can_be_asked(host: str) -> bool:
    """Whether a name server would know the name as it is written.

    A name without a dot gets the system's search domains first; localhost is never asked for.
    """
    return "." in host.rstrip(".") and host != LOCAL and not addresses.is_address(host)


def ask_all(servers: Sequence[NameServer], host: str, seconds: float) -> tuple[ServerAnswer, ...]:
    """Ask all servers for both families, at the same time."""
    questions = [
        partial(ask, server, host, family, seconds) for server in servers for family in _TYPES
    ]
    return tuple(side_by_side(questions))


def ask(server: NameServer, host: str, family: str, seconds: float) -> ServerAnswer:
    """One question to one server, by UDP and, when the answer is too long for that, by TCP."""
    usual = server.port == STANDARD_PORT
    named = server.address if usual else f"{server.address}#{server.port}"
    watch = Stopwatch()
    answer = _asked(ServerAnswer(named, family, Said.OTHER), server, host, seconds)
    return answer if answer.duration_ms else replace(answer, duration_ms=watch.ms())


def _asked(blank: ServerAnswer, server: NameServer, host: str, seconds: float) -> ServerAnswer:
    deadline = Deadline(seconds)
    try:
        question = dns.message.make_query(host, _TYPES[blank.family])
    except dns.exception.DNSException:  # its words are for programmers
        return replace(blank, detail=NO_NAME)
    try:
        for lost in range(TRIES):
            watch = Stopwatch()  # the wait for a lost try is this program's own
            try:
                reply = _exchange(question, server, deadline.left(seconds / TRIES))
                return replace(_read(blank, reply), duration_ms=watch.ms(), lost=lost)
            except dns.exception.Timeout:
                continue
    except (dns.exception.DNSException, ValueError):
        return blank
    except OSError as error:
        detail = connections.closed_by(error) or failure_words.of(error)
        return replace(blank, said=Said.UNREACHABLE, detail=detail)
    return replace(blank, said=Said.TIMEOUT, detail=f"{seconds:.0f} s")


def _exchange(
    question: dns.message.Message, server: NameServer, seconds: float
) -> dns.message.Message:
    reply, _by_tcp = dns.query.udp_with_fallback(
        question, server.address, timeout=seconds, port=server.port, ignore_unexpected=True
    )
    return reply


def _read(blank: ServerAnswer, reply: dns.message.Message) -> ServerAnswer:
    code = reply.rcode()
    if code != dns.rcode.NOERROR:
        return replace(blank, said=_BY_CODE.get(code, Said.OTHER), detail=dns.rcode.to_text(code))
    found, aliases = _followed(reply)
    read = tuple(addresses.read(text, blank.family) for text in found)
    said = Said.ADDRESSES if read else Said.NO_ADDRESS
    return replace(blank, said=said, addresses=read, aliases=aliases)


def _followed(reply: dns.message.Message) -> tuple[list[str], tuple[str, ...]]:
    """The addresses at the end of the chain of names, and that chain."""
    if not isinstance(reply, dns.message.QueryMessage):
        return [], ()
    chain = reply.resolve_chaining()
    aliases = tuple(str(row.target).rstrip(".").lower() for names in chain.cnames for row in names)
    return [row.address for row in chain.answer or ()], aliases
