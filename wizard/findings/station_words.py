# SPDX-License-Identifier: MIT
"""What was found at one station of the way, in a few words, and what was tried, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wizard import codec
from wizard.checks import dns_servers
from wizard.checks.dns import Name
from wizard.checks.http_answer import EndpointAnswer
from wizard.checks.own_way import JavasWay
from wizard.checks.proxy import ProxyUse
from wizard.checks.tcp import Line, is_costly
from wizard.checks.tls import Handshake
from wizard.graph import network_data, words
from wizard.graph.addresses import AddressScope, is_address
from wizard.graph.answer import Answer, AnswerKind
from wizard.graph.connections import Attempt, ClosedBy, ConnectFailure, Connections
from wizard.graph.encryption import Encryption
from wizard.graph.name_servers import ServerAnswer
from wizard.graph.names import Lookup
from wizard.graph.network_data import TrustFailure
from wizard.graph.network_path import Layer
from wizard.graph.tunnel import Tunnel
from wizard.model import Outcome, Value
from wizard.texts import Texts, milliseconds

# Why a station is broken, where no failure of its layer says so.
ODD_ADDRESS = "odd-address"
WRONG_PASSWORD = "wrong-password"  # noqa: S105 - what went wrong, no password


@dataclass(frozen=True)
class Tried:
    """One attempt and what came back; `ms` has how long each took that gave the same."""

    told: str
    ms: tuple[float, ...] = ()

    def line(self, texts: Texts) -> str:
        """In one line, with its time or the range of its times."""
        if not self.ms:
            return self.told
        least, most = milliseconds(min(self.ms)), milliseconds(max(self.ms))
        time = least if least == most else texts("report.range", least=least, most=most)
        return texts("path.took", told=self.told, time=time)


@dataclass(frozen=True)
class Station:
    """One station. No outcome: nothing is known of it, or not yet."""

    layer: Layer
    outcome: Outcome | None = None
    told: str = ""
    tried: tuple[Tried, ...] = ()
    why: str = ""  # the id of what failed here, for those who ask somebody to mend it


def name(seen: Name, texts: Texts) -> Station:
    """The name that must lead somewhere from here: the endpoint's own, or the proxy's."""
    lookup = seen.needed
    outcome, told = _name_told(seen, lookup, texts)
    if seen.proxy_lookup:
        told = texts("path.of_proxy", told=told)
    tried = [] if is_address(lookup.host) else [_lookup_line(lookup, texts)]
    if outcome is not Outcome.OK:
        tried += [_server_line(lookup.host, said, texts) for said in seen.servers]
    station = Station(Layer.NAME, outcome, told, tuple(tried), _name_failure(seen))
    return _weighed(station, seen.java, texts)


def _name_failure(seen: Name) -> str:
    """Why the name breaks the way; empty where this computer itself is the cause."""
    if seen.failure:
        return "" if seen.needed.detail in tuple(ClosedBy) else seen.failure
    is_told_so = seen.broken and not dns_servers.say_public(seen.servers)
    return ODD_ADDRESS if is_told_so else ""


def _name_told(seen: Name, lookup: Lookup, texts: Texts) -> tuple[Outcome, str]:
    if seen.failure:
        return Outcome.PROBLEM, words.told(words.load().name, seen.failure)
    for scope in (AddressScope.NOWHERE, AddressScope.LOOPBACK, AddressScope.PRIVATE):
        if scope in seen.scopes:
            return Outcome.PROBLEM if seen.broken else Outcome.WARNING, texts(f"path.name.{scope}")
    if is_address(lookup.host):
        return Outcome.OK, texts("path.name.number")
    values: dict[str, Value] = {"count": len(lookup.addresses), "ms": lookup.duration_ms}
    return Outcome.OK, texts("path.name.found", values)


def _lookup_line(lookup: Lookup, texts: Texts) -> Tried:
    if lookup.failure:
        back = words.told(words.load().name, lookup.failure, lookup.detail)
    else:
        back = ", ".join(address.address for address in lookup.addresses)
    return Tried(texts("path.name.line", host=lookup.host, back=back), (lookup.duration_ms,))


def _server_line(host: str, said: ServerAnswer, texts: Texts) -> Tried:
    """What one name server said by itself, as the network team can compare it."""
    found = ", ".join(address.address for address in said.addresses)
    back = found or words.told(words.load().name_server, said.said, said.detail)
    values: dict[str, Value] = {"server": said.server, "family": said.family, "host": host}
    return Tried(texts("path.name.server_line", values, back=back), (said.duration_ms,))


def connection(seen: Line, texts: Texts) -> Station:
    """The connections to all addresses; one that opens is enough."""
    if seen.connections is None:
        return _not_reached(Layer.CONNECTION, texts)
    outcome, told = _connection_told(seen.connections, texts)
    if seen.to_proxy:
        told = texts("path.of_proxy", told=told)
    tried = tuple(_attempt_lines(seen.connections, texts))
    station = Station(Layer.CONNECTION, outcome, told, tried, _connection_failure(seen.connections))
    return _weighed(station, seen.java, texts)


def _connection_failure(seen: Connections) -> str:
    """Why the first address was not reached, where none was; empty where one was."""
    if seen.best is not None:
        return ""
    return next((one.failure for one in seen.attempts if one.failure), ConnectFailure.OTHER)


def _connection_told(seen: Connections, texts: Texts) -> tuple[Outcome, str]:
    failed = [attempt for attempt in seen.attempts if attempt.failure]
    opened = [attempt.duration_ms for attempt in seen.attempts if not attempt.failure]
    if not opened:
        return Outcome.PROBLEM, words.told(words.load().connection, _connection_failure(seen))
    if any(is_costly(attempt) for attempt in failed):
        values: dict[str, Value] = {
            "failed": len(failed),
            "count": len(seen.attempts),
            "ms": min(opened),
        }
        return Outcome.WARNING, texts("path.connection.some", values)
    return Outcome.OK, texts("path.connection.open", ms=min(opened))


def _attempt_lines(seen: Connections, texts: Texts) -> Iterator[Tried]:
    for attempt in seen.attempts:
        values: dict[str, Value] = {"address": attempt.address, "port": seen.port}
        line = texts("path.connection.line", values, back=_attempt_back(attempt, texts))
        yield Tried(line, (attempt.duration_ms,))


def _attempt_back(attempt: Attempt, texts: Texts) -> str:
    if not attempt.failure:
        return texts("path.connection.opened")
    return words.told(words.load().connection, attempt.failure, attempt.detail)


def proxy(seen: ProxyUse, texts: Texts) -> Station:
    """The proxy that applies, and whether it lets the connection pass."""
    choice = seen.choice
    if choice.unusable:
        told = texts("path.proxy.unusable", place=choice.source)
        return Station(Layer.PROXY, Outcome.COULD_NOT_CHECK, told, (Tried(told),))
    if not choice.address:
        if choice.unreadable:
            told = texts("path.proxy.unreadable")
            return Station(Layer.PROXY, Outcome.COULD_NOT_CHECK, told, (Tried(choice.unreadable),))
        told = texts("path.proxy.none")
        return Station(Layer.PROXY, Outcome.NOT_APPLICABLE, told)
    if seen.tunnel is None:
        return _not_reached(Layer.PROXY, texts)
    outcome, told = _tunnel_told(seen.tunnel, texts)
    tried = (_tunnel_line(seen, seen.tunnel, texts),)
    is_wrong, status = seen.is_password_wrong, seen.tunnel.status
    why = WRONG_PASSWORD if is_wrong else str(status or seen.tunnel.detail)
    return _weighed(Station(Layer.PROXY, outcome, told, tried, why), seen.java, texts)


def _tunnel_told(tunnel: Tunnel, texts: Texts) -> tuple[Outcome, str]:
    if tunnel.is_open:
        return Outcome.OK, texts("path.proxy.open", ms=tunnel.duration_ms)
    if tunnel.status is None:
        return Outcome.PROBLEM, words.load().no_answer_in(tunnel.detail)
    known = f"path.proxy.{tunnel.status}"
    text = known if texts.has(known) else "path.proxy.other"
    return Outcome.PROBLEM, texts(text, status=tunnel.status)


def _tunnel_line(seen: ProxyUse, tunnel: Tunnel, texts: Texts) -> Tried:
    back = " ".join(filter(None, (str(tunnel.status or ""), tunnel.reason)))
    if tunnel.schemes:
        back = texts("path.proxy.offers", back=back, schemes=", ".join(tunnel.schemes))
    values: dict[str, Value] = {
        "host": seen.host,
        "port": seen.port,
        "proxy": seen.choice.address or "",
        "place": seen.choice.source,
        "back": back or words.load().no_answer_in(tunnel.detail),
    }
    return Tried(texts("path.proxy.line", values), (tunnel.duration_ms,))


def encryption(seen: Handshake, texts: Texts) -> Station:
    """The encrypted greeting, and whose certificate was shown."""
    if seen.encryption is None:
        return _not_reached(Layer.ENCRYPTION, texts)
    made = seen.encryption
    tried = tuple(_handshake_lines(seen, made, texts))
    if made.failure:
        told = words.told(words.load().encryption, made.failure)
        return Station(
            Layer.ENCRYPTION, Outcome.PROBLEM, told, tried, _distrust(seen, made.failure)
        )
    if seen.has_own_authority and made.top:
        values: dict[str, Value] = {"authority": made.top.subject, "ms": made.duration_ms}
        return Station(
            Layer.ENCRYPTION, Outcome.OK, texts("path.encryption.own_authority", values), tried
        )
    if made.inspected and made.top:
        told = texts("path.encryption.inspected", authority=made.top.subject)
        why = TrustFailure.UNTRUSTED_ISSUER
        return Station(Layer.ENCRYPTION, Outcome.WARNING, told, tried, why)
    told = texts("path.encryption.made", version=made.version or "TLS", ms=made.duration_ms)
    return Station(Layer.ENCRYPTION, Outcome.OK, told, tried)


def _distrust(seen: Handshake, failure: TrustFailure) -> str:
    """Why there was no trust; a public authority that only this computer lacks is no news there."""
    is_ours = failure is TrustFailure.UNTRUSTED_ISSUER and seen.is_public
    return "" if is_ours else failure


def _handshake_lines(seen: Handshake, made: Encryption, texts: Texts) -> Iterator[Tried]:
    back = made.version or ""
    if made.failure:
        back = words.told(words.load().encryption, made.failure, made.detail)
    values: dict[str, Value] = {
        "host": seen.host,
        "port": seen.port,
        "back": back,
    }
    yield Tried(texts("path.encryption.line", values), (made.duration_ms,))
    for link in made.chain:
        valid_to = codec.to_rfc3339(link.not_after)
        shown = {"subject": link.subject, "issuer": link.issuer, "valid_to": valid_to}
        yield Tried(texts("path.encryption.certificate", shown))


def answer(seen: EndpointAnswer, texts: Texts) -> Station:
    """The answer without sign-in."""
    if seen.answer is None:
        return _not_reached(Layer.ANSWER, texts)
    outcome, told = _answer_told(seen.answer, texts)
    back = _answer_back(seen.answer, texts)
    values: dict[str, Value] = {"method": seen.method, "url": seen.shown_url, "back": back}
    tried = Tried(texts("path.answer.line", values), (seen.answer.duration_ms,))
    why = str(seen.answer.broken or seen.answer.kind)
    return _weighed(Station(Layer.ANSWER, outcome, told, (tried,), why), seen.java, texts)


def _answer_told(got: Answer, texts: Texts) -> tuple[Outcome, str]:
    if got.kind is AnswerKind.NONE:
        return Outcome.PROBLEM, words.told(words.load().no_answer, got.broken or "")
    values: dict[str, Value] = {"status": got.status or 0, "ms": got.duration_ms}
    if got.kind is AnswerKind.EXPECTED and got.is_slow:
        values["limit"] = network_data.load().limits.slow_ms
        return Outcome.WARNING, texts("path.answer.slow", values)
    told = texts(f"path.answer.{got.kind}", values)
    if got.kind is AnswerKind.EXPECTED:
        return Outcome.OK, told
    is_foreign = got.kind in (AnswerKind.NOT_MICROSOFT, AnswerKind.CAPTIVE)
    return (Outcome.PROBLEM if is_foreign else Outcome.WARNING), told


def _answer_back(got: Answer, texts: Texts) -> str:
    if got.kind is AnswerKind.NONE:
        known = words.load()
        return words.told(known.no_answer, got.broken or "", known.no_answer_in(got.detail))
    parts = [str(got.status), got.content_type, got.words, got.location]
    back = ", ".join(part for part in parts if part)
    if got.request_id:
        return texts("path.answer.with_id", back=back, id=got.request_id)
    return back


def _weighed(station: Station, java: JavasWay, texts: Texts) -> Station:
    """What breaks only a way that Java doesn't go is nothing for the network team to mend."""
    if station.outcome is not Outcome.PROBLEM or not java.is_other:
        return station
    line = Tried(texts("path.javas_way", way=java.told))
    return replace(station, outcome=Outcome.WARNING, tried=(*station.tried, line))


def _not_reached(layer: Layer, texts: Texts) -> Station:
    return Station(layer, Outcome.COULD_NOT_CHECK, texts("path.not_reached"))
