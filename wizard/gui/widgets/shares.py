# SPDX-License-Identifier: MIT
"""How wide is each column of a table? Narrow ones as they are, wide ones share what is left."""

from __future__ import annotations

from collections.abc import Sequence


def shares(natural: Sequence[int], room: int, least: Sequence[int] = ()) -> list[int]:
    """Widths that fill the room; none below `least` while another column can spare something."""
    widths = [0] * len(natural)
    left = room
    for rank, column in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        widths[column] = min(natural[column], left // (len(natural) - rank))
        left -= widths[column]
    widths[-1] += max(0, left)
    if least:
        _give_least(widths, least)
    return widths


def around(
    natural: Sequence[int], room: int, main: int, least: Sequence[int], others_percent: int = 50
) -> list[int]:
    """The same; where room is short the others together get no more than a part of it."""
    others = [column for column in range(len(natural)) if column != main]
    wanted = sum(natural[column] for column in others)
    if wanted + natural[main] <= room or not others:
        return shares(natural, room, least)
    given = min(wanted, max(room - natural[main], room * others_percent // 100))
    narrow = shares([natural[column] for column in others], given)
    widths = [0] * len(natural)
    for column, width in zip(others, narrow, strict=True):
        widths[column] = width
    widths[main] = room - given
    _give_least(widths, least)
    return widths


def _give_least(widths: list[int], least: Sequence[int]) -> None:
    """Take from the column that can spare most, for those that have too little."""
    for column, wanted in enumerate(least):
        while widths[column] < wanted:
            spare = [width - need for width, need in zip(widths, least, strict=True)]
            giver = max(range(len(spare)), key=spare.__getitem__)
            if spare[giver] <= 0:
                return
            moved = min(spare[giver], wanted - widths[column])
            widths[giver] -= moved
            widths[column] += moved
