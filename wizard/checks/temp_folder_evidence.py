# SPDX-License-Identifier: MIT
"""What is shown of the temporary folder: each source side by side, rights and volume."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.checks.temp_folder_use import TempFolderUse
from wizard.host import java_launcher
from wizard.model import Evidence
from wizard.nakivo.temp_folder import Setting, Sight

_RIGHTS = {
    True: "temp_folder_writable",
    False: "temp_folder_not_writable",
    None: "temp_folder_rights_unseen",
}


def rows(seen: TempFolderUse) -> Iterator[Evidence]:
    """The folder in use, who names it, who may write there, and what it lies on."""
    yield Evidence(
        "temp_folder" if seen.sight is Sight.SEEN else "temp_folder_assumed", seen.folder
    )
    if seen.real_folder:
        yield Evidence("temp_folder_real", seen.real_folder)
    yield from _named(seen)
    if seen.direct_send is not None:
        yield Evidence("direct_send", seen.direct_send)
    yield from _rights(seen)
    if seen.volume is not None:
        yield Evidence("temp_volume", seen.volume.mount, source=seen.volume.source)
        yield Evidence("temp_volume_kind", seen.volume.kind, source=seen.volume.source)
        yield Evidence("temp_file_system", seen.volume.file_system, source=seen.volume.source)


def _rights(seen: TempFolderUse) -> Iterator[Evidence]:
    if seen.elsewhere is not None:
        return
    if seen.account is None:
        yield Evidence("temp_folder_account_unseen", seen.folder)
        return
    yield Evidence(_RIGHTS[seen.writable], seen.account, source=seen.account_source)
    if seen.rights_reason:
        yield Evidence("temp_folder_rights_reason", seen.rights_reason)


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
