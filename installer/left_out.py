# SPDX-License-Identifier: MIT
"""What the last build left out, and why: told after the check, and the only reason to skip a test.

Standard library only, because the set-up reads it too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from installer.places import BUILD

RECORD = BUILD / "left-out.json"


def record(reasons: Mapping[str, str]) -> None:
    """Keep the reasons by name: a system, or a file that is handed out; none is left out else."""
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    RECORD.write_text(json.dumps(reasons, indent=1), encoding="utf-8")


def recorded() -> dict[str, str]:
    """The last build's reasons by name; empty when it made everything, or there was none."""
    if not RECORD.is_file():
        return {}
    return dict(json.loads(RECORD.read_text(encoding="utf-8")))


def why(name: str) -> str | None:
    """Why this is not there; None when the last build made it or meant to."""
    if not RECORD.is_file():
        return "nothing was built yet (dev.py build)"
    return recorded().get(name)


def forget() -> None:
    """No build has said anything yet."""
    RECORD.unlink(missing_ok=True)
