# SPDX-License-Identifier: MIT
"""A screen without a monitor, looked at by pictures and worked by keys, as a person would."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

TOOLS = ("Xvfb", "xdotool", "import")
LONGEST_S = 30.0
needs_screen_tools = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"
)


@dataclass(frozen=True)
class Place:
    """Where a window lies on the screen, in its pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Screen:
    """One display by its name, as :77."""

    display: str

    def do(self, *words: str | int) -> str:
        """What xdotool says; nothing when it found nothing."""
        return self._run("xdotool", *map(str, words)).decode().strip()

    def press(self, keys: str) -> None:
        """Press keys together, as alt+n."""
        self.do("key", keys)

    def windows(self, title: str) -> list[str]:
        """The ids of the windows shown with this title."""
        return self.do("search", "--onlyvisible", "--name", f"^{title}$").split()

    def place(self, window: str) -> Place:
        """Where a window lies."""
        told = dict(
            line.split("=") for line in self.do("getwindowgeometry", "--shell", window).split()
        )
        return Place(*(int(told[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")))

    def picture(self) -> QImage:
        """What is to be seen now."""
        return QImage.fromData(self._run("import", "-window", "root", "png:-"))

    def settled(self, different_from: QImage | None = None) -> QImage:
        """The picture once nothing but a blinking caret moves in it any more."""
        last, since, seen = self.picture(), time.monotonic(), different_from
        until = since + LONGEST_S
        while time.monotonic() < until:
            time.sleep(0.1)
            now = self.picture()
            if seen is not None and alike(now, seen):
                continue
            if not alike(now, last):
                last, since = now, time.monotonic()
            elif time.monotonic() - since > 0.4:
                return now
        raise AssertionError(f"the screen was not as expected within {LONGEST_S} s")

    def _run(self, *command: str) -> bytes:
        return subprocess.run(
            command, env={**os.environ, "DISPLAY": self.display}, capture_output=True, check=False
        ).stdout


def wait_for(answer: Callable[[], object], what: str) -> None:
    """Until something is true, or an error that names it."""
    until = time.monotonic() + LONGEST_S
    while not answer():
        assert time.monotonic() < until, f"{what}: not within {LONGEST_S} s"
        time.sleep(0.1)


def alike(one: QImage, other: QImage) -> bool:
    """Whether two pictures differ in no more than a caret's few pixels."""
    if one == other:
        return True
    if one.size() != other.size():
        return False
    lines = [y for y in range(one.height()) if one.constScanLine(y) != other.constScanLine(y)]
    return len(lines) <= 40 and _width_of_difference(one, other, lines) <= 4


def _width_of_difference(one: QImage, other: QImage, lines: list[int]) -> int:
    columns = [
        x for x in range(one.width()) if any(one.pixel(x, y) != other.pixel(x, y) for y in lines)
    ]
    return columns[-1] - columns[0] + 1 if columns else 0


def colours(picture: QImage, place: Place) -> int:
    """How many colours there are in a part, every third pixel looked at; 1 is blank."""
    points = (
        (x, y)
        for y in range(place.y, min(place.y + place.height, picture.height()), 3)
        for x in range(place.x, min(place.x + place.width, picture.width()), 3)
    )
    return len({picture.pixel(x, y) for x, y in points})


def save(picture: QImage, place: Place, file: Path) -> None:
    """Write a part of a picture."""
    file.parent.mkdir(parents=True, exist_ok=True)
    assert picture.copy(place.x, place.y, place.width, place.height).save(str(file))
