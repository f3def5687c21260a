# SPDX-License-Identifier: MIT
"""The text for the network team: hosts, ports, what was tried, when, and what came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from wizard import codec, secret_patterns
from wizard.findings import alike, as_json, network_request, network_rows, stations, wording
from wizard.findings.network_request import Places
from wizard.model import CauseId, CheckResult, Diagnosis, Evidence, Outcome
from wizard.product import Product
from wizard.texts import Texts, readable

_TENANT = "{tenant}"  # in place of the id, which a network team doesn't need
_WIDE = 78  # of the lines between parts


def make(diagnosis: Diagnosis, product: Product, texts: Texts) -> str:
    """All that whoever runs the network needs, and no secret."""
    paths = stations.of_results(diagnosis.of_cause(CauseId.CONNECTIVITY), texts)
    rows = network_rows.theirs(diagnosis)
    telling = network_rows.telling(rows, is_broken=any(path.broken for path in paths))
    places = Places(network_rows.guessed(diagnosis), texts)
    blocks = [
        list(_head(diagnosis, rows, texts)),
        list(_asked(paths, rows, diagnosis.host.name, places, product)),
        list(_found(telling, texts)),
        list(_paths(stations.together(paths, texts), texts)),
        list(_needed(paths, places, texts)),
        list(_unlisted(paths, texts)),
        list(_views(rows, telling, texts)),
        list(_seen(telling, product, texts)),
        [texts("network_text.secrets")],
    ]
    if any(_TENANT in line for block in blocks for line in block):
        blocks.insert(-1, [texts("network_text.tenant", tenant=_TENANT)])
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return secret_patterns.mask(f"{text}\n")


def _head(diagnosis: Diagnosis, rows: Sequence[CheckResult], texts: Texts) -> Iterator[str]:
    host = diagnosis.host
    if host.sample:
        yield texts("network_text.sample", scenario=host.sample)
    yield texts("network_text.title", computer=host.name, os=host.os)
    begun, ended = _span(diagnosis, rows)
    values = {"begun": _utc(begun), "ended": _utc(ended), "local": _local(ended)}
    is_moment = values["begun"] == values["ended"]
    when = texts(f"network_text.{'at' if is_moment else 'between'}", values)
    clock = texts("network_text.clock", values) if ended.astimezone().utcoffset() else ""
    version = diagnosis.program_version
    yield texts("network_text.made", when=when, clock=clock, version=version)
    yield from _where_from(rows, texts)


def _where_from(rows: Sequence[CheckResult], texts: Texts) -> Iterator[str]:
    """What a firewall's or a name server's log has of this computer."""
    own, servers = stations.own_addresses(rows), stations.name_servers(rows)
    if own:
        yield texts("network_text.from", addresses=", ".join(own), count=len(own))
    if servers:
        yield texts("network_text.servers", servers=", ".join(servers), count=len(servers))


def _asked(
    paths: Sequence[stations.Path],
    rows: Sequence[CheckResult],
    computer: str,
    places: Places,
    product: Product,
) -> Iterator[str]:
    lines = tuple(network_request.lines(paths, rows, computer, product, places))
    if lines:
        yield from _heading(places.texts("network_text.asked"))
        yield from lines


def _span(diagnosis: Diagnosis, rows: Sequence[CheckResult]) -> tuple[datetime, datetime]:
    """When the first of these checks began and the last ended: where to look in other logs."""
    begun = [row.observed - timedelta(seconds=row.duration_s) for row in rows]
    ended = [row.observed for row in rows]
    return min(begun, default=diagnosis.started), max(ended, default=diagnosis.finished)


def _found(telling: Sequence[CheckResult], texts: Texts) -> Iterator[str]:
    """What isn't well."""
    if telling:
        yield from _heading(texts("network_text.found"))
    yield from (network_rows.sentence(row, texts) for row in telling)


def _seen(telling: Sequence[CheckResult], product: Product, texts: Texts) -> Iterator[str]:
    """All that the checks saw which found something, for whoever wants to know it exactly."""
    shown = [row for row in telling if row.finding.evidence]
    if shown:
        yield from _heading(texts("network_text.seen"))
    for row in shown:
        yield ""
        yield wording.check_title(row.check, texts)
        documents = [_document(each, product, texts) for each in row.finding.evidence]
        yield from (f"  {_evidence(each, texts)}" for each in alike.rows(documents, texts))


def _document(evidence: Evidence, product: Product, texts: Texts) -> as_json.Document:
    known = product.sources.get(evidence.source)
    told = as_json.evidence_to_json(evidence, texts)
    return {**told, "source": known.title if known else evidence.source}


def _evidence(row: alike.Row, texts: Texts) -> str:
    text = "network_text.evidence_from" if row.place else "network_text.evidence"
    return texts(text, label=row.label, value=row.value, source=row.place)


def _paths(paths: Sequence[stations.Path], texts: Texts) -> Iterator[str]:
    if not paths:
        yield texts("network_text.not_tried")
        return
    if all(path.outcome is Outcome.OK for path in paths):
        yield texts("network_text.nothing")
        yield ""
    yield from _heading(texts("network_text.paths"))
    for path in paths:
        yield ""
        place = stations.place(path, texts)
        yield f"{_glyph(path.outcome)} {place} ({path.name}): {stations.verdict(path, texts)}"
        for station in path.stations:
            name = stations.layer_name(station.layer, texts)
            yield f"  {_glyph(station.outcome)} {name}: {stations.said(station, texts)}"
            yield from (f"      {one.line(texts)}" for one in station.tried)


def _glyph(outcome: Outcome | None) -> str:
    return wording.glyph(str(outcome or "unknown"))


def _views(
    rows: Sequence[CheckResult], telling: Sequence[CheckResult], texts: Texts
) -> Iterator[str]:
    """Whose view this is, and what is known of the Transporter's beside what was found."""
    yield texts("network_text.view")
    others = network_rows.views(rows, telling)
    if others:
        yield texts("network_text.view_known")
    yield from (network_rows.sentence(row, texts) for row in others)


def _needed(paths: Sequence[stations.Path], places: Places, texts: Texts) -> Iterator[str]:
    """Hosts and ports in the form that goes into a firewall's rule, where not all are asked for."""
    known = [path for path in paths if path.port]
    if known and not all(path.broken for path in paths):
        is_all = len(known) == len(paths) and not any(map(places.is_guess, known))
        yield from _heading(texts(f"network_text.{'needed' if is_all else 'needed_known'}"))
        yield from places.lines(known)


def _unlisted(paths: Sequence[stations.Path], texts: Texts) -> Iterator[str]:
    """Services whose host nobody knows stand in no list, and are needed all the same."""
    names = [path.name for path in paths if not path.host]
    if names:
        yield texts("network_text.unlisted", names=", ".join(names), count=len(names))


def _heading(text: str) -> Iterator[str]:
    yield text
    yield "-" * min(len(text), _WIDE)


def _utc(moment: datetime) -> str:
    return readable(codec.to_rfc3339(moment))


def _local(moment: datetime) -> str:
    """By the computer's own clock and zone, as a firewall's log beside it may have it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S %z}"
