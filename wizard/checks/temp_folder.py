# SPDX-License-Identifier: MIT
"""Which temporary folder does the Java Transporter use, who names it, and can it be used?"""

from __future__ import annotations

from typing import Any

from wizard.checks import temp_folder_evidence, temp_folder_settings
from wizard.checks.base import Check, could_not_check, ok, problem, warning
from wizard.checks.temp_folder_use import TempFolderUse, observe
from wizard.model import CauseId, Finding, Outcome, Value
from wizard.nakivo import temp_folder
from wizard.nakivo.temp_folder import Origin, Sight
from wizard.product import Product

_FIXES = ("move_temp_folder",)


def judge(seen: TempFolderUse, _product: Product) -> Finding:
    """Contradictions in what runs first, then the place, then settings that aren't in use yet."""
    more: dict[str, Any] = {
        "values": _values(seen),
        "evidence": tuple(temp_folder_evidence.rows(seen)),
    }
    if seen.sight is Sight.UNCLEAR:
        return could_not_check("check.temp_folder.unclear", **more)
    if seen.twice:
        return problem("check.temp_folder.set_twice", **more, fixes=_FIXES)
    if not seen.is_absolute:
        return problem("check.temp_folder.relative", **more, fixes=_FIXES)
    text = temp_folder_settings.wrong(seen)
    if seen.sight is not Sight.SEEN:
        # What is wrong with the string itself is seen all the same.
        if text is not None:
            return warning(f"check.temp_folder.{text}_unseen", **more, fixes=_FIXES)
        return could_not_check(f"check.temp_folder.{_unseen(seen)}", **more)
    place = _judge_place(seen, more)
    if text is None or place.outcome is Outcome.COULD_NOT_CHECK:
        return place
    # Where the place is unfit, the other setting is what to go on with.
    told = problem if place.outcome is Outcome.PROBLEM else warning
    return told(f"check.temp_folder.{text}", **more, fixes=_FIXES, decisive=place.decisive)


def _unseen(seen: TempFolderUse) -> str:
    by_setting = "" if seen.origin is Origin.DEFAULT else "_by_setting"
    return ("hidden" if seen.sight is Sight.HIDDEN else "assumed") + by_setting


def _judge_place(seen: TempFolderUse, more: dict[str, Any]) -> Finding:
    if seen.elsewhere is not None:
        return could_not_check("check.temp_folder.elsewhere", **more)
    return _judge_here(seen, more)


def _judge_here(seen: TempFolderUse, more: dict[str, Any]) -> Finding:
    if seen.exists is False:
        return problem("check.temp_folder.missing", **more, fixes=_FIXES)
    volume = seen.volume
    if seen.exists is None or volume is None:
        return could_not_check("check.temp_folder.closed", **more)
    if volume.read_only:
        return problem("check.temp_folder.read_only", **more, fixes=_FIXES, decisive=True)
    if seen.writable is False:
        text = "not_writable" if seen.account_seen else "not_writable_assumed"
        proof = seen.account_seen
        return problem(f"check.temp_folder.{text}", **more, fixes=_FIXES, decisive=proof)
    if volume.kind in temp_folder.UNFIT_VOLUMES:
        return problem(f"check.temp_folder.{volume.kind}", **more, fixes=_FIXES)
    if volume.kind in temp_folder.DOUBTFUL_VOLUMES:
        return warning(f"check.temp_folder.{volume.kind}", **more, fixes=_FIXES)
    if seen.processes_differ:
        return warning("check.temp_folder.differ", **more)
    rights = "" if seen.writable else "_rights_unseen"
    return ok(f"check.temp_folder.{_named_by(seen)}{rights}", **more)


def _named_by(seen: TempFolderUse) -> str:
    if seen.origin is Origin.DEFAULT:
        return "default"
    return "moved_by_variable" if seen.set_by_variable else "moved"


def _values(seen: TempFolderUse) -> dict[str, Value]:
    twice = seen.twice or seen.setting_twice
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
        "pid": seen.elsewhere or 0,
        "wanted": ", ".join(seen.not_in_use),
        "rivals": ", ".join(f"{one.folder} ({one.source})" for one in seen.rivals),
        "word": words[0] if words else "",
    }


CHECK = Check("temp_folder", CauseId.TEMP_FOLDER, frozenset(), 10.0, TempFolderUse, observe, judge)
