# SPDX-License-Identifier: MIT
"""wizard arguments run as from a shell, and a settings file for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.ran import KEY, Ran, Wizard
from wizard.cli import main
from wizard.fixes import backup


@pytest.fixture
def wizard(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Wizard:
    """Run the program as from a shell, with its data folder in the test's own."""
    monkeypatch.setenv(backup.VARIABLE, str(tmp_path / "data"))

    def run(*words: str) -> Ran:
        try:
            status = main(["arguments", *words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.properties"
    path.write_bytes(f"a=1\r\n{KEY}=-Xmx1g\r\n".encode())
    return path
