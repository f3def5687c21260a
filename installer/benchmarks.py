# SPDX-License-Identifier: MIT
"""How fast is it, as ratios measured side by side in one run? python3 installer/dev.py bench.

Not a test: machines differ and are noisy. Each pair runs in turns, A B A B …, and the median of
the ratios is what may be quoted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

RUNS = 7

_QUIT_AT_FIRST_PAINT = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Watch(QObject):
    def eventFilter(self, seen, event):
        if event.type() == QEvent.Type.Paint and seen.isWidgetType() and seen.isWindow():
            QTimer.singleShot(0, QApplication.quit)
        return False
"""

BARE_WINDOW = f"""{_QUIT_AT_FIRST_PAINT}
app = QApplication([])
app.installEventFilter(watch := Watch())
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.show()
app.exec()
"""

OUR_WINDOW = f"""{_QUIT_AT_FIRST_PAINT}
from wizard.gui import start
make = start.make_application
def watched():
    app = make()
    app.installEventFilter(watch := Watch(app))
    return app
start.make_application = watched
sys.argv = ["wizard", "--demo", "several"]
from wizard.__main__ import main
main()
"""

PYTHON_ALONE = "pass"

HEALTHY = """
import sys
sys.argv = ["wizard", "check", "--demo", "healthy"]
from wizard.__main__ import main
main()
"""

EDITOR = """
import time, random
from wizard.fixes import arguments
words = ["-Xmx2g", "-Da=b", "-DtempPath=D:/old", '"-Dc=d e"', "-Dx", "--add-opens=a/b=ALL"]
texts = [" ".join(random.choices(words, k=6)) for _ in range(10_000)]
began = time.perf_counter()
for text in texts:
    arguments.with_temp_path(text, "D:/Dtmp", "tempPath")
print(f"argument editor: {10_000 / (time.perf_counter() - began):,.0f} strings per second")
"""

PAIRS = {
    "first painted window, sample server : bare PySide6 window": (OUR_WINDOW, BARE_WINDOW),
    "whole check of a healthy sample : an empty Python": (HEALTHY, PYTHON_ALONE),
}


def seconds(code: str) -> float:
    """Wall time of a whole process."""
    began = time.perf_counter()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.DEVNULL, check=True
    )
    return time.perf_counter() - began


def compare(name: str, ours: str, other: str) -> None:
    """Run both in turns and print medians and the median ratio."""
    seconds(ours)  # warm the disk's cache
    pairs = [(seconds(ours), seconds(other)) for _ in range(RUNS)]
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name}: {mine:.2f} s : {theirs:.2f} s, ratio {ratio:.1f}")


def main() -> None:
    """All benchmarks."""
    for name, (ours, other) in PAIRS.items():
        compare(name, ours, other)
    subprocess.run([sys.executable, "-c", EDITOR], check=True)


if __name__ == "__main__":
    main()
