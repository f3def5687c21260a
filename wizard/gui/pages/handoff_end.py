# SPDX-License-Identifier: MIT
"""How the steps ended; with the old string back, the folder made for the change goes, too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from wizard.fixes import receipt, undo
from wizard.fixes.undo import Undone
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.widgets.boxes import Callout


class HandoffEnd(Callout):
    """Hidden while steps are left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self.hide()

    def tell(self, glyph: str, tone: str, word: str) -> None:
        """Say the end."""
        self.say(glyph, tone, self._desk.texts(f"page.arguments.{word}"))
        self.show()

    def remove_folder(self, path: str, removed: Callable[[], None]) -> None:
        """Follow the receipt at `path` once more: what kept the folder may be over."""
        session = self._desk.session

        def work(_emit: Emit, _cancel: threading.Event) -> Undone:
            return undo.undo(receipt.read_any(Path(path)), session.host, session.product)

        def take(undone: Undone) -> None:
            said = undone.folder.sentence(self._desk.texts) if undone.folder else ""
            self.say("step", "quiet", self.headline.text(), said)
            removed()

        self._desk.bridge.start(work, on_done=take, on_failed=self._desk.tell)
