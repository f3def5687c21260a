# SPDX-License-Identifier: MIT
"""Makes a planned change in a text file and takes it back, with a backup and a receipt."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from wizard.errors import BadInput, Refused, WizardError
from wizard.fixes import atomic, backup, plan, receipt, settings_file
from wizard.fixes.atomic import Step, no_step
from wizard.fixes.backup import Kept
from wizard.fixes.receipt import Digests, Receipt
from wizard.fixes.settings_file import Setting
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
) -> Receipt | None:
    """Set the temporary folder in the file; None when it is set already.

    Raises:
        BadInput: the file can't be read as text or doesn't hold the key.
        Refused: the plan is refused, or isn't the one with the expected digest, or the file can't
            be changed; it is as it was.
    """

    def decide(current: str) -> str:
        made = plan.make(current, temp_path, product)
        if expected_digest is not None and made.digest != expected_digest.strip().lower():
            raise Refused("arguments.error.stale", file=file, key=key)
        if made.refused:
            raise made.refused.as_refusal()
        return made.proposed

    return _change(file, key, decide, data or backup.data_folder(), step)


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


def _change(file: str, key: str, decide: Decide, data: Path, step: Step) -> Receipt | None:
    path = _full(file)
    with atomic.exclusively(path):
        old = atomic.read(path)
        document = settings_file.parse(old)
        setting = settings_file.find(document.text, key)
        value = decide(setting.value)
        if value == setting.value:
            return None
        new = settings_file.with_value(document, setting, value).to_bytes()
        moment = datetime.now(UTC).replace(microsecond=0)
        kept = backup.keep(data, old, moment)
        unsealed = Receipt(
            schema=receipt.SCHEMA,
            time=moment,
            host=platform.node(),
            file=str(path),
            key=key,
            before=setting.value,
            after=value,
            digests=_digests(setting.value, value, old, new),
            backup=str(kept.backup),
            path=str(kept.receipt),
            undo=("arguments", "undo", str(kept.receipt)),
        )
        made = receipt.sealed(unsealed)
        _replace(made, kept, old, new, step)
    if atomic.read(path) != new:
        raise Refused("arguments.error.not_verified", file=str(path), receipt=made.path)
    return made


def _full(file: str) -> Path:
    try:
        return Path(file).absolute()
    except FileNotFoundError:  # the working directory itself was removed
        raise BadInput("arguments.error.no_working_folder", path=file) from None


def _digests(before: str, after: str, old: bytes, new: bytes) -> Digests:
    before_and_after = (receipt.sha256(content) for content in (before, after, old, new))
    return Digests(*before_and_after)


def _replace(made: Receipt, kept: Kept, old: bytes, new: bytes, step: Step) -> None:
    """The receipt first: after a crash the file is the old one, or there is a way back."""
    path = Path(made.file)
    try:
        step("backed-up")
        receipt.write(made)
        step("receipt-written")
        atomic.replace(path, old, new, step)
    finally:
        with suppress(WizardError):
            if atomic.read(path) == old:
                kept.discard()
