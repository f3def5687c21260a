# SPDX-License-Identifier: MIT
"""Shows words of a Windows program that has no console of its own.

Written from Microsoft's documentation and kept thin.
"""

from __future__ import annotations

import sys

from wizard import NAME

MOST_LINES = 30  # more would not fit on a small screen
# These are not in the texts: what is to be shown may be that they can't be read.
CONSOLE_PROGRAM = "m365-backup-wizard.exe"
REST = f"… {{count}} more lines. The program {CONSOLE_PROGRAM} beside this one shows them all."
HINT = f"For commands use {CONSOLE_PROGRAM} beside this program: it shows its words in the console."


def for_box(words: str, *, from_command_line: bool) -> str:
    """As much as a message box can hold, and where a command line belongs."""
    lines = words.splitlines()
    if len(lines) <= MOST_LINES:
        return f"{words}\n\n{HINT}" if from_command_line else words
    rest = REST.format(count=len(lines) - MOST_LINES)
    return "\n".join([*lines[:MOST_LINES], rest])


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    _USER = ctypes.WinDLL("user32", use_last_error=True)
    _USER.GetProcessWindowStation.restype = wintypes.HANDLE
    _PARENT = 0xFFFFFFFF
    _UOI_FLAGS = 1
    _WSF_VISIBLE = 1
    _INFORMATION_IN_FRONT = 0x40 | 0x10000

    class _StationFlags(ctypes.Structure):
        _fields_ = (
            ("inherit", wintypes.BOOL),
            ("reserved", wintypes.BOOL),
            ("flags", wintypes.DWORD),
        )

    def show(words: str) -> None:
        """In the console of whoever started this program, else in a box where there is a screen."""
        if not _on_console(words) and _has_screen():
            told = for_box(words, from_command_line=bool(sys.argv[1:]))
            _USER.MessageBoxW(None, told, NAME, _INFORMATION_IN_FRONT)

    def _on_console(words: str) -> bool:
        if not _KERNEL.AttachConsole(wintypes.DWORD(_PARENT)):
            return False
        try:
            # It stands behind a prompt already: nobody waits for a program without a console.
            with open("CONOUT$", "w", encoding="utf-8") as console:  # noqa: PTH123
                console.write(f"\n{words}\n")
        except OSError:
            return False
        finally:
            _KERNEL.FreeConsole()
        return True

    def _has_screen() -> bool:
        """Whether somebody could close a box: a service or a scheduled task has no screen."""
        flags, needed = _StationFlags(), wintypes.DWORD()
        station = wintypes.HANDLE(_USER.GetProcessWindowStation())
        told = _USER.GetUserObjectInformationW(
            station, _UOI_FLAGS, ctypes.byref(flags), ctypes.sizeof(flags), ctypes.byref(needed)
        )
        return bool(told) and bool(flags.flags & _WSF_VISIBLE)
