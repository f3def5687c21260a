# SPDX-License-Identifier: MIT
"""The way to each endpoint as five stations: name → connection → proxy → encryption → answer.

Made of what the checks of each layer recorded, so that the window, the text, the page and a stored
diagnosis show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from typing import Any, TypeVar

from wizard import codec
from wizard.checks import dns, http_answer, proxy, tcp, tenant_hosts, tls
from wizard.errors import BadInput
from wizard.findings import station_words
from wizard.findings.station_words import Station, Tried
from wizard.graph import words
from wizard.graph.addresses import with_port
from wizard.graph.network_path import Layer
from wizard.model import CheckResult, Outcome
from wizard.texts import Texts

T = TypeVar("T")
Observations = Mapping[str, Any]  # by check id, as plain values
# The checks that look through the Transporter's eyes: a pass of this program alone is no pass.
TRANSPORTER = ("proxy_views", "java_trust")


@dataclass(frozen=True)
class Path:
    """The way to one endpoint, or to several that fare alike: then `host` holds all their places.

    `port` is None as long as no layer has told it.

    Where nobody knows the host, nobody walked: then there are no stations.
    """

    endpoint: str
    name: str
    host: str
    port: int | None
    stations: tuple[Station, ...]
    proxy: str = ""  # its address, where one applies

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
    proxy: str = ""


def of_results(results: Iterable[CheckResult], texts: Texts) -> tuple[Path, ...]:
    """The ways that these rows know of."""
    return of({row.check: row.observation for row in results}, texts)


def together(paths: Iterable[Path], texts: Texts) -> tuple[Path, ...]:
    """Ways that break at the same station in the same way as one, where they first stand."""
    alike: dict[Any, list[Path]] = {}
    for path in paths:
        alike.setdefault(_fate(path), []).append(path)
    return tuple(_merged(group, texts) for group in alike.values())


def _fate(path: Path) -> Any:
    """What ways have in common that are told as one; one that isn't broken stands alone."""
    if not path.broken:
        return path.endpoint
    outcomes = tuple(station.outcome for station in path.stations)
    return path.proxy, outcomes, path.broken.told


def _merged(group: Sequence[Path], texts: Texts) -> Path:
    if len(group) == 1:
        return group[0]
    names = ", ".join(path.name for path in group)
    places = ", ".join(dict.fromkeys(address(path) for path in group))
    columns = zip(*(path.stations for path in group), strict=True)
    stations = tuple(_merged_station(column, texts) for column in columns)
    return Path(group[0].endpoint, names, places, None, stations, group[0].proxy)


def _merged_station(column: Sequence[Station], texts: Texts) -> Station:
    """One sentence for all; the times of those that passed differ and are in what was tried."""
    told = {station.told for station in column}
    tried: dict[str, tuple[float, ...]] = {}
    for one in (one for station in column for one in station.tried):
        tried[one.told] = (*tried.get(one.told, ()), *one.ms)
    word = column[0].told if len(told) == 1 else texts("path.passed")
    return replace(column[0], told=word, tried=tuple(starmap(Tried, tried.items())))


def address(path: Path) -> str:
    """Host and port as they go into a firewall's rule."""
    return with_port(path.host, path.port) if path.port else path.host


def own_addresses(results: Iterable[CheckResult]) -> tuple[str, ...]:
    """The addresses of this computer that its connections came from, or would have."""
    observed = {row.check: row.observation for row in results}
    lines = _read(observed, tcp.CHECK.id, tcp.Lines, lambda seen: seen.lines)
    tried = [attempt for line in lines if line.connections for attempt in line.connections.attempts]
    return tuple(dict.fromkeys(one.own_address for one in tried if one.own_address))


def name_servers(results: Iterable[CheckResult]) -> tuple[str, ...]:
    """The name servers that were asked."""
    observed = {row.check: row.observation for row in results}
    names = _read(observed, dns.CHECK.id, dns.Names, lambda seen: seen.names)
    return tuple(dict.fromkeys(answer.server for name in names for answer in name.servers))


def clocks_ahead(results: Iterable[CheckResult]) -> tuple[float, ...]:
    """Seconds that this computer's clock is ahead of each that answered."""
    observed = {row.check: row.observation for row in results}
    kind, check = http_answer.Answers, http_answer.CHECK.id
    got = [one.answer for one in _read(observed, check, kind, lambda seen: seen.answers)]
    known = [answer.clock_ahead_s for answer in got if answer]
    return tuple(skew for skew in known if skew is not None)


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
    uses = _read(observations, proxy.CHECK.id, proxy.ProxyUses, lambda seen: seen.uses)
    through = {use.endpoint: use.choice.address or "" for use in uses}
    for endpoint, host, port, station in _stations(observations, texts):
        draft = drafts.setdefault(endpoint, _Draft(host, None, {}))
        draft.port = draft.port or port
        draft.proxy = draft.proxy or through.get(endpoint, "")
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
    return Path(endpoint, _name(endpoint), draft.host, draft.port, stations, draft.proxy)


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
