# SPDX-License-Identifier: MIT
"""Replacing a file: rights and bytes kept, and the old one left alone when it can't be done."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.dead_mount import dead_mount
from wizard.errors import BadInput, CannotCheck, Refused
from wizard.fixes import atomic
from wizard.texts import Texts

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
root_only = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="needs root: it mounts or gives away files"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.profile"
    path.write_bytes(b"old")
    return path


def test_read_when_the_disk_gives_no_answer_then_it_is_not_waited_for(tmp_path: Path) -> None:
    with dead_mount(tmp_path) as folder:
        began = time.monotonic()
        with pytest.raises(CannotCheck) as told:
            atomic.read(folder / "settings.profile")
        assert (told.value.text, told.value.values["what"]) == (
            "error.host_silent",
            str(folder / "settings.profile"),
        )
        assert time.monotonic() - began < 10


def left_over(file: Path) -> list[str]:
    return [entry.name for entry in file.parent.iterdir() if entry != file]


def test_replace_writes_the_new_content_and_leaves_nothing_beside_it(file: Path) -> None:
    atomic.replace(file, b"old", b"new")
    assert file.read_bytes() == b"new"
    assert left_over(file) == []


@linux_only
@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664, 0o755])
def test_replace_keeps_the_mode(file: Path, mode: int) -> None:
    file.chmod(mode)
    atomic.replace(file, b"old", b"new")
    assert stat.S_IMODE(file.stat().st_mode) == mode


@root_only
def test_replace_removes_what_a_killed_one_left_and_nothing_else(file: Path) -> None:
    child = os.fork() if hasattr(os, "fork") else pytest.skip("needs fork")
    if child == 0:
        atomic.replace(file, file.read_bytes(), b"never", lambda _name: os._exit(9))
        os._exit(0)
    os.waitpid(child, 0)
    (left,) = (path for path in file.parent.iterdir() if path != file)
    assert "m365-backup-wizard" in left.name
    others = [file.with_name(f".{file.name}.part"), file.with_name(f".other{left.name}")]
    for other in others:
        other.touch()
    atomic.replace(file, file.read_bytes(), b"new")
    assert sorted(file.parent.iterdir()) == sorted([file, *others])
    assert file.read_bytes() == b"new"


@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace here")
def test_replace_has_the_disk_keep_the_content_before_its_name_and_then_the_name(
    file: Path, tmp_path: Path
) -> None:
    trace, code = (
        tmp_path / "trace",
        (
            "import sys; from pathlib import Path; from wizard.fixes import atomic; "
            "path = Path(sys.argv[1]); atomic.replace(path, path.read_bytes(), b'new')"
        ),
    )
    calls = ("strace", "-f", "-y", "-e", "trace=fsync,rename,renameat,renameat2", "-o", trace)
    ran = subprocess.run(
        [*calls, sys.executable, "-c", code, file], capture_output=True, text=True, check=False
    )
    if ran.returncode and "ptrace" in ran.stderr:
        pytest.skip("programs may not be traced here")
    assert ran.returncode == 0, ran.stderr
    told = [line.split(None, 1)[1] for line in trace.read_text().splitlines()]
    kept = [
        line for line in told if line.startswith(("fsync", "rename")) and str(file.parent) in line
    ]
    assert [line.partition("(")[0].rstrip("at2") for line in kept] == ["fsync", "rename", "fsync"]
    assert ".part>" in kept[0]
    assert f"<{file.parent}>" in kept[2]


def test_replace_keeps_the_owner_and_group(file: Path) -> None:
    os.chown(file, 1234, 2345)
    atomic.replace(file, b"old", b"new")
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 2345)


@linux_only
def test_replace_keeps_extended_attributes(file: Path) -> None:
    try:
        os.setxattr(file, "user.note", b"kept")
    except OSError as error:
        pytest.skip(f"this file system has no extended attributes: {error}")
    atomic.replace(file, b"old", b"new")
    assert os.getxattr(file, "user.note") == b"kept"


def test_replace_when_the_file_changed_meanwhile_is_refused(file: Path) -> None:
    def another_program(step: str) -> None:
        if step == "synced":
            file.write_bytes(b"theirs")

    with pytest.raises(Refused) as told:
        atomic.replace(file, b"old", b"new", another_program)
    assert told.value.text == "arguments.file.changed_meanwhile"
    assert file.read_bytes() == b"theirs"
    assert left_over(file) == []


def test_replace_on_a_full_disk_leaves_the_old_file(small_disk: Path) -> None:
    file = small_disk / "settings"
    file.write_bytes(b"old")
    (small_disk / "rest").write_bytes(b"x" * 40_000)
    with pytest.raises(Refused) as told:
        atomic.replace(file, b"old", b"n" * 60_000)
    assert told.value.text == "arguments.file.disk_full"
    assert file.read_bytes() == b"old"
    assert sorted(left_over(file)) == ["rest"]


def test_replace_on_a_read_only_disk_is_refused(small_disk: Path) -> None:
    file = small_disk / "settings"
    file.write_bytes(b"old")
    mount = str(shutil.which("mount"))
    subprocess.run([mount, "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(Refused) as told:
        atomic.replace(file, b"old", b"new")
    assert told.value.text == "arguments.file.read_only_disk"
    assert file.read_bytes() == b"old"


def test_read_of_a_missing_file_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as told:
        atomic.read(tmp_path / "missing")
    assert told.value.text == "arguments.file.missing"


def test_read_of_a_folder_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as told:
        atomic.read(tmp_path)
    assert told.value.text == "arguments.file.not_a_file"


def test_read_of_a_path_through_a_file_is_bad_input(file: Path) -> None:
    with pytest.raises(BadInput) as told:
        atomic.read(file / "below")
    assert told.value.text == "arguments.file.unreadable"


@linux_only
def test_read_of_a_pipe_does_not_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput) as told:
        atomic.read(tmp_path / "pipe")
    assert told.value.text == "arguments.file.not_a_file"


def test_read_of_a_large_file_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as large:
        large.truncate(atomic.LIMIT_BYTES + 1)
    with pytest.raises(BadInput) as told:
        atomic.read(path)
    assert told.value.text == "arguments.file.too_large"


@linux_only
def test_exclusively_with_a_link_is_refused(file: Path) -> None:
    link = file.with_name("link")
    link.symlink_to(file)
    with pytest.raises(Refused) as told, atomic.exclusively(link):
        pass
    assert told.value.text == "arguments.file.link"


@linux_only
def test_exclusively_with_a_second_name_is_refused(file: Path) -> None:
    os.link(file, file.with_name("other"))
    with pytest.raises(Refused) as told, atomic.exclusively(file):
        pass
    assert told.value.text == "arguments.file.hard_link"


def test_exclusively_with_a_read_only_file_is_refused_also_for_root(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(Refused) as told, atomic.exclusively(file):
        pass
    assert told.value.text == "arguments.file.read_only"


LOCKER = """
import fcntl, sys
file = open(sys.argv[1], "r+b")
getattr(fcntl, sys.argv[2])(file, fcntl.LOCK_EX)
print("locked", flush=True)
sys.stdin.read()
"""


@linux_only
@pytest.mark.parametrize("kind", ["flock", "lockf"])
def test_exclusively_while_another_program_holds_the_file_is_refused(file: Path, kind: str) -> None:
    command = [sys.executable, "-c", LOCKER, str(file), kind]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(Refused) as told, atomic.exclusively(file):
            pass
        other.communicate(b"")
    assert told.value.text == "arguments.file.locked"


def test_exclusively_when_it_ends_lets_the_file_go(file: Path) -> None:
    for _ in range(2):
        with atomic.exclusively(file):
            atomic.replace(file, file.read_bytes(), b"new")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, 9999])
def test_replace_tells_every_error_of_the_disk_in_a_sentence(
    file: Path, number: int, texts: Texts
) -> None:
    def fail(_step: str) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(Refused) as told:
        atomic.replace(file, b"old", b"new", fail)
    assert str(file.parent) in texts.summary(told.value)
    assert left_over(file) == []


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_read_of_a_name_that_no_file_can_have_is_bad_input(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput) as told:
        atomic.read(tmp_path / name)
    assert str(told.value.values["path"]).isprintable()
