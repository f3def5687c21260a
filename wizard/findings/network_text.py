# SPDX-License-Identifier: MIT
"""The text for the network team: hosts, ports, what was tried, when, and what came back."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from wizard import codec, secret_patterns
from wizard.errors import BadInput
from wizard.findings import as_json, stations, wording
from wizard.model import CauseId, CheckResult, Diagnosis, Evidence, Outcome
from wizard.product import Product
from wizard.texts import Texts, readable

_NOT_REACHED = "not_reached."  # told by the check whose layer broke
_WORTH_TELLING = (Outcome.PROBLEM, Outcome.WARNING, Outcome.COULD_NOT_CHECK, Outcome.TIMED_OUT)
_WIDE = 78  # of the lines between parts
EXISTS = "error.network_text_exists"


def make(diagnosis: Diagnosis, product: Product, texts: Texts) -> str:
    """All that whoever runs the network needs, and no secret."""
    rows = diagnosis.of_cause(CauseId.CONNECTIVITY)
    paths = stations.of_results(rows, texts)
    blocks = [
        list(_head(diagnosis, rows, texts)),
        list(_found(rows, texts)),
        list(_paths(paths, texts)),
        list(_needed(paths, texts)),
        list(_views(rows, texts)),
        list(_seen(rows, product, texts)),
        [texts("network_text.secrets")],
    ]
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return secret_patterns.mask(f"{text}\n")


def write(text: str, output: Path, *, overwrite: bool = False) -> Path:
    """Write the text to a file that isn't there yet, or may be replaced.

    Raises:
        BadInput: the file is there already, or the disk refuses.
    """
    partial = output.with_name(f".{secrets.token_hex(8)}.partial")
    try:
        if not overwrite and os.path.lexists(output):
            raise BadInput(EXISTS, path=str(output))
        with partial.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        partial.replace(output)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("error.network_text_not_written", path=str(output), reason=reason) from error
    finally:
        with suppress(OSError, ValueError):
            partial.unlink()
    return output


def _head(diagnosis: Diagnosis, rows: Sequence[CheckResult], texts: Texts) -> Iterator[str]:
    host = diagnosis.host
    if host.sample:
        yield texts("network_text.sample", scenario=host.sample)
    yield texts("network_text.title", computer=host.name, os=host.os)
    begun, ended = _span(diagnosis, rows)
    values = {"begun": _utc(begun), "ended": _utc(ended), "local": _local(ended)}
    yield texts("network_text.made", values, version=diagnosis.program_version)


def _span(diagnosis: Diagnosis, rows: Sequence[CheckResult]) -> tuple[datetime, datetime]:
    """When the first of these checks began and the last ended: where to look in other logs."""
    begun = [row.observed - timedelta(seconds=row.duration_s) for row in rows]
    ended = [row.observed for row in rows]
    return min(begun, default=diagnosis.started), max(ended, default=diagnosis.finished)


def _found(rows: Sequence[CheckResult], texts: Texts) -> Iterator[str]:
    """What each check found that isn't well, and what it advises."""
    telling = _telling(rows)
    if telling:
        yield from _heading(texts("network_text.asked"))
    for row in telling:
        yield ""
        yield _finding(row, texts)
        for number, step in enumerate(texts.advice(row.finding), start=1):
            yield f"  {number}. {step}"


def _telling(rows: Sequence[CheckResult]) -> Sequence[CheckResult]:
    """The rows that aren't well, the worst first; without what another row's fault made untold."""
    telling = [
        row
        for row in rows
        if row.finding.outcome in _WORTH_TELLING and not row.finding.text.startswith(_NOT_REACHED)
    ]
    return sorted(telling, key=_badness)


def _badness(row: CheckResult) -> tuple[int, bool]:
    return _WORTH_TELLING.index(row.finding.outcome), not row.finding.decisive


def _seen(rows: Sequence[CheckResult], product: Product, texts: Texts) -> Iterator[str]:
    """All that the checks saw which found something, for whoever wants to know it exactly."""
    shown = [row for row in _telling(rows) if row.finding.evidence]
    if shown:
        yield from _heading(texts("network_text.seen"))
    for row in shown:
        yield ""
        yield wording.check_title(row.check, texts)
        yield from (f"  {_evidence(each, product, texts)}" for each in row.finding.evidence)


def _evidence(evidence: Evidence, product: Product, texts: Texts) -> str:
    told = as_json.evidence_to_json(evidence, texts)
    known = product.sources.get(evidence.source)
    source = known.title if known else evidence.source
    text = "network_text.evidence_from" if source else "network_text.evidence"
    values = {"label": told["label"], "value": wording.value(told, texts), "source": source}
    return texts(text, values)


def _finding(row: CheckResult, texts: Texts) -> str:
    outcome = str(row.finding.outcome)
    word, title = wording.outcome_word(outcome, texts), wording.check_title(row.check, texts)
    return f"{wording.glyph(outcome)} {word}: {title}. {texts.summary(row.finding)}"


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
            yield from (f"      {line}" for line in station.tried)


def _glyph(outcome: Outcome | None) -> str:
    return wording.glyph(str(outcome or "unknown"))


def _views(rows: Sequence[CheckResult], texts: Texts) -> Iterator[str]:
    """Whose view this is, and what is known of the Transporter's."""
    yield texts("network_text.view")
    yield from (_finding(row, texts) for row in stations.through_transporter(rows))


def _needed(paths: Sequence[stations.Path], texts: Texts) -> Iterator[str]:
    """Hosts and ports in the form that goes into a firewall's rule."""
    known = [path for path in paths if path.port]
    if known:
        yield from _heading(texts("network_text.needed"))
        yield from dict.fromkeys(f"{path.host}:{path.port}" for path in known)


def _heading(text: str) -> Iterator[str]:
    yield text
    yield "-" * min(len(text), _WIDE)


def _utc(moment: datetime) -> str:
    return readable(codec.to_rfc3339(moment))


def _local(moment: datetime) -> str:
    """By the computer's own clock and zone, as a firewall's log beside it may have it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S %z}"
