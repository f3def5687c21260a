# SPDX-License-Identifier: MIT
"""Whether an encrypted connection to a host comes about, and whose certificate it shows."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

from wizard.graph import certificates, network_data, trust, tunnel
from wizard.graph.certificates import Certificate
from wizard.graph.connections import ConnectFailure, failure_of
from wizard.graph.deadline import Deadline, Stopwatch
from wizard.graph.network_data import TrustFailure
from wizard.graph.proxies import Route


@dataclass(frozen=True)
class Encryption:
    """One handshake. `chain` is what the server sent, also when it was not believed."""

    version: str | None
    chain: tuple[Certificate, ...]
    failure: TrustFailure | None
    detail: str
    store: str  # whose trust decided
    ca_file: str | None
    duration_ms: float


@dataclass(frozen=True)
class Target:
    """Where to knock."""

    route: Route
    address: str
    host: str
    port: int


def shake_hands(target: Target, ca_file: str | None, seconds: float) -> Encryption:
    """One verified handshake; when it is refused, a second, blind one to see the certificate."""
    deadline = Deadline(seconds)
    context = trust.context(ca_file)
    watch = Stopwatch()
    version, chain, reading, detail = _try(target, context, deadline)
    elapsed = watch.ms()
    if reading is not None and not chain:
        _, chain, _, _ = _try(target, trust.blind_context(), deadline)
        reading = certificates.refine(reading, chain)
    return Encryption(version, chain, reading, detail, trust.STORE, ca_file, elapsed)


_Tried = tuple[str | None, tuple[Certificate, ...], TrustFailure | None, str]


def _try(target: Target, context: ssl.SSLContext, deadline: Deadline) -> _Tried:
    try:
        with (
            tunnel.line(
                target.route, target.address, target.host, target.port, deadline.left()
            ) as sock,
            _wrap(sock, context, target.host) as wrapped,
        ):
            return wrapped.version(), certificates.presented(wrapped), None, ""
    except ssl.SSLCertVerificationError as error:
        reading = network_data.load().trust_failure(error.verify_code)
        return None, (), reading, f"{error.verify_message} ({error.verify_code})"
    except ssl.SSLError as error:
        reason = error.reason or type(error).__name__
        return None, (), _of_handshake(reason), reason
    except OSError as error:
        failure, words = failure_of(error)
        return None, (), _of_line(failure), words


def _wrap(sock: socket.socket, context: ssl.SSLContext, host: str) -> ssl.SSLSocket:
    return context.wrap_socket(sock, server_hostname=host)


def _of_handshake(reason: str) -> TrustFailure:
    """An answer that is no TLS at all comes from a page or a proxy in between."""
    plain = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE")
    if reason in plain:
        return TrustFailure.NOT_TLS
    return TrustFailure.CUT if "EOF" in reason else TrustFailure.OTHER


def _of_line(failure: ConnectFailure) -> TrustFailure:
    if failure is ConnectFailure.TIMEOUT:
        return TrustFailure.TIMEOUT
    return TrustFailure.CUT if failure is ConnectFailure.RESET else TrustFailure.OTHER
