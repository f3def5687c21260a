# SPDX-License-Identifier: MIT
"""Does Java go the way on which this program failed? Only then does that explain a failing backup.

Where Java goes another way, a failure of this program's says nothing of the backup; whether Java's
way leads there is told by the check proxy_views.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.checks.base import Context, warning
from wizard.graph import java_way
from wizard.graph.network_path import NetworkPath
from wizard.model import Evidence, Finding, Outcome, Sensitivity, Value


class Compared(StrEnum):
    """Java's way beside this program's."""

    SAME = "same"
    OTHER = "other"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class JavasWay:
    """Java's way to one host in words; empty where Java can't be seen, as proxy_views tells."""

    compared: Compared = Compared.UNSEEN
    told: str = ""
    source: str = ""
    where: str = ""  # the place that names it, in words

    @property
    def is_other(self) -> bool:
        """Whether it is known that Java doesn't go this program's way."""
        return self.compared is Compared.OTHER


NOT_LOOKED_AT = JavasWay()


def of_java(context: Context, path: NetworkPath) -> JavasWay:
    """Java's way to the host of a path."""
    ways = context.java_ways()
    if ways.unseen:
        return NOT_LOOKED_AT
    choice = ways.route(path.host).choice
    told = java_way.told(choice)
    if choice.unusable:  # this program can't try it
        return JavasWay(Compared.UNSEEN, told, choice.source)
    compared = Compared.SAME if java_way.is_same(path.proxy, choice) else Compared.OTHER
    where = java_way.where(choice, ways.source)
    return JavasWay(compared, told, choice.source or ways.source, where)


def weighed(found: Finding, ways: Iterable[JavasWay], values: dict[str, Value]) -> Finding:
    """A failure of this program, as far as it explains a failing backup.

    `values` has the hosts and the reason, for the sentence where Java goes another way.
    """
    known = tuple(ways)
    if known and all(way.is_other for way in known):
        told = {**values, "way": known[0].told, "where": known[0].where}
        return warning("own_way.other", values=told)
    if all(way.compared is Compared.SAME for way in known):
        return replace(found, decisive=found.outcome is Outcome.PROBLEM)
    return replace(found, decisive=False)


def evidence(ways: Iterable[JavasWay]) -> tuple[Evidence, ...]:
    """Java's way where it is known, and isn't known to be this program's."""
    rows = dict.fromkeys(way for way in ways if way.compared is not Compared.SAME and way.told)
    return tuple(Evidence("way_java", row.told, "", row.source, Sensitivity.HOST) for row in rows)
