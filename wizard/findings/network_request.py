# SPDX-License-Identifier: MIT
"""What the network team is asked for: in a few lines, with the hosts and ports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizard.checks import gateway, java_trust
from wizard.findings import network_java, stations
from wizard.findings.station_words import ODD_ADDRESS, Station
from wizard.findings.stations import Path
from wizard.graph.answer import AnswerKind
from wizard.graph.connections import ConnectFailure
from wizard.graph.http import NoAnswerKind
from wizard.graph.names import NameFailure
from wizard.graph.network_data import TrustFailure
from wizard.graph.network_path import Layer
from wizard.model import CheckResult, Outcome, Value
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
    (Layer.NAME, NameFailure.NO_ADDRESS): "name",
    (Layer.NAME, NameFailure.UNREACHABLE): "name_servers",
    (Layer.NAME, ODD_ADDRESS): "odd_address",
    (Layer.CONNECTION, ConnectFailure.REFUSED): "connection",
    (Layer.CONNECTION, ConnectFailure.TIMEOUT): "connection",
    (Layer.CONNECTION, ConnectFailure.RESET): "connection",
    (Layer.CONNECTION, ConnectFailure.UNREACHABLE): "unreachable",
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
    told = _of_gateway(rows, computer, texts)
    if told:
        yield told
        return  # without one, nothing else can be told apart
    asked: dict[tuple[str, str], list[Path]] = {}
    is_clock_right = _is_clock_right(rows, product)
    for path in paths:
        kind = _kind(path, is_clock_right=is_clock_right)
        if kind:
            proxy = path.proxy if "proxy" in kind else ""
            asked.setdefault((kind, proxy), []).append(path)
    for key, behind in network_java.asked(paths, rows).items():
        known = asked.setdefault(key, [])
        known += [path for path in behind if path not in known]
    for (kind, proxy), alike in asked.items():
        count = len({path.host for path in alike})
        yield texts(f"network_text.ask.{kind}", computer=computer, proxy=proxy, count=count)
        yield from places.lines(alike)
    is_open = not asked and not any(path.broken for path in paths)
    if is_open and any(row.check == java_trust.CHECK.id and _is_problem(row) for row in rows):
        yield texts("network_text.ask.transporter")


def _of_gateway(rows: Sequence[CheckResult], computer: str, texts: Texts) -> str:
    """What is asked where this computer has no gateway, or one that does not answer."""
    row = next((row for row in rows if row.check == gateway.CHECK.id), None)
    if row is None or not _is_problem(row):
        return ""
    is_silent = row.finding.text == gateway.SILENT
    values: dict[str, Value] = {**row.finding.values, "computer": computer}
    return texts(f"network_text.ask.gateway{'_silent' if is_silent else ''}", values)


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
        return network_java.of_proxy(broken.why)
    if broken.layer is Layer.ENCRYPTION and broken.why in _DATED and not is_clock_right:
        return ""  # this computer's clock may be the cause
    asked = _ASKED.get((broken.layer, broken.why), "")
    return "to_proxy" if asked and path.proxy and broken.layer in _TO_BE_REACHED else asked


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
