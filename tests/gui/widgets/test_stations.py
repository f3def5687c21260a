# SPDX-License-Identifier: MIT
"""A row of stations: names for a screen reader, the broken one by shape and word, room and side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from wizard.findings import stations
from wizard.findings.station_words import Station
from wizard.findings.stations import Path
from wizard.graph.network_path import Layer
from wizard.gui.theme import Theme
from wizard.gui.widgets.stations import StationBox, Stations
from wizard.model import Outcome
from wizard.texts import Texts

BROKEN = Path(
    "graph",
    "Microsoft Graph",
    "graph.microsoft.com",
    443,
    (
        Station(Layer.NAME, Outcome.OK, "2 addresses, 8.0 ms"),
        Station(Layer.CONNECTION, Outcome.PROBLEM, "refused"),
        Station(Layer.PROXY, Outcome.NOT_APPLICABLE, "none in the way"),
        Station(Layer.ENCRYPTION, Outcome.COULD_NOT_CHECK, "not reached"),
        Station(Layer.ANSWER),
    ),
)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page with room for a row of stations."""
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


def shown(page: QWidget, theme: Theme, texts: Texts, path: Path = BROKEN) -> Stations:
    widget = Stations(theme, texts, path, is_running=False)
    widget.setParent(page)
    widget.show()
    lay_out(widget, 900)
    return widget


def lay_out(widget: Stations, width: int) -> None:
    widget.setGeometry(0, 0, width, 600)
    for _ in range(3):
        QApplication.processEvents()


def places(widget: Stations) -> list[tuple[int, int]]:
    """Where the stations stand, from left and top."""
    corners = [box.mapTo(widget, box.rect().topLeft()) for box in boxes(widget)]
    return [(corner.x(), corner.y()) for corner in corners]


def boxes(widget: Stations) -> list[StationBox]:
    return widget.findChildren(StationBox)


def words(box: StationBox) -> list[str]:
    return [label.text().replace("\N{NO-BREAK SPACE}", " ") for label in box.findChildren(QLabel)]


def test_stations_when_shown_then_five_in_order_with_name_and_words(
    page: QWidget, theme: Theme, texts: Texts
) -> None:
    widget = shown(page, theme, texts)
    assert [words(box) for box in boxes(widget)] == [
        ["Name", "2 addresses, 8.0 ms"],
        ["Connection", "refused"],
        ["Proxy", "none in the way"],
        ["Encryption", "not reached"],
        ["Answer", "not known"],
    ]


def test_stations_when_broken_then_the_head_names_it_and_its_box_is_another_shape(
    page: QWidget, theme: Theme, texts: Texts
) -> None:
    widget = shown(page, theme, texts)
    head = widget.findChildren(QLabel)[0]
    assert head.text() == "Microsoft Graph: broken at Connection"
    tones = [box.property("tone") for box in boxes(widget)]
    assert tones == ["ok", "problem", "quiet", "unknown", "quiet"]
    fine, broken = (box.grab().toImage() for box in boxes(widget)[:2])
    ground = theme.color("problem_ground").rgb()
    assert broken.pixelColor(6, broken.height() - 6).rgb() == ground
    assert fine.pixelColor(6, fine.height() - 6).rgb() != ground


def test_stations_when_read_aloud_then_each_says_all_of_itself(
    page: QWidget, theme: Theme, texts: Texts
) -> None:
    widget = shown(page, theme, texts)
    assert widget.accessibleName() == stations.sentence(BROKEN, texts)
    assert [box.accessibleName() for box in boxes(widget)][:2] == [
        "Name: 2 addresses, 8.0 ms",
        "Connection: refused",
    ]


def test_stations_when_there_is_room_then_a_row_else_a_column_and_back(
    page: QWidget, theme: Theme, texts: Texts
) -> None:
    widget = shown(page, theme, texts)
    assert len({top for _, top in places(widget)}) == 1
    lay_out(widget, 260)
    assert len({left for left, _ in places(widget)}) == 1
    assert all(box.width() <= 260 for box in boxes(widget))
    for box in boxes(widget):  # each in one line
        assert len({label.y() for label in box.findChildren(QLabel)}) == 1
    lay_out(widget, 900)
    assert len({top for _, top in places(widget)}) == 1


def test_stations_when_written_from_the_right_then_the_name_stands_at_the_right(
    page: QWidget, theme: Theme, texts: Texts
) -> None:
    from_left = [left for left, _ in places(shown(page, theme, texts))]
    assert from_left == sorted(from_left)
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    from_right = [left for left, _ in places(shown(page, theme, texts))]
    assert from_right == sorted(from_right, reverse=True)


def test_stations_when_walked_at_this_moment_then_what_is_not_known_waits(
    page: QWidget, theme: Theme, texts: Texts
) -> None:
    widget = Stations(theme, texts, BROKEN, is_running=True)
    widget.setParent(page)
    assert words(boxes(widget)[-1]) == ["Answer", "waiting"]
    assert boxes(widget)[-1].accessibleName() == "Answer: waiting"


def test_stations_when_the_port_is_not_known_yet_then_the_host_alone(
    page: QWidget, theme: Theme, texts: Texts
) -> None:
    widget = shown(page, theme, texts, replace(BROKEN, port=None))
    assert widget.findChildren(QLabel)[1].text() == "graph.microsoft.com"


def test_stations_when_nobody_walked_then_no_station_stands_there(
    page: QWidget, theme: Theme, texts: Texts
) -> None:
    widget = shown(page, theme, texts, Path("onedrive", "OneDrive", "", None, ()))
    assert boxes(widget) == []
    told = [label.text() for label in widget.findChildren(QLabel)]
    assert told == ["OneDrive: not walked", "host not known"]
