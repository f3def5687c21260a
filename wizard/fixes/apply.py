# SPDX-License-Identifier: MIT
"""Makes a planned change in a text file and takes it back, with a backup and a receipt."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from wizard.errors import BadInput, Refused, WizardError
from wizard.fixes import atomic, backup, plan, receipt, settings_file
from wizard.fixes.atomic import Step, no_step
from wizard.fixes.backup import Kept
from wizard.fixes.folder_step import Maker
from wizard.fixes.receipt import Digests, FolderReceipt, Receipt
from wizard.fixes.settings_file import Setting
from wizard.host.acts import FolderMade
from wizard.product import Product

Decide = Callable[[str], str]


def read_setting(file: str, key: str) -> Setting:
    """A setting as it stands in a text file; errors as in apply."""
    return settings_file.find(settings_file.parse(atomic.read(Path(file))).text, key)


def apply(
    file: str,
    key: str,
    temp_path: str,
    product: Product,
    *,
    expected_digest: str | None = None,
    data: Path | None = None,
    step: Step = no_step,
    folder: Maker | None = None,
) -> Receipt | None:
    """Set the temporary folder in the file; None when it is set already.

    `folder` makes the folder first, and takes it back when the file stays as it was.

    Raises:
        BadInput: the file can't be read as text or doesn't hold the key.
        Refused: the plan is refused, or isn't the one with the expected digest, or the folder
            can't be made, or the file can't be changed; it is as it was.
    """

    def decide(current: str) -> str:
        made = plan.make(current, temp_path, product)
        if expected_digest is not None and made.digest != expected_digest.strip().lower():
            raise Refused("arguments.error.stale", file=file, key=key)
        if made.refused:
            raise made.refused.as_refusal()
        return made.proposed

    return _change(file, key, decide, data or backup.data_folder(), step, folder=folder)


def undo(given: Receipt, *, data: Path | None = None, step: Step = no_step) -> Receipt | None:
    """Put back the one setting of a receipt in today's file; None when the old value is there.

    Raises:
        Refused: the setting has a third value now, or the file can't be changed.
    """

    def decide(current: str) -> str:
        if current not in (given.before, given.after):
            raise Refused("arguments.error.changed_since", file=given.file, key=given.key)
        return given.before

    return _change(given.file, given.key, decide, data or backup.data_folder(), step)


def make_folder(
    folder: Maker, *, data: Path | None = None, names: tuple[str, str] | None = None
) -> FolderReceipt:
    """Make the folder alone, with a receipt: for a change by hand, or for a setting made before.

    `names` is such a setting, its file and key.

    Raises:
        Refused: it can't be made, or its receipt can't be written; no folder is left behind.
    """
    moment = datetime.now(UTC).replace(microsecond=0)
    path = backup.receipt_path(data or backup.data_folder(), moment)
    where = (str(_full(names[0])), names[1]) if names else None
    made = receipt.of_folder(folder.make(), moment, path, where)
    try:
        receipt.write(made)
    except WizardError:
        folder.discard(made.folder)
        raise
    return made


@dataclass(frozen=True)
class _Edit:
    """A file's bytes and one setting in it, before and after."""

    path: Path
    key: str
    before: str
    after: str
    old: bytes
    new: bytes


def _change(
    file: str,
    key: str,
    decide: Decide,
    data: Path,
    step: Step,
    *,
    folder: Maker | None = None,
) -> Receipt | None:
    path = _full(file)
    with atomic.exclusively(path):
        edit = _edit(path, key, decide)
        if edit is None:
            return None
        return _carry_out(edit, data, step, folder)


def _edit(path: Path, key: str, decide: Decide) -> _Edit | None:
    """What to write; None when the setting has the value already."""
    old = atomic.read(path)
    document = settings_file.parse(old)
    setting = settings_file.find(document.text, key)
    value = decide(setting.value)
    if value == setting.value:
        return None
    new = settings_file.with_value(document, setting, value).to_bytes()
    return _Edit(path, key, setting.value, value, old, new)


def _carry_out(edit: _Edit, data: Path, step: Step, folder: Maker | None) -> Receipt:
    """Backup, folder, receipt, file. After a crash the file is the old one, or there is a way back.

    A folder made just before a crash stays, empty; nothing uses it.
    """
    moment = datetime.now(UTC).replace(microsecond=0)
    kept, made_folder = backup.keep(data, edit.old, moment), None
    try:
        step("backed-up")
        made_folder = folder.make() if folder else None
        step("folder-made")
        made = _receipt(edit, kept, moment, made_folder)
        receipt.write(made)
        step("receipt-written")
        atomic.replace(edit.path, edit.old, edit.new, step)
    except atomic.NotAsWritten:
        told = {"file": str(edit.path), "receipt": str(kept.receipt)}
        raise Refused("arguments.error.not_verified", **told) from None
    finally:
        with suppress(WizardError):
            if atomic.read(edit.path) == edit.old:
                kept.discard()
                if folder and made_folder:
                    folder.discard(made_folder)
    return made


def _receipt(edit: _Edit, kept: Kept, moment: datetime, folder: FolderMade | None) -> Receipt:
    unsealed = Receipt(
        schema=receipt.SCHEMA,
        time=moment,
        host=platform.node(),
        file=str(edit.path),
        key=edit.key,
        before=edit.before,
        after=edit.after,
        digests=_digests(edit.before, edit.after, edit.old, edit.new),
        backup=str(kept.backup),
        path=str(kept.receipt),
        undo=("arguments", "undo", str(kept.receipt)),
        folder=folder,
    )
    return receipt.sealed(unsealed)


def _full(file: str) -> Path:
    try:
        return Path(file).absolute()
    except FileNotFoundError:  # the working directory itself was removed
        raise BadInput("arguments.error.no_working_folder", path=file) from None


def _digests(before: str, after: str, old: bytes, new: bytes) -> Digests:
    before_and_after = (receipt.sha256(content) for content in (before, after, old, new))
    return Digests(*before_and_after)
