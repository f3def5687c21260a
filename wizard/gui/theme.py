# SPDX-License-Identifier: MIT
"""How the window looks: the tokens as palette, style sheet and glyphs, light or dark."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from wizard import resources
from wizard.gui import tokens
from wizard.gui.tokens import Colors

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "quiet_ground",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "strong_border",
}

SHARP = 2.0  # icons are drawn at twice their size, for screens with a scale


class Theme(QObject):
    """The look of one application; widgets ask it when they paint, or hear of a change."""

    changed = Signal()

    def __init__(self, app: QApplication, *, dark: bool | None = None, scale: float = 1.0) -> None:
        super().__init__(app)
        self.tokens = tokens.load()
        self._app = app
        self._forced = dark
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._base_pt = font.pointSizeF() * self.tokens.type.base * scale
        app.setStyle("Fusion")
        font.setPointSizeF(self._base_pt)
        app.setFont(font)
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark scheme is shown: as asked, else as the system has it."""
        if self._forced is not None:
            return self._forced
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def colors(self) -> Colors:
        """The colours of the scheme that is shown."""
        return self.tokens.colors.dark if self.dark else self.tokens.colors.light

    @property
    def icon_size(self) -> int:
        """The side of a glyph: as high as a line of text."""
        return max(self.tokens.sizes.icon, QFontMetrics(self._app.font()).height())

    def color(self, name: str) -> QColor:
        """One colour by its name in the tokens."""
        return QColor(getattr(self.colors, name))

    def pixmap(self, glyph: str, color: str, size: int, ratio: float) -> QPixmap:
        """A glyph of resources/icons in a colour of the tokens, sharp at any scale."""
        key = (glyph, self.color(color).name(), size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = _draw(glyph, key[1], size, ratio)
        return self._pixmaps[key]

    def icon(self, glyph: str, color: str = "text", *, gap: int = 0) -> QIcon:
        """A glyph as an icon, also for a disabled button and a selected row; `gap` at its right."""
        icon = QIcon()
        for name, mode in (
            (color, QIcon.Mode.Normal),
            ("disabled", QIcon.Mode.Disabled),
            ("on_accent", QIcon.Mode.Selected),
        ):
            pixmap = self.pixmap(glyph, name, self.icon_size, SHARP)
            icon.addPixmap(_with_gap(pixmap, gap) if gap else pixmap, mode)
        return icon

    def _apply(self) -> None:
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.color(name))
        for role in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("disabled"))
        self._app.setPalette(palette)
        self._app.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def _style_sheet(self) -> str:
        kinds = self.tokens.type
        points = {
            f"{name}_pt": f"{self._base_pt * factor:.2f}"
            for name, factor in (
                ("title", kinds.title),
                ("heading", kinds.heading),
                ("small", kinds.small),
            )
        }
        box = self.icon_size - 2
        ring = max(4, round(box * 0.3))
        measures = {"box": box, "half_box": box // 2 + 1, "ring": ring, "dot": box + 2 - 2 * ring}
        points |= {name: str(value) for name, value in measures.items()}
        ground = "dark" if self.dark else "light"
        for name in ("tick", "down"):
            points[name] = resources.path("icons", f"{name}-on-{ground}.svg").as_posix()
        names = {**asdict(self.colors), **asdict(self.tokens.space), **asdict(self.tokens.sizes)}
        sheet = resources.path("theme", "window.qss").read_text(encoding="utf-8")
        return Template(sheet).substitute(names, **points)


def _with_gap(pixmap: QPixmap, gap: int) -> QPixmap:
    """The same with room at its right: styles put an icon too close to its text."""
    ratio = pixmap.devicePixelRatio()
    wider = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wider


def _draw(glyph: str, color: str, size: int, ratio: float) -> QPixmap:
    """Draw an SVG whose strokes say currentColor."""
    source = resources.path("icons", f"{glyph}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
