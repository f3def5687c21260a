# SPDX-License-Identifier: MIT
"""What the product is called and whose it is, for all that the build writes it into."""

from __future__ import annotations

import wizard

NAME = wizard.NAME
HOLDER = f"The {NAME} authors"
COPYRIGHT = f"2026 {HOLDER}"
DESCRIPTION = f"{NAME}: why a Microsoft 365 backup fails"
