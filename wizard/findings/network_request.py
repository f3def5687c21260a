# SPDX-License-Identifier: MIT
"""What the network team is asked for: in a few lines, with the hosts and ports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizard.checks import gateway
from wizard.findings import stations
from wizard.findings.station_words import Station
from wizard.findings.stations import Path
from wizard.graph.answer import AnswerKind
from wizard.graph.connections import ConnectFailure
from wizard.graph.http import NoAnswerKind
from wizard.graph.names import NameFailure
from wizard.graph.network_data import TrustFailure
from wizard.graph.network_path import Layer
from wizard.graph.tunnel import NOT_HTTP
from wizard.model import CheckResult, Outcome
from wizard.product import Product
from wizard.texts import Texts

_TO_BE_REACHED = (Layer.NAME, Layer.CONNECTION)
_DATED = (TrustFailure.EXPIRED, TrustFailure.NOT_YET_VALID)
# The sentence for each failure that others than this computer are the cause of: what isn't here,
# as a connection that this computer forbids itself, is nothing to ask the network team for.
_ASKED: dict[tuple[Layer, str], str] = {
    (Layer.NAME, NameFailure.NOT_FOUND): "name",
    (Layer.NAME, NameFailure.SERVER_FAILURE): "name",
    (Layer.NAME, NameFailure.TIMEOUT): "name",
    (Layer.CONNECTION, ConnectFailure.REFUSED): "connection",
    (Layer.CONNECTION, ConnectFailure.TIMEOUT): "connection",
    (Layer.CONNECTION, ConnectFailure.RESET): "connection",
    (Layer.CONNECTION, ConnectFailure.UNREACHABLE): "connection",
    (Layer.ENCRYPTION, TrustFailure.UNTRUSTED_ISSUER): "inspection",
    (Layer.ENCRYPTION, TrustFailure.INCOMPLETE_CHAIN): "certificate",
    (Layer.ENCRYPTION, TrustFailure.UNTRACED): "certificate",
    (Layer.ENCRYPTION, TrustFailure.UNSUITABLE): "certificate",
    (Layer.ENCRYPTION, TrustFailure.NAME_MISMATCH): "certificate",
    (Layer.ENCRYPTION, TrustFailure.REVOKED): "certificate",
    (Layer.ENCRYPTION, TrustFailure.EXPIRED): "dated",
    (Layer.ENCRYPTION, TrustFailure.NOT_YET_VALID): "dated",
    (Layer.ENCRYPTION, TrustFailure.NOT_TLS): "not_tls",
    (Layer.ENCRYPTION, TrustFailure.TIMEOUT): "handshake",
    (Layer.ENCRYPTION, TrustFailure.CUT): "handshake",
    (Layer.ANSWER, NoAnswerKind.CONNECTION): "silence",
    (Layer.ANSWER, NoAnswerKind.TIMEOUT): "silence",
    (Layer.ANSWER, AnswerKind.CAPTIVE): "captive",
    (Layer.ANSWER, AnswerKind.NOT_MICROSOFT): "page",
}
_BY_PROXY = {
    "407": "proxy_sign_in",
    "502": "proxy_way_out",
    "503": "proxy_way_out",
    "504": "proxy_way_out",
    NOT_HTTP: "proxy_silent",
}


@dataclass(frozen=True)
class Places:
    """How services, hosts and ports are listed. A guessed host is nobody's until confirmed."""

    guessed: frozenset[str]  # endpoints
    texts: Texts

    def is_guess(self, path: Path) -> bool:
        """Whether its host was made from the tenant's name."""
        return path.endpoint in self.guessed

    def lines(self, paths: Sequence[Path]) -> Iterator[str]:
        """Each service with its host and port, in columns."""
        width = max(len(path.name) for path in paths)
        for path in paths:
            mark = f"  {self.texts('network_text.guessed')}" if self.is_guess(path) else ""
            yield f"  {path.name:<{width}}  {stations.address(path)}{mark}"


def lines(
    paths: Sequence[Path],
    rows: Sequence[CheckResult],
    computer: str,
    product: Product,
    places: Places,
) -> Iterator[str]:
    """One sentence for each kind of break, with the places that it is about."""
    texts = places.texts
    if any(row.check == gateway.CHECK.id and _is_problem(row) for row in rows):
        yield texts("network_text.ask.gateway", computer=computer)
        return  # without one, nothing else can be told apart
    asked: dict[tuple[str, str], list[Path]] = {}
    is_clock_right = _is_clock_right(rows, product)
    for path in paths:
        kind = _kind(path, is_clock_right=is_clock_right)
        if kind:
            proxy = path.proxy if "proxy" in kind else ""
            asked.setdefault((kind, proxy), []).append(path)
    for (kind, proxy), alike in asked.items():
        count = len({path.host for path in alike})
        yield texts(f"network_text.ask.{kind}", computer=computer, proxy=proxy, count=count)
        yield from places.lines(alike)
    views = stations.through_transporter(rows)
    is_open = not asked and not any(path.broken for path in paths)
    if is_open and any(map(_is_problem, views)):
        yield texts("network_text.ask.transporter")


def _is_problem(row: CheckResult) -> bool:
    return row.finding.outcome is Outcome.PROBLEM


def _is_clock_right(rows: Sequence[CheckResult], product: Product) -> bool:
    """Whether somebody's clock showed it: where nobody answered, nobody knows."""
    ahead = stations.clocks_ahead(rows)
    most = product.facts.clock_tolerance_s.value
    return bool(ahead) and all(abs(skew) <= most for skew in ahead)


def _kind(path: Path, *, is_clock_right: bool) -> str:
    """The id of the sentence for what is to be mended on a way; empty where nothing is there."""
    broken = path.broken or _opened(path)
    if broken is None:
        return ""
    if broken.layer is Layer.PROXY:
        return _of_proxy(broken)
    if broken.layer is Layer.ENCRYPTION and broken.why in _DATED and not is_clock_right:
        return ""  # this computer's clock may be the cause
    asked = _ASKED.get((broken.layer, broken.why), "")
    return "to_proxy" if asked and path.proxy and broken.layer in _TO_BE_REACHED else asked


def _of_proxy(broken: Station) -> str:
    if broken.why.isdigit():
        return _BY_PROXY.get(broken.why, "proxy")
    return "proxy_silent"


def _opened(path: Path) -> Station | None:
    """The station where somebody opens the encryption, which the Transporter may not accept."""
    return next(
        (
            station
            for station in path.stations
            if station.layer is Layer.ENCRYPTION and station.outcome is Outcome.WARNING
        ),
        None,
    )
