# SPDX-License-Identifier: MIT
"""Where the product's logs are looked for, without being told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.hosts import bare_host
from wizard.errors import CannotCheck
from wizard.nakivo import logs
from wizard.nakivo.installation import Installation


def installation(root: Path) -> Installation:
    transporter = root / "transporter"
    return Installation(
        folder=str(root),
        transporter=str(transporter),
        default_temp_folder=str(transporter / "java" / "tmp"),
        log_folder=str(transporter / "bh-logs"),
        found_by="test",
        has_director=True,
    )


def test_find_paths_when_there_are_logs_and_a_crash_report_then_both_are_named(
    tmp_path: Path,
) -> None:
    (tmp_path / "transporter" / "bh-logs").mkdir(parents=True)
    (tmp_path / "transporter" / "hs_err_pid12.log").touch()
    (tmp_path / "transporter" / "certificate.pem").touch()
    host = bare_host().with_files(tmp_path)
    assert logs.find_paths(host, installation(tmp_path)) == (
        str(tmp_path / "transporter" / "bh-logs"),
        str(tmp_path / "transporter" / "hs_err_pid12.log"),
    )


def test_find_paths_when_there_is_no_transporter_then_nothing_is_named(tmp_path: Path) -> None:
    assert logs.find_paths(bare_host().with_files(tmp_path), installation(tmp_path)) == ()


def test_find_paths_when_the_computer_does_not_answer_then_that_is_no_empty_answer() -> None:
    with pytest.raises(CannotCheck):
        logs.find_paths(bare_host(), installation(Path("/opt/nakivo")))
