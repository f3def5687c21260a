# SPDX-License-Identifier: MIT
"""The Windows calls themselves: registry, services, volumes, rights, PowerShell.

Written from Microsoft's documentation and kept thin; what an answer means is decided elsewhere.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    import os
    import winreg
    from collections.abc import Iterator, Mapping
    from typing import Any

    from wizard import failure_words
    from wizard.errors import CannotCheck
    from wizard.host import commands
    from wizard.host.base import Service, ServiceState
    from wizard.host.windows_orders_api import OrdersApi, system_folder
    from wizard.host.windows_security_api import SecurityApi
    from wizard.host.windows_system import Drive, RegistryValue

    _HIVES = {
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKU": winreg.HKEY_USERS,
    }
    _STATES = {"running": ServiceState.RUNNING, "stopped": ServiceState.STOPPED}
    _SERVICES = r"HKLM\SYSTEM\CurrentControlSet\Services"
    _START_TYPES = {2: "automatic", 3: "manual", 4: "disabled"}
    _MAX_PATH = 32768
    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    # SEM_FAILCRITICALERRORS: an empty card reader is an error, not a message box.
    _NO_MESSAGE_BOX = 1

    class WindowsApi(SecurityApi, OrdersApi):
        """A live Windows computer."""

        def __init__(self) -> None:
            _KERNEL.SetErrorMode(_NO_MESSAGE_BOX)

        def values(self, key: str, *, view32: bool = False) -> Mapping[str, RegistryValue]:
            """The values of a registry key, by name."""
            try:
                with _opened(key, view32) as handle:
                    count = winreg.QueryInfoKey(handle)[1]
                    found = [winreg.EnumValue(handle, index) for index in range(count)]
            except FileNotFoundError:
                return {}
            except OSError as error:
                raise _closed(key, error) from error
            return {name: _plain(value) for name, value, _kind in found}

        def subkeys(self, key: str, *, view32: bool = False) -> tuple[str, ...]:
            """The names below a registry key."""
            try:
                with _opened(key, view32) as handle:
                    count = winreg.QueryInfoKey(handle)[0]
                    return tuple(winreg.EnumKey(handle, index) for index in range(count))
            except FileNotFoundError:
                return ()
            except OSError as error:
                raise _closed(key, error) from error

        def services(self) -> tuple[Service, ...]:
            """All services of the service manager that let themselves be asked."""
            import psutil  # noqa: PLC0415 - the first window needs none of it

            try:
                return tuple(self._services())
            except (psutil.Error, OSError) as error:
                raise CannotCheck(
                    "error.host_services_closed", reason=failure_words.of(error)
                ) from error

        def _services(self) -> Iterator[Service]:
            import psutil  # noqa: PLC0415 - the first window needs none of it

            for found in psutil.win_service_iter():
                try:
                    state = _STATES.get(found.status(), ServiceState.CHANGING)
                except (psutil.Error, OSError):  # protected, or removed since it was listed
                    continue
                yield self._service(found, state)

        def _service(self, found: Any, state: ServiceState) -> Service:
            # psutil's own reading of a service's configuration ends the process where a service
            # has no account; the registry holds the same and answers in any case.
            name = found.name()
            try:
                told = self.values(f"{_SERVICES}\\{name}")
            except CannotCheck:  # closed for this account
                told = {}
            command, account, start = (told.get(n) for n in ("ImagePath", "ObjectName", "Start"))
            return Service(
                name=name,
                display_name=found.display_name() or name,
                state=state,
                start_type=_START_TYPES.get(start) if isinstance(start, int) else None,
                command=os.path.expandvars(command) if isinstance(command, str) else None,
                account=account if isinstance(account, str) else None,
            )

        def drive(self, path: str) -> Drive:
            """The volume that holds an existing path."""
            mount = _mount(path)
            total, free = _space(path)
            file_system, flags = _information(mount)
            drive_type = _KERNEL.GetDriveTypeW(mount)
            return Drive(mount, drive_type, file_system, flags, total, free)

        def drives(self) -> tuple[str, ...]:
            """The roots and mounted folders of all volumes."""
            import psutil  # noqa: PLC0415 - the first window needs none of it

            return tuple(part.mountpoint for part in psutil.disk_partitions(all=True))

        def device(self, letter: str) -> str:
            """What a drive letter stands for in this session; empty for what is no letter."""
            buffer = ctypes.create_unicode_buffer(_MAX_PATH)
            return buffer.value if _KERNEL.QueryDosDeviceW(letter, buffer, _MAX_PATH) else ""

        def is_admin(self) -> bool:
            """Whether this process has an administrator's rights."""
            return bool(ctypes.windll.shell32.IsUserAnAdmin())

        def powershell(self, script: str, seconds: float) -> str:
            """What a script prints; by full path, so that no other program is taken for it."""
            program = system_folder() / "WindowsPowerShell" / "v1.0" / "powershell.exe"
            options = ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script]
            return commands.output([str(program), *options], seconds)

    def _opened(key: str, view32: bool) -> winreg.HKEYType:
        hive, _, path = key.partition("\\")
        view = winreg.KEY_WOW64_32KEY if view32 else winreg.KEY_WOW64_64KEY
        return winreg.OpenKey(_HIVES[hive], path, 0, winreg.KEY_READ | view)

    def _plain(value: object) -> RegistryValue:
        if isinstance(value, list):
            return tuple(str(part) for part in value)
        return value if isinstance(value, str | int | bytes) else ""

    def _closed(key: str, error: OSError) -> CannotCheck:
        return CannotCheck("error.host_registry_closed", key=key, reason=failure_words.of(error))

    def _mount(path: str) -> str:
        buffer = ctypes.create_unicode_buffer(_MAX_PATH)
        if not _KERNEL.GetVolumePathNameW(path, buffer, _MAX_PATH):
            raise _failed(path)
        return buffer.value

    def _space(path: str) -> tuple[int, int]:
        total, free = ctypes.c_ulonglong(), ctypes.c_ulonglong()
        done = _KERNEL.GetDiskFreeSpaceExW(
            path.rstrip("\\") + "\\", ctypes.byref(free), ctypes.byref(total), None
        )
        if not done:
            raise _failed(path)
        return total.value, free.value

    def _information(mount: str) -> tuple[str, int]:
        name = ctypes.create_unicode_buffer(_MAX_PATH)
        flags = ctypes.c_ulong()
        done = _KERNEL.GetVolumeInformationW(
            mount, None, 0, None, None, ctypes.byref(flags), name, _MAX_PATH
        )
        if not done:
            raise _failed(mount)
        return name.value, flags.value

    def _failed(path: str) -> CannotCheck:
        told = ctypes.FormatError(ctypes.get_last_error()).strip()
        return CannotCheck("error.host_path_unreadable", path=path, reason=told)
