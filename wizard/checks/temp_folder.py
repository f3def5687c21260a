# SPDX-License-Identifier: MIT
"""Which temporary folder does the Java Transporter use, and can it be used?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.checks.base import Check, Context, could_not_check, ok, problem, warning
from wizard.errors import CannotCheck
from wizard.host import java_launcher
from wizard.host.base import Host, Volume, VolumeKind
from wizard.model import CauseId, Evidence, Finding
from wizard.nakivo import java, temp_folder
from wizard.nakivo.temp_folder import NamedFolder, Origin, Sight
from wizard.product import Product

_RIGHTS = {
    True: "temp_folder_writable",
    False: "temp_folder_not_writable",
    None: "temp_folder_rights_unseen",
}
_FIXES = ("move_temp_folder",)


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


def observe(context: Context) -> TempFolderUse:
    """Resolve the folder and look at it."""
    host = context.host
    found = temp_folder.resolve(host, context.product, context.installation())
    exists, volume, reason = None, None, ""
    try:
        exists = host.is_folder(found.in_use)
        volume = host.volume(found.in_use)
    except CannotCheck as closed:
        reason = str(closed.values.get("reason", closed.text))
    account = _account(context)
    return TempFolderUse(
        folder=found.in_use,
        origin=found.origin,
        sight=found.sight,
        named=found.named,
        processes_differ=len({host.path(folder) for folder in found.used}) > 1,
        is_absolute=host.path(found.in_use).is_absolute(),
        exists=exists,
        volume=volume,
        reason=reason,
        unseen=found.unseen,
        variables_unread=found.variables_unread,
        account=account,
        writable=_writable(host, found.in_use, account) if exists else None,
    )


def _account(context: Context) -> str | None:
    """Whose files the youngest Java Transporter's are."""
    try:
        running = java.find(context.host, context.product, context.installation())
    except CannotCheck:
        return None
    started = sorted(running, key=lambda found: found.started.timestamp() if found.started else 0)
    return started[-1].account if started else None


def _writable(host: Host, folder: str, account: str | None) -> bool | None:
    if account is None:
        return None
    try:
        return host.may_write(folder, account)
    except CannotCheck:
        return None


def judge(seen: TempFolderUse, _product: Product) -> Finding:
    """Contradictions first, then whether the folder is there, then where it lies."""
    evidence = tuple(_evidence(seen))
    values = {"folder": seen.folder, "reason": seen.reason}
    if seen.sight is Sight.UNCLEAR:
        places = ", ".join(seen.unseen)
        more = {**values, "places": places, "count": len(seen.unseen)}
        return could_not_check("check.temp_folder.unclear", values=more, evidence=evidence)
    twice = temp_folder.set_twice(seen.named)
    if twice:
        more = {**values, "folders": ", ".join(twice), "count": len(twice)}
        return problem("check.temp_folder.set_twice", values=more, evidence=evidence, fixes=_FIXES)
    if not seen.is_absolute:
        return problem("check.temp_folder.relative", values=values, evidence=evidence, fixes=_FIXES)
    if seen.sight is not Sight.SEEN:
        text = "hidden" if seen.sight is Sight.HIDDEN else "assumed"
        return could_not_check(f"check.temp_folder.{text}", values=values, evidence=evidence)
    if seen.exists is False:
        return problem("check.temp_folder.missing", values=values, evidence=evidence, fixes=_FIXES)
    if seen.exists is None or seen.volume is None:
        return could_not_check("check.temp_folder.closed", values=values, evidence=evidence)
    return _judge_place(seen, seen.volume, evidence)


def _judge_place(seen: TempFolderUse, volume: Volume, evidence: tuple[Evidence, ...]) -> Finding:
    values = {"folder": seen.folder, "volume": volume.mount}
    if volume.read_only:
        text = "check.temp_folder.read_only"
        return problem(text, values=values, evidence=evidence, fixes=_FIXES, decisive=True)
    if seen.writable is False:
        text = "check.temp_folder.not_writable"
        more = {**values, "account": seen.account or ""}
        return problem(text, values=more, evidence=evidence, fixes=_FIXES, decisive=True)
    if volume.kind is VolumeKind.NETWORK:
        text = "check.temp_folder.network"
        return problem(text, values=values, evidence=evidence, fixes=_FIXES)
    if volume.kind in (VolumeKind.MEMORY, VolumeKind.REMOVABLE):
        text = f"check.temp_folder.{volume.kind}"
        return warning(text, values=values, evidence=evidence, fixes=_FIXES)
    if seen.processes_differ:
        return warning("check.temp_folder.differ", values=values, evidence=evidence)
    moved = seen.origin is Origin.PROCESS
    return ok(
        f"check.temp_folder.{'moved' if moved else 'default'}", values=values, evidence=evidence
    )


def _evidence(seen: TempFolderUse) -> Iterator[Evidence]:
    in_use = "temp_folder" if seen.sight is Sight.SEEN else "temp_folder_assumed"
    yield Evidence(in_use, seen.folder)
    for named in seen.named:
        yield Evidence(f"temp_folder_{named.origin}", named.folder, source=named.source)
    for pid in seen.variables_unread:
        names = ", ".join(variable.name for variable in java_launcher.load().variables)
        yield Evidence("java_variables_unread", names, source=f"process {pid}")
    if seen.account is not None:
        yield Evidence(_RIGHTS[seen.writable], seen.account)
    if seen.volume is not None:
        yield Evidence("temp_volume", seen.volume.mount, source=seen.volume.source)
        yield Evidence("temp_volume_kind", seen.volume.kind, source=seen.volume.source)
        yield Evidence("temp_file_system", seen.volume.file_system, source=seen.volume.source)


CHECK = Check("temp_folder", CauseId.TEMP_FOLDER, frozenset(), 10.0, TempFolderUse, observe, judge)
