# SPDX-License-Identifier: MIT
"""What was built. Only what the build left out for a reason may be missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import contents, left_out, places, results, wine
from tests.support import linux_program, windows_program, windows_setup
from tests.support.windows_program import Windows
from tests.support.windows_setup import Desk

# BUILT names another folder, say one with downloaded packages.
DIST = Path(os.environ.get("BUILT", places.DIST))


# Wine on a busy computer takes its time; what waits in these tests has limits of its own.
_LONGEST_S = 180


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(_LONGEST_S))


def require(there: object, what: str, *names: str) -> None:
    """Skip what the build left out for a reason under one of these names; else it must be there."""
    if there:
        return
    reasons = [f"not in {DIST}"] if "BUILT" in os.environ else map(left_out.why, names)
    reason = next(filter(None, reasons), None)
    if reason:
        pytest.skip(f"{what}: {reason}")
    pytest.fail(f"{what} is missing, and the build gave no reason")


def folder(system: str, program: str) -> Path:
    made = DIST / system / contents.FOLDER
    require((made / program).is_file(), f"the {system.title()} folder", system)
    return made


@pytest.fixture(scope="session")
def linux_folder() -> Path:
    return folder("linux", contents.CONSOLE_PROGRAM)


@pytest.fixture(scope="session")
def windows_folder() -> Path:
    return folder("windows", f"{contents.CONSOLE_PROGRAM}.exe")


def package(pattern: str, *names: str) -> Path:
    found = sorted(DIST.glob(f"{contents.FOLDER}{pattern}"))
    require(found, pattern, *names)
    return found[-1]


@pytest.fixture(scope="session")
def linux_archive() -> Path:
    return package("-*-linux-amd64.tar.xz", "linux")


@pytest.fixture(scope="session")
def deb_package() -> Path:
    return package("_*_amd64.deb", "linux")


@pytest.fixture(scope="session")
def windows_archive() -> Path:
    return package("-*-windows-x64.zip", "windows")


@pytest.fixture(scope="session")
def setup_program() -> Path:
    return package("-*-windows-x64-setup.exe", "windows", results.SETUP_PROGRAM)


@pytest.fixture(scope="session")
def under_wine() -> None:
    """Wine can be used here, and the build has made its folder."""
    reason = wine.why_not()
    if reason:
        pytest.skip(reason)
    require(wine.is_made(), f"the Wine folder {wine.folder()}", "windows")


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen without a monitor for each file of tests."""
    with linux_program.screen() as name:
        yield name


@pytest.fixture(scope="module")
def windows(
    windows_folder: Path, under_wine: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Windows]:
    """A Windows of its own for each file of tests."""
    shared = tmp_path_factory.mktemp("shared")
    with windows_program.windows(windows_folder, shared) as running:
        yield running


@pytest.fixture(scope="module")
def desktop(
    windows_folder: Path, under_wine: None, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Windows]:
    """The same with a screen."""
    shared = tmp_path_factory.mktemp("shared")
    with windows_program.windows(windows_folder, shared, display=display) as running:
        yield running


@pytest.fixture(scope="module")
def computer(under_wine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A Windows with two small setup programs, one version after the other."""
    with windows_setup.desk(tmp_path_factory.mktemp("setups")) as made:
        yield made


@pytest.fixture
def desk(computer: Desk) -> Iterator[Desk]:
    yield computer
    computer.forget_installations()
