# SPDX-License-Identifier: MIT
"""What is in the computer's files and folders? Reads only, follows no link into a loop."""

from __future__ import annotations

import codecs
import os
import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host.base import FileEntry
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.shown import printable

# Windows: FILE_ATTRIBUTE_REPARSE_POINT. A junction counts as a folder for Python 3.11.
_REPARSE_POINT = 0x400
LISTING_S = 2.5  # leaves time to sort what was listed


def moment(seconds: float) -> datetime:
    """A time stamp, to the millisecond, which is what records keep."""
    return datetime.fromtimestamp(round(seconds, 3), UTC)


@within(FILE_SECONDS)
def exists(path: str) -> bool:
    """Whether there is anything under this path."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return True


@within(FILE_SECONDS)
def is_folder(path: str) -> bool:
    """Whether there is such a folder."""
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


@within(FILE_SECONDS)
def real_path(path: str) -> str:
    """The path behind all links and junctions; what is missing of it stays as it is written."""
    if not Path(path).is_absolute():
        raise CannotCheck("error.host_relative_path", path=path)
    try:
        return os.path.realpath(path)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


class TooManyFiles(CannotCheck):
    """A folder couldn't be listed to its end in time; `listed` is what there was time for."""

    def __init__(self, path: str, listed: tuple[FileEntry, ...]) -> None:
        count, seconds = len(listed), LISTING_S
        shown = printable(path)
        super().__init__("error.host_too_many_files", path=shown, count=count, seconds=seconds)
        self.listed = listed


@within(FILE_SECONDS)
def list_folder(path: str) -> tuple[FileEntry, ...]:
    """The direct content of a folder, by name; TooManyFiles when there was no time for all."""
    end, found = time.monotonic() + LISTING_S, list[FileEntry]()
    try:
        for entry in _entries(path):
            found.append(entry)
            if time.monotonic() > end:
                raise TooManyFiles(path, tuple(found))
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return tuple(sorted(found, key=lambda entry: entry.path))


def _entries(path: str) -> Iterator[FileEntry]:
    with os.scandir(path) as found:
        for entry in found:
            try:
                facts = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # gone since it was listed
                continue
            is_link = getattr(facts, "st_file_attributes", 0) & _REPARSE_POINT
            yield FileEntry(
                path=printable(entry.path),
                is_folder=stat.S_ISDIR(facts.st_mode) and not is_link,
                size_bytes=facts.st_size,
                modified=moment(facts.st_mtime),
            )


@within(FILE_SECONDS)
def read_bytes(path: str, limit_bytes: int) -> bytes:
    """The beginning of a file."""
    try:
        # Opening a pipe or a device could wait for ever.
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise CannotCheck("error.host_not_a_file", path=path)
        with Path(path).open("rb") as file:
            return file.read(limit_bytes)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def read_text(path: str, limit_bytes: int = 1_000_000) -> str:
    """The beginning of a text file."""
    return decoded(read_bytes(path, limit_bytes))


def decoded(content: bytes) -> str:
    """Text of UTF-8, or of UTF-16 when it says so by its first bytes."""
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if utf16 else "utf-8-sig", "replace")


def _unreadable(path: str, error: OSError | ValueError) -> CannotCheck:
    told = failure_words.of(error)
    return CannotCheck("error.host_path_unreadable", path=printable(path), reason=told)
