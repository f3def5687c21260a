# SPDX-License-Identifier: MIT
"""What the network team is asked for: in a few lines, with the hosts and ports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.findings import stations
from wizard.findings.station_words import Station
from wizard.findings.stations import Path
from wizard.graph.network_path import Layer
from wizard.model import CheckResult, Outcome
from wizard.texts import Texts

_SIGN_IN = "407"
_TO_BE_REACHED = (Layer.NAME, Layer.CONNECTION)


def lines(
    paths: Sequence[Path], rows: Sequence[CheckResult], computer: str, texts: Texts
) -> Iterator[str]:
    """One sentence for each kind of break, with the places that it is about."""
    asked: dict[tuple[str, str], list[Path]] = {}
    for path in paths:
        kind = _kind(path)
        if kind:
            proxy = path.proxy if "proxy" in kind else ""
            asked.setdefault((kind, proxy), []).append(path)
    for (kind, proxy), alike in asked.items():
        count = len({path.host for path in alike})
        yield texts(f"network_text.ask.{kind}", computer=computer, proxy=proxy, count=count)
        yield from places(alike)
    views = stations.through_transporter(rows)
    if not asked and any(row.finding.outcome is Outcome.PROBLEM for row in views):
        yield texts("network_text.ask.transporter")


def places(paths: Sequence[Path]) -> Iterator[str]:
    """Each service with its host and port, in columns."""
    width = max(len(path.name) for path in paths)
    for path in paths:
        yield f"  {path.name:<{width}}  {stations.address(path)}"


def _kind(path: Path) -> str:
    """The id of the sentence for what is to be mended on a way; empty where nothing is."""
    broken = path.broken or _opened(path)
    if broken is None:
        return ""
    if path.proxy and broken.layer in _TO_BE_REACHED:
        return "to_proxy"
    if broken.layer is Layer.PROXY and _SIGN_IN in broken.told:
        return "proxy_sign_in"
    return str(broken.layer)


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
