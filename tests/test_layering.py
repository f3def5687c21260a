# SPDX-License-Identifier: MIT
"""The text face works without Qt; the linter's contracts hold for the rest."""

from __future__ import annotations

import subprocess
import sys


def test_cli_when_imported_then_no_qt_is_loaded() -> None:
    code = "import sys, wizard.cli; print([m for m in sys.modules if m.startswith('PySide6')])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (result.stdout.strip(), result.stderr) == ("[]", "")
