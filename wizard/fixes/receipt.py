# SPDX-License-Identifier: MIT
"""What a change leaves behind: what was changed, when and where, and how to undo it."""

from __future__ import annotations

import hashlib
import json
import platform
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from wizard import codec, failure_words
from wizard.errors import BadInput, Refused
from wizard.fixes import backup
from wizard.fixes.readings import visible
from wizard.host.acts import FolderMade
from wizard.host.deadline import FILE_SECONDS, within

SCHEMA = "m365-backup-wizard/receipt/1"
FOLDER_SCHEMA = "m365-backup-wizard/folder-receipt/1"
_LIMIT_BYTES = 1_000_000


@dataclass(frozen=True)
class Digests:
    """SHA-256 of the setting's value and of the whole file, before and after."""

    before: str
    after: str
    file_before: str
    file_after: str


@dataclass(frozen=True)
class Receipt:
    """One change of one setting. `undo` are the words of the command that takes it back.

    `folder` is the temporary folder where it was made on the way. `seal` is the digest of
    everything else in it.
    """

    schema: str
    time: datetime
    host: str
    file: str
    key: str
    before: str
    after: str
    digests: Digests
    backup: str
    path: str
    undo: tuple[str, ...]
    folder: FolderMade | None = None
    seal: str = ""


@dataclass(frozen=True)
class FolderReceipt:
    """A temporary folder that was made by itself, for a change that a person makes by hand.

    `file` and `key` are those of a setting that named it already.
    """

    schema: str
    time: datetime
    host: str
    folder: FolderMade
    path: str
    undo: tuple[str, ...]
    file: str | None = None
    key: str | None = None
    seal: str = ""


AnyReceipt = TypeVar("AnyReceipt", Receipt, FolderReceipt)
_KINDS: dict[str, type[Receipt] | type[FolderReceipt]] = {
    SCHEMA: Receipt,
    FOLDER_SCHEMA: FolderReceipt,
}


def of_folder(
    made: FolderMade, moment: datetime, path: Path, names: tuple[str, str] | None = None
) -> FolderReceipt:
    """The receipt of a folder, to be stored at `path`; `names` is a setting's file and key."""
    undo, (file, key) = ("arguments", "undo", str(path)), names or (None, None)
    time, computer = moment.astimezone(UTC), platform.node()
    unsealed = FolderReceipt(FOLDER_SCHEMA, time, computer, made, str(path), undo, file, key)
    return sealed(unsealed)


def sha256(content: bytes | str) -> str:
    """The digest of a value or a file, in hex."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def sealed(receipt: AnyReceipt) -> AnyReceipt:
    """The receipt with the digest of its content."""
    return replace(receipt, seal=_seal_of(codec.to_plain(receipt)))


def _seal_of(plain: Mapping[str, Any]) -> str:
    content = {name: value for name, value in plain.items() if name != "seal"}
    return sha256(json.dumps(content, sort_keys=True))


def write(receipt: Receipt | FolderReceipt) -> None:
    """Store the receipt at its own path."""
    text = json.dumps(codec.to_plain(receipt), indent=2)
    backup.write_private(Path(receipt.path), text.encode("ascii") + b"\n")


def read(path: Path) -> Receipt:
    """The stored receipt of a changed setting; errors as in read_any, for a folder's, too."""
    receipt = read_any(path)
    if isinstance(receipt, FolderReceipt):
        raise BadInput("arguments.error.not_a_receipt", path=visible(str(path)))
    return receipt


def read_any(path: Path) -> Receipt | FolderReceipt:
    """A stored receipt.

    Raises:
        BadInput: there is none, or it isn't one.
        Refused: it was altered after it was written.
        CannotCheck: the disk gives no answer.
    """
    try:
        plain = json.loads(within(FILE_SECONDS)(_content)(str(path)))
    except (ValueError, RecursionError):  # the second for brackets nested without end
        raise BadInput("arguments.error.not_a_receipt", path=visible(str(path))) from None
    kind = _KINDS.get(str(plain.get("schema"))) if isinstance(plain, dict) else None
    if kind is None:
        raise BadInput("arguments.error.not_a_receipt", path=visible(str(path)))
    receipt: Receipt | FolderReceipt = codec.from_plain(plain, kind)
    if receipt.seal != _seal_of(plain):
        raise Refused("arguments.error.receipt_altered", path=visible(str(path)))
    return receipt


def _content(name: str) -> bytes:
    """The beginning of a regular file: a pipe would let the reader wait for ever."""
    path = Path(name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput("arguments.file.not_a_file", path=visible(str(path)))
        with path.open("rb") as file:
            return file.read(_LIMIT_BYTES)
    except FileNotFoundError:
        raise BadInput("arguments.file.missing", path=visible(str(path))) from None
    except OSError as error:
        told = {"path": visible(str(path)), "reason": failure_words.of(error)}
        raise BadInput("arguments.file.unreadable", **told) from None
