# SPDX-License-Identifier: MIT
"""The picture of log lines over time: bars where lines are, the same in words and in a table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from wizard.findings.timeline import Bucket, Timeline
from wizard.gui.theme import Theme
from wizard.gui.widgets.timeline import TimelineCard
from wizard.texts import Texts

DAYS = (
    Bucket("2026-11-20", 3, is_first=True),
    Bucket("2026-11-21", 0),
    Bucket("2026-11-22", 12, is_run=True),
)
MADE = Timeline(
    by_hour=False, buckets=DAYS, first="2026-11-20 02:00:00", last="2026-11-22 03:00:00"
)


@pytest.fixture
def card(qtbot: QtBot, theme: Theme, texts: Texts) -> Iterator[TimelineCard]:
    area = QScrollArea()
    area.setWidgetResizable(True)
    card = TimelineCard(theme, texts)
    area.setWidget(card)
    qtbot.addWidget(area)
    area.resize(600, 400)
    area.show()
    yield card
    area.close()


def test_card_when_there_are_lines_then_words_and_numbers_say_the_same(
    card: TimelineCard,
) -> None:
    card.show_timeline(MADE)
    assert not card.isHidden()
    assert card.picture.accessibleName().startswith("15 log lines about this cause, by the day")
    assert card.sentence.text().startswith(card.picture.accessibleName())
    assert card.table.texts_of(0) == ["2026-11-20", "2026-11-22"]
    assert card.table.texts_of(2) == ["the first", "run that decides"]
    assert card.table.isHidden()
    card.fold.click()
    assert not card.table.isHidden()
    card.show_timeline(None)
    assert card.isHidden()


def test_picture_when_drawn_then_bars_stand_where_lines_are(
    card: TimelineCard, theme: Theme
) -> None:
    card.show_timeline(MADE)
    image = card.picture.grab().toImage()
    step, foot = image.width() // 3, image.height() - 3
    bar, ground = theme.color("warning").rgb(), theme.color("selected").rgb()
    middle = [step * place + step // 2 for place in range(3)]
    assert [image.pixel(x, foot) == bar for x in middle] == [True, False, True]
    assert image.pixel(2 * step + 2, foot) == ground
    assert image.pixel(2, foot) != ground
    top = image.height() // 2
    assert image.pixel(middle[0], top) != bar  # 3 of 12: a quarter of the height
    assert image.pixel(middle[2], top) == bar
