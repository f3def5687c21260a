# SPDX-License-Identifier: MIT
"""The button beside a step: what the action named in causes.toml does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from wizard import flow
from wizard.errors import WizardError
from wizard.gui.bridge import Emit
from wizard.gui.desk import Desk
from wizard.gui.widgets.buttons import Button, CopyButton, fixed
from wizard.nakivo import temp_folder

RECHECK = "recheck"
NOT_FOUND = "error.no_installation"
TEMP_FOLDER = "temp_folder"
GLYPHS = {
    "open-folder": "folder",
    "open-logs": "folder",
    "open-settings": "external",
    "page": "page",
}


def make_button(desk: Desk, action: str, step: str) -> Button | None:
    """The button of a step, None for a step that only a person can do."""
    name, _, target = action.partition(":")
    if name in ("none", RECHECK):  # the page has its own button for that
        return None
    if name == "copy":
        return _copy_button(desk, target)
    does: dict[str, Callable[[], None]] = {
        "open-folder": lambda: _with_temp_folder(desk, desk.open_folder),
        "open-logs": lambda: _open_logs(desk),
        "open-settings": lambda: desk.open_page(settings_page(desk)),
        "page": lambda: desk.go(target),
    }
    button = Button(desk.theme, desk.texts(f"action.{target or name}"), GLYPHS[name])
    button.setAccessibleName(f"{button.text().replace('&', '')}: {step}")
    button.clicked.connect(does[name])
    return button


def settings_page(desk: Desk) -> str:
    """The product's web interface on this computer."""
    return f"https://localhost:{desk.session.product.facts.director_port.value}/"


def choose_folder(desk: Desk) -> None:
    """To the page that asks where the product is, also before Next has led there."""
    if flow.SCOPE not in desk.flow.seen:
        desk.flow.seen.append(flow.SCOPE)
    desk.go(flow.SCOPE)


def _copy_button(desk: Desk, fact: str) -> Button:
    """Copies a constant of the product, or the temporary folder in use at that moment."""
    if fact == TEMP_FOLDER:
        what = desk.texts("action.temp_folder")
        return CopyButton(desk.theme, desk.texts, what, partial(_with_temp_folder, desk))
    value = str(getattr(desk.session.product.facts, fact).value)
    return CopyButton(desk.theme, desk.texts, value, fixed(value))


def _with_temp_folder(desk: Desk, use: Callable[[str], None]) -> None:
    """Find the folder in use without holding up the window, then use it."""
    found = desk.lookup.found
    if found is None:
        desk.tell(desk.lookup.error or WizardError("window.no_installation"))
        return
    session = desk.session

    def work(_emit: Emit, _cancel: threading.Event) -> str:
        return temp_folder.resolve(session.host, session.product, found).in_use

    desk.bridge.start(work, on_done=use, on_failed=desk.tell)


def _open_logs(desk: Desk) -> None:
    found = desk.lookup.found
    if found is None:
        desk.tell(desk.lookup.error or WizardError("window.no_installation"))
    else:
        desk.open_folder(found.log_folder)
