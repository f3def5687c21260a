# SPDX-License-Identifier: MIT
"""The folder as a .zip or .tar.xz, the same bytes for the same folder each time, and the sums."""

from __future__ import annotations

import hashlib
import lzma
import stat
import tarfile
import time
import zipfile
from pathlib import Path

from installer import sources
from installer.errors import BuildError

SUMS = "SHA256SUMS"
# The x86 filter and a dictionary that spans the biggest libraries save 2.4 of 35 MB.
_XZ = [
    {"id": lzma.FILTER_X86},
    {"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 64 << 20},
]
_EARLIEST_ZIP_TIME = 315532800  # 1980-01-01, the first day a zip can name


def files_of(folder: Path) -> list[Path]:
    """Everything in a folder, sorted by its path.

    Raises:
        BuildError: it is empty, or a link in it leads to nothing or out of it.
    """
    found = sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts)
    if not found:
        raise BuildError(f"{folder} holds nothing to pack: build the folder first.")
    for path in found:
        if path.is_symlink() and not (path.exists() and _stays_in(folder, path)):
            raise BuildError(f"{path} is a link to {path.readlink()}, which isn't in the folder.")
    return found


def _stays_in(folder: Path, link: Path) -> bool:
    target = link.readlink()
    return not target.is_absolute() and link.resolve().is_relative_to(folder.resolve())


def mode_of(path: Path) -> int:
    """Rights as a package has them, whatever the builder's umask was."""
    runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
    return 0o755 if runs else 0o644


def make_tar_xz(folder: Path, target: Path) -> Path:
    """Pack a folder, itself the one top folder, for Linux."""
    moment = sources.date()

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = moment
        entry.mode = 0o777 if entry.issym() else mode_of(folder.parent / entry.name)
        return entry

    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        lzma.open(target, "wb", check=lzma.CHECK_CRC64, filters=_XZ) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for path in [folder, *files_of(folder)]:
            name = path.relative_to(folder.parent).as_posix()
            archive.add(path, name, recursive=False, filter=plain)
    return target


def make_zip(folder: Path, target: Path) -> Path:
    """Pack a folder, itself the one top folder, for Windows."""
    moment = time.gmtime(max(sources.date(), _EARLIEST_ZIP_TIME))[:6]
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files_of(folder):
            if path.is_symlink():
                raise BuildError(f"{path} is a link, which a zip for Windows can't hold.")
            if path.is_file():
                name = path.relative_to(folder.parent).as_posix()
                entry = zipfile.ZipInfo(name, moment)
                entry.create_system = 3  # Unix, so that the rights are read wherever it was built
                entry.external_attr = (stat.S_IFREG | mode_of(path)) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes(), compresslevel=9)
    return target


def write_sums(folder: Path) -> Path:
    """Write SHA256SUMS for all files that lie directly in a folder."""
    files = sorted(p for p in folder.iterdir() if p.is_file() and p.name != SUMS)
    if not files:
        raise BuildError(f"{folder} holds no file to sum: make the packages first.")
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in files]
    target = folder / SUMS
    target.write_text("".join(lines), encoding="ascii", newline="\n")
    return target
