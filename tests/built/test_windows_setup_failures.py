# SPDX-License-Identifier: MIT
"""Setup under Wine when it can't do its work: a full drive, missing rights, a damaged file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from installer import makensis
from installer.windows import nsis
from tests.support.windows_scripts import held, without_administrator
from tests.support.windows_setup import (
    BY_SETUP,
    LINK,
    NEW,
    OLD,
    OWN_FOLDER,
    OWN_MENU,
    Desk,
    program_folder,
    until,
)

pytestmark = [
    pytest.mark.skipif(not makensis.newest(), reason="makensis isn't installed"),
]


@contextmanager
def small_drive(desk: Desk, megabytes: int) -> Iterator[str]:
    """A drive of its own; its folder comes back."""
    shell = desk.windows.computer.shell
    shell('mkdir -p /tight; mount -t tmpfs -o size="$1"m none /tight', str(megabytes))
    try:
        yield "Z:\\tight"
    finally:
        shell("umount /tight")


@pytest.fixture(scope="module")
def many_files(computer: Desk) -> str:
    """A setup whose many files take more room on a drive than their sizes add up to."""
    work = computer.windows.shared
    names = (f"runtime/{number:04}.txt" for number in range(1800))
    folder = program_folder(work / "many", "M365BackupWizard.exe", *names)
    return nsis.make_installer(folder, work / "many-setup.exe", "0.2.0").name


def test_setup_when_the_drive_fills_up_then_says_how_much_it_needs_and_can_be_removed(
    desk: Desk, many_files: str
) -> None:
    with small_drive(desk, 7) as drive:
        result = desk.install(many_files, f"/D={drive}\\wizard")
        assert result.returncode == 2
        assert "Not all files could be written to Z:\\tight\\wizard" in result.stdout
        assert "needs 6 MB in all; the drive has 0 MB free now" in result.stdout
        assert desk.registered()["InstallLocation"] == f"{drive}\\wizard"
        desk.uninstall(f"{drive}\\wizard")
        until(lambda: not desk.path(f"{drive}\\wizard").exists() and not desk.registered())


def test_setup_when_not_even_the_uninstaller_has_room_then_is_not_in_the_list(desk: Desk) -> None:
    desk.path(OWN_FOLDER).mkdir(parents=True)
    with held(desk, desk_file(desk, f"{OWN_FOLDER}\\uninstall.exe")):
        result = desk.install("new-setup.exe")
    assert result.returncode != 0
    assert not desk.registered()
    assert not desk.path(f"{OWN_MENU}\\{LINK}").exists()


def desk_file(desk: Desk, name: str) -> str:
    desk.write(name)
    return name


def test_setup_when_for_everyone_without_rights_then_says_how_and_installs_nothing(
    desk: Desk,
) -> None:
    lesser = without_administrator(desk)
    setup = f"{desk.setups}\\new-setup.exe"
    result = desk.windows.run(lesser, setup, "/S", "/ALLUSERS")
    assert result.returncode == 3
    assert "Run as administrator" in result.stdout
    assert not desk.registered("HKLM")
    assert desk.windows.run(lesser, setup, "/S").returncode == 0
    assert desk.files(OWN_FOLDER) == NEW | BY_SETUP


def test_uninstall_when_for_everyone_without_rights_then_says_how_and_removes_nothing(
    desk: Desk,
) -> None:
    desk.install("new-setup.exe", "/ALLUSERS", "/D=C:\\everyone")
    remove = ("C:\\everyone\\uninstall.exe", "/S", "_?=C:\\everyone")
    result = desk.windows.run(without_administrator(desk), *remove)
    assert result.returncode == 3
    assert "was installed for everyone" in result.stdout
    assert desk.files("C:\\everyone") == NEW | BY_SETUP
    shutil.rmtree(desk.path("C:\\everyone"))


@pytest.mark.parametrize("words", [("/S",), ("/S", "/NCRC")])
def test_setup_when_a_byte_of_it_is_damaged_then_installs_nothing(
    desk: Desk, words: tuple[str, ...]
) -> None:
    data = (desk.windows.shared / "new-setup.exe").read_bytes()
    name = "M365 Backup Wizard Setup".encode("utf-16-le")
    assert name in data
    damaged = data.replace(name, name.replace(b"S\0e", b"s\0e"))
    (desk.windows.shared / "damaged.exe").write_bytes(damaged)
    assert desk.windows.run(f"{desk.setups}\\damaged.exe", *words).returncode != 0
    assert not desk.path(OWN_FOLDER).exists()
    assert not desk.registered()


def test_setup_when_the_usual_folder_has_leftovers_then_installs_beside_them(desk: Desk) -> None:
    desk.write(f"{OWN_FOLDER}\\left over.txt")
    result = desk.install("new-setup.exe")
    assert (result.returncode, result.stdout) == (0, "")
    assert desk.files(OWN_FOLDER) == NEW | BY_SETUP | {"left over.txt"}


def test_uninstall_when_the_folder_is_a_copy_then_the_installed_one_stays_in_the_list(
    desk: Desk,
) -> None:
    desk.install("old-setup.exe", "/D=C:\\installed")
    shutil.copytree(desk.path("C:\\installed"), desk.path("C:\\copy of it"))
    desk.uninstall("C:\\copy of it")
    until(lambda: not desk.path("C:\\copy of it").exists())
    assert desk.registered()["InstallLocation"] == "C:\\installed"
    assert desk.path(f"{OWN_MENU}\\{LINK}").exists()
    assert desk.files("C:\\installed") == OLD | BY_SETUP
    shutil.rmtree(desk.path("C:\\installed"))
