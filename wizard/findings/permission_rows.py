# SPDX-License-Identifier: MIT
"""Each service's permissions for discovery, backup and recovery: needed, there, and why not.

Made of what the check of the token recorded, so that the window, the text, the page and a stored
diagnosis show the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wizard.graph.permission_matrix import State
from wizard.graph.permissions import Operation, PermissionKind
from wizard.model import Outcome, Workload


@dataclass(frozen=True)
class Line:
    """One permission in one cell; `word` is its state, `note` what must be known beside it."""

    permission: str
    kind: PermissionKind
    state: State
    outcome: Outcome
    word: str
    note: str
    granted: datetime | None = None


@dataclass(frozen=True)
class Cell:
    """One operation of a service. Without lines, nothing is known to be needed for it."""

    operation: Operation
    outcome: Outcome
    told: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ServiceRow:
    """One service with its three operations. A service whose list isn't known has no cells."""

    workload: Workload
    name: str
    outcome: Outcome
    told: str
    cells: tuple[Cell, ...]
