# SPDX-License-Identifier: MIT
"""The Windows calls that run one program of the system, with an administrator's rights or not."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    import subprocess
    import threading
    import time
    from collections.abc import Sequence
    from ctypes import wintypes
    from pathlib import Path

    from wizard.errors import CannotCheck, Refused
    from wizard.host import commands
    from wizard.host.deadline import patiently

    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    _SHELL = ctypes.WinDLL("shell32", use_last_error=True)
    _OLE = ctypes.WinDLL("ole32")
    # SEE_MASK_NOCLOSEPROCESS, SEE_MASK_NOASYNC, SEE_MASK_FLAG_NO_UI; SW_HIDE.
    _KEEP_WAIT_QUIET, _HIDDEN = 0x40 | 0x100 | 0x400, 0
    # COINIT_APARTMENTTHREADED, COINIT_DISABLE_OLE1DDE, as ShellExecuteExW's page asks for.
    _OWN_THREAD = 0x2 | 0x4
    _DECLINED = 1223
    _MAX_PATH = 32768
    _LOOK_MS, _TIMED_OUT = 100, 0x102

    class _Execution(ctypes.Structure):
        """SHELLEXECUTEINFOW."""

        _fields_ = (
            ("size", wintypes.DWORD), ("mask", wintypes.ULONG), ("window", wintypes.HWND),
            ("verb", wintypes.LPCWSTR), ("file", wintypes.LPCWSTR),
            ("parameters", wintypes.LPCWSTR), ("folder", wintypes.LPCWSTR),
            ("show", ctypes.c_int), ("instance", wintypes.HINSTANCE),
            ("id_list", ctypes.c_void_p), ("class_name", wintypes.LPCWSTR),
            ("class_key", wintypes.HKEY), ("hot_key", wintypes.DWORD),
            ("icon", wintypes.HANDLE), ("process", wintypes.HANDLE),
        )  # fmt: skip

    class OrdersApi:
        """Programs of Windows' own folder, always by their full path."""

        def run(
            self, program: str, words: Sequence[str], seconds: float, cancel: threading.Event
        ) -> commands.Done:
            """Run it to its end."""
            return commands.done([_path(program), *words], seconds, cancel)

        def run_as_administrator(
            self, program: str, words: Sequence[str], seconds: float, cancel: threading.Event
        ) -> int:
            """The same after Windows has asked the person; its status. Refused when declined."""
            end = time.monotonic() + seconds
            # Windows asks on this call, and it comes back only when the person has answered.
            return patiently(lambda: _asked(program, words, end, cancel), program, seconds, cancel)

        def message(self, code: int) -> str:
            """The system's own words for an error's number."""
            return ctypes.FormatError(code).strip()

    def _path(program: str) -> str:
        return str(system_folder() / program)

    def system_folder() -> Path:
        """System32, from Windows itself: an environment variable can name any other folder.

        Raises:
            CannotCheck: Windows doesn't tell.
        """
        buffer = ctypes.create_unicode_buffer(_MAX_PATH)
        if not _KERNEL.GetSystemDirectoryW(buffer, _MAX_PATH):
            told = ctypes.FormatError(ctypes.get_last_error()).strip()
            raise CannotCheck("error.host_command_missing", command="System32", reason=told)
        return Path(buffer.value)

    def _asked(program: str, words: Sequence[str], end: float, cancel: threading.Event) -> int:
        _OLE.CoInitializeEx(None, _OWN_THREAD)
        try:
            process = _started(program, words)
            try:
                status = _status(process, end, cancel)
            finally:
                _KERNEL.CloseHandle(process)
            if status is None:
                raise _not_here(program, words, ctypes.get_last_error())
            return status
        finally:
            _OLE.CoUninitialize()

    def _started(program: str, words: Sequence[str]) -> wintypes.HANDLE:
        wanted = _Execution(
            size=ctypes.sizeof(_Execution),
            mask=_KEEP_WAIT_QUIET,
            verb="runas",
            file=_path(program),
            parameters=subprocess.list2cmdline(words),
            show=_HIDDEN,
        )
        if not _SHELL.ShellExecuteExW(ctypes.byref(wanted)):
            code = ctypes.get_last_error()
            if code == _DECLINED:
                raise Refused("error.host_elevation_declined")
            raise _not_here(program, words, code)
        return wintypes.HANDLE(wanted.process)

    def _status(process: wintypes.HANDLE, end: float, cancel: threading.Event) -> int | None:
        """What the program ended with. It has rights that this one hasn't: it can't be stopped."""
        while _KERNEL.WaitForSingleObject(process, _LOOK_MS) == _TIMED_OUT:
            if cancel.is_set() or time.monotonic() > end:
                raise CannotCheck("error.host_given_up", what="sc.exe")
        status = wintypes.DWORD()
        found = _KERNEL.GetExitCodeProcess(process, ctypes.byref(status))
        return status.value if found else None

    def _not_here(program: str, words: Sequence[str], code: int) -> CannotCheck:
        """With the command that a person may run instead."""
        told = ctypes.FormatError(code).strip()
        command = subprocess.list2cmdline([program, *words])
        return CannotCheck("error.host_service_needs_admin", reason=told, command=command)
