# SPDX-License-Identifier: MIT
"""The window: rail, pages and one row of buttons, driven by the flow."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from wizard import flow
from wizard.errors import WizardError
from wizard.flow import Flow
from wizard.gui import log_drop
from wizard.gui.banner import Banner
from wizard.gui.bridge import Bridge, Emit
from wizard.gui.button_row import ButtonRow
from wizard.gui.desk import Desk
from wizard.gui.dialogs import Dialogs, SystemDialogs
from wizard.gui.lookup import Lookup
from wizard.gui.pages import make_page
from wizard.gui.pages.base import Page
from wizard.gui.rail import Rail
from wizard.gui.run import Run
from wizard.gui.steps import steps
from wizard.gui.theme import Theme
from wizard.gui.unfinished import Unfinished
from wizard.model import CauseId
from wizard.session import Session

if TYPE_CHECKING:
    from wizard.fixes.resumption import Resumption

SwitchToSample = Callable[[str], Session]
SAMPLE = "several"
SMALLEST = (760, 520)
OPENS_AT = (1080, 720)
TITLE_BAR = 40
CALM_MS = 600


class MainWindow(QMainWindow):
    """One window on one session; going over to the sample server replaces the session."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        *,
        dialogs: Dialogs | None = None,
        switch_to_sample: SwitchToSample | None = None,
    ) -> None:
        super().__init__()
        texts = session.texts
        self.theme = theme
        self.bridge = Bridge(self)
        self._switch = switch_to_sample
        self._dialogs = dialogs or SystemDialogs(self, texts("window.title"), texts("window.ok"))
        self.setWindowTitle(texts("window.title"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*OPENS_AT)
        log_drop.Drops(self, lambda paths: log_drop.take(self.desk, self.page, paths))
        self._add_shortcuts()
        self._was_busy = False
        self.calm = QTimer(self)
        self.calm.setSingleShot(True)
        self.calm.setInterval(CALM_MS)
        self.use(session)

    def open(self) -> None:
        """Show the window; as large as the screen where that has no room for the usual size."""
        usual, room = QSize(*OPENS_AT), self.screen().availableSize() - QSize(0, TITLE_BAR)
        self.setMinimumSize(QSize(*SMALLEST).boundedTo(room))
        self.resize(usual.boundedTo(room))
        if usual.boundedTo(room) != usual:
            self.showMaximized()
        else:
            self.show()

    def use(self, session: Session) -> None:
        """Begin anew with a session."""
        self._forget()
        self.desk = self._make_desk(session)
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        names = [session.texts(f"rail.name.{page}") for page in self.desk.flow.pages()]
        self.rail = Rail(self.theme, session.texts("window.rail"), names)
        self.buttons = ButtonRow(self.theme, session.texts)
        self.setCentralWidget(self._lay_out(session))
        self._connect()
        self._show(self.desk.flow.current)

    def _take_up(self, found: Resumption) -> None:
        """Go on with an unfinished change, also before any scan."""
        from wizard.gui.pages.arguments import ArgumentsPage  # noqa: PLC0415 - not at the start

        if flow.ARGUMENTS not in self.desk.flow.seen:
            self.desk.flow.seen.append(flow.ARGUMENTS)
        self.go(flow.ARGUMENTS)
        if isinstance(self.page, ArgumentsPage):
            self.page.take_up(found)

    def _forget(self) -> None:
        """Leave the session before this one, where there was one."""
        self.bridge.drop_all()
        before: Desk | None = getattr(self, "desk", None)
        if before is not None:
            before.run.deleteLater()
            before.lookup.deleteLater()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self.desk.flow.current]

    def go(self, page: str) -> None:
        """Jump to a page, if it may be gone to."""
        if page != self.desk.flow.current and self.desk.flow.can_jump(page):
            self.page.leave()
            self._show(self.desk.flow.jump(page))

    def go_next(self) -> None:
        """Where Next leads."""
        if self.buttons.next.isEnabled():
            self.page.advance()
            self.page.leave()
            self._show(self.desk.flow.go_next())

    def go_back(self) -> None:
        """Where we came from."""
        if self.desk.flow.can_go_back:
            self.page.leave()
            self._show(self.desk.flow.go_back())

    def stop(self) -> None:
        """Cancel what is under way; where nothing is, close.

        Not right after a run has ended: the click may have been meant for Cancel.
        """
        if not self.cancel() and not self.calm.isActive():
            self.close()

    def cancel(self) -> bool:
        """Cancel what is under way; whether there was anything."""
        if self.page.busy:
            self.page.cancel()
        elif self.desk.run.is_running:
            self.desk.run.cancel()
        else:
            return False
        return True

    def recheck(self) -> None:
        """Run this cause's checks again; elsewhere, once there was a scan, all of them."""
        if self.desk.flow.diagnosis is None:
            return
        if self.desk.flow.current in list(CauseId):
            self.desk.run.recheck(CauseId(self.desk.flow.current))
        else:
            self.desk.run.scan()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for nothing: threads that hang end with the process."""
        event.setAccepted(self._may_close())
        if event.isAccepted():
            self.bridge.drop_all()

    def _may_close(self) -> bool:
        """Ask where the service may stand still for a change that isn't finished."""
        is_real = self.desk.session.host.facts().sample is None
        if not (is_real and any(page.is_in_the_middle for page in self._pages.values())):
            return True
        words = ("summary", "detail", "stay", "close")
        ask, detail, *choices = (self.desk.texts(f"window.leaving.{word}") for word in words)
        return self._dialogs.ask(ask, detail, choices) == 1

    def _make_desk(self, session: Session) -> Desk:
        return Desk(
            session=session,
            flow=Flow(),
            bridge=self.bridge,
            run=Run(session, self.bridge, self),
            lookup=Lookup(session, self.bridge, self),
            theme=self.theme,
            dialogs=self._dialogs,
            go=self.go,
            open_sample=self._open_sample if self._switch else None,
        )

    def _lay_out(self, session: Session) -> QWidget:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(self.buttons)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        sample = session.host.facts().sample
        if sample is not None:
            column.addWidget(Banner(self.theme, session.texts("window.sample", name=sample)))
        self.unfinished = Unfinished(self.desk, self._take_up)
        column.addWidget(self.unfinished)
        column.addLayout(middle, 1)
        return whole

    def _connect(self) -> None:
        self.rail.wanted.connect(self.go)
        self.buttons.back.clicked.connect(self.go_back)
        self.buttons.next.clicked.connect(self.go_next)
        self.buttons.stop.clicked.connect(self.stop)
        self.desk.run.changed.connect(self._refresh)
        self.desk.run.finished.connect(self._take_diagnosis)
        self.desk.run.failed.connect(self.desk.tell)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            (QKeySequence(Qt.Key.Key_F5), self.recheck),
            (QKeySequence("Alt+Left"), self.go_back),
            (QKeySequence(Qt.Key.Key_Escape), self.cancel),
        ):
            QShortcut(keys, self).activated.connect(act)

    def _show(self, name: str) -> None:
        """Show a page, made when it is first needed."""
        if name not in self._pages:
            page = make_page(name, self.desk)
            page.changed.connect(self._refresh)
            self._pages[name] = page
            self._stack.addWidget(page)
        self.page.enter()
        self.page.to_top()
        self._stack.setCurrentWidget(self.page)
        self._refresh()
        self._focus()

    def _focus(self) -> None:
        """Begin at the page's first control, unless the person walks along the rail."""
        if not self.rail.hasFocus():
            (self.page.first_focus() or self.buttons.next).setFocus()

    def _refresh(self) -> None:
        self.rail.steps.show_steps(steps(self.desk))
        self.rail.show_current(self.desk.flow.current)
        self._update_buttons()

    def _update_buttons(self) -> None:
        """The one place that decides what the buttons say and when they work."""
        texts, run = self.desk.texts, self.desk.run
        target = self.desk.flow.next_page()
        waits = self.desk.flow.current == flow.SCAN and target is None
        self.buttons.back.setEnabled(self.desk.flow.can_go_back)
        self.buttons.next.setVisible(target is not None or waits)
        self.buttons.next.setEnabled(target is not None and self.page.can_advance)
        self.buttons.next.be_primary(not self.page.leads)
        name = texts(f"rail.name.{target}") if target else ""
        plain = texts("window.next_to", name=name) if target else texts("window.next")
        busy = run.is_running or self.page.busy
        if self._was_busy and not busy:
            self.calm.start()
        self._was_busy = busy
        word = "window.cancel" if busy else "window.close"
        self.buttons.stop.setText(texts("window.cancelling" if run.is_cancelling else word))
        self.buttons.stop.setEnabled(not run.is_cancelling)
        self.buttons.say_next(self.page.next_text or plain, texts("window.next"))

    def _take_diagnosis(self) -> None:
        """Keep a finished run; after a scan go to the likeliest cause, if it is still watched."""
        diagnosis = self.desk.run.diagnosis
        if diagnosis is None:
            return
        if self.desk.run.cause is not None:
            self.desk.flow.update(diagnosis)
            return
        self.desk.flow.finish_scan(diagnosis)
        self._refresh()
        if self.desk.flow.current == flow.SCAN and not diagnosis.cancelled:
            self._show(self.desk.flow.go_next())

    def _open_sample(self, when_failed: Callable[[], None]) -> None:
        """Prepare the sample server in the background, then begin anew with it."""
        switch = self._switch
        if switch is None:
            return

        def work(_emit: Emit, _cancel: threading.Event) -> Session:
            return switch(SAMPLE)

        def fail(error: WizardError) -> None:
            self.desk.tell(error)
            when_failed()

        self.bridge.start(work, on_done=self.use, on_failed=fail)
