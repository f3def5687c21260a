# SPDX-License-Identifier: MIT
"""How a file's content is replaced: a crash leaves the old one or the new one, never half."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from wizard import failure_words
from wizard.errors import BadInput, Refused, WizardError
from wizard.fixes.readings import visible
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.file_swap import swap

if sys.platform != "win32":
    import fcntl

Step = Callable[[str], None]


class NotAsWritten(Exception):
    """The file held something else as soon as it was written."""


_LONGEST_S = 60.0  # no change of a small file takes longer
LIMIT_BYTES = 10_000_000  # a settings file is small; a larger one is something else


def no_step(_name: str) -> None:
    """Nothing between the steps; tests stop there."""


def read(path: Path) -> bytes:
    """A regular file's content; links, folders and large files are not followed or read.

    Raises:
        BadInput, Refused: it isn't such a file, or can't be read.
        CannotCheck: the disk gives no answer.
    """
    return within(FILE_SECONDS)(_read)(str(path))


def _read(name: str) -> bytes:
    path = Path(name)
    try:
        found = os.lstat(path)
        _refuse_kind(path, found)
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput("arguments.file.missing", path=str(path)) from None
    except OSError as error:
        raise BadInput(
            "arguments.file.unreadable", path=str(path), reason=failure_words.of(error)
        ) from None
    except ValueError:  # a character that no file's name can have
        raise BadInput("arguments.file.not_a_file", path=visible(str(path))) from None


def _refuse_kind(path: Path, found: os.stat_result) -> None:
    reparse = getattr(found, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_REPARSE_POINT
    if stat.S_ISLNK(found.st_mode) or reparse:
        raise Refused("arguments.file.link", path=str(path))
    if not stat.S_ISREG(found.st_mode):
        raise BadInput("arguments.file.not_a_file", path=str(path))
    if found.st_size > LIMIT_BYTES:
        raise BadInput("arguments.file.too_large", path=str(path), limit=LIMIT_BYTES)


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Hold the file's lock; Refused while somebody else holds it or when it is read-only."""
    read(path)  # says what is wrong with the path before anything is opened for writing
    found = path.stat()
    if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise Refused("arguments.file.read_only", path=str(path))
    if found.st_nlink > 1:
        raise Refused("arguments.file.hard_link", path=str(path), count=found.st_nlink)
    try:
        opened = path.open("r+b")
    except OSError as error:
        raise _refused(error, path) from None
    with opened:
        if sys.platform == "win32":
            opened.close()  # an open file can't be swapped there; opening it was the question
        else:
            _lock(opened.fileno(), path)
        yield


def _lock(file: int, path: Path) -> None:
    """Programs hold one of two kinds of lock; the first is ours until the file is closed."""
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("arguments.file.locked", path=str(path)) from None


def replace(path: Path, old: bytes, new: bytes, step: Step = no_step) -> None:
    """Put `new` in the place of `old`, keeping mode, owner and extended attributes.

    Raises:
        Refused: the file isn't `old` any more, or the new content can't be written beside it;
            the file is as it was.
        NotAsWritten: somebody wrote to it at once.
    """
    part: Path | None = None
    try:
        _remove_left(path)
        begin, end = _part_name(path)
        handle, name = tempfile.mkstemp(prefix=begin, suffix=end, dir=path.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            step("created")
            file.write(new)
            file.flush()
            step("written")
            _keep_rights(path, file.fileno(), part)
            os.fsync(file.fileno())
            _keep_out_others(file, path)
            _swap(path, part, old, new, step)
    except OSError as error:
        raise _refused(error, path) from None
    finally:
        if part is not None:
            with suppress(FileNotFoundError):
                part.unlink()


def _part_name(path: Path) -> tuple[str, str]:
    """How the new content is called until it takes the file's place: nobody else names files so."""
    return f".{path.name}.m365-backup-wizard-", ".part"


def _remove_left(path: Path) -> None:
    """What a change that was killed left beside the file; whoever calls holds the file's lock.

    Windows has no such lock: there, what is older than any change takes is left behind.
    """
    begin, end = _part_name(path)
    for entry in list(os.scandir(path.parent)):
        with suppress(OSError):
            is_ours = entry.name.startswith(begin) and entry.name.endswith(end)
            if is_ours and (sys.platform != "win32" or _is_old(entry.stat().st_mtime)):
                Path(entry.path).unlink()


def _is_old(changed: float) -> bool:
    return time.time() - changed > _LONGEST_S


def _keep_out_others(file: BinaryIO, path: Path) -> None:
    """The lock of the old file says nothing of the new one: until it is looked at it has its own.

    Windows can't swap an open file.
    """
    if sys.platform == "win32":
        file.close()
    else:
        _lock(file.fileno(), path)


def _swap(path: Path, part: Path, old: bytes, new: bytes, step: Step) -> None:
    step("synced")
    if read(path) != old:
        raise Refused("arguments.file.changed_meanwhile", path=str(path))
    swap(part, path)
    step("replaced")
    sync_folder(path.parent)
    if read(path) != new:
        raise NotAsWritten


def _keep_rights(path: Path, file: int, part: Path) -> None:
    """Owner, group and mode; on Windows the swap itself keeps the access list."""
    if sys.platform != "win32":
        found, made = path.stat(), os.fstat(file)
        if (found.st_uid, found.st_gid) != (made.st_uid, made.st_gid):
            os.fchown(file, found.st_uid, found.st_gid)
        os.fchmod(file, stat.S_IMODE(found.st_mode))
        _keep_attributes(path, part)


def _keep_attributes(path: Path, part: Path) -> None:
    if sys.platform == "linux":
        present = set(os.listxattr(part))
        for name in os.listxattr(path):
            value = os.getxattr(path, name)
            if name not in present or os.getxattr(part, name) != value:
                os.setxattr(part, name, value)


def sync_folder(folder: Path) -> None:
    """So that the new name survives a power cut; Windows can't open a folder for this."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_SENTENCE = {
    errno.ENOSPC: "arguments.file.disk_full",
    errno.EDQUOT: "arguments.file.disk_full",
    errno.EROFS: "arguments.file.read_only_disk",
}


def _refused(error: OSError, path: Path) -> WizardError:
    text = _SENTENCE.get(error.errno or 0, "arguments.file.not_writable")
    return Refused(text, path=str(path), folder=str(path.parent), reason=failure_words.of(error))
