# SPDX-License-Identifier: MIT
"""One check per file; CHECKS lists them in the order in which they are shown.

A check counts only when it stands in CHECKS: finding modules by searching the folder would lose
them silently in the frozen program.
"""

from __future__ import annotations

from typing import Any

from wizard.checks import (
    antivirus,
    installation,
    log_evidence,
    memory,
    services,
    support_bundle,
    temp_folder,
    temp_space,
)
from wizard.checks.base import Check

CHECKS: tuple[Check[Any], ...] = (
    # permissions
    log_evidence.LOG_PERMISSIONS,
    # connectivity
    log_evidence.LOG_CONNECTIVITY,
    # temp-folder
    temp_folder.CHECK,
    temp_space.CHECK,
    log_evidence.LOG_TEMP_FOLDER,
    # antivirus
    antivirus.CHECK,
    log_evidence.LOG_ANTIVIRUS,
    # memory
    memory.CHECK,
    log_evidence.LOG_MEMORY,
    # graph-forbidden
    log_evidence.LOG_GRAPH_FORBIDDEN,
    # other
    services.CHECK,
    installation.CHECK,
    support_bundle.CHECK,
)
