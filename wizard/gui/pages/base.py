# SPDX-License-Identifier: MIT
"""What every page is: a title, a subtitle, a body that scrolls only when it must, and its state."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from wizard.errors import WizardError
from wizard.gui.desk import Desk
from wizard.gui.widgets.breaks import without_widow
from wizard.gui.widgets.labels import Label


class Page(QWidget):
    """One page. `id` is the flow's name for it; texts are under page.<id>."""

    id = ""
    changed = Signal()  # what the window's buttons depend on is different now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.theme = desk.theme
        self.texts = desk.texts
        space = self.theme.tokens.space
        self._title = Label(self.title, "title")
        self._subtitle = Label(without_widow(self.subtitle), "muted")
        self._body = QWidget()
        self._body.setObjectName("body")
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(space.wide, space.wide, space.wide, space.medium)
        self.column.setSpacing(space.medium)
        self._lay_out()
        self.build()
        self.column.addStretch(1)  # a factor, so that nothing else grows

    def _lay_out(self) -> None:
        """The title scrolls with the rest: a small screen has no line to spare."""
        head = QVBoxLayout()
        head.setSpacing(self.theme.tokens.space.tight)
        head.addWidget(self._title)
        if self.subtitle:
            head.addWidget(self._subtitle)
        self.column.addLayout(head)
        self.area = scroll = QScrollArea()
        scroll.setWidget(self._body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)

    @property
    def title(self) -> str:
        """What the page is about."""
        return self.say("title")

    @property
    def subtitle(self) -> str:
        """What the person does here; may be empty."""
        return self.say("subtitle")

    @property
    def can_advance(self) -> bool:
        """Whether Next may be pressed."""
        return True

    @property
    def busy(self) -> bool:
        """Whether the page is doing something that can be cancelled."""
        return False

    @property
    def is_in_the_middle(self) -> bool:
        """Whether leaving the program now leaves the server in between two states."""
        return False

    @property
    def leads(self) -> bool:
        """Whether a button of the page's own stands out, so that Next does not."""
        return False

    @property
    def next_text(self) -> str:
        """What Next says here; empty: the name of the page that it leads to."""
        return ""

    def build(self) -> None:
        """Put the page's parts into `column`; called once."""

    def enter(self) -> None:
        """The page is about to be shown."""

    def to_top(self) -> None:
        """Show the page from its beginning."""
        self.area.verticalScrollBar().setValue(0)

    def leave(self) -> None:
        """Another page is about to be shown."""

    def advance(self) -> None:
        """Next was pressed; the page keeps what the person gave."""

    def cancel(self) -> None:
        """Stop what the page is doing."""

    def first_focus(self) -> QWidget | None:
        """Where the keyboard begins; None: on Next."""
        return None

    def told(self) -> str:
        """All that stands on the page, as plain text, from top to bottom."""
        labels = (label for label in self.findChildren(QLabel) if label.isVisibleTo(self))
        return "\n".join(label.text() for label in labels if label.text())

    def say(self, text: str, **values: str | int | float) -> str:
        """A sentence of this page."""
        return self.texts(f"page.{self.id}.{text}", values)

    def explain(self, error: WizardError) -> str:
        """An error as text to stand on the page: the sentence and what to do."""
        return " ".join((self.texts.summary(error), *self.texts.advice(error)))
