# SPDX-License-Identifier: MIT
"""Making the new temporary folder: a step of the change with a preview of its own, and its undo."""

from __future__ import annotations

import shlex
from contextlib import suppress
from dataclasses import dataclass

from wizard.errors import CannotCheck, Refused, WizardError
from wizard.fixes.notice import Notice
from wizard.fixes.place_rules import Place
from wizard.fixes.readings import visible
from wizard.fixes.verification import look
from wizard.host.acts import FolderMade
from wizard.host.base import Host
from wizard.host.folders import ANOTHER
from wizard.nakivo import java
from wizard.product import Product

_AS_TOLD = ("repository",)
_OF_ITS_ROOM = (
    "full_in_use",
    "in_use_full",
    "in_use_full",
    "too_little_room",
    "no_more_files",
    "quota",
)


@dataclass(frozen=True)
class FolderStep:
    """A folder to make, and the account to let in; None: nobody could be named."""

    path: str
    account: str | None

    @property
    def notice(self) -> Notice:
        """What the step does, before it is done."""
        name = "made_for" if self.account else "made_for_nobody"
        values = {"folder": visible(self.path), "account": self.account or ""}
        return Notice(f"arguments.folder.{name}", values)

    def command(self, system: str) -> str:
        """What an administrator types for the same."""
        if system == "windows":
            lines = [f'mkdir "{self.path}"']
            if self.account:
                lines.append(f'icacls "{self.path}" /grant "{self.account}:(OI)(CI)M"')
            return "\n".join(lines)
        path = shlex.quote(self.path)
        if self.account is None:
            return f"sudo install -d -m 0770 {path}"
        owner = shlex.quote(self.account)
        return f'sudo install -d -o {owner} -g "$(id -gn {owner})" -m 0770 {path}'


_NOT_FROM_HERE = ("error.host_folder_not_made", "error.host_rights_not_given")


def planned(place: Place) -> FolderStep | None:
    """The step that a place needs; None when the folder is there, or that isn't known."""
    return FolderStep(place.folder, place.account) if place.is_missing else None


def checked(place: Place, previewed: FolderStep | None) -> None:
    """Refuse a place that is bad, or that needs something else than the preview showed.

    Raises:
        Refused: nothing was changed.
    """
    refuse_bad(place)
    if planned(place) != previewed:
        raise Refused("arguments.error.place_changed", folder=visible(place.folder))


def harm(place: Place, *, is_product_here: bool) -> tuple[Notice, ...]:
    """What is wrong with a place for certain on this computer, apart from what may still be made.

    A string that is edited here may be meant for another computer. So a folder or its parent that
    is missing here is no harm, and the room of a disk counts only where the product is.
    """
    found = {notice.id: notice for notice in place.against}
    if "parent_missing" in found:  # it may not be this computer's disk that is meant
        return tuple(notice for id_, notice in found.items() if id_ in _AS_TOLD)
    left_out = () if is_product_here else _OF_ITS_ROOM
    return tuple(notice for id_, notice in found.items() if id_ not in left_out)


def refuse_bad(place: Place) -> None:
    """Refuse a place that something speaks against, with the first reason."""
    for reason in place.against:
        raise reason.as_refusal()


@dataclass(frozen=True)
class Maker:
    """Carries the step out on one computer, and takes it back when what follows fails."""

    host: Host
    step: FolderStep

    def make(self) -> FolderMade:
        """Make the folder and look whether the account can use it.

        Raises:
            Refused: no folder is left behind.
        """
        made = self._made()
        if self.step.account and self._is_closed_to(self.step.account):
            self.discard(made)
            values = {"folder": visible(made.path), "account": self.step.account}
            raise Refused("arguments.error.folder_not_reached", **values)
        return made

    def _made(self) -> FolderMade:
        """What this account may not do, another one can: then the command is told."""
        try:
            return self.host.make_folder(self.step.path, self.step.account)
        except Refused as refused:
            if refused.text not in _NOT_FROM_HERE:
                raise
            command = self.step.command(self.host.facts().system)
            told = {"folder": visible(self.step.path), "reason": refused.values["reason"]}
            raise Refused("arguments.error.folder_by_hand", **told, command=command) from None

    def discard(self, made: FolderMade) -> None:
        """Remove the folder that was just made; one that isn't empty any more stays."""
        with suppress(WizardError):
            self.host.remove_folder(made)

    def _is_closed_to(self, account: str) -> bool:
        try:
            return not self.host.may_write(self.step.path, account)
        except CannotCheck:  # the host has just given the rights; nothing speaks against it
            return False


def was_made(made: FolderMade) -> Notice:
    """What the step has done."""
    values = {"folder": visible(made.path), "owner": made.owner, "rights": made.rights}
    return Notice("arguments.folder.was_made", values)


def take_back(host: Host, product: Product, made: FolderMade) -> Notice:
    """Remove a folder that this program made, unless it is needed; the answer says what was done.

    A Java Transporter that still runs with it would fail without it, also while it is empty.
    """
    told = {"folder": visible(made.path)}
    try:
        if not host.is_folder(made.path):
            return Notice("arguments.folder.gone", told)
        if _is_used(host, product, made.path):
            return Notice("arguments.folder.kept_in_use", told)
        count = len(host.list_folder(made.path))
    except CannotCheck:
        return Notice("arguments.folder.kept_unseen", told)
    if count:
        return Notice("arguments.folder.kept_filled", {**told, "count": count})
    try:
        host.remove_folder(made)
    except WizardError as refused:
        if refused.text == ANOTHER:
            return Notice("arguments.folder.kept_another", told)
        reason = str(refused.values.get("reason", refused.text))
        return Notice("arguments.folder.kept", {**told, "reason": reason})
    return Notice("arguments.folder.removed", told)


def _is_used(host: Host, product: Product, folder: str) -> bool:
    """Whether a running Java Transporter was started with this folder.

    Raises:
        CannotCheck: that can't be seen of every one.
    """
    wanted, name = host.path(folder), product.facts.temp_path_property.value
    seen = [look(process, name) for process in java.find(host, product)]
    if any(host.path(value) == wanted for one in seen for value in one.values or ()):
        return True
    if any(one.values is None for one in seen) or java.hidden(host):
        raise CannotCheck("arguments.error.process_hidden")
    return False
