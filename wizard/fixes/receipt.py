# SPDX-License-Identifier: MIT
"""What a change leaves behind: what was changed, when and where, and how to undo it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wizard import codec
from wizard.errors import BadInput, Refused
from wizard.fixes import backup

SCHEMA = "m365-backup-wizard/receipt/1"
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
    """One change of one setting. `undo` are the words of the command that takes it back."""

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


def sha256(content: bytes | str) -> str:
    """The digest of a value or a file, in hex."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def write(receipt: Receipt) -> None:
    """Store the receipt at its own path."""
    text = json.dumps(codec.to_plain(receipt), indent=2)
    backup.write_private(Path(receipt.path), text.encode("ascii") + b"\n")


def read(path: Path) -> Receipt:
    """A stored receipt.

    Raises:
        BadInput: there is none, or it isn't one.
        Refused: it was altered after it was written.
    """
    try:
        with path.open("rb") as file:
            plain = json.loads(file.read(_LIMIT_BYTES))
    except FileNotFoundError:
        raise BadInput("arguments.file.missing", path=str(path)) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadInput("arguments.file.unreadable", path=str(path), reason=reason) from None
    except ValueError:
        raise BadInput("arguments.error.not_a_receipt", path=str(path)) from None
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
        raise BadInput("arguments.error.not_a_receipt", path=str(path))
    receipt = codec.from_plain(plain, Receipt)
    if _is_altered(receipt):
        raise Refused("arguments.error.receipt_altered", path=str(path))
    return receipt


def _is_altered(receipt: Receipt) -> bool:
    digests = receipt.digests
    return (sha256(receipt.before), sha256(receipt.after)) != (digests.before, digests.after)
