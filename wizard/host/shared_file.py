# SPDX-License-Identifier: MIT
"""Opening a file to read it so that its owner can go on renaming and deleting it.

Python opens a file on Windows without FILE_SHARE_DELETE: until it is closed, a product that wants
to rotate its log can't. Elsewhere an open file never hinders that.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import ctypes
    import msvcrt
    import os
    from ctypes import wintypes

    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    _KERNEL.CreateFileW.restype = wintypes.HANDLE
    _KERNEL.CreateFileW.argtypes = (
        wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID,
        wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE,
    )  # fmt: skip
    _KERNEL.CloseHandle.argtypes = (wintypes.HANDLE,)
    _GENERIC_READ, _OPEN_EXISTING, _ORDINARY = 0x80000000, 3, 0x80
    _SHARE_READ_WRITE_DELETE = 0x1 | 0x2 | 0x4
    _INVALID = wintypes.HANDLE(-1).value

    def _descriptor(path: Path) -> int:
        handle = _KERNEL.CreateFileW(
            str(path), _GENERIC_READ, _SHARE_READ_WRITE_DELETE, None, _OPEN_EXISTING, _ORDINARY,
            None,
        )  # fmt: skip
        if handle == _INVALID:
            code = ctypes.get_last_error()
            raise OSError(None, ctypes.FormatError(code).strip(), str(path), code)
        try:
            return msvcrt.open_osfhandle(handle, os.O_RDONLY)
        except OSError:
            _KERNEL.CloseHandle(handle)
            raise

    def open_to_read(path: Path) -> BinaryIO:
        """A file's bytes; an OSError tells why it can't be opened, as of any other file."""
        return os.fdopen(_descriptor(path), "rb")

else:

    def open_to_read(path: Path) -> BinaryIO:
        """A file's bytes; an OSError tells why it can't be opened, as of any other file."""
        return path.open("rb")
