# SPDX-License-Identifier: MIT
"""Which endpoints a check could not look at, since a layer before its own broke."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from wizard.checks.base import could_not_check
from wizard.graph.network_path import Layer
from wizard.model import Finding


class Missed(Protocol):
    """An endpoint, and the layer that broke on the way to it."""

    @property
    def host(self) -> str:
        """Its host."""

    @property
    def broken(self) -> Layer | None:
        """The layer."""


def not_reached(missed: Iterable[Missed], **more: Any) -> Finding:
    """Told by the first of them, for all that broke at the same layer."""
    listed = tuple(missed)
    broken = listed[0].broken
    values = {"hosts": distinct(one.host for one in listed if one.broken == broken)}
    return could_not_check(f"not_reached.{broken}", values=values, **more)


def distinct(names: Iterable[str]) -> str:
    """Each name once, as a list to read."""
    return ", ".join(dict.fromkeys(names))
