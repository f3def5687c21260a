# SPDX-License-Identifier: MIT
"""The permissions of each service as lines for a terminal."""

from __future__ import annotations

from pathlib import Path

from tests.findings.test_permission_rows import NO_FILES, observed, shown
from wizard.demo.microsoft365 import Behaviour
from wizard.findings.matrix_text import matrix_to_text
from wizard.findings.wrapped import WIDTH
from wizard.model import Workload
from wizard.texts import Texts


def test_matrix_to_text_when_one_lacks_then_named_below_its_operation(
    tmp_path: Path, texts: Texts
) -> None:
    observation = observed(
        tmp_path, Behaviour(roles=NO_FILES), workloads=(Workload.ONEDRIVE, Workload.SHAREPOINT)
    )
    lines = "\n".join(matrix_to_text(shown(observation, texts), texts)).splitlines()
    at = lines.index("    ✗ OneDrive for Business: Something that a backup needs is missing")
    assert lines[at + 1 : at + 7] == [
        "      ✗ Discovery: 1 of 2 there",
        "        ✗ Files.Read.All: not requested",
        "      ✗ Backup: 0 of 1 there",
        "        ✗ Files.Read.All: not requested",
        "      ! Recovery: 0 of 1 there",
        "        ! Files.ReadWrite.All: not requested",
    ]
    assert lines[at + 7].startswith("    ! SharePoint Online: not compared: the rows of ")
    refused = "a request was refused just now, not confirmed for NAKIVO"
    assert lines[at + 9] == f"        ! Sites.Read.All: not requested ({refused})"
    assert all(len(line) <= WIDTH for line in lines)


def test_matrix_to_text_when_operations_fare_alike_then_in_one_line(
    tmp_path: Path, texts: Texts
) -> None:
    observation = observed(tmp_path, Behaviour(), workloads=(Workload.EXCHANGE,))
    lines = list(matrix_to_text(shown(observation, texts), texts))
    assert "      ✓ Discovery, Backup: 6 of 6 there" in lines
    assert not any("Mail.Read" in line for line in lines)  # what is there is counted, not listed


def test_matrix_to_text_when_no_token_was_looked_at_then_nothing(texts: Texts) -> None:
    assert list(matrix_to_text(None, texts)) == []
