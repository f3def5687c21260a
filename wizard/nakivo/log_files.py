# SPDX-License-Identifier: MIT
"""Which log files there are in what was named, and their bytes: folders, .gz and .zip included.

Nothing is unpacked to disk, no link inside a folder is followed, and whatever could be a log and
can't be read is handed on with its reason. What a folder or archive holds beside logs (programs,
pictures, databases, settings) is passed over without a word; a file without a telling name is
taken for a log when one of its first lines begins with a time.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from wizard.nakivo import log_archives, log_content, log_sources
from wizard.nakivo.log_content import UNREADABLE
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_sources import LOG_NAME, NEVER, Found, Skipped, Source

_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a folder of Windows that leads elsewhere


def find(paths: tuple[str, ...], limits: Limits) -> Iterator[Found]:
    """Every log below what was named, in a fixed order, up to the limit."""
    count = 0
    for path in dict.fromkeys(paths):
        for found in _named(Path(path), limits):
            count += 1
            if count > limits.files:
                yield Skipped(path, "log_unread_too_many")
                return
            yield found


def _named(path: Path, limits: Limits) -> Iterator[Found]:
    """What a person named: a folder or a file of any name; a link to either is meant."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield from _folder(path, path.resolve(), limits)
        else:
            yield from _file(path, mode, limits, is_named=True)
    except UNREADABLE as error:
        yield Skipped(str(path), log_sources.reason_of(error))


def _folder(folder: Path, root: Path, limits: Limits) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(str(folder), log_sources.reason_of(error))
        return
    for entry in entries:
        try:
            yield from _in_folder(entry, root, limits)
        except OSError as error:
            yield Skipped(entry.path, log_sources.reason_of(error))


def _in_folder(entry: os.DirEntry[str], root: Path, limits: Limits) -> Iterator[Found]:
    path, status = Path(entry.path), entry.stat(follow_symlinks=False)
    if entry.is_symlink() or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
        yield from _link(path, root)
    elif entry.is_dir(follow_symlinks=False):
        yield from _folder(path, root, limits)
    elif not log_sources.is_other(entry.name):
        yield from _file(path, status.st_mode, limits, is_named=False)


def _link(path: Path, root: Path) -> Iterator[Found]:
    """A link that leads elsewhere is named; one that stays inside leads to what is read anyway."""
    if log_sources.is_other(path.name):
        return
    try:
        inside = path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # Python before 3.13 raises RuntimeError for a loop
        yield Skipped(str(path), "log_unread_link_loop")
        return
    if not inside:
        yield Skipped(str(path), "log_unread_link")


def _file(path: Path, mode: int, limits: Limits, *, is_named: bool) -> Iterator[Found]:
    if NEVER.search(str(path)):
        yield Skipped(str(path), "log_unread_never")
    elif not stat.S_ISREG(mode):
        yield Skipped(str(path), "log_unread_not_a_file")
    else:
        yield from _by_content(path, limits, is_named=is_named)


def _by_content(path: Path, limits: Limits, *, is_named: bool) -> Iterator[Found]:
    try:
        with path.open("rb") as file:
            head = file.read(log_content.HEAD_BYTES)
        if log_content.is_zip(path, head):
            yield from log_archives.find(path, limits)
        else:
            status = path.stat()
            is_log = is_named or LOG_NAME.search(path.name) is not None
            changed = _moment(status.st_mtime)
            for found in log_sources.stream(
                str(path), lambda: path.open("rb"), head, status.st_size, is_log=is_log
            ):
                yield replace(found, changed=changed) if isinstance(found, Source) else found
    except UNREADABLE as error:
        yield Skipped(str(path), log_sources.reason_of(error))


def _moment(seconds: float) -> datetime | None:
    """A file's time, None for one that no calendar holds."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
