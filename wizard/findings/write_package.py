# SPDX-License-Identifier: MIT
"""Writes a findings package so that it is whole, proven and clean, or isn't there at all."""

from __future__ import annotations

import errno
import hashlib
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

from wizard.errors import BadInput, Refused
from wizard.findings import leaks, manifest
from wizard.findings.manifest import Entry, Manifest
from wizard.findings.redact import Known

PARTIAL = ".partial"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WINDOWS_FULL = (39, 112)  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
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
    partial = output.with_name(output.name + PARTIAL)
    try:
        stated = _write_partial(entries, partial)
        _prove(partial, stated)
        _sweep(partial, stated, known or Known())
        give_name(partial, output, overwrite=overwrite)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise _told(error, output) from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return output


def check_place(output: Path, *, overwrite: bool = False) -> None:
    """Refuse a place that is no good, before any work is done."""
    if not output.parent.is_dir():
        raise BadInput("error.package_folder_missing", path=str(output.parent))
    if output.is_dir() and not output.is_symlink():
        raise BadInput("error.package_is_folder", path=str(output))
    if os.path.lexists(output) and not overwrite:
        raise BadInput("error.package_exists", path=str(output))


def _write_partial(entries: Sequence[Entry], partial: Path) -> Manifest:
    stated = manifest.read(next(e.data for e in entries if e.name == manifest.NAME))
    partial.unlink(missing_ok=True)  # what a killed run left; of a link only the link
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
    moment = stated.created
    time = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    info = zipfile.ZipInfo(entry.name, time)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o100600 << 16
    return info


def _prove(partial: Path, stated: Manifest) -> None:
    """Read everything back: what is on the disk must be what the manifest says."""
    with zipfile.ZipFile(partial) as archive:
        for listed in stated.entries:
            data = archive.read(listed.name)  # checks the CRC
            if len(data) != listed.bytes or hashlib.sha256(data).hexdigest() != listed.sha256:
                raise BadInput("error.package_not_proven", entry=listed.name)


def _sweep(partial: Path, stated: Manifest, known: Known) -> None:
    leak = next(leaks.sweep(partial, stated.masking, known), None)
    if leak:
        raise Refused("error.package_leak", entry=leak.entry, line=leak.line, kind=leak.kind)


def give_name(partial: Path, output: Path, *, overwrite: bool) -> None:
    """The last step: the finished file takes its name, and no other file's place unasked."""
    if overwrite:
        partial.replace(output)
        return
    try:
        os.link(partial, output)  # unlike a rename, never takes the place of another file
    except FileExistsError:
        raise BadInput("error.package_exists", path=str(output)) from None
    except OSError:  # a file system without hard links
        if os.path.lexists(output):
            raise BadInput("error.package_exists", path=str(output)) from None
        partial.rename(output)
    else:
        partial.unlink()


def _told(error: OSError, output: Path) -> BadInput:
    folder = str(output.parent)
    if error.errno in _FULL or getattr(error, "winerror", None) in _WINDOWS_FULL:
        return BadInput("error.package_disk_full", folder=folder)
    if isinstance(error, PermissionError):
        return BadInput("error.package_no_permission", folder=folder)
    reason = error.strerror or type(error).__name__
    return BadInput("error.package_not_written", path=str(output), reason=reason)
