# SPDX-License-Identifier: MIT
"""Are uninstall entries of all places read, with the folder they lead to?"""

from __future__ import annotations

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.host import windows_programs
from wizard.host.base import Program

PLACE = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"


def test_programs_when_entries_lie_in_all_three_places_then_all_are_listed() -> None:
    windows = WrittenWindows(
        registry={
            f"HKLM\\{PLACE}\\NAKIVO": {
                "DisplayName": "NAKIVO Backup & Replication",
                "DisplayVersion": "11.2.1.101306",
                "InstallLocation": '"D:\\Backup Tools\\NAKIVO\\"',
                "EstimatedSize": 4096,
            },
            f"HKLM\\{PLACE}\\Patch": {"ParentKeyName": "x"},
            f"32:HKLM\\{PLACE}\\Old": {
                "DisplayName": "Old",
                "UninstallString": '"C:\\Program Files (x86)\\Old\\unins000.exe" /S',
            },
            f"HKCU\\{PLACE}\\Mine": {
                "DisplayName": "Mine ",
                "UninstallString": "MsiExec.exe /I{1}",
                "InstallLocation": "",
            },
        }
    )
    assert windows_programs.programs(windows) == (
        Program(
            "NAKIVO Backup & Replication",
            "11.2.1.101306",
            "D:\\Backup Tools\\NAKIVO",
            f"HKLM\\{PLACE}\\NAKIVO",
        ),
        Program("Old", None, "C:\\Program Files (x86)\\Old", f"HKLM\\{PLACE}\\Old (32 bit)"),
        Program("Mine", None, None, f"HKCU\\{PLACE}\\Mine"),
    )


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ('"C:\\Program Files\\N\\bh.exe" -s', "C:\\Program Files\\N\\bh.exe"),
        ("C:\\Program Files\\N\\bh.exe -s", "C:\\Program Files\\N\\bh.exe"),
        ("C:\\N\\BH.EXE", "C:\\N\\BH.EXE"),
        ("C:\\N\\director", None),
        ("", None),
    ],
)
def test_executable_when_quoted_or_bare_then_the_whole_path(
    command: str, expected: str | None
) -> None:
    assert windows_programs.executable(command) == expected
