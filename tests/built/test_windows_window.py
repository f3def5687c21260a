# SPDX-License-Identifier: MIT
"""The window on Windows: each page reached by keys and seen, at each scaling, and closed again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from installer.places import BUILD
from tests.support import screen as screens
from tests.support.linux_program import screen
from tests.support.screen import Place, Screen, needs_screen_tools
from tests.support.windows_program import WINDOW, Windows, windows
from wizard.flow import AFTER, BEFORE
from wizard.gui.main_window import OPENS_AT
from wizard.model import CauseId
from wizard.texts import Texts

pytestmark = [needs_screen_tools, pytest.mark.timeout(120)]
PAGES = len((*BEFORE, *CauseId, *AFTER))
PICTURES = BUILD / "windows-shots"
DPI = 96
# The first row of the rail, below the sample's banner, at 100 %.
FIRST_STEP = (100, 80)


@dataclass(frozen=True)
class Seat:
    """A person at a Windows."""

    screen: Screen
    windows: Windows
    scale: float

    def start(self, *words: str) -> subprocess.Popen[str]:
        process = self.windows.computer.start(WINDOW, *words)
        screens.wait_for(lambda: self.screen.windows(TITLE) or process.poll(), "the window")
        assert process.poll() is None, process.communicate()
        return process

    def place(self) -> Place:
        return self.screen.place(self.screen.windows(TITLE)[0])


TITLE = Texts.load("en")("window.title")


@pytest.fixture
def seat(
    request: pytest.FixtureRequest, windows_folder: Path, under_wine: None, tmp_path: Path
) -> Iterator[Seat]:
    """A screen of some size and scaling, and a fresh Windows at it."""
    (width, height), dpi = getattr(request, "param", ((1280, 800), DPI))
    with ExitStack() as stack:
        display = stack.enter_context(screen(width, height))
        running = stack.enter_context(
            windows(
                windows_folder, tmp_path, display=display,
                dots_per_inch=None if dpi == DPI else dpi,
            )
        )  # fmt: skip
        yield Seat(Screen(display), running, dpi / DPI)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


def to_the_diagnosis(seat: Seat) -> QImage:
    """Start the scan by keys, wait for its end, and take the rail's first step."""
    look, place = seat.screen, seat.place()
    before = look.settled()
    look.press("alt+r")  # Start
    look.settled(before)
    look.press("alt+n")  # Start the scan; its end leads to the likeliest cause
    screens.wait_for(lambda: shows_a_problem(seat, place), "the diagnosis")
    look.settled()
    x, y = (round(number * seat.scale) for number in FIRST_STEP)
    look.do("mousemove", place.x + x, place.y + y, "click", "1")
    return look.settled()


def walk(seat: Seat, folder: Path) -> int:
    """Go down the rail by keys, write a picture of each page; how many different ones came."""
    place = seat.place()
    seen = [to_the_diagnosis(seat)]
    for _ in range(PAGES - 1):
        seat.screen.press("Down")
        seen.append(seat.screen.settled(seen[-1]))
    middle = Place(
        place.x + place.width // 3, place.y + place.height // 8, place.width // 2, place.height // 2
    )
    for number, picture in enumerate(seen, start=1):
        screens.save(picture, place, folder / f"{number:02d}.png")
        assert screens.colours(picture, middle) > 20, f"page {number} is blank"
    return len({bytes(picture.constBits()) for picture in seen})


def shows_a_problem(seat: Seat, place: Place) -> bool:
    """Whether the big box of a found problem stands on the page: its light red ground."""
    picture = seat.screen.picture()
    x, y = place.x + place.width // 2, place.y
    reds = [picture.pixelColor(x, y + row).name() for row in range(0, place.height // 3, 2)]
    return reds.count("#fdebe9") > 5


def test_window_when_closed_by_alt_f4_then_ends_with_0_and_says_nothing(seat: Seat) -> None:
    process = seat.start("--demo", "healthy")
    place = seat.place()
    assert (place.width, place.height) == OPENS_AT
    assert screens.colours(seat.screen.settled(), place) > 50
    seat.screen.press("alt+F4")
    assert ended(process) == (0, "", "")


@pytest.mark.full
@pytest.mark.parametrize(
    "seat", [((1280, 800), 96), ((2560, 1600), 144), ((2560, 1600), 192)], indirect=True,
    ids=["100 percent", "150 percent", "200 percent"],
)  # fmt: skip
def test_pages_when_walked_by_keys_then_each_is_another_and_none_blank(seat: Seat) -> None:
    process = seat.start("--demo", "several")
    place = seat.place()
    assert (place.width, place.height) == tuple(round(side * seat.scale) for side in OPENS_AT)
    assert walk(seat, PICTURES / f"{round(seat.scale * 100)}") == PAGES
    seat.screen.press("alt+F4")
    assert ended(process) == (0, "", "")


@pytest.mark.full
def test_package_when_written_in_the_window_then_opens(seat: Seat) -> None:
    process = seat.start("--demo", "several")
    to_the_diagnosis(seat)
    seat.screen.press("End")  # the rail's last step
    seat.screen.settled()
    target = "Z:\\shared\\aus dem Fenster.zip"
    seat.screen.press("alt+f")  # the field File
    seat.screen.press("ctrl+a")
    seat.screen.do("type", target)
    seat.screen.press("alt+w")  # Write the package
    screens.wait_for((seat.windows.shared / "aus dem Fenster.zip").is_file, "the package")
    seat.screen.settled()
    opened = seat.windows.json("open", target, status=0)
    assert opened["verdict"]["likely_cause"] == "temp-folder"
    seat.screen.press("alt+F4")
    assert ended(process) == (0, "", "")
