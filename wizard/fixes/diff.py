# SPDX-License-Identifier: MIT
"""Where two argument strings differ, to mark it for a person."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.host.java_launcher import BLANKS


@dataclass(frozen=True)
class Spans:
    """prefix + removed + suffix is the old string, prefix + inserted + suffix the new one."""

    prefix: str
    removed: str
    inserted: str
    suffix: str


def spans(current: str, proposed: str) -> Spans:
    """The one stretch that differs, widened to whole arguments."""
    start = _whole_before(current, proposed, _common(current, proposed))
    rest, new_rest = current[start:], proposed[start:]
    backwards, new_backwards = rest[::-1], new_rest[::-1]
    end = _whole_before(backwards, new_backwards, _common(backwards, new_backwards))
    return Spans(
        prefix=current[:start],
        removed=rest[: len(rest) - end],
        inserted=new_rest[: len(new_rest) - end],
        suffix=rest[len(rest) - end :],
    )


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _whole_before(one: str, other: str, length: int) -> int:
    """The longest common beginning that doesn't end inside an argument of either string."""
    if _inside(one, length) or _inside(other, length):
        return max(one.rfind(blank, 0, length) for blank in BLANKS) + 1
    return length


def _inside(text: str, position: int) -> bool:
    around = text[max(position - 1, 0) : position + 1]
    return len(around) == 2 and not any(char in BLANKS for char in around)
