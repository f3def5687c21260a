# SPDX-License-Identifier: MIT
"""What a carrier makes of an argument string: its words, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.fixes.notice import Notice

UNMATCHED = Notice("arguments.reading.unmatched_quote")
COMMENT = Notice("arguments.reading.comment")


@dataclass(frozen=True)
class Words:
    """`arguments` is None where the carrier gives up; `problem` is what it does to the string."""

    arguments: tuple[str, ...] | None
    problem: Notice | None = None
