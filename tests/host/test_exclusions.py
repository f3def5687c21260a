# SPDX-License-Identifier: MIT
"""Are exclusions compared by the rules that antivirus software uses?"""

from __future__ import annotations

from typing import Any

import pytest

from wizard.host import exclusions
from wizard.host.exclusions import Cover

FOLDER = r"C:\Program Files\NAKIVO Backup & Replication\transporter\java\tmp"
VARIABLES = {"ProgramFiles": r"C:\Program Files", "SystemDrive": "C:"}


@pytest.mark.parametrize(
    ("exclusion", "expected"),
    [
        (FOLDER, Cover.FULL),
        (FOLDER + "\\", Cover.FULL),
        (FOLDER.upper(), Cover.FULL),
        (FOLDER.replace("\\", "/"), Cover.FULL),
        (f'"{FOLDER}"', Cover.FULL),
        (r"C:\Program Files\NAKIVO Backup & Replication", Cover.FULL),
        ("C:\\", Cover.FULL),
        (r"%ProgramFiles%\NAKIVO Backup & Replication\transporter", Cover.FULL),
        (r"%programfiles%\NAKIVO Backup & Replication", Cover.FULL),
        (r"C:\Program Files\*\transporter", Cover.FULL),
        (r"C:\Program Files\NAKIVO*\transporter\java\t?p", Cover.FULL),
        (FOLDER + r"\*", Cover.PARTIAL),
        (FOLDER + r"\*.tmp", Cover.PARTIAL),
        (FOLDER + "2", Cover.NONE),
        (FOLDER[:-1], Cover.NONE),
        (FOLDER + r"\sub", Cover.NONE),
        (FOLDER + r"\sub\*", Cover.NONE),
        (r"D:\Dtmp", Cover.NONE),
        (r"C:\Program Files\*\java", Cover.NONE),
        (r"%Unknown%\NAKIVO Backup & Replication", Cover.NONE),
        (r"C:\Program Files\[N]AKIVO Backup & Replication", Cover.NONE),
        ("", Cover.NONE),
        ("   ", Cover.NONE),
    ],
)
def test_cover_when_written_in_windows_ways_then_as_defender_reads_it(
    exclusion: str, expected: Any
) -> None:
    assert exclusions.cover(exclusion, FOLDER, windows=True, variables=VARIABLES) is expected


def test_cover_when_the_folder_is_a_share_then_only_its_own_name_counts() -> None:
    assert exclusions.cover(r"\\nas\tmp", r"\\NAS\tmp\java", windows=True) is Cover.FULL
    assert exclusions.cover(r"nas\tmp", r"\\nas\tmp", windows=True) is Cover.NONE


def test_cover_when_on_linux_then_case_matters() -> None:
    assert exclusions.cover("/opt/nakivo/", "/opt/nakivo/tmp", windows=False) is Cover.FULL
    assert exclusions.cover("/opt/Nakivo", "/opt/nakivo/tmp", windows=False) is Cover.NONE
    assert exclusions.cover("/", "/opt/nakivo", windows=False) is Cover.FULL


def test_variables_in_when_several_are_used_then_all_names() -> None:
    assert exclusions.variables_in(r"%A%\x\%B C%") == ("A", "B C")
    assert exclusions.variables_in(r"C:\100%") == ()
