# SPDX-License-Identifier: MIT
"""python -m wizard: the window or a command."""
