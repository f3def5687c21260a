# SPDX-License-Identifier: MIT
"""The throw-away Windows: runs programs, shares what it is told to, forgets the rest."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import wine
from installer.errors import BuildError

pytestmark = pytest.mark.skipif(
    bool(wine.why_not()) or not wine.is_made(),
    reason=wine.why_not() or "the Wine folder isn't made yet (dev.py build makes it)",
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def computer(shared: Path) -> Iterator[wine.Computer]:
    with wine.computer({"/given": shared}) as made:
        yield made


def test_program_when_it_ends_then_its_exit_status_and_output_come_through(
    computer: wine.Computer,
) -> None:
    result = computer.run("cmd", "/c", "echo hello& exit 7")
    assert result.returncode == 7
    assert result.stdout.strip() == "hello"


def test_shared_folder_when_windows_writes_then_the_file_is_here(
    computer: wine.Computer, shared: Path
) -> None:
    computer.run("cmd", "/c", "echo from windows> Z:\\given\\there.txt")
    assert (shared / "there.txt").read_text().strip() == "from windows"


def test_change_when_the_computer_is_gone_then_is_forgotten() -> None:
    for _twice in range(2):
        with wine.computer() as other:
            seen = other.run(
                "cmd", "/c", "if exist C:\\left.txt (exit 1) else echo x> C:\\left.txt"
            )
            assert seen.returncode == 0


def test_environment_when_this_machine_has_variables_then_windows_gets_none(
    computer: wine.Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nonsense")
    assert "SSL_CERT_FILE" not in computer.run("cmd", "/c", "set").stdout


def test_program_when_started_then_is_gone_with_the_computer() -> None:
    with wine.computer() as other:
        started = other.start("cmd", "/c", "ping -n 60 127.0.0.1")
        assert started.poll() is None
    assert started.wait(10) != 0
    started.communicate()


def test_program_when_it_takes_too_long_then_is_told(computer: wine.Computer) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        computer.run("cmd", "/c", "ping -n 30 127.0.0.1", timeout=1)


def test_making_when_it_takes_too_long_then_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    late = tmp_path / "late"
    with pytest.raises(BuildError, match="sh was stopped"):
        wine._run(["sh", "-c", f"(sleep 3; touch {late}) & wait"], time.monotonic())
    time.sleep(3)
    assert not late.exists()
