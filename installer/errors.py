# SPDX-License-Identifier: MIT
"""How a step of the build says that it can't go on."""

from __future__ import annotations


class BuildError(Exception):
    """One clear sentence: what failed, why, and what to do."""
