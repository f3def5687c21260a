# SPDX-License-Identifier: MIT
"""What is known of one refused kind of request, and how it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.checks import log_rows
from wizard.checks.log_hits import LogHits
from wizard.graph import graph_errors, operations, permissions, probes, token_lifetimes, words
from wizard.graph.graph_errors import GraphError, GraphErrors, Kind, KnownAnswer
from wizard.graph.operations import Operation, Operations
from wizard.model import Evidence, Sensitivity, Value
from wizard.nakivo.log_operations import RejectedOperation, Standing
from wizard.nakivo.log_signatures import Weight
from wizard.product import Confidence

# Kinds that are no reason of their own: what the request needs has to tell.
_OPEN = (Kind.PERMISSION, Kind.UNKNOWN)
# What passes by itself, as an expired sign-in that the product renews.
_PASSING = (Kind.ITEM, Kind.HISTORIC, Kind.THROTTLED, Kind.SERVICE_FAULT, Kind.TOKEN)
_NOTHING = "-"
_OF_TENANT = ".All"


@dataclass(frozen=True)
class Refusal:
    """A refused kind of request with what the catalogue and the table of permissions know of it."""

    operation: RejectedOperation
    error: GraphError
    reading: KnownAnswer
    need: Operation | None
    roles: tuple[str, ...] | None
    catalogue: GraphErrors
    table: Operations

    @property
    def kind(self) -> Kind:
        """The sort of refusal; what the catalogue only infers is unknown here."""
        unsure = self.reading.confidence is Confidence.INFERRED
        return Kind.UNKNOWN if unsure else self.reading.kind

    @property
    def is_open(self) -> bool:
        """Whether the answer names no reason but a permission, or none at all."""
        return self.kind in _OPEN

    @property
    def is_believed(self) -> bool:
        """Whether the catalogue infers a reason other than a permission that isn't there."""
        inferred = self.reading.confidence is Confidence.INFERRED
        return inferred and self.reading.kind not in _OPEN and self.granted is not False

    @property
    def reason(self) -> str:
        """The sort of refusal in words, as what it is or is believed to be."""
        return words.told(words.load().kind, self.reading.kind if self.is_believed else self.kind)

    @property
    def explains(self) -> bool:
        """Whether it stops a backup: its reason lasts, and not for single objects only."""
        return self.kind not in _PASSING and self.operation.weight is Weight.PROBLEM

    @property
    def wanted(self) -> tuple[str, ...]:
        """The permissions of which one does: as the answer names them, else by the table."""
        named = self.operation.permission_needed
        return tuple(named.split(" or ")) if named else ()

    @property
    def is_named(self) -> bool:
        """Whether the answer itself names them."""
        return bool(graph_errors.load().permissions_wanted(self.error))

    @property
    def granted(self) -> bool | None:
        """Whether the app has one of them by now; None where that isn't known."""
        if self.roles is None or not self.wanted:
            return None
        held = permissions.load().granted(self.roles)
        return not held.isdisjoint((*self.wanted, *(self.need.perhaps if self.need else ())))

    @property
    def held(self) -> tuple[str, ...]:
        """Those of them that the app has, or what it has that is stronger."""
        covers = permissions.load().granted
        return tuple(r for r in self.roles or () if not covers([r]).isdisjoint(self.wanted))

    @property
    def perhaps_in_exchange(self) -> bool:
        """Whether Exchange itself may have granted it, where no token shows it."""
        return not set(self.wanted).isdisjoint(permissions.load().granted_in_exchange)

    @property
    def sent(self) -> str | None:
        """The permissions of the product's token, where the refusal tells them."""
        return graph_errors.load().permissions_sent(self.error)

    @property
    def is_of_other_token(self) -> bool:
        """Whether the refused token had none of what the app's token of now has."""
        if self.sent is None or not self.granted:
            return False
        held = permissions.load().granted(re.findall(r"[\w.-]+", self.sent))
        return held.isdisjoint(self.wanted)

    @property
    def is_of_one_object(self) -> bool:
        """Whether all refusals were of one mailbox or drive, which may be closed by itself."""
        return self.operation.objects == 1 and not self.is_named

    @property
    def to_grant(self) -> str:
        """The least: the first that the refusal names, else the first of the vendor's own list."""
        if self.is_named:  # those for single groups or chats can't be granted for the tenant
            return next((one for one in self.wanted if one.endswith(_OF_TENANT)), self.wanted[0])
        named = [one for one in (self.need.asked_for if self.need else ()) if one in self.wanted]
        return (*named, *self.wanted, _NOTHING)[0]


def read(operation: RejectedOperation, roles: tuple[str, ...] | None) -> Refusal:
    """Look a refused kind of request up."""
    error = GraphError(
        status=operation.status,
        code=operation.code,
        inner_codes=(operation.inner_code,) if operation.inner_code else (),
        message=operation.message,
    )
    catalogue, table = graph_errors.load(), operations.load()
    need = table.find(operation.method, operation.path)
    return Refusal(operation, error, catalogue.reading(error), need, roles, catalogue, table)


def request(operation: RejectedOperation) -> str:
    """The request in one line, as far as the log shows it."""
    return operations.shown(operation.method, operation.path) or _NOTHING


def answer(operation: RejectedOperation) -> str:
    """Status and codes as one would look them up."""
    parts = (str(operation.status or ""), operation.code, operation.inner_code)
    return " ".join(dict.fromkeys(part for part in parts if part)) or _NOTHING


def values(refusal: Refusal) -> dict[str, Value]:
    """What its sentence needs."""
    one = refusal.operation
    workload = refusal.need.workload if refusal.need else None
    return {
        "operation": request(one),
        "answer": answer(one),
        "status": one.status or _NOTHING,
        "code": one.code or _NOTHING,
        "recent": one.recent,
        "count": one.recent,
        "since": one.since or one.first or _NOTHING,
        "last": one.last or _NOTHING,
        "good": str(good_moment(one) or _NOTHING),
        "was_good": int(one.standing is Standing.SINCE),
        "was_clean": int(one.standing is Standing.CLEAN_RUN),
        "was_never": int(one.standing is Standing.NOT_SEEN),
        "was_answered": int(one.standing in (Standing.BETWEEN, Standing.WITHIN)),
        "objects": one.objects,
        "has_objects": int(one.objects > 0),
        "is_one": int(refusal.is_of_one_object),
        "is_named": int(refusal.is_named),
        "has_id": int(bool(one.request_id)),
        "sent": refusal.sent or _NOTHING,
        "wanted": ", ".join(refusal.wanted) or _NOTHING,
        "permission": refusal.to_grant,
        "held": ", ".join(refusal.held) or _NOTHING,
        "service": probes.load().name(workload) if workload else _NOTHING,
        "reason": refusal.reason,
        "date": refusal.table.date,
        **token_lifetimes.load().values,
    }


def good_moment(one: RejectedOperation) -> str | int | None:
    """The moment that tells how it worked before; 0 good answers, or None where it isn't known."""
    if one.standing is Standing.CLEAN_RUN:
        return one.clean_until
    return 0 if one.standing is Standing.NOT_SEEN else one.good_last


def rows(refusal: Refusal, further: int, hits: LogHits) -> tuple[Evidence, ...]:
    """One refusal, how many kinds more there are, and what was read."""
    told = list(_rows(refusal))
    if further:
        told.append(Evidence("rejected_more", further))
    return (*told, *log_rows.of_logs(hits))


def _rows(refusal: Refusal) -> Iterator[Evidence]:
    one = refusal.operation
    place = f"{one.file}:{one.line}"
    if one.others:
        yield Evidence("rejected_others", one.count, "", place)
    else:
        yield Evidence("rejected_request", request(one), "", place)
        yield Evidence("rejected_answer", answer(one), "", place)
    if refusal.is_believed:
        yield Evidence("call_believed", refusal.reason, "", place)
    elif refusal.kind is not Kind.UNKNOWN:
        yield Evidence("call_reading", refusal.reason, "", place)
    if refusal.is_open:
        yield from _need(refusal, place)
    yield Evidence("rejected_count", one.count, "", place)
    yield Evidence("rejected_recent", one.recent, "", place)
    if one.objects:
        yield Evidence("rejected_objects", one.objects, "", place)
    yield from _moments(one, place)
    for name, value, sensitivity in (
        ("microsoft_text", one.message, Sensitivity.IDENTITY),
        ("request_id", one.request_id, Sensitivity.PUBLIC),
        ("microsoft_time", one.answered, Sensitivity.PUBLIC),
    ):
        if value:
            yield Evidence(name, value, "", place, sensitivity)


def _need(refusal: Refusal, place: str) -> Iterator[Evidence]:
    table = f"permissions.json, {refusal.table.date}"
    if refusal.wanted:
        source = place if refusal.is_named else table
        yield Evidence("rejected_wanted", ", ".join(refusal.wanted), "", source)
    elif refusal.need:
        yield Evidence("rejected_user_only", words.load().phrase.signed_in_user, "", table)
    if refusal.sent is not None:
        yield Evidence("rejected_sent", refusal.sent or words.load().phrase.nothing, "", place)
    if refusal.wanted and refusal.roles is not None:
        held = ", ".join(refusal.held) or words.load().phrase.nothing
        yield Evidence("rejected_held", held, "", words.load().phrase.token)


def _moments(one: RejectedOperation, place: str) -> Iterator[Evidence]:
    if one.since:
        yield Evidence("rejected_since", one.since, "", place)
    if one.last:
        yield Evidence("rejected_last", one.last, "", place)
    yield Evidence(f"rejected_standing.{one.standing}", good_moment(one), "", place)
