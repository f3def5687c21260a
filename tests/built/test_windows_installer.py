# SPDX-License-Identifier: MIT
"""Setup and uninstall under Wine, with a small folder in the program's place."""

from __future__ import annotations

import shutil

import pytest

from installer import makensis
from tests.support import windows_scripts
from tests.support.windows_setup import (
    ALL_USERS_FOLDER,
    ALL_USERS_MENU,
    BY_SETUP,
    LINK,
    NEW,
    OLD,
    OWN_FOLDER,
    OWN_MENU,
    Desk,
    until,
)

pytestmark = [
    pytest.mark.skipif(not makensis.newest(), reason="makensis isn't installed"),
]


def test_setup_when_silent_then_installs_for_this_person_and_tells_windows(desk: Desk) -> None:
    assert desk.install("new-setup.exe").returncode == 0
    assert desk.files(OWN_FOLDER) == NEW | BY_SETUP
    assert (
        "M365BackupWizard.exe".encode("utf-16-le") in desk.path(f"{OWN_MENU}\\{LINK}").read_bytes()
    )
    entry = desk.registered()
    assert entry["DisplayName"] == "M365 Backup Wizard"
    assert entry["DisplayVersion"] == "0.2.0"
    assert entry["InstallLocation"] == OWN_FOLDER
    assert entry["DisplayIcon"] == f"{OWN_FOLDER}\\M365BackupWizard.exe,0"
    assert entry["QuietUninstallString"] == f'"{OWN_FOLDER}\\uninstall.exe" /S'
    assert (entry["NoModify"], entry["NoRepair"]) == ("0x1", "0x1")
    assert entry["Publisher"]
    assert int(entry["EstimatedSize"], 16) > 0
    assert not desk.registered("HKLM")


def test_uninstall_when_others_put_files_there_then_only_those_stay(desk: Desk) -> None:
    folder = "C:\\Prüfung der Sicherung"
    kept = desk.write("C:\\users\\root\\AppData\\Local\\m365-backup-wizard\\receipts\\r.json")
    assert desk.install("new-setup.exe", f"/D={folder}").returncode == 0
    assert desk.files(folder) == NEW | BY_SETUP
    desk.write(f"{folder}\\runtime\\somebody's notes.txt")
    desk.uninstall(folder)
    until(lambda: not desk.registered())
    assert desk.files(folder) == {"runtime/somebody's notes.txt"}
    assert not desk.path(f"{OWN_MENU}\\{LINK}").exists()
    assert kept.exists()


def test_uninstall_when_nothing_else_is_there_then_the_folder_goes(desk: Desk) -> None:
    desk.install("new-setup.exe")
    desk.uninstall(OWN_FOLDER)
    until(lambda: not desk.path(OWN_FOLDER).exists() and not desk.registered())


def test_uninstall_when_a_file_cant_be_removed_then_can_be_tried_again(desk: Desk) -> None:
    desk.install("new-setup.exe", "/D=C:\\busy")
    computer = desk.windows.computer
    held = computer.linux_path("C:\\busy\\runtime\\common.dll")
    computer.shell('mount --bind /etc/hostname "$1"', held)  # nobody can remove a mount point
    # _?= makes it wait; it must stand without quotation marks, so the folder has no blank.
    told = desk.windows.run("C:\\busy\\uninstall.exe", "/S", "_?=C:\\busy")
    computer.shell('umount "$1"', held)
    assert (told.returncode, "are in use" in told.stdout) == (4, True)
    assert desk.registered()
    assert BY_SETUP | {"runtime/common.dll"} <= desk.files("C:\\busy")
    desk.uninstall("C:\\busy")
    until(lambda: not desk.path("C:\\busy").exists() and not desk.registered())


def test_setup_when_an_older_version_is_there_then_its_stale_files_go(desk: Desk) -> None:
    desk.install("old-setup.exe")
    desk.write(f"{OWN_FOLDER}\\portable")
    assert desk.install("new-setup.exe").returncode == 0
    assert desk.files(OWN_FOLDER) == NEW | BY_SETUP | {"portable"}
    assert not desk.path(f"{OWN_FOLDER}\\runtime\\old ä").exists()
    assert desk.registered()["DisplayVersion"] == "0.2.0"


@pytest.mark.parametrize(
    "spelling", ["C:\\same\\.", "C:\\other\\..\\same", "C:\\\\same", "C:\\SAME", "C:\\link"]
)
def test_setup_when_the_same_folder_is_spelled_otherwise_then_the_program_stays(
    desk: Desk, spelling: str
) -> None:
    desk.path("C:\\other").mkdir(exist_ok=True)
    desk.install("old-setup.exe", "/D=C:\\same")
    if spelling == "C:\\link":
        desk.path(spelling).symlink_to("same")
    assert desk.install("new-setup.exe", f"/D={spelling}").returncode == 0
    assert desk.files("C:\\same") == NEW | BY_SETUP
    desk.uninstall("C:\\same")
    until(lambda: not desk.path("C:\\same").exists() and not desk.registered())
    assert not desk.path(f"{OWN_MENU}\\{LINK}").exists()


AT_WORK = r"""
Section
  System::Call 'kernel32::CreateMutexW(p 0, i 1, w "Global\m365-backup-wizard-setup") p .r0'
  FileOpen $1 "C:\at work" w
  FileClose $1
  Sleep 60000
SectionEnd
"""


def test_setup_and_uninstall_when_another_is_at_work_then_change_nothing(desk: Desk) -> None:
    desk.install("old-setup.exe", "/D=C:\\alone")
    program = windows_scripts.make(desk, "at-work", AT_WORK)
    with desk.windows.computer.start(program) as other:
        until(lambda: desk.path("C:\\at work").exists())
        setup = desk.install("new-setup.exe")
        removal = desk.windows.run("C:\\alone\\uninstall.exe", "/S", "_?=C:\\alone")
        desk.windows.run("taskkill", "/F", "/IM", "at-work.exe")
        other.communicate(timeout=20)
    assert (setup.returncode, removal.returncode) == (4, 4)
    assert "at this moment" in setup.stdout
    assert desk.files("C:\\alone") == OLD | BY_SETUP
    assert desk.install("new-setup.exe").returncode == 0
    desk.uninstall("C:\\alone")


def test_setup_when_another_folder_is_named_then_the_program_moves(desk: Desk) -> None:
    desk.install("old-setup.exe")
    desk.install("new-setup.exe", "/D=C:\\moved")
    assert desk.files("C:\\moved") == NEW | BY_SETUP
    assert not desk.path(OWN_FOLDER).exists()
    assert desk.registered()["InstallLocation"] == "C:\\moved"
    desk.install("old-setup.exe")
    assert desk.files("C:\\moved") == OLD | BY_SETUP, "the folder is remembered"
    desk.uninstall("C:\\moved")


@pytest.mark.parametrize(
    ("folder", "status", "sentence"),
    [
        ("C:\\windows", 5, "holds other files"),
        ("C:\\", 5, "not a full path"),
        ("Q:\\missing drive", 5, "Nothing can be written"),
        ("\\", 5, "not a full path"),
        ("beside", 5, "without quotation marks"),
        ("C:\\a;b\\c", 5, "has a semicolon in its path"),
        ("C:\\a;", 5, "has a semicolon in its path"),
        ("Z:\\small\\x", 6, "needs 6 MB, and its drive has 1 MB free"),
    ],
)
def test_setup_when_the_folder_is_unfit_then_says_so_and_changes_nothing(
    desk: Desk, folder: str, status: int, sentence: str
) -> None:
    small = "mkdir -p /small; mountpoint -q /small || mount -t tmpfs -o size=1m none /small"
    desk.windows.computer.shell(small)
    result = desk.install("new-setup.exe", f"/D={folder}")
    assert result.returncode == status
    assert sentence in result.stdout
    assert not desk.registered()
    assert not desk.path(f"{folder}\\uninstall.exe").exists()
    assert not desk.path(f"{OWN_MENU}\\{LINK}").exists()


def test_setup_when_installed_for_others_too_then_says_where(desk: Desk) -> None:
    assert desk.install("new-setup.exe").stdout == ""
    result = desk.install("new-setup.exe", "/ALLUSERS")
    assert result.returncode == 0
    assert f"also installed for you alone in {OWN_FOLDER}." in result.stdout
    result = desk.install("new-setup.exe")
    assert result.returncode == 0
    assert f"also installed for everyone in {ALL_USERS_FOLDER}." in result.stdout
    desk.uninstall(OWN_FOLDER)
    assert desk.install("new-setup.exe", "/ALLUSERS").stdout == ""


def test_setup_when_for_everyone_then_uses_program_files_and_can_be_removed(desk: Desk) -> None:
    assert desk.install("new-setup.exe", "/ALLUSERS").returncode == 0
    assert desk.files(ALL_USERS_FOLDER) == NEW | BY_SETUP
    assert desk.path(f"{ALL_USERS_MENU}\\{LINK}").exists()
    assert not desk.registered("HKCU")
    assert desk.registered("HKLM")["InstallLocation"] == ALL_USERS_FOLDER
    desk.uninstall(ALL_USERS_FOLDER)
    until(lambda: not desk.path(ALL_USERS_FOLDER).exists() and not desk.registered("HKLM"))
    assert not desk.path(f"{ALL_USERS_MENU}\\{LINK}").exists()


def test_setup_when_run_by_the_system_then_installs_for_everyone(desk: Desk) -> None:
    key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    local = r"C:\windows\system32\config\systemprofile\AppData\Local"
    value = (key, "/v", "Local AppData", "/t", "REG_EXPAND_SZ", "/f", "/d")
    desk.windows.run("reg", "add", *value, local)
    try:
        assert desk.install("new-setup.exe").returncode == 0
    finally:
        desk.windows.run("reg", "add", *value, r"%USERPROFILE%\AppData\Local")
    assert desk.files(ALL_USERS_FOLDER) == NEW | BY_SETUP
    assert desk.files(local) == set()


def test_setup_when_windows_is_older_then_says_what_it_needs(desk: Desk) -> None:
    desk.windows.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win81", "/f")
    try:
        result = desk.install("new-setup.exe")
    finally:
        desk.windows.run("reg", "delete", r"HKCU\Software\Wine", "/v", "Version", "/f")
    assert result.returncode == 7
    assert "needs Windows 10, Windows Server 2016 or later" in result.stdout
    assert not desk.path(OWN_FOLDER).exists()


def test_setup_when_the_program_runs_then_neither_replaces_nor_removes_it(desk: Desk) -> None:
    desk.install("old-setup.exe", "/D=C:\\running")
    program = desk.path("C:\\running\\m365-backup-wizard.exe")
    shutil.copyfile(desk.path("C:\\windows\\system32\\ping.exe"), program)
    running = desk.windows.computer.start(
        "C:\\running\\m365-backup-wizard.exe", "-n", "99", "127.0.0.1"
    )
    # In place and without a copy of itself, so that its exit status can be seen.
    remove = "C:\\running\\uninstall.exe", "/S", "_?=C:\\running"
    try:
        until(lambda: desk.install("new-setup.exe").returncode == 4, 5)
        result = desk.windows.run(*remove)
        assert result.returncode == 4
        assert "is running" in result.stdout
        assert desk.files("C:\\running") == OLD | BY_SETUP
    finally:
        desk.windows.run("taskkill", "/F", "/IM", "m365-backup-wizard.exe")
        running.communicate()
    assert desk.windows.run(*remove).returncode == 0
    assert desk.files("C:\\running") <= {"uninstall.exe"}


def test_setup_when_the_old_list_points_elsewhere_then_those_files_stay(desk: Desk) -> None:
    desk.install("old-setup.exe", "/D=C:\\a\\listed")
    names = ("C:\\a\\victim.txt", "C:\\victim.txt", "C:\\a\\listed\\own.txt")
    victims = [desk.write(name) for name in names]
    listed = ["..\\victim.txt", "runtime\\..\\..\\victim.txt", "C:\\victim.txt", "\\victim.txt",
             "../victim.txt", "*.txt", "own.tx?", "..\\..\\victim.txt"]  # fmt: skip
    text = "".join(f"{name}\r\n" for name in (*listed, "runtime\\common.dll", ""))
    desk.write("C:\\a\\listed\\runtime\\installed-files.txt", text.encode("utf-16-le"))
    assert desk.install("new-setup.exe").returncode == 0
    assert all(victim.exists() for victim in victims)
    desk.uninstall("C:\\a\\listed")
