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
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "_pydatetime",  # the slow twins of modules in C
    "_pydecimal",
    "_pyrepl",
    "asyncio",
    "curses",
    "doctest",
    "lib2to3",
    "multiprocessing",
    "pdb",
    "pydoc",
    "pytest",
    "readline",
    "setuptools",
    "sqlite3",
    "statistics",
    "tkinter",
    "unittest",
    "xmlrpc",
)
# What the console program must never load.
WINDOW_MODULES = ("PySide6", "shiboken6", "wizard.app", "wizard.gui")

# Parts of Qt that only programs with video, web pages, databases or other styles of input need.
# opengl32sw.dll (20 MB) draws OpenGL without a graphics driver; widgets draw without OpenGL, so the
# bridges from X11 and Wayland to it go too. The GTK theme would load the whole of GTK for colours
# and fonts that the window sets itself.
_UNUSED_QT = re.compile(
    r"opengl32sw|d3dcompiler|qdirect2d|qminimal|Qt6?(Network|OpenGL|Pdf|VirtualKeyboard|Quick|Qml)"
    r"|Qt6?(EglFS|WaylandEgl|WlShell)|wl-shell|ivi-shell|fullscreen-shell|qt-shell|wayland-egl"
    r"|plugins[/\\](tls|networkinformation|generic|platforminputcontexts|egldeviceintegrations)"
    r"|plugins[/\\](platformthemes|styles|xcbglintegrations|wayland-graphics-integration-client)"
    r"|q(tiff|webp|tga|wbmp|icns|gif|pdf|jpeg|vnc|eglfs|linuxfb|minimalegl|vkkhrdisplay)\b"
    r"|qoffscreen\.dll"  # on Linux tests draw with it; on Windows nothing can ask for it
    r"|translations[/\\](?!qtbase_(de|en)\.qm)",
    re.IGNORECASE,
)


# Pictures for those who read the project's pages.
_UNUSED_RESOURCE = re.compile(r"resources[/\\]pictures\b")


def is_wanted(name: str) -> bool:
    """Whether a collected file, by its path in the folder, belongs into it."""
    if _UNUSED_RESOURCE.match(name):
        return False
    return not ("PySide6" in name or name.startswith("libQt6")) or not _UNUSED_QT.search(name)
