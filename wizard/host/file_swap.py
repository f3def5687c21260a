# SPDX-License-Identifier: MIT
"""Puts a finished file in the place of another in one step; on Windows with its access list."""

from __future__ import annotations

import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    import time
    from contextlib import suppress

    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    # SOURCE: Microsoft, ReplaceFileW. 5, 32, 33: a scanner or an indexer has the file open for a
    # moment; 1175: the old file could not be removed; 1176: nothing was renamed; 1177: the old
    # file already has its other name and must get its own back.
    _TRY_AGAIN = {5, 32, 33, 1175, 1176}
    _HALF_DONE = 1177
    _TRIES = 25
    _PAUSE_S = 0.1

    def swap(new: Path, target: Path) -> None:
        """Put `new` in the place of `target`; OSError when that can't be done."""
        aside = new.with_suffix(".old")
        for _ in range(_TRIES):
            if _KERNEL.ReplaceFileW(str(target), str(new), str(aside), 0, None, None):
                with suppress(OSError):
                    aside.unlink()
                return
            code = ctypes.get_last_error()
            if code == _HALF_DONE:
                aside.rename(target)
            if code not in _TRY_AGAIN:
                break
            time.sleep(_PAUSE_S)
        raise ctypes.WinError(code)

else:

    def swap(new: Path, target: Path) -> None:
        """Put `new` in the place of `target`; OSError when that can't be done."""
        new.replace(target)
