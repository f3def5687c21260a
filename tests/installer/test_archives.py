# SPDX-License-Identifier: MIT
"""The packed folder: same bytes each time, rights kept, nothing that leads out of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from installer import archives
from installer.errors import BuildError

Pack = Callable[[Path, Path], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "first" / "wizard"
    (made / "runtime" / "ümlaut folder").mkdir(parents=True)
    (made / "program").write_bytes(b"\x7fELF" * 100)
    (made / "program").chmod(0o700)
    (made / "runtime" / "library.so.1").write_bytes(b"library")
    (made / "runtime" / "ümlaut folder" / "words.txt").write_text("words")
    (made / "runtime" / "ümlaut folder" / "words.txt").chmod(0o666)
    return made


@pytest.fixture
def linked(folder: Path) -> Path:
    (folder / "runtime" / "library.so").symlink_to("library.so.1")
    return folder


@pytest.mark.parametrize("pack", [archives.make_zip, archives.make_tar_xz])
def test_packing_when_done_twice_at_other_times_and_places_then_gives_the_same_bytes(
    folder: Path, tmp_path: Path, pack: Pack
) -> None:
    other = tmp_path / "second" / "wizard"
    # Copied from the end, so that the file system lists it in another order.
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            target = other / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
            os.utime(target, (1, 1))
    first = pack(folder, tmp_path / "a" / "one")
    second = pack(other, tmp_path / "b" / "two")
    assert first.read_bytes() == second.read_bytes()


def test_tar_when_unpacked_by_tar_then_holds_one_top_folder_rights_and_links(
    linked: Path, tmp_path: Path
) -> None:
    if os.geteuid() == 0:  # else they belong to somebody else than root anyway
        for path in linked.rglob("*"):
            os.chown(path, 12345, 12345, follow_symlinks=False)
    packed = archives.make_tar_xz(linked, tmp_path / "packed.tar.xz")
    out = tmp_path / "out"
    out.mkdir()
    unpack = ["tar", "-xJpf", str(packed), "-C", str(out)]
    subprocess.run(unpack, check=True)
    assert [path.name for path in out.iterdir()] == ["wizard"]
    assert (out / "wizard" / "program").stat().st_mode & 0o777 == 0o755
    words = out / "wizard" / "runtime" / "ümlaut folder" / "words.txt"
    assert words.read_text() == "words"
    assert words.stat().st_mode & 0o777 == 0o644
    assert words.stat().st_mtime == 1700000000
    assert (out / "wizard" / "runtime" / "library.so").readlink() == Path("library.so.1")
    with tarfile.open(packed) as archive:
        owners = {(entry.uname, entry.gname, entry.uid, entry.gid) for entry in archive}
    assert owners == {("root", "root", 0, 0)}


def test_zip_when_read_then_holds_each_file_under_one_top_folder(
    folder: Path, tmp_path: Path
) -> None:
    packed = archives.make_zip(folder, tmp_path / "packed.zip")
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "wizard/program",
            "wizard/runtime/library.so.1",
            "wizard/runtime/ümlaut folder/words.txt",
        ]
        assert archive.getinfo("wizard/program").external_attr >> 16 == 0o100755
        assert archive.getinfo("wizard/program").date_time == (2023, 11, 14, 22, 13, 20)


def test_zip_when_the_folder_holds_a_link_then_is_refused(linked: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"library\.so is a link"):
        archives.make_zip(linked, tmp_path / "packed.zip")


@pytest.mark.parametrize("leads_to", ["../../outside", "/etc/passwd", "nowhere"])
def test_tar_when_a_link_leaves_the_folder_then_is_refused(
    folder: Path, tmp_path: Path, leads_to: str
) -> None:
    (folder.parent / "outside").write_text("not ours")
    (folder / "runtime" / "link").symlink_to(leads_to)
    with pytest.raises(BuildError, match="isn't in the folder"):
        archives.make_tar_xz(folder, tmp_path / "packed.tar.xz")


def test_packing_when_the_folder_is_empty_then_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BuildError, match="build the folder first"):
        archives.make_tar_xz(tmp_path / "empty", tmp_path / "packed.tar.xz")


def test_sums_when_written_then_sha256sum_confirms_them_and_sees_a_change(tmp_path: Path) -> None:
    (tmp_path / "b.deb").write_bytes(b"package")
    (tmp_path / "a file.zip").write_bytes(b"zip")
    (tmp_path / "linux").mkdir()
    archives.write_sums(tmp_path)
    sums = archives.write_sums(tmp_path)  # again: its own sum must not be in it
    assert [line[66:] for line in sums.read_text().splitlines()] == ["a file.zip", "b.deb"]
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "b.deb").write_bytes(b"other")
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 1


def test_sums_when_there_is_no_file_then_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="make the packages first"):
        archives.write_sums(tmp_path)
