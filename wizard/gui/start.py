# SPDX-License-Identifier: MIT
"""Builds the application and its window, and runs them until the window is closed."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

import wizard
from wizard import resources
from wizard.cli.terminal import ExitStatus
from wizard.errors import WindowUnavailable
from wizard.gui import preload, qt_paths
from wizard.gui.bridge import Crashed
from wizard.gui.first_paint import FirstPaint
from wizard.gui.main_window import MainWindow
from wizard.gui.theme import Theme
from wizard.session import Session


def show(
    session: Session,
    switch_to_sample: Callable[[str], Session] | None,
    *,
    close_when_drawn: bool = False,
) -> int:
    """Show the window; returns when it is closed.

    Raises:
        WindowUnavailable: it should close once it is drawn, and a fault came up in drawing it.
    """
    app = make_application()
    window = MainWindow(session, Theme(app), switch_to_sample=switch_to_sample)
    interrupted: list[int] = []
    if close_when_drawn:
        with close_on_interrupt(window, interrupted):
            drawn = _draw_once(app, window)
        return ExitStatus.OK if drawn and not interrupted else ExitStatus.INTERRUPTED
    FirstPaint(window, preload.begin)
    FirstPaint(window, window.unfinished.look)
    window.open()
    with tell_crashes(window), close_on_interrupt(window, interrupted):
        status = app.exec()
    return ExitStatus.INTERRUPTED if interrupted else status


def _draw_once(app: QApplication, window: MainWindow) -> bool:
    """Open the window, close it once it is drawn, and tell whether it was.

    A fault is no success, and opens no dialog. Who asked for it watches the time: where there is no
    screen, Qt may stand still and fire no timer.
    """
    drawn: list[bool] = []
    faults: list[str] = []
    before = sys.excepthook
    sys.excepthook = lambda kind, _error, _trace: faults.append(kind.__name__)
    try:
        FirstPaint(window, lambda: drawn.append(True))
        FirstPaint(window, lambda: QTimer.singleShot(0, window.close))
        window.open()
        app.exec()
    finally:
        sys.excepthook = before
    if faults:
        raise WindowUnavailable("window.fault", kind=faults[0])
    return bool(drawn)


def make_application() -> QApplication:
    """The one application of this process."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    qt_paths.fix()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("m365-backup-wizard")
    app.setApplicationVersion(wizard.__version__)
    QGuiApplication.setDesktopFileName("m365-backup-wizard")
    app.setWindowIcon(QIcon(str(resources.path("icons", "app.svg"))))
    return app


@contextmanager
def tell_crashes(window: MainWindow) -> Iterator[None]:
    """Show a fault of this program in one calm dialog instead of ending with it.

    One at a time: while it is read, the same fault may happen again and again.
    """
    before = sys.excepthook
    told: list[Crashed] = []

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)  # on the console, too
        if not told:
            told.append(Crashed(error))
            window.desk.tell(told[0])
            told.clear()

    sys.excepthook = tell
    try:
        yield
    finally:
        sys.excepthook = before


@contextmanager
def close_on_interrupt(window: MainWindow, interrupted: list[int]) -> Iterator[None]:
    """Let Ctrl-C close the window in order: Qt's loop runs no Python until something wakes it."""
    wake, heard = socket.socketpair()
    wake.setblocking(False)
    heard.setblocking(False)

    def close() -> None:
        # Here and not in the signal's handler, which may run in the middle of painting.
        if signal.SIGINT in heard.recv(64):
            interrupted.append(signal.SIGINT)
            window.close()

    notifier = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(close)
    fd_before = signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        signal.set_wakeup_fd(fd_before)
        notifier.setEnabled(False)
        wake.close()
        heard.close()
