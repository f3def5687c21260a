# SPDX-License-Identifier: MIT
"""Whether an encrypted connection to a host comes about, and whose certificate it shows."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509

from wizard import failure_words
from wizard.graph import certificates, chain, network_data, public_roots, trust, tunnel
from wizard.graph.certificates import Certificate
from wizard.graph.connections import ConnectFailure, failure_of
from wizard.graph.deadline import Deadline, Stopwatch
from wizard.graph.http import NoAnswerKind
from wizard.graph.network_data import TrustFailure
from wizard.graph.proxies import Route

_MORE_THAN_UNKNOWN = (
    TrustFailure.INCOMPLETE_CHAIN,
    TrustFailure.UNTRACED,
    TrustFailure.NAME_MISMATCH,
)
_UNKNOWN_ISSUER = (TrustFailure.UNTRUSTED_ISSUER, TrustFailure.UNTRACED)


@dataclass(frozen=True)
class View:
    """What one list of trusted authorities says of the chain that was sent."""

    store: str
    failure: TrustFailure | None
    detail: str


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
    views: tuple[View, ...] = ()  # empty where there was no chain to look at
    top: Certificate | None = None  # the highest that the chain leads to
    strict: str = ""  # what programs that ask more of an authority's certificates object to
    not_valid_now: Certificate | None = None  # the first sent whose days are over or to come

    def view(self, store: str) -> View | None:
        """One list's view."""
        return next((view for view in self.views if view.store == store), None)

    def believes(self, store: str) -> bool:
        """Whether a list was asked, and trusts the chain."""
        view = self.view(store)
        return view is not None and view.failure is None

    @property
    def only_by_file(self) -> bool:
        """Whether this program gets through by --ca-file alone, not by this computer's list."""
        return not self.failure and self.believes(trust.FILE) and not self.believes(trust.STORE)

    @property
    def inspected(self) -> bool:
        """Whether the certificates are made by somebody who is no public authority.

        By what the chain leads to, never by an issuer's name; a certificate of another name is
        somebody else's server, not an inspected one.
        """
        public = self.view(trust.PUBLIC)
        return public is not None and public.failure is TrustFailure.UNTRUSTED_ISSUER


@dataclass(frozen=True)
class Greeting:
    """A handshake with the certificates themselves, which are compared and never written down."""

    encryption: Encryption
    sent: tuple[x509.Certificate, ...]


@dataclass(frozen=True)
class Target:
    """Where to knock."""

    route: Route
    address: str
    host: str
    port: int


def shake_hands(target: Target, ca_file: str | None, seconds: float) -> Greeting:
    """One verified handshake; when it is refused, a second, blind one to see the certificate."""
    deadline = Deadline(seconds)
    context = trust.context(ca_file)
    watch = Stopwatch()
    version, sent, reading, detail = _try(target, context, deadline)
    elapsed = watch.ms()
    if reading is not None and not sent:
        _, sent, _, _ = _try(target, trust.blind_context(), deadline)
    system = _system_view(target, reading, detail, ca_file, deadline)
    public = _public_view(target, sent)
    views = (system, *_file_view(target, sent, ca_file), public) if sent else ()
    top = chain.top(sent)
    encryption = Encryption(
        version,
        tuple(certificates.read(one) for one in sent),
        _refined(reading, public.failure),
        detail,
        trust.STORE,
        ca_file,
        elapsed,
        views,
        certificates.read(top) if top else None,
        _strict(target, sent, public.failure, deadline),
        _not_valid_now(sent),
    )
    return Greeting(encryption, sent)


def _system_view(
    target: Target,
    reading: TrustFailure | None,
    detail: str,
    ca_file: str | None,
    deadline: Deadline,
) -> View:
    """The computer's own list; where a file was believed beside it, it is asked alone."""
    if ca_file:
        _, _, reading, detail = _try(target, trust.context(None), deadline)
    return View(trust.STORE, reading, detail)


def _file_view(
    target: Target, sent: Sequence[x509.Certificate], ca_file: str | None
) -> Iterator[View]:
    if ca_file:
        own = trust.own_roots(ca_file)
        found = chain.judge(sent, own, target.host, datetime.now(UTC))
        yield View(trust.FILE, found.failure, found.detail)


def _public_view(target: Target, sent: Sequence[x509.Certificate]) -> View:
    found = public_roots.judge(sent, target.host, datetime.now(UTC))
    return View(trust.PUBLIC, found.failure, found.detail)


def _not_valid_now(sent: Sequence[x509.Certificate]) -> Certificate | None:
    """The handshake only tells that some certificate is over, not which."""
    now = datetime.now(UTC)
    over = (c for c in sent if not c.not_valid_before_utc <= now <= c.not_valid_after_utc)
    first = next(over, None)
    return certificates.read(first) if first else None


def _refined(reading: TrustFailure | None, public: TrustFailure | None) -> TrustFailure | None:
    """Tell a link that wasn't sent, or another's server, from an unknown authority."""
    may_be_refined = public in _MORE_THAN_UNKNOWN
    return public if reading is TrustFailure.UNTRUSTED_ISSUER and may_be_refined else reading


def _strict(
    target: Target,
    sent: Sequence[x509.Certificate],
    public: TrustFailure | None,
    deadline: Deadline,
) -> str:
    """What is objected to in certificates of an authority that isn't public, were it trusted."""
    top = chain.top(sent)
    if len(sent) < 2 or top in (None, sent[0]) or public not in _UNKNOWN_ISSUER:
        return ""
    _, _, reading, detail = _try(target, trust.strict_context(top), deadline)
    return detail if reading is TrustFailure.OTHER else ""


_Tried = tuple[str | None, tuple[x509.Certificate, ...], TrustFailure | None, str]


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
        return None, (), reading, failure_words.of(error)
    except ssl.SSLError as error:
        return None, (), _of_handshake(error.reason or ""), failure_words.of(error)
    except tunnel.NotLetThrough as error:
        return None, (), TrustFailure.OTHER, f"{NoAnswerKind.PROXY}: {error.said}"
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
