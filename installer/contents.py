# SPDX-License-Identifier: MIT
"""What the built folder is called, and what is left out of it because nothing here uses it."""

from __future__ import annotations

import re

FOLDER = "m365-backup-wizard"
RUNTIME_FOLDER = "runtime"
WINDOW_PROGRAM = "M365BackupWizard"
CONSOLE_PROGRAM = "m365-backup-wizard"

# Python modules that something imports only for what this program never does.
UNUSED_MODULES = (
    "PySide6.QtNetwork",
    "_pyrepl",
    "curses",
    "doctest",
    "lib2to3",
    "pdb",
    "pydoc",
    "pytest",
    "readline",
    "setuptools",
    "sqlite3",
    "tkinter",
    "unittest",
)
# What the console program must never load.
WINDOW_MODULES = ("PySide6", "shiboken6", "wizard.app", "wizard.gui")

# Parts of Qt that only programs with video, web pages, databases or other styles of input need.
# opengl32sw.dll (20 MB) draws OpenGL without a graphics driver; widgets draw without OpenGL.
_UNUSED_QT = re.compile(
    r"opengl32sw|d3dcompiler|qdirect2d|qminimal|Qt6?(Network|OpenGL|Pdf|VirtualKeyboard|Quick|Qml)"
    r"|plugins[/\\](tls|networkinformation|generic|platforminputcontexts|egldeviceintegrations)"
    r"|q(tiff|webp|tga|wbmp|icns|gif|pdf|jpeg|vnc|eglfs|linuxfb|minimalegl)\b"
    r"|translations[/\\](?!qtbase_(de|en)\.qm)",
    re.IGNORECASE,
)


def is_wanted(name: str) -> bool:
    """Whether a collected file, by its path in the folder, belongs into it."""
    return not ("PySide6" in name or name.startswith("libQt6")) or not _UNUSED_QT.search(name)
