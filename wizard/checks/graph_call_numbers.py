# SPDX-License-Identifier: MIT
"""At how many objects of a service a refusal was met, and which of its calls decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from wizard.graph import graph_errors, probes, words
from wizard.graph.graph_errors import Kind
from wizard.graph.probes import Call
from wizard.model import Workload

# What is normal for single objects where others are granted.
NORMAL = (Kind.ITEM, Kind.HISTORIC, Kind.LICENCE)
# In spite of the permission, these may be about the one object that was asked for.
_PERHAPS_OF_ONE = (Kind.PERMISSION, Kind.UNKNOWN)


def is_of_one(call: Call) -> bool:
    """Whether it was a request for one mailbox, drive, site or team."""
    probe = probes.load().of(call.workload)
    return probe.of_one and call.path == probe.path


def kind_of(call: Call) -> Kind:
    """As what a call's answer is read."""
    return graph_errors.load().reading(call.error).kind if call.error else Kind.UNKNOWN


def deciding(calls: Sequence[Call]) -> Call:
    """The last one; where that is only normal for single objects, the last that is not."""
    odd = [call for call in calls if not call.is_ok and kind_of(call) not in NORMAL]
    is_normal = not calls[-1].is_ok and kind_of(calls[-1]) in NORMAL
    return odd[-1] if odd and is_normal else calls[-1]


def besides(services: Sequence[Sequence[Call]], logged: Collection[Workload] | None) -> str:
    """At how many objects it was met, and what the logs say; empty for what is of no object.

    `services` are told together only where the logs say the same of each.
    """
    counts = [_met_at(deciding(calls), calls) for calls in services]
    if not all(counts):
        return ""
    phrases = words.load().phrase
    if logged is None:
        told = phrases.met_unlogged
    else:
        told = phrases.met_logged if services[0][0].workload in logged else phrases.met_not_logged
    return told.format(objects=", ".join(counts))


def _met_at(decided: Call, calls: Sequence[Call]) -> str:
    """How many of how many objects; empty where the answer is about no object."""
    if not (decided.error and is_of_one(decided)) or decided.no_answer:
        return ""
    reading = graph_errors.load().reading(decided.error)
    if not (reading.is_of_one or reading.kind in _PERHAPS_OF_ONE):
        return ""
    same = sum(_row(call) == reading.id for call in calls)
    return f"{same} of {len(calls)} {probes.load().of(decided.workload).objects}"


def _row(call: Call) -> str:
    return graph_errors.load().reading(call.error).id if call.error else ""
