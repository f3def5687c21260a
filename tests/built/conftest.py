# SPDX-License-Identifier: MIT
"""What was built. Tests of a part that isn't there are left out and say so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import contents, places
from installer.windows import wine
from tests.support import windows_program, windows_setup
from tests.support.windows_setup import Desk

# BUILT names another folder, say one with downloaded packages.
DIST = Path(os.environ.get("BUILT", places.DIST))


def folder(system: str, program: str) -> Path:
    made = DIST / system / contents.FOLDER
    if not (made / program).is_file():
        pytest.skip(f"the {system.title()} folder isn't built: dev.py build --only {system}")
    return made


@pytest.fixture(scope="session")
def linux_folder() -> Path:
    return folder("linux", contents.CONSOLE_PROGRAM)


@pytest.fixture(scope="session")
def windows_folder() -> Path:
    return folder("windows", f"{contents.CONSOLE_PROGRAM}.exe")


def package(pattern: str) -> Path:
    found = sorted(DIST.glob(pattern))
    if not found:
        pytest.skip(f"no {pattern} is built: dev.py build --only linux")
    return found[-1]


@pytest.fixture(scope="session")
def linux_archive() -> Path:
    return package(f"{contents.FOLDER}-*-linux-amd64.tar.xz")


@pytest.fixture(scope="session")
def deb_package() -> Path:
    return package(f"{contents.FOLDER}_*_amd64.deb")


def needs_wine() -> None:
    reason = wine.why_not()
    if reason or not wine.is_made():
        pytest.skip(reason or f"the Wine folder {wine.folder()} isn't made")


@pytest.fixture(scope="module")
def windows(
    windows_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[windows_program.Windows]:
    """A Windows of its own for each file of tests."""
    needs_wine()
    shared = tmp_path_factory.mktemp("shared")
    with windows_program.windows(windows_folder, shared) as computer:
        yield computer


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A Windows with two small setup programs, one version after the other."""
    with windows_setup.desk(tmp_path_factory.mktemp("setups")) as made:
        yield made


@pytest.fixture
def desk(computer: Desk) -> Iterator[Desk]:
    yield computer
    computer.forget_installations()
