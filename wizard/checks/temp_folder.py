# SPDX-License-Identifier: MIT
"""Which temporary folder does the Java Transporter use, who names it, and can it be used?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wizard.checks.base import Check, could_not_check, ok, problem, warning
from wizard.checks.temp_folder_use import TempFolderUse, observe
from wizard.host import java_launcher
from wizard.host.base import VolumeKind
from wizard.host.java_launcher import Place
from wizard.model import CauseId, Evidence, Finding, Outcome, Value
from wizard.nakivo import temp_folder
from wizard.nakivo.temp_folder import Origin, Setting, Sight
from wizard.product import Product

_RIGHTS = {
    True: "temp_folder_writable",
    False: "temp_folder_not_writable",
    None: "temp_folder_rights_unseen",
}
_FIXES = ("move_temp_folder",)
_UNFIT = (VolumeKind.NETWORK, VolumeKind.SESSION)
_DOUBTFUL = (VolumeKind.MEMORY, VolumeKind.REMOVABLE)


def judge(seen: TempFolderUse, _product: Product) -> Finding:
    """Contradictions in what runs first, then the place, then settings that aren't in use yet."""
    more: dict[str, Any] = {"values": _values(seen), "evidence": tuple(_evidence(seen))}
    if seen.sight is Sight.UNCLEAR:
        return could_not_check("check.temp_folder.unclear", **more)
    if temp_folder.set_twice(seen.named):
        return problem("check.temp_folder.set_twice", **more, fixes=_FIXES)
    if not seen.is_absolute:
        return problem("check.temp_folder.relative", **more, fixes=_FIXES)
    if seen.sight is not Sight.SEEN:
        return could_not_check(f"check.temp_folder.{_unseen(seen)}", **more)
    place = _judge_place(seen, more)
    text = _setting_text(seen)
    if text is None or place.outcome is Outcome.COULD_NOT_CHECK:
        return place
    # Where the place is unfit, the other setting is what to go on with.
    told = problem if place.outcome is Outcome.PROBLEM else warning
    return told(f"check.temp_folder.{text}", **more, fixes=_FIXES, decisive=place.decisive)


def _unseen(seen: TempFolderUse) -> str:
    by_setting = "" if seen.origin is Origin.DEFAULT else "_by_setting"
    return ("hidden" if seen.sight is Sight.HIDDEN else "assumed") + by_setting


def _judge_place(seen: TempFolderUse, more: dict[str, Any]) -> Finding:
    if seen.exists is False:
        return problem("check.temp_folder.missing", **more, fixes=_FIXES)
    volume = seen.volume
    if seen.exists is None or volume is None:
        return could_not_check("check.temp_folder.closed", **more)
    if volume.read_only:
        return problem("check.temp_folder.read_only", **more, fixes=_FIXES, decisive=True)
    if seen.writable is False:
        text = "check.temp_folder.not_writable"
        return problem(text, **more, fixes=_FIXES, decisive=seen.account_seen)
    if volume.kind in _UNFIT:
        return problem(f"check.temp_folder.{volume.kind}", **more, fixes=_FIXES)
    if volume.kind in _DOUBTFUL:
        return warning(f"check.temp_folder.{volume.kind}", **more, fixes=_FIXES)
    if seen.processes_differ:
        return warning("check.temp_folder.differ", **more)
    moved = seen.origin is Origin.PROCESS
    return ok(f"check.temp_folder.{'moved' if moved else 'default'}", **more)


def _setting_text(seen: TempFolderUse) -> str | None:
    """What is wrong with the argument string beside the process; None: nothing."""
    if any(setting.lookalikes for setting in seen.settings):
        return "lookalike"
    if seen.settings_differ:
        return "settings_differ"
    if seen.not_in_use:
        return "overridden" if _is_overridden(seen) else "not_restarted"
    return "setting_twice" if _twice(seen) else None


def _is_overridden(seen: TempFolderUse) -> bool:
    """Whether Java read the folder in use behind its command line, where the string ends up."""
    variables = java_launcher.load().variables
    behind = [variable.name for variable in variables if variable.place is Place.BEHIND]
    return seen.set_by_variable in behind


def _twice(seen: TempFolderUse) -> tuple[str, ...]:
    several = (tuple(dict.fromkeys(setting.folders)) for setting in seen.settings)
    return next((folders for folders in several if len(folders) > 1), ())


def _values(seen: TempFolderUse) -> dict[str, Value]:
    twice = temp_folder.set_twice(seen.named) or _twice(seen)
    words = [word for setting in seen.settings for word in setting.lookalikes]
    return {
        "folder": seen.folder,
        "reason": seen.reason,
        "places": ", ".join(seen.unseen),
        "folders": ", ".join(twice),
        "count": len(seen.unseen) or len(twice),
        "volume": seen.volume.mount if seen.volume else "",
        "account": seen.account or "",
        "variable": seen.set_by_variable or "",
        "wanted": ", ".join(seen.not_in_use),
        "word": words[0] if words else "",
    }


def _evidence(seen: TempFolderUse) -> Iterator[Evidence]:
    yield Evidence(
        "temp_folder" if seen.sight is Sight.SEEN else "temp_folder_assumed", seen.folder
    )
    if seen.real_folder:
        yield Evidence("temp_folder_real", seen.real_folder)
    yield from _named(seen)
    if seen.direct_send is not None:
        yield Evidence("direct_send", seen.direct_send)
    if seen.account is not None:
        yield Evidence(_RIGHTS[seen.writable], seen.account, source=seen.account_source)
    if seen.volume is not None:
        yield Evidence("temp_volume", seen.volume.mount, source=seen.volume.source)
        yield Evidence("temp_volume_kind", seen.volume.kind, source=seen.volume.source)
        yield Evidence("temp_file_system", seen.volume.file_system, source=seen.volume.source)


def _named(seen: TempFolderUse) -> Iterator[Evidence]:
    """Side by side: the process, what the argument string holds, the default."""
    *processes, default = seen.named
    for named in processes:
        yield Evidence(f"temp_folder_{named.origin}", named.folder, source=named.source)
    for setting in seen.settings:
        yield from _set(setting, default.folder)
    if seen.file_unread is not None:
        yield Evidence("arguments_file_unread", seen.file_unread)
    yield Evidence("temp_folder_default", default.folder, source=default.source)
    for pid in seen.variables_unread:
        names = ", ".join(variable.name for variable in java_launcher.load().variables)
        yield Evidence("java_variables_unread", names, source=f"process {pid}")


def _set(setting: Setting, default: str) -> Iterator[Evidence]:
    label, source = f"temp_folder_{setting.origin}", setting.source
    for folder in setting.folders:
        yield Evidence(label, folder, source=source)
    if not setting.folders:
        yield Evidence(f"{label}_none", default, source=source)
    for word in setting.lookalikes:
        yield Evidence("temp_folder_lookalike", word, source=source)


CHECK = Check("temp_folder", CauseId.TEMP_FOLDER, frozenset(), 10.0, TempFolderUse, observe, judge)
