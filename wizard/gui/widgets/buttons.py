# SPDX-License-Identifier: MIT
"""Buttons: with a glyph that follows the colour scheme, as a link, and one that copies."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from wizard.gui.theme import Theme
from wizard.gui.widgets.labels import restyle
from wizard.gui.widgets.reveal import reveal
from wizard.texts import Texts

COPIED_MS = 1500
Take = Callable[[str], None]
Get = Callable[[Take], None]  # finds the text of this moment and hands it over


def fixed(text: str) -> Get:
    """Hands over a text that is known already."""
    return lambda take: take(text)


class Button(QPushButton):
    """A push button; `role` is primary, link, fold or empty."""

    def __init__(self, theme: Theme, text: str, glyph: str = "", role: str = "") -> None:
        super().__init__(text)
        self._theme = theme
        self._glyph = glyph
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)  # Enter presses the button that has the focus
        self._draw()
        theme.changed.connect(self._draw)

    def show_glyph(self, glyph: str) -> None:
        """Show another glyph."""
        self._glyph = glyph
        self._draw()

    def be_primary(self, is_primary: bool) -> None:
        """Be the one that stands out, or one among others."""
        restyle(self, "role", "primary" if is_primary else "")
        self._draw()

    def _draw(self) -> None:
        if self._glyph:
            role = self.property("role")
            color = {"primary": "on_accent", "link": "accent"}.get(str(role), "text")
            gap, size = self._theme.tokens.space.tight, self._theme.icon_size
            self.setIcon(self._theme.icon(self._glyph, color, gap=gap))
            self.setIconSize(QSize(size + gap, size))


class CopyButton(Button):
    """Puts a text on the clipboard and says so for a moment."""

    def __init__(
        self,
        theme: Theme,
        texts: Texts,
        what: str,
        get: Get,
        *,
        word: str = "",
        letter: bool = True,
    ) -> None:
        """Without a letter for Alt where several stand on one page."""
        word = word or texts("window.copy")
        self._word = word if letter else word.replace("&", "")
        self._texts = texts
        super().__init__(theme, self._word, "copy")
        self.setAccessibleName(texts("window.copy_what", what=what))
        self.setToolTip(texts("window.copy_what", what=what))
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(COPIED_MS)
        self._calm.timeout.connect(self._be_calm)
        self.clicked.connect(lambda: get(self.copy_text))

    def sizeHint(self) -> QSize:
        """Room for both of its words, so that nothing beside it moves when it says the other."""
        hint, letters = super().sizeHint(), self.fontMetrics()
        words = (self._word, self._texts("window.copied"), self.text())
        as_drawn = Qt.TextFlag.TextShowMnemonic
        *others, now = [letters.size(as_drawn, word).width() for word in words]
        return QSize(hint.width() + max(0, *(other - now for other in others)), hint.height())

    def copy_text(self, text: str) -> None:
        """Copy a text and say so."""
        QGuiApplication.clipboard().setText(text)
        self.setText(self._texts("window.copied"))
        self.show_glyph("step-done")
        self._calm.start()

    def _be_calm(self) -> None:
        self.setText(self._word)
        self.show_glyph("copy")


class Fold(Button):
    """Opens and closes what stands below it; what was opened is scrolled to."""

    def __init__(self, theme: Theme, text: str, below: QWidget) -> None:
        super().__init__(theme, text, "fold-closed", "fold")
        self._below = below
        self.setCheckable(True)
        below.setVisible(False)
        self.toggled.connect(self._fold)

    def _fold(self, is_open: bool) -> None:
        self._below.setVisible(is_open)
        self.show_glyph("fold-open" if is_open else "fold-closed")
        if is_open:
            reveal(self._below, self)  # as much of it as there is room for
