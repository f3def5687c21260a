# SPDX-License-Identifier: MIT
"""Qt's own folders are named from inside, whatever lies beside the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OPENS = """
import sys
from pathlib import Path
from PySide6.QtCore import QFile, QLibraryInfo
from wizard.gui import qt_paths, start
if sys.argv[1:]:
    assert not QFile.exists(qt_paths.RESOURCE)
start.make_application()
print(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
"""


def python_beside(place: Path) -> Path:
    """A Python in a folder of its own, which is what Qt takes for the program's."""
    program = place / "program, (ä);" / "python"
    program.parent.mkdir()
    shutil.copy(Path(sys.executable).resolve(), program)
    return program


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="copies Python to another folder")
@pytest.mark.parametrize("name", ["qt.conf", "qt6.conf"])
def test_window_when_a_foreign_file_names_other_plug_ins_then_qt_takes_its_own(
    name: str, tmp_path: Path
) -> None:
    program = python_beside(tmp_path)
    program.with_name(name).write_text("[Paths]\nPrefix = /nowhere\nPlugins = /nowhere\n")
    given = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONHOME": sys.base_prefix,
    }
    asked = ["foreign"] if name == "qt.conf" else []
    answer = subprocess.run(
        [program, "-c", OPENS, *asked], env={**given, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (answer.returncode, answer.stderr) == (0, "")
    assert Path(answer.stdout.strip(), "platforms").is_dir()
