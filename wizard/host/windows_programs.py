# SPDX-License-Identifier: MIT
"""Which programs does Windows list for removal, and where are they?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PureWindowsPath

from wizard.host.base import Program
from wizard.host.windows_system import RegistryValue, WindowsSystem

_UNINSTALL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"
_PLACES = (
    (f"HKLM\\{_UNINSTALL}", False),
    (f"HKLM\\{_UNINSTALL}", True),
    (f"HKCU\\{_UNINSTALL}", False),
)

_QUOTED = re.compile(r'^\s*"([^"]+)"')
_UNQUOTED = re.compile(r"^\s*(.+?\.exe)\b", re.I)


def programs(system: WindowsSystem) -> tuple[Program, ...]:
    """The uninstall entries of the computer (64 and 32 bit) and of this account."""
    return tuple(_all(system))


def _all(system: WindowsSystem) -> Iterator[Program]:
    for place, view32 in _PLACES:
        for entry in system.subkeys(place, view32=view32):
            key = f"{place}\\{entry}"
            values = system.values(key, view32=view32)
            name = _text(values, "DisplayName")
            if name:
                version = _text(values, "DisplayVersion")
                source = f"{key} (32 bit)" if view32 else key
                yield Program(name, version, _folder(values), source)


def _folder(values: Mapping[str, RegistryValue]) -> str | None:
    """The place told, or the one the uninstaller lies in: many set-ups fill in only that."""
    place = _text(values, "InstallLocation")
    if place:
        return place.strip('"').rstrip("\\")
    program = executable(_text(values, "UninstallString") or "")
    if program is None or program.lower().endswith("msiexec.exe"):
        return None
    return str(PureWindowsPath(program).parent)


def executable(command: str) -> str | None:
    """The program of a Windows command line, quoted or with bare blanks in its path."""
    found = _QUOTED.match(command) or _UNQUOTED.match(command)
    return found[1] if found else None


def _text(values: Mapping[str, RegistryValue], name: str) -> str | None:
    value = values.get(name)
    return value.strip() or None if isinstance(value, str) else None
