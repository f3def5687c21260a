# SPDX-License-Identifier: MIT
"""The programs' icon for Windows in nine sizes, and the setup program's side picture."""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from installer.places import ROOT

DRAWING = ROOT / "resources" / "icons" / "app.svg"
# The same picture with thicker, simpler strokes: thin ones blur below 32 pixels.
SMALL_DRAWING = ROOT / "installer" / "windows" / "app-small.svg"
SMALLEST_OF_DRAWING = 32

# What Windows asks for at 100 to 400 % scaling: lists, title bars, desktop, large tiles.
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
# Only from this size on does every part of Windows read PNG; below it expects a bitmap.
SMALLEST_PNG = 256

# The setup program's last page shows it at 164 by 314; twice that stays sharp at 200 % scaling.
SIDE_WIDTH, SIDE_HEIGHT = 328, 628
GROUND = "#0a56a3"


def write(target: Path) -> None:
    """Write the .ico file; its folder is made where it is missing."""
    pictures = [(size, _picture(size)) for size in SIZES]
    offset = 6 + 16 * len(pictures)
    directory = struct.pack("<3H", 0, 1, len(pictures))
    for size, data in pictures:
        # 256 doesn't fit into one byte; the format says 0 for it.
        side = size % 256
        directory += struct.pack("<4B2H2I", side, side, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(directory + b"".join(data for _, data in pictures))


def write_side_picture(target: Path) -> None:
    """Write the bitmap that stands beside the setup program's last page."""
    image = QImage(SIDE_WIDTH, SIDE_HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    side = SIDE_WIDTH * 3 // 4
    left, top = (SIDE_WIDTH - side) // 2, SIDE_HEIGHT // 6
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(left, top, side, side))
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    QImageWriter(str(target), b"bmp").write(image.convertToFormat(QImage.Format.Format_RGB888))


def draw(size: int) -> QImage:
    """The icon's picture at one size."""
    drawing = SMALL_DRAWING if size < SMALLEST_OF_DRAWING else DRAWING
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def _picture(size: int) -> bytes:
    image = draw(size)
    return _png(image) if size >= SMALLEST_PNG else _bitmap(image)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def _bitmap(image: QImage) -> bytes:
    """A bitmap as icons hold it: rows from below, then one bit per transparent pixel."""
    side = image.width()
    pixels = bytes(image.constBits())
    rows = [pixels[y * side * 4 : (y + 1) * side * 4] for y in range(side)]
    header = struct.pack("<I2i2H6I", 40, side, side * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    return header + b"".join(reversed(rows)) + b"".join(map(_mask, reversed(rows)))


def _mask(row: bytes) -> bytes:
    bits = "".join("0" if alpha else "1" for alpha in row[3::4])
    padded = bits.ljust((len(bits) + 31) // 32 * 32, "0")
    return int(padded, 2).to_bytes(len(padded) // 8, "big")
