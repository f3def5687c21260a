# SPDX-License-Identifier: MIT
"""What is wrong with the argument string, or with what Java reads beside it?"""

from __future__ import annotations

from wizard.checks.temp_folder_use import TempFolderUse
from wizard.host import java_launcher
from wizard.host.java_launcher import OptionsPlace


def wrong(seen: TempFolderUse) -> str | None:
    """The text that tells it; None: nothing."""
    if any(setting.lookalikes for setting in seen.settings):
        return "lookalike"
    if seen.settings_differ:
        return "settings_differ"
    if seen.not_in_use:
        return "overridden" if _is_overridden(seen) else "not_restarted"
    if seen.setting_twice:
        return "setting_twice"
    return "rivals" if seen.rivals else None


def _is_overridden(seen: TempFolderUse) -> bool:
    """Whether Java read the folder in use behind its command line, where the string ends up."""
    variables = java_launcher.load().variables
    behind = [variable.name for variable in variables if variable.place is OptionsPlace.BEHIND]
    return seen.set_by_variable in behind
