# SPDX-License-Identifier: MIT
"""Where this program keeps the backups and receipts of its changes, for their owner only."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from wizard import failure_words, resources
from wizard.errors import Refused

VARIABLE = "M365_BACKUP_WIZARD_DATA"
# Such a file beside the built program keeps its data beside it, too. Windows Explorer hides the
# end of a name: who makes a text file there and calls it "portable" has made the second.
PORTABLE = ("portable", "portable.txt")
_PROGRAM = "m365-backup-wizard"
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends otherwise


@dataclass(frozen=True)
class Kept:
    """The two files of one change; the receipt is written by whoever knows the change."""

    backup: Path
    receipt: Path

    def discard(self) -> None:
        """Remove both: the change wasn't made."""
        self.backup.unlink(missing_ok=True)
        self.receipt.unlink(missing_ok=True)


def data_folder(environment: Mapping[str, str] | None = None, program: Path | None = None) -> Path:
    """What the variable names, the portable program's own, or the platform's for each account.

    There is no silent way from one to the next: where the chosen one can't be written, nothing is
    changed.

    Raises:
        Refused: no variable names one, and the account has no home directory, or the portable
            program's own is a link: whoever put it there would choose where backups go.
    """
    given = (os.environ if environment is None else environment).get(VARIABLE)
    if given:
        return _full(given)
    beside = program or resources.program_folder()
    if beside and any((beside / name).is_file() for name in PORTABLE):
        return _no_link(beside / "data")
    try:
        return platformdirs.user_data_path(_PROGRAM, appauthor=False)
    except RuntimeError:
        raise Refused("arguments.error.no_data_folder", variable=VARIABLE) from None


def _full(given: str) -> Path:
    """Receipts name it, and are followed from anywhere."""
    try:
        return Path(given).absolute()
    except FileNotFoundError:  # the working directory itself was removed
        raise Refused("arguments.error.no_data_folder", variable=VARIABLE) from None


def _no_link(folder: Path) -> Path:
    try:
        seen = os.lstat(folder)
    except OSError:  # not there yet, or nothing can be read: told when it is written to
        return folder
    is_junction = getattr(seen, "st_reparse_tag", 0) == _JUNCTION
    if stat.S_ISLNK(seen.st_mode) or is_junction:
        raise Refused("arguments.error.data_is_link", path=str(folder), variable=VARIABLE)
    return folder


def keep(folder: Path, content: bytes, moment: datetime) -> Kept:
    """Write a backup of a file's content, on disk before this returns."""
    receipt = receipt_path(folder, moment)
    kept = Kept(folder / "backups" / f"{receipt.stem}.bak", receipt)
    write_private(kept.backup, content)
    return kept


def receipt_path(folder: Path, moment: datetime) -> Path:
    """A new name for a receipt, by its time."""
    stem = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    return folder / "receipts" / f"{stem}.json"


def write_private(path: Path, content: bytes) -> None:
    """A new file for its owner only; Refused, with nothing left behind, when that can't be."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    except OSError as error:
        raise _refused(path, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _refused(path, error) from None


def _refused(path: Path, error: OSError) -> Refused:
    told = {"path": str(path), "reason": failure_words.of(error), "variable": VARIABLE}
    return Refused("arguments.error.no_backup", **told)
