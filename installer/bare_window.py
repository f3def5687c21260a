# SPDX-License-Identifier: MIT
"""The least window that Qt can show, to measure ours against; ends once it is drawn."""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class _Watch(QObject):
    def eventFilter(self, seen: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint and seen.isWidgetType() and seen == window:
            QTimer.singleShot(0, app.quit)
        return False


app = QApplication(sys.argv[:1])
app.installEventFilter(watch := _Watch())
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.show()
sys.exit(app.exec())
