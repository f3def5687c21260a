# SPDX-License-Identifier: MIT
"""Contrast of every pair of colours, both schemes, glyphs, and a style sheet without gaps."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication

from wizard import resources
from wizard.gui import tokens, tones
from wizard.gui.theme import Theme
from wizard.model import Outcome, Status

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> list[tuple[str, str, str]]:
    known = tokens.load()
    return [
        (scheme, pair.text, ground)
        for scheme in ("light", "dark")
        for pair in known.pairs
        for ground in pair.on
    ]


@pytest.mark.parametrize(("scheme", "text", "ground"), pairs())
def test_text_on_its_ground_can_be_read_in_both_schemes(
    scheme: str, text: str, ground: str
) -> None:
    colors = asdict(getattr(tokens.load().colors, scheme))
    assert contrast(colors[text], colors[ground]) >= LEAST_CONTRAST


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_every_tone_is_a_colour_with_a_ground_in_both_schemes() -> None:
    for tone in {*tones.TONE_OF_OUTCOME.values(), *tones.TONE_OF_STATUS.values()}:
        for scheme in ("light", "dark"):
            colors = asdict(getattr(tokens.load().colors, scheme))
            assert {tone, f"{tone}_ground"} <= colors.keys()


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_glyph_of_its_own_form(theme: Theme, outcome: Outcome) -> None:
    drawn = {
        other: bytes(theme.pixmap(tones.glyph_of(other), "text", 16, 1.0).toImage().constBits())
        for other in Outcome
    }
    assert [other for other in Outcome if drawn[other] == drawn[outcome]] == [outcome]


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_glyph_in_the_icons_folder(status: Status) -> None:
    assert resources.path("icons", f"{tones.GLYPH_OF_STATUS[status]}.svg").is_file()


def test_the_scheme_follows_the_system_unless_one_is_asked_for(qapp: QApplication) -> None:
    is_dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert Theme(qapp).dark == is_dark
    assert Theme(qapp, dark=True).dark
    assert not Theme(qapp, dark=False).dark


def test_the_dark_scheme_reaches_palette_style_sheet_and_glyphs(qapp: QApplication) -> None:
    dark = Theme(qapp, dark=True)
    try:
        window = QColor(dark.colors.window)
        assert qapp.palette().color(QPalette.ColorRole.Window) == window
        assert dark.colors.surface in qapp.styleSheet()
        image = dark.pixmap("step-current", "accent", 16, 1.0).toImage()
        assert centre(image) == QColor(dark.colors.accent)
    finally:
        Theme(qapp, dark=False)


def centre(image: QImage) -> QColor:
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_no_colour_stands_in_the_code_or_the_style_sheet() -> None:
    folder = resources.path("..", "wizard", "gui").resolve()
    files = [*folder.rglob("*.py"), resources.path("theme", "window.qss")]
    written = {file.name: file.read_text(encoding="utf-8") for file in files}
    assert [name for name, text in written.items() if re.search(r"#[0-9a-fA-F]{6}\b", text)] == []
    assert [name for name, text in written.items() if "setStyleSheet(" in text] == ["theme.py"]
