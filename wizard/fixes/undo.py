# SPDX-License-Identifier: MIT
"""Takes a change back from its receipt: the setting, and the folder that was made for it."""

from __future__ import annotations

import platform
from dataclasses import dataclass

from wizard.errors import Refused, WizardError
from wizard.fixes import apply, folder_step
from wizard.fixes.folder_watch import folder_of
from wizard.fixes.notice import Notice
from wizard.fixes.readings import visible
from wizard.fixes.receipt import FolderReceipt, Receipt
from wizard.host.base import Host
from wizard.product import Product


@dataclass(frozen=True)
class Undone:
    """What was done. `receipt` is None where the old value was there already."""

    receipt: Receipt | None = None
    folder: Notice | None = None  # what became of it, where one was made
    is_whole: bool = False  # the file is byte for byte as it was before the change


def undo(given: Receipt | FolderReceipt, host: Host, product: Product) -> Undone:
    """Put the one setting back, then remove the folder unless it is needed.

    Raises:
        Refused: the receipt is another computer's, or the setting has a third value, or the file
            can't be changed; nothing was changed.
    """
    if given.host != platform.node():
        raise Refused("arguments.error.other_computer", computer=visible(given.host))
    made = apply.undo(given) if isinstance(given, Receipt) else None
    folder = _folder(given, host, product)
    return Undone(made, folder, made is not None and _is_whole(given, made))


def _folder(given: Receipt | FolderReceipt, host: Host, product: Product) -> Notice | None:
    """What became of the folder; it stays while the setting names it."""
    if given.folder is None:
        return None
    told = {"folder": visible(given.folder.path), "file": visible(given.file or "")}
    try:
        if given.file and _names(given.file, given.key or "", given.folder.path, host, product):
            return Notice("arguments.folder.kept_named", told)
    except WizardError:
        return Notice("arguments.folder.kept_setting_unread", told)
    return folder_step.take_back(host, product, given.folder)


def _names(file: str, key: str, folder: str, host: Host, product: Product) -> bool:
    named = folder_of(apply.read_setting(file, key).value, product)
    return named is not None and host.path(named) == host.path(folder)


def _is_whole(given: Receipt | FolderReceipt, made: Receipt) -> bool:
    return isinstance(given, Receipt) and made.digests.file_after == given.digests.file_before
