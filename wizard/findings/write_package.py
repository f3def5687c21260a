# SPDX-License-Identifier: MIT
"""Writes a findings package so that it is whole, proven and clean, or isn't there at all."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from wizard import failure_words
from wizard.errors import BadInput, Refused
from wizard.findings import leaks, manifest
from wizard.findings.manifest import Entry, Manifest
from wizard.findings.redact import Known

PARTIAL = ".partial"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WINDOWS_FULL = (39, 112)  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
_TEXT_OF = {
    errno.EROFS: "error.package_read_only_disk",
    errno.ENAMETOOLONG: "error.package_name_too_long",
}
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError)
_NAME_KEPT = 40  # characters of the package's name in the temporary one: always short enough
_LEVEL = 6


def write(
    entries: Sequence[Entry], output: Path, *, known: Known | None = None, overwrite: bool = False
) -> Path:
    """Write, read back, look for leaks, and only then give it its name.

    Raises:
        BadInput: the place is no good, or the disk is full; nothing is left behind.
        Refused: something secret was still in it.
    """
    check_place(output, overwrite=overwrite)
    partial = _temporary(output)
    try:
        try:
            stated = _write_partial(entries, partial)
            _prove(partial, stated)
            _sweep(partial, stated, known or Known())
            give_name(partial, output, overwrite=overwrite)
        finally:
            with suppress(OSError):
                partial.unlink()
    except OSError as error:
        raise _told(error, output) from error
    return output


def check_place(output: Path, *, overwrite: bool = False) -> None:
    """Refuse a place that is no good, before any work is done."""
    try:
        if not output.parent.is_dir():
            raise BadInput("error.package_folder_missing", path=str(output.parent))
        found = os.lstat(output)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _told(error, output) from error
    except ValueError:  # a character that no name may hold
        raise BadInput("error.package_name_impossible") from None
    if stat.S_ISDIR(found.st_mode):
        raise BadInput("error.package_is_folder", path=str(output))
    if not overwrite:
        raise BadInput("error.package_exists", path=str(output))
    reparse = getattr(found, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_REPARSE_POINT
    if reparse or not stat.S_ISREG(found.st_mode):
        raise BadInput("error.package_not_a_file", path=str(output))


def _temporary(output: Path) -> Path:
    """A name beside the package that nobody else uses."""
    name = f".{output.name[:_NAME_KEPT]}.{secrets.token_hex(8)}{PARTIAL}"
    return output.with_name(name)


def _write_partial(entries: Sequence[Entry], partial: Path) -> Manifest:
    stated = manifest.read(next(e.data for e in entries if e.name == manifest.NAME))
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(partial, flags, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            for entry in entries:
                archive.writestr(_info(entry, stated), entry.data)
        file.flush()
        os.fsync(file.fileno())
    return stated


def _info(entry: Entry, stated: Manifest) -> zipfile.ZipInfo:
    """Name, time and rights that depend on nothing but the diagnosis: equal input, equal bytes."""
    info = zipfile.ZipInfo(entry.name, _zip_time(stated.created))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o100600 << 16
    return info


def _zip_time(moment: datetime) -> tuple[int, int, int, int, int, int]:
    """The moment, or the first that a .zip can name; the manifest has the clock's own."""
    if moment.year not in manifest.CLOCK_YEARS:
        return (manifest.CLOCK_YEARS.start, 1, 1, 0, 0, 0)
    return (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)


def _prove(partial: Path, stated: Manifest) -> None:
    """Read everything back: what is on the disk must be what the manifest says."""
    try:
        with zipfile.ZipFile(partial) as archive:
            for listed in stated.entries:
                data = archive.read(listed.name)  # checks the CRC
                if len(data) != listed.bytes or hashlib.sha256(data).hexdigest() != listed.sha256:
                    raise BadInput("error.package_not_proven", entry=listed.name)
    except _DAMAGED as error:
        raise BadInput("error.package_not_proven", entry=PARTIAL) from error


def _sweep(partial: Path, stated: Manifest, known: Known) -> None:
    leak = next(leaks.sweep(partial, stated.masking, known), None)
    if leak:
        raise Refused("error.package_leak", entry=leak.entry, line=leak.line, kind=leak.kind)


def give_name(partial: Path, output: Path, *, overwrite: bool) -> None:
    """The last step: the finished file takes its name, and no other file's place unasked."""
    if overwrite:
        check_place(output, overwrite=True)  # it may have become another kind of thing meanwhile
        partial.replace(output)
        return
    try:
        os.link(partial, output)  # unlike a rename, never takes the place of another file
    except FileExistsError:
        raise BadInput("error.package_exists", path=str(output)) from None
    except OSError:  # a file system without hard links
        _rename(partial, output)


def _rename(partial: Path, output: Path) -> None:
    """The same without links: who makes the name first has it."""
    try:
        if os.name == "nt":
            partial.rename(output)  # fails there when the name is taken
            return
        os.close(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise BadInput("error.package_exists", path=str(output)) from None
    partial.replace(output)


def _told(error: OSError, output: Path) -> BadInput:
    folder = str(output.parent)
    if error.errno in _FULL or getattr(error, "winerror", None) in _WINDOWS_FULL:
        return BadInput("error.package_disk_full", folder=folder)
    if isinstance(error, PermissionError):
        return BadInput("error.package_no_permission", folder=folder)
    text = _TEXT_OF.get(error.errno or 0, "error.package_not_written")
    return BadInput(text, path=str(output), folder=folder, reason=failure_words.of(error))
