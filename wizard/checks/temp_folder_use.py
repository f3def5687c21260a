# SPDX-License-Identifier: MIT
"""What is seen of the temporary folder in use: who names it, where it lies, who may write there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wizard.checks.base import Context
from wizard.errors import CannotCheck
from wizard.host.base import Host, Volume
from wizard.nakivo import temp_folder
from wizard.nakivo.temp_folder import NamedFolder, Origin, Setting, Sight, TempFolder


@dataclass(frozen=True)
class TempFolderUse:
    """What is named, what is used, and what lies there. None: it couldn't be told."""

    folder: str
    origin: Origin
    sight: Sight
    named: tuple[NamedFolder, ...]
    processes_differ: bool
    is_absolute: bool
    exists: bool | None
    volume: Volume | None
    reason: str = ""  # why the folder or its volume couldn't be looked at
    unseen: tuple[str, ...] = ()  # what may set the folder and can't be seen from here
    variables_unread: tuple[int, ...] = ()  # processes whose options variables can't be read
    account: str | None = None  # that the Java Transporter runs as
    writable: bool | None = None  # for that account
    account_source: str = ""
    account_seen: bool = True  # as a running process; else it is only set, or usual
    real_folder: str | None = None  # where links and junctions lead
    set_by_variable: str | None = None  # the options variable that names the folder in use
    settings: tuple[Setting, ...] = ()  # the argument string, by those that hold it
    not_in_use: tuple[str, ...] = ()  # folders that a setting names and the process doesn't use
    settings_differ: bool = False
    direct_send: str | None = None  # as the process has it
    file_unread: str | None = None  # the file that should hold the argument string
    rights_reason: str = ""  # why it isn't known whether that account may write there
    rivals: tuple[NamedFolder, ...] = ()  # different folders that one process was given
    twice: tuple[str, ...] = ()  # the different folders that one place gave to a process
    setting_twice: tuple[str, ...] = ()  # as above: that one argument string names
    elsewhere: int | None = None  # the process to which the path means another folder


def observe(context: Context) -> TempFolderUse:
    """Resolve the folder and look at it."""
    host, found, unread = context.host, context.temp_folder(), context.settings().unread
    set_to = [found.set_to(setting) for setting in found.settings]
    seen = TempFolderUse(
        folder=found.in_use,
        origin=found.origin,
        sight=found.sight,
        named=found.named,
        processes_differ=_differ(host, found.used),
        is_absolute=host.path(found.in_use).is_absolute(),
        exists=None,
        volume=None,
        unseen=found.unseen,
        variables_unread=found.variables_unread,
        set_by_variable=found.set_by_variable,
        settings=found.settings,
        direct_send=found.direct_send,
        not_in_use=_not_in_use(host, found, set_to),
        settings_differ=_differ(host, set_to),
        file_unread=context.scope.arguments_file if unread else None,
        rivals=found.rivals,
        twice=temp_folder.set_twice(host, found.named),
        setting_twice=_setting_twice(host, found),
        elsewhere=found.elsewhere,
    )
    if seen.elsewhere is not None:  # what lies here under that path is none of its business
        return seen
    return _with_rights(_with_place(seen, host), context)


def _setting_twice(host: Host, found: TempFolder) -> tuple[str, ...]:
    several = (temp_folder.different(host, setting.folders) for setting in found.settings)
    return next(filter(None, several), ())


def _differ(host: Host, folders: Sequence[str]) -> bool:
    return len({host.path(folder) for folder in folders}) > 1


def _not_in_use(host: Host, found: TempFolder, set_to: Sequence[str]) -> tuple[str, ...]:
    if found.sight is not Sight.SEEN:
        return ()
    used = host.path(found.in_use)
    return tuple(dict.fromkeys(folder for folder in set_to if host.path(folder) != used))


def led_to(host: Host, folder: str) -> str | None:
    """Where links and junctions lead; None where the folder lies there itself, or nobody knows."""
    if not host.path(folder).is_absolute():
        return None
    try:
        real = host.real_path(folder)
    except CannotCheck:
        return None
    return None if host.path(real) == host.path(folder) else real


def _with_place(seen: TempFolderUse, host: Host) -> TempFolderUse:
    exists, volume, reason = None, None, ""
    real = led_to(host, seen.folder)
    try:
        exists = host.is_folder(seen.folder)
        volume = host.volume(real or seen.folder)
    except CannotCheck as closed:
        reason = str(closed.values.get("reason", closed.text))
    return replace(seen, real_folder=real, exists=exists, volume=volume, reason=reason)


def _with_rights(seen: TempFolderUse, context: Context) -> TempFolderUse:
    runs_as = context.account()
    if runs_as is None:
        return seen
    writable, reason = None, ""
    if seen.exists:
        try:
            writable = context.host.may_write(seen.folder, runs_as.name)
        except CannotCheck as closed:
            reason = str(closed.values.get("reason", ""))
    return replace(
        seen,
        account=runs_as.name,
        account_source=runs_as.source,
        account_seen=runs_as.is_seen,
        writable=writable,
        rights_reason=reason,
    )
