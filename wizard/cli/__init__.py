# SPDX-License-Identifier: MIT
"""The text face: the same engine as the window, for servers without a screen and for scripts."""

from wizard.cli.main import main

__all__ = ["main"]
