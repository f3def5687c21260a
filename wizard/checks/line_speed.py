# SPDX-License-Identifier: MIT
"""How quick is the line to Microsoft 365, by the scale that Microsoft has for it?

The scale was made for people in offices. It never explains a failed job by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.checks.base import Check, Context, Need, could_not_check, ok, warning
from wizard.graph import connections, network_data, network_walks, words
from wizard.graph.clouds import Cloud
from wizard.graph.connections import Connections
from wizard.graph.download import Downloaded
from wizard.graph.http import Http, NoAnswer
from wizard.graph.network_data import POOR, Scale
from wizard.graph.network_path import NetworkPath
from wizard.model import CauseId, Evidence, Finding, Value
from wizard.product import Product

EXCHANGE, GRAPH = "exchange", "graph"
MEGABYTE = 1_000_000
# What is left of a time-out once the walk is over; see SHARE_OF_TIMEOUT there.
SHARE_OF_TIMEOUT = 0.04
GOOD_STATUS = 200
TRIES_AGAIN = 3
WHOLE_FROM = 10  # MB/s; finer says nothing of a line so quick
# Why something was not measured: ids of words.toml's [detail] and [no_answer], or a status.
NOT_REACHED, PROXIED, NOT_NEEDED = "not-reached", "proxied", "not-needed"
TOO_LITTLE = "too-little"
_BY_CHOICE = ("", PROXIED, NOT_NEEDED)  # nothing is lost by these


@dataclass(frozen=True)
class LineSpeed:
    """What was measured; None where it wasn't, with the reason.

    `latency_ms` is the middle of the connections to Exchange; behind a proxy there are none.
    """

    latency_ms: float | None
    latency_host: str
    no_latency: str
    download: Downloaded | None
    download_url: str
    no_download: str

    @property
    def rate_mb_s(self) -> float | None:
        """Megabytes a second; None where too little came to tell."""
        if not self.download or self.download.seconds <= 0:
            return None
        least = network_data.load().download.least_bytes
        if self.download.is_whole and self.download.size_bytes < least:
            return None
        rate = self.download.size_bytes / MEGABYTE / self.download.seconds
        return round(rate) if rate >= WHOLE_FROM else round(rate, 2)


def observe(context: Context) -> LineSpeed:
    """The times of the walk, then a download, which would have disturbed them."""
    paths = {path.endpoint: path for path in context.network()}
    url = _download_url(context.cloud().cloud)
    download, reason = _download(context, url, paths.get(GRAPH))
    exchange = paths.get(EXCHANGE)
    no_latency = _no_latency(exchange)
    return LineSpeed(
        latency_ms=None if no_latency else latency(exchange),
        latency_host=exchange.host if exchange else "",
        no_latency=no_latency,
        download=download,
        download_url=url,
        no_download=reason,
    )


def _download_url(cloud: Cloud) -> str:
    data = network_data.load().download
    return str(getattr(cloud, data.base)) + data.path


def _no_latency(path: NetworkPath | None) -> str:
    if path is None:
        return NOT_NEEDED
    if path.answer and path.answer.is_foreign:
        return path.answer.kind
    if path.proxy.address:
        return PROXIED
    is_there = path.connections is not None and path.connections.best is not None
    return "" if is_there else NOT_REACHED


def latency(path: NetworkPath | None) -> float | None:
    """Milliseconds of a connection to this endpoint; None behind a proxy and without one."""
    if path is None or path.proxy.address or path.connections is None:
        return None
    found = _middle(path.connections)
    if found is None or _word(network_data.load().latency_scale, found) != POOR:
        return found
    # During the walk this program is busy itself. A line that is long stays long.
    seconds = network_data.load().limits.connection_s
    again = [
        _middle(connections.connect(path.host, path.port, path.lookup.addresses, seconds))
        for _ in range(TRIES_AGAIN)
    ]
    return min(time for time in (found, *again) if time is not None)


def _middle(tried: Connections) -> float | None:
    times = sorted(one.duration_ms for one in tried.attempts if one.failure is None)
    return times[(len(times) - 1) // 2] if times else None


def _download(
    context: Context, url: str, path: NetworkPath | None
) -> tuple[Downloaded | None, str]:
    """A part of Graph's public document, or why there is none."""
    if path is None or path.broken:
        return None, NOT_REACHED
    if path.answer and path.answer.is_foreign:  # nothing of its line could be told of Microsoft's
        return None, path.answer.kind
    data, timeout_s = network_data.load().download, context.scope.timeout_s
    seconds = min(data.seconds, timeout_s * SHARE_OF_TIMEOUT) if timeout_s else data.seconds
    route = network_walks.route_to(context.scope, context.host, url)
    with Http(route, context.scope.ca_file) as http:
        try:
            found = http.download(url, data.enough_bytes, seconds)
        except NoAnswer as error:
            return None, f"{error.kind}: {error.detail}"
    is_document = found.status_code == GOOD_STATUS and "html" not in found.content_type
    return (found, "") if is_document else (None, str(found.status_code))


def judge(seen: LineSpeed, _product: Product) -> Finding:
    """Only what Microsoft's own assessment would speak of is worth a warning."""
    rate, data = seen.rate_mb_s, network_data.load()
    more = {"evidence": tuple(_evidence(seen)), "source": data.latency_scale.source}
    values = _values(seen, rate)
    if seen.latency_ms is None and rate is None:
        return could_not_check("check.line_speed.not_measured", values=values, **more)
    if seen.latency_ms is not None and _word(data.latency_scale, seen.latency_ms) == POOR:
        return warning("check.line_speed.far", values=values, **more)
    if rate is not None and rate < data.download.slow_mb_s:
        more["source"] = data.download.source
        return warning("check.line_speed.slow", values=values, **more)
    if rate is None:
        return could_not_check("check.line_speed.latency_only", values=values, **more)
    if seen.no_latency not in _BY_CHOICE:
        return could_not_check("check.line_speed.rate_of_broken", values=values, **more)
    text = "rate_only" if seen.latency_ms is None else "both"
    return ok(f"check.line_speed.{text}", values=values, **more)


def _word(scale: Scale, value: float) -> str:
    return network_data.load().scale_words.word(scale.points(value))


def _values(seen: LineSpeed, rate: float | None) -> dict[str, Value]:
    data, known = network_data.load(), words.load()
    latency = seen.latency_ms or 0.0
    return {
        "host": seen.latency_host,
        "latency": latency,
        "latency_word": known.scale[_word(data.latency_scale, latency)],
        "rate": rate or 0.0,
        "rate_word": known.scale[_word(data.download_scale, rate or 0.0)],
        "slow": data.download.slow_mb_s,
        **_limits("ms", data.latency_scale),
        **_limits("mb_s", data.download_scale),
        "reason": _reason(seen.no_download or TOO_LITTLE),
        "no_latency": _reason(seen.no_latency),
    }


def _reason(why: str) -> str:
    """In words: a status is what came in place of the document."""
    known = words.load()
    if why.isdigit():
        return known.phrase.instead.format(status=why)
    return known.no_answer_in(why) or "-"


def _limits(unit: str, scale: Scale) -> dict[str, Value]:
    """Up to, or from, which value a line has which name, and how many points that are."""
    least = network_data.load().scale_words
    named = {"good": least.good, "acceptable": least.acceptable, "doubtful": least.doubtful}
    limits: dict[str, Value] = {f"{name}_{unit}": scale.limit(named[name]) for name in named}
    return {**limits, **named}


def _evidence(seen: LineSpeed) -> Iterator[Evidence]:
    data = network_data.load()
    if seen.latency_ms is not None:
        source = f"TCP {seen.latency_host}"
        yield Evidence("line_latency", seen.latency_ms, "ms", source)
        points = data.latency_scale.points(seen.latency_ms)
        yield Evidence("line_latency_points", points, "", data.latency_scale.source)
    if seen.download:
        source = f"GET {seen.download_url}"
        yield Evidence("line_downloaded", seen.download.size_bytes, "bytes", source)
        yield Evidence("line_download_time", seen.download.seconds, "s", source)
    if seen.rate_mb_s is not None:
        yield Evidence("line_rate", seen.rate_mb_s, "MB/s", f"GET {seen.download_url}")
        points = data.download_scale.points(seen.rate_mb_s)
        yield Evidence("line_rate_points", points, "", data.download_scale.source)


CHECK = Check(
    "line_speed", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 30.0, LineSpeed, observe, judge
)
