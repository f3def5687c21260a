# SPDX-License-Identifier: MIT
"""The built Linux folder: what it carries, and that it runs from everywhere and under anybody."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer import archives, contents, elf
from installer.linux import linux_libraries
from tests.built.conftest import require
from tests.support import linux_program, openssl_settings
from tests.support.linux_program import Answer, in_mounts, needs_root, needs_screen, run

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="runs the Linux program"
)

FOREIGN = {
    "PYTHONHOME": "/nowhere",
    "PYTHONPATH": "/nowhere",
    "PYTHONSTARTUP": "/nowhere",
    "PYTHONOPTIMIZE": "nonsense",
    "LD_LIBRARY_PATH": "/nowhere:/tmp",
    "QT_PLUGIN_PATH": "/nowhere",
    "QT_QPA_PLATFORM_PLUGIN_PATH": "/nowhere",
    "QT_QPA_PLATFORMTHEME": "gtk3",
    "QT_STYLE_OVERRIDE": "nonsense",
    "SSL_CERT_FILE": "/nowhere",
    "OPENSSL_CONF": str(openssl_settings.FOREIGN),
    "OPENSSL_MODULES": "/nowhere",
}


def works(answer: Answer) -> None:
    """The answer is that of a whole check of the sample server on which all is well."""
    assert answer.returncode == 0, answer.stderr
    diagnosis = json.loads(answer.stdout)
    assert diagnosis["verdict"]["status"] == "ok"
    assert len(diagnosis["causes"]) == 7
    assert answer.stderr == ""


HEALTHY = ("check", "--demo", "healthy", "--format", "json")


def test_libraries_when_looked_at_then_are_all_there_or_named_by_the_package(
    linux_folder: Path,
) -> None:
    assert linux_libraries.unmet(linux_folder) == []


def test_libraries_when_looked_at_then_none_is_one_that_belongs_to_the_computer(
    linux_folder: Path,
) -> None:
    theirs = linux_libraries.WINDOW.keys() | linux_libraries.BASE.keys()
    names = {path.name for path in linux_folder.rglob("*")}
    assert "libcrypto.so.3" in names or "libcrypto.so.1.1" in names  # Python's own stay
    assert not theirs & names
    assert not [name for name in names if name.startswith(("libgtk", "libX", "libxcb", "libgdk"))]


def test_libraries_when_looked_at_then_none_looks_outside_the_folder(linux_folder: Path) -> None:
    asked = elf.read(elf.elf_files(linux_folder))
    outside = {
        f"{file.name}: {place}"
        for file, what in asked.items()
        for place in what.search_path
        if not place.startswith("$ORIGIN")
    }
    assert not outside


def test_links_when_followed_then_stay_in_the_folder(linux_folder: Path) -> None:
    assert archives.files_of(linux_folder)  # raises where one leads out


def test_program_when_started_with_an_empty_environment_then_all_parts_work(
    linux_folder: Path,
) -> None:
    works(run(linux_folder, *HEALTHY))
    assert run(linux_folder, "--version").stdout.startswith("m365-backup-wizard ")
    assert run(linux_folder, "selftest").returncode == 0


def test_text_face_when_it_checks_then_loads_nothing_of_the_window(
    linux_folder: Path, tmp_path: Path
) -> None:
    trace = {"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": str(tmp_path / "loaded")}
    works(run(linux_folder, *HEALTHY, environment=trace))
    told = "".join(path.read_text() for path in tmp_path.glob("loaded.*"))
    assert "libcrypto.so" in told  # the trace does show what is loaded
    assert not [name for name in (*linux_libraries.WINDOW, "libQt6Core.so.6") if name in told]


@needs_root
def test_check_when_there_is_no_network_at_all_then_ends_and_calls_nothing_fine(
    linux_folder: Path,
) -> None:
    alone = ["/usr/bin/unshare", "--net"]
    answer = run(
        linux_folder, "check", *["--cause", "connectivity", "--format", "json"], before=alone
    )
    findings = {
        finding["check"]: finding["outcome"]
        for cause in json.loads(answer.stdout)["causes"]
        for finding in cause["findings"]
    }
    assert answer.returncode in (2, 3)
    assert findings["dns"] in ("problem", "could-not-check")
    assert "ok" not in {findings[name] for name in ("dns", "tcp", "tls", "http_answer")}


@needs_screen
def test_window_when_there_is_a_screen_then_opens(linux_folder: Path, display: str) -> None:
    answer = run(linux_folder, "selftest", "--window", environment={"DISPLAY": display})
    assert answer.returncode == 0, answer.stdout
    assert answer.stderr == ""


@needs_screen
def test_window_when_others_set_variables_for_their_programs_then_opens(
    linux_folder: Path, display: str
) -> None:
    given = {**FOREIGN, "DISPLAY": display}
    answer = run(linux_folder, "selftest", "--window", environment=given)
    assert answer.returncode == 0, answer.stdout
    assert answer.stderr == ""


def test_window_when_a_library_is_missing_then_names_it_and_the_walk_follows_in_text(
    linux_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "libxcb-cursor.so.0").write_text("no library")
    given = {"LD_LIBRARY_PATH": str(tmp_path), "DISPLAY": ":4711"}
    answer = run(linux_folder, "--demo", "several", environment=given)
    assert "libxcb-cursor.so.0" in answer.stderr
    assert "sudo apt-get install " in answer.stderr
    assert "several" in answer.stdout


@pytest.mark.parametrize("name", FOREIGN)
def test_check_when_others_set_a_variable_then_works(linux_folder: Path, name: str) -> None:
    works(run(linux_folder, *HEALTHY, environment={name: FOREIGN[name]}))


@pytest.mark.parametrize("path", ["", "/nowhere"])
def test_check_when_the_path_is_broken_then_works(linux_folder: Path, path: str) -> None:
    works(run(linux_folder, *HEALTHY, environment={"PATH": path}))


def test_check_when_the_folder_has_blanks_and_umlauts_then_works(
    linux_folder: Path, tmp_path: Path
) -> None:
    # Also where the locale knows no umlauts.
    copy = tmp_path / "Prüf ung 备份" / contents.FOLDER
    linux_program.copy(linux_folder, copy)
    works(run(copy, *HEALTHY))
    works(run(copy, *HEALTHY, environment={"LC_ALL": "C"}))


def test_program_when_called_through_links_then_works(linux_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "first").symlink_to(linux_folder / contents.CONSOLE_PROGRAM)
    (tmp_path / contents.CONSOLE_PROGRAM).symlink_to("first")
    works(run(tmp_path, *HEALTHY))


def _fails(command: str) -> str:
    """A line of a script that ends it where the command succeeds."""
    return f"if {command} 2>/dev/null; then echo '{command} succeeded' >&2; exit 99; fi"


@needs_root
def test_check_when_read_only_and_under_a_user_without_a_home_then_works(
    linux_folder: Path,
) -> None:
    nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs"
    before = in_mounts(
        f"mount --bind '{linux_folder}' /mnt",
        "mount -o remount,ro,bind /mnt",
        _fails("touch /mnt/x"),
        "cd /",
    )
    before[-2] = before[-2].replace('exec "$@"', f'exec {nobody} "$@"')
    works(run(Path("/mnt"), *HEALTHY, environment={"HOME": "/nonexistent"}, before=before))


@needs_root
@pytest.mark.parametrize("arguments", [("--version",), ("list",), ("check", "--offline")])
def test_start_when_every_folder_for_temporary_files_is_full_then_needs_none(
    linux_folder: Path, arguments: tuple[str, ...]
) -> None:
    folders = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - the very folders that are filled
    before = in_mounts(
        f"mount --bind '{linux_folder}' /mnt",
        *(f"mount -t tmpfs -o size=4k,nr_inodes=2 none {folder}" for folder in folders),
        *(f"echo filled > {folder}/f" for folder in folders),
        *(_fails(f"touch {folder}/g") for folder in folders),
        "cd /tmp",
    )
    given = {"TMPDIR": "/tmp", "HOME": "/tmp"}  # noqa: S108
    plain = run(linux_folder, *arguments, environment={"HOME": "/nonexistent"})
    full = run(Path("/mnt"), *arguments, environment=given, before=before)
    assert full.returncode == plain.returncode, full.stderr
    assert len(full.stdout.splitlines()) > len(plain.stdout.splitlines()) - 5
    assert full.stderr == plain.stderr


def test_archive_when_unpacked_then_is_the_folder(
    linux_archive: Path, linux_folder: Path, tmp_path: Path
) -> None:
    linux_program.unpack(linux_archive, tmp_path)
    unpacked = tmp_path / contents.FOLDER
    assert [path.name for path in tmp_path.iterdir()] == [contents.FOLDER]
    assert _digests(unpacked) == _digests(linux_folder)
    works(run(unpacked, *HEALTHY))
    shutil.rmtree(unpacked)


def _digests(folder: Path) -> dict[str, str]:
    """Content, or where a link leads, and whether it may run, by place."""
    return {
        path.relative_to(folder).as_posix(): (
            str(path.readlink())
            if path.is_symlink()
            else f"{os.access(path, os.X_OK)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        )
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def test_archive_when_its_sum_is_checked_then_holds(linux_archive: Path) -> None:
    sums = linux_archive.parent / archives.SUMS
    require(sums.is_file(), archives.SUMS, "linux")
    check = ["sha256sum", "--check", "--strict", "--quiet", sums.name]
    assert subprocess.run(check, cwd=sums.parent, check=False).returncode == 0


def test_archive_when_weighed_then_is_small_enough_to_fetch(linux_archive: Path) -> None:
    assert linux_archive.stat().st_size < 35_000_000
