# SPDX-License-Identifier: MIT
"""Diagnoses of a stand-in tenant: the checks of the two causes that lie with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.microsoft365 import running
from wizard import engine
from wizard.checks import CHECKS
from wizard.demo.behaviour import Behaviour
from wizard.findings.admin_rows import CAUSES
from wizard.model import Diagnosis

MINE = tuple(check for check in CHECKS if check.cause in CAUSES)


def diagnosed(folder: Path, behaviour: Behaviour, **more: Any) -> Diagnosis:
    """What a real run finds out of a tenant that behaves so."""
    with running(behaviour, folder) as m365:
        return engine.run(MINE, m365.context(**more))
