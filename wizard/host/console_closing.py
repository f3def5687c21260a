# SPDX-License-Identifier: MIT
"""Windows: a console that is closed, a sign-out and a shutdown, told to Python as a Ctrl-Break.

Written from Microsoft's documentation and kept thin. Windows tells them to a thread of its own and
ends the program as soon as that returns, or after five seconds.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import _thread
    import ctypes
    import signal
    import time
    from collections.abc import Iterator
    from contextlib import contextmanager
    from ctypes import wintypes

    _CLOSING = (2, 5, 6)  # CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT
    _LONGEST_S = 5
    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    _Handler = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)

    @contextmanager
    def told_as_break() -> Iterator[None]:
        """Meanwhile, the main thread has its signal handler called and time to clean up."""
        handler = _Handler(_tell)
        _KERNEL.SetConsoleCtrlHandler(handler, True)
        try:
            yield
        finally:
            _KERNEL.SetConsoleCtrlHandler(handler, False)

    def _tell(event: int) -> bool:
        if event not in _CLOSING:
            return False
        _thread.interrupt_main(signal.SIGBREAK)
        time.sleep(_LONGEST_S)
        return True
