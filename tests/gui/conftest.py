# SPDX-License-Identifier: MIT
"""A window on a scripted session: checks that say what a test wants, when it wants."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wizard.checks.base import Check, Context, could_not_check, ok, problem, warning
from wizard.gui.main_window import MainWindow
from wizard.gui.rail import STEP, Step
from wizard.gui.theme import Theme
from wizard.host.recorded import RecordedHost
from wizard.model import CauseId, Evidence, Finding
from wizard.product import Product
from wizard.session import Session
from wizard.texts import Texts

TRANSPORTER = "/opt/nakivo/transporter"
LONGEST_S = 10.0
FINE, FOUND = "scripted.fine", "scripted.found"
SENTENCES = {
    "fine": {"summary": "All is well."},
    "found": {"summary": "Only 3.25 GB is free.", "advice": ["Make room.", "Check again."]},
    "other": {"summary": "All is well again."},
}


@dataclass(frozen=True)
class Seen:
    """What a scripted check observes."""

    note: str = "seen"


def scripted(
    check: str,
    cause: CauseId,
    finding: Finding | Callable[[], Finding],
    *,
    until: threading.Event | None = None,
) -> Check[Seen]:
    """A check with a given finding, which answers only once `until` is set."""

    def observe(_context: Context) -> Seen:
        if until is not None:
            until.wait(LONGEST_S)
        return Seen()

    def judge(_seen: Seen, _product: Product) -> Finding:
        return finding() if callable(finding) else finding

    return Check(check, cause, frozenset(), LONGEST_S, Seen, observe, judge)


SPACE = (
    Evidence("free", 3.25, "GB", f"statvfs({TRANSPORTER}/java/tmp)"),
    Evidence("needed", 5.0, "GB", "the vendor's article"),
)


def three_causes() -> list[Check[Seen]]:
    """A full temporary folder, a warning about permissions, and an unknown antivirus."""
    return [
        scripted("sign_in", CauseId.PERMISSIONS, warning(FOUND)),
        scripted("dns", CauseId.CONNECTIVITY, ok(FINE)),
        scripted("temp_space", CauseId.TEMP_FOLDER, problem(FOUND, evidence=SPACE, decisive=True)),
        scripted("antivirus", CauseId.ANTIVIRUS, could_not_check(FOUND)),
        scripted("memory", CauseId.MEMORY, ok(FINE)),
        scripted("graph_calls", CauseId.GRAPH_FORBIDDEN, ok(FINE)),
        scripted("services", CauseId.OTHER, ok(FINE)),
    ]


def make_host(*, installed: bool = True, sample: str | None = None) -> RecordedHost:
    """A Linux server with the product, or without it."""
    facts = {"system": "linux", "os": "Debian GNU/Linux 12", "name": "backup01", "is_admin": False}
    folders = ("", "/java/tmp", "/bh-logs") if installed else ()
    files: dict[str, object] = {f"{TRANSPORTER}{folder}": [] for folder in folders}
    files |= {"/opt/nakivo": [] if installed else None, "/usr/local/nakivo": None}
    files |= {"/data/dtmp": [], "/somewhere": None, "/somewhere/else": None}
    java = f"{TRANSPORTER}/java/bin/java"
    process = {"pid": 2211, "name": "java", "executable": java}
    process |= {"arguments": [java, "-Xmx2g", "-DtempPath=/data/tmp", "-jar", "transporter.jar"]}
    service = {"name": "nkv-bhsvc.service", "state": "running", "command": f"{TRANSPORTER}/bh"}
    service |= {"display_name": "NAKIVO Backup & Replication Transporter"}
    accepted = {"accepted": True, "said": ""}
    volume = {"mount": "/data", "kind": "local", "file_system": "ext4", "read_only": False}
    volume |= {"total_bytes": 10**12, "free_bytes": 10**11, "source": "statvfs"}
    return RecordedHost(
        {
            "facts": facts | {"sample": sample},
            "services": [service] if installed else [],
            "processes": [process] if installed else [],
            "volumes": [volume],
            "control_service": {service["name"]: dict.fromkeys(("start", "stop"), accepted)},
            "programs": [],
            "files": files,
        }
    )


@dataclass
class Answers:
    """Dialogs that answer as a test says, and remember what was asked."""

    choice: int | None = 0
    path: str | None = None
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def ask(self, question: str, detail: str, choices: Sequence[str]) -> int | None:
        self.asked.append(f"{question} {detail} {choices}")
        return self.choice

    def tell(self, text: str, detail: str) -> None:
        self.told.append(f"{text} {detail}")

    def folder(self, title: str, start: str) -> str | None:
        return self.path

    def open_file(self, title: str, start: str) -> str | None:
        return self.path

    def save_file(self, title: str, start: str) -> str | None:
        return self.path


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What this program keeps goes to a folder of the test's own, never to that of the account."""
    folder = tmp_path / "data"
    monkeypatch.setenv("M365_BACKUP_WIZARD_DATA", str(folder))
    return folder


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, dark=False)


@pytest.fixture
def labelled(texts: Texts) -> Texts:
    """The sentences, with names for the scripted evidence."""
    labels = {"free": "Free space", "needed": "Free space needed"}
    told = {"label": {**texts.tree.get("label", {}), **labels}, "scripted": SENTENCES}
    tree = {**texts.tree, **told}
    return Texts(texts.language, tree)


MakeSession = Callable[..., Session]


@pytest.fixture
def make_session(product: Product, labelled: Texts) -> MakeSession:
    def make(checks: Sequence[Check[Any]] | None = None, **host: Any) -> Session:
        chosen = three_causes() if checks is None else checks
        return Session(make_host(**host), product, labelled, only_checks=chosen)

    return make


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(
    qtbot: QtBot, theme: Theme, make_session: MakeSession, answers: Answers
) -> OpenWindow:
    """Opens a window of 1280 by 800 and waits until it has nothing to do."""

    def open_(session: Session | None = None, **more: Any) -> MainWindow:
        window = MainWindow(session or make_session(), theme, dialogs=answers, **more)
        window.resize(1280, 800)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.unfinished.look()
        settle(window)
        return window

    return open_


def settle(window: MainWindow) -> None:
    """Hand over answers until nobody waits for any."""
    last = time.monotonic() + LONGEST_S
    for _ in range(2):  # what waits for the first paint begins right after it
        QApplication.processEvents()
    while window.bridge.active:
        assert time.monotonic() < last, "the window is still waiting"
        time.sleep(0.002)
        window.bridge.drain()
    QApplication.processEvents()


def scanned(window: MainWindow) -> MainWindow:
    """The same window after the scan, at the likeliest cause."""
    window.go_next()
    settle(window)
    window.go_next()
    settle(window)
    return window


def step(window: MainWindow, page: str) -> Step:
    """What the rail shows of a page."""
    model = window.rail.steps
    found: Step = model.index(model.row_of(page)).data(STEP)
    return found


def click_step(window: MainWindow, page: str) -> None:
    """Click on a page in the rail."""
    index = window.rail.steps.index(window.rail.steps.row_of(page))
    place = window.rail.visualRect(index).center()
    QTest.mouseClick(window.rail.viewport(), Qt.MouseButton.LeftButton, pos=place)
