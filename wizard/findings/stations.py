# SPDX-License-Identifier: MIT
"""The way to each endpoint as five stations: name → connection → proxy → encryption → answer.

Made of what the checks of each layer recorded, so that the window, the text, the page and a stored
diagnosis show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from wizard import codec
from wizard.checks import dns, http_answer, proxy, tcp, tenant_hosts, tls
from wizard.errors import BadInput
from wizard.findings import station_words
from wizard.findings.station_words import Station
from wizard.graph import words
from wizard.graph.network_path import Layer
from wizard.model import CheckResult, Outcome
from wizard.texts import Texts

T = TypeVar("T")
Observations = Mapping[str, Any]  # by check id, as plain values
# The checks that look through the Transporter's eyes: a pass of this program alone is no pass.
TRANSPORTER = ("proxy_views", "java_trust")


@dataclass(frozen=True)
class Path:
    """The way to one endpoint. `port` is None as long as no layer has told it.

    Where nobody knows the host, nobody walked: then there are no stations.
    """

    endpoint: str
    name: str
    host: str
    port: int | None
    stations: tuple[Station, ...]

    @property
    def broken(self) -> Station | None:
        """The station that the way breaks at."""
        return next((s for s in self.stations if s.outcome is Outcome.PROBLEM), None)

    @property
    def outcome(self) -> Outcome | None:
        """The whole way in one word; None while a station isn't known."""
        if not self.stations:
            return Outcome.COULD_NOT_CHECK
        found = {station.outcome for station in self.stations}
        order = (Outcome.PROBLEM, None, Outcome.COULD_NOT_CHECK, Outcome.WARNING)
        return next((outcome for outcome in order if outcome in found), Outcome.OK)


@dataclass
class _Draft:
    """What is known of one endpoint so far."""

    host: str
    port: int | None
    stations: dict[Layer, Station]


def of_results(results: Iterable[CheckResult], texts: Texts) -> tuple[Path, ...]:
    """The ways that these rows know of."""
    return of({row.check: row.observation for row in results}, texts)


def through_transporter(results: Iterable[CheckResult]) -> tuple[CheckResult, ...]:
    """The rows that tell what the Transporter's own service and Java meet on the way."""
    return tuple(row for row in results if row.check in TRANSPORTER)


def of_document(document: Mapping[str, Any], texts: Texts) -> tuple[Path, ...]:
    """The ways that a diagnosis as JSON knows of; none where it was stored without observations."""
    observed = document.get("observations") or {}
    return of({check: row["observation"] for check, row in observed.items()}, texts)


def of(observations: Observations, texts: Texts) -> tuple[Path, ...]:
    """The ways, in the order in which they were walked; a layer nobody recorded isn't known."""
    drafts: dict[str, _Draft] = {}
    for endpoint, host, port, station in _stations(observations, texts):
        draft = drafts.setdefault(endpoint, _Draft(host, None, {}))
        draft.port = draft.port or port
        draft.stations[station.layer] = station
    walked = (_path(endpoint, draft) for endpoint, draft in drafts.items())
    left = (path for path in _not_walked(observations) if path.endpoint not in drafts)
    return (*walked, *left)


def layer_name(layer: Layer, texts: Texts) -> str:
    """What a station is called."""
    return texts(f"path.layer.{layer}")


def place(path: Path, texts: Texts) -> str:
    """An endpoint's host and port in words."""
    if path.port is None:
        return path.host or texts("path.no_host")
    return texts("path.place", host=path.host, port=path.port)


def verdict(path: Path, texts: Texts) -> str:
    """The whole way in a few words, the broken station by name."""
    if not path.stations:
        return texts("path.not_walked")
    if path.broken:
        return texts("path.broken", layer=layer_name(path.broken.layer, texts))
    return texts(f"path.whole.{path.outcome or 'unknown'}")


def sentence(path: Path, texts: Texts) -> str:
    """All of one way in one sentence, for a screen reader."""
    told = [f"{layer_name(s.layer, texts)}: {said(s, texts)}" for s in path.stations]
    head = f"{path.name}, {place(path, texts)}: {verdict(path, texts)}"
    return ". ".join((head, *told))


def said(station: Station, texts: Texts) -> str:
    """What was found at a station, or that nothing is known of it."""
    return station.told or texts("path.unknown")


def _path(endpoint: str, draft: _Draft) -> Path:
    stations = tuple(draft.stations.get(layer, Station(layer)) for layer in Layer)
    return Path(endpoint, _name(endpoint), draft.host, draft.port, stations)


def _not_walked(observations: Observations) -> Iterator[Path]:
    """The endpoints whose host nobody knows; why stands in the finding of that check."""
    hosts, check = tenant_hosts.KnownHosts, tenant_hosts.CHECK.id
    for left in _read(observations, check, hosts, lambda seen: seen.left_out):
        yield Path(left.endpoint, _name(left.endpoint), "", None, ())


def _name(endpoint: str) -> str:
    return words.told(words.load().endpoint, endpoint)


_Row = tuple[str, str, int | None, Station]


def _stations(observations: Observations, texts: Texts) -> Iterator[_Row]:
    for name in _read(observations, dns.CHECK.id, dns.Names, lambda seen: seen.names):
        yield name.endpoint, name.lookup.host, None, station_words.name(name, texts)
    for line in _read(observations, tcp.CHECK.id, tcp.Lines, lambda seen: seen.lines):
        yield line.endpoint, line.host, None, station_words.connection(line, texts)
    for use in _read(observations, proxy.CHECK.id, proxy.ProxyUses, lambda seen: seen.uses):
        yield use.endpoint, use.host, use.port, station_words.proxy(use, texts)
    for one in _read(observations, tls.CHECK.id, tls.Handshakes, lambda seen: seen.handshakes):
        yield one.endpoint, one.host, one.port, station_words.encryption(one, texts)
    for got in _read(
        observations, http_answer.CHECK.id, http_answer.Answers, lambda seen: seen.answers
    ):
        yield got.endpoint, got.host, None, station_words.answer(got, texts)


R = TypeVar("R")


def _read(
    observations: Observations, check: str, kind: type[T], rows: Callable[[T], tuple[R, ...]]
) -> tuple[R, ...]:
    """What a check recorded; nothing where it has no observation, or one of another version."""
    plain = observations.get(check)
    if plain is None:
        return ()
    try:
        return rows(codec.from_plain(plain, kind))
    except BadInput:
        return ()
