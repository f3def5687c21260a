# SPDX-License-Identifier: MIT
"""How set-up and build say that they can't go on."""

from __future__ import annotations


class BuildError(Exception):
    """One clear sentence: what failed, why, and what to do."""


class SetupError(Exception):
    """Something a person has to mend before the project runs here; the text says what."""
