# SPDX-License-Identifier: MIT
"""The .ico file: every size is there, and each shows the picture."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QImageReader

from installer import icon


@pytest.fixture(scope="module")
def icon_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("icon") / "build" / "app.ico"
    icon.write(target)
    return target


def entries(data: bytes) -> list[tuple[int, bytes]]:
    """Size and data of each picture, by the file's own directory."""
    _, kind, count = struct.unpack_from("<3H", data)
    assert kind == 1
    found = []
    for number in range(count):
        side, _, _, _, _, bits, length, offset = struct.unpack_from(
            "<4B2H2I", data, 6 + 16 * number
        )
        assert bits == 32
        found.append((side or 256, data[offset : offset + length]))
    return found


def test_write_when_read_by_another_reader_then_every_size_is_there(icon_file: Path) -> None:
    reader = QImageReader(str(icon_file))
    sides = []
    for number in range(reader.imageCount()):
        assert reader.jumpToImage(number)
        sides.append(reader.read().width())
    assert sides == list(icon.SIZES)


def test_write_when_read_by_another_reader_then_the_picture_is_whole(icon_file: Path) -> None:
    reader = QImageReader(str(icon_file))
    for number, size in enumerate(icon.SIZES):
        assert reader.jumpToImage(number)
        image = reader.read()
        assert image.pixelColor(0, 0).alpha() < 200, "the corner is rounded"
        edge = image.pixelColor(size // 2, size * 15 // 16)
        assert edge.blue() > edge.red(), "the ground is blue"
        assert bright_share(image) > 0.08, "cloud and lens can be seen"
        drawn = icon.draw(size)
        assert image.convertToFormat(drawn.format()) == drawn


def bright_share(image: QImage) -> float:
    white = sum(
        QColor(image.pixelColor(x, y)).lightness() > 180
        for x in range(image.width())
        for y in range(image.height())
    )
    return white / (image.width() * image.height())


def test_write_when_sizes_are_small_then_they_are_bitmaps_and_the_largest_is_png(
    icon_file: Path,
) -> None:
    for size, data in entries(icon_file.read_bytes()):
        assert data.startswith(b"\x89PNG") == (size == 256)


def test_bitmap_when_the_side_is_odd_for_the_mask_then_rows_are_padded(icon_file: Path) -> None:
    data = dict(entries(icon_file.read_bytes()))[20]
    assert len(data) == 40 + 20 * 20 * 4 + 20 * 4


def test_side_picture_when_read_by_another_reader_then_shows_the_icon_on_its_ground(
    tmp_path: Path,
) -> None:
    icon.write_side_picture(tmp_path / "side.bmp")
    image = QImage(str(tmp_path / "side.bmp"))
    assert (image.width(), image.height()) == (icon.SIDE_WIDTH, icon.SIDE_HEIGHT)
    assert image.pixelColor(2, 2) == QColor(icon.GROUND)
    assert bright_share(image) > 0.02
