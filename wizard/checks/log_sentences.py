# SPDX-License-Identifier: MIT
"""Which sentence tells what one kind of log line means, and with which values?

A refused Graph request is read by the catalogue that reads live answers too, so that a log and a
request of today never give two different reasons for one refusal.
"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.graph import graph_errors, operations, words
from wizard.graph.graph_errors import GraphError, Kind, KnownAnswer
from wizard.model import Value
from wizard.nakivo.log_signatures import Signature
from wizard.nakivo.log_tally import LogMatch
from wizard.product import Confidence

# Kinds whose sentence is about now, or says less than the log signature's own.
OWN_SENTENCE = (
    *(Kind.PERMISSION, Kind.UNKNOWN, Kind.THROTTLED, Kind.SERVICE_FAULT),
    Kind.ITEM,
)


_TOLD = ("code", "status", "host", "path", "service", "process", "kind", "event")


@dataclass(frozen=True)
class Told:
    """A text id with its values; `reading` where the catalogue knows the reason of a refusal."""

    text: str
    values: dict[str, Value]
    reading: KnownAnswer | None = None


def tell(signature: Signature, match: LogMatch, count: int, client_id: str = "") -> Told:
    """What a kind of line means; `count` is how many of its lines are spoken of.

    `client_id` is the app's, where it is known.
    """
    values: dict[str, Value] = {"count": count, "last": match.written or match.last or "?"}
    values |= {name: match.fields.get(name, "?") for name in _TOLD}
    values |= {"operation": operation(match), "client_id": words.load().client_id(client_id)}
    error = _error(signature, match)
    reading = _reading(error) if error else None
    if error is None or reading is None:
        return Told(signature.text, values)
    answer = " ".join(part for part in (str(error.status), error.code) if part)
    return Told(reading.text_id, values | {"status": error.status, "answer": answer}, reading)


def operation(match: LogMatch) -> str:
    """The request that the newest line is about, without the names in its address."""
    method, url = (str(match.fields.get(name) or "") for name in ("method", "url"))
    return operations.shown(method, operations.place_of(url) if url else "") or "?"


def _error(signature: Signature, match: LogMatch) -> GraphError | None:
    status = match.fields.get("status")
    if not signature.is_refusal or not isinstance(status, int):
        return None
    told = {name: str(match.fields.get(name, "")) for name in ("code", "inner_code", "message")}
    return GraphError(
        status=status,
        code=told["code"],
        inner_codes=(told["inner_code"],) if told["inner_code"] else (),
        message=told["message"],
    )


def _reading(error: GraphError) -> KnownAnswer | None:
    reading = graph_errors.load().reading(error)
    unsure = reading.confidence is Confidence.INFERRED
    return None if unsure or reading.kind in OWN_SENTENCE else reading
