# SPDX-License-Identifier: MIT
"""The version information that Windows shows in a program's properties."""

from __future__ import annotations

from typing import Any

import wizard
from installer import contents, product

COPYRIGHT = f"MIT licence, © {product.COPYRIGHT}"


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """Windows wants four numbers: "1.2.3" is (1, 2, 3, 0)."""
    first, second, third = (int(part) for part in version.split("."))
    return first, second, third, 0


def description(program: str) -> str:
    """What the task manager and a file's properties call a program."""
    of_window = product.DESCRIPTION
    return f"{of_window} (console)" if program == contents.CONSOLE_PROGRAM else of_window


def version_resource(program: str) -> Any:
    """PyInstaller's VSVersionInfo for one program; only importable where PyInstaller is."""
    from PyInstaller.utils.win32 import versioninfo as v  # noqa: PLC0415 - loads on Windows only

    numbers = four_numbers(wizard.__version__)
    strings = {
        "CompanyName": product.HOLDER,
        "FileDescription": description(program),
        "FileVersion": wizard.__version__,
        "InternalName": program,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{program}.exe",
        "ProductName": product.NAME,
        "ProductVersion": wizard.__version__,
    }
    table = v.StringTable("040904B0", [v.StringStruct(k, s) for k, s in strings.items()])
    return v.VSVersionInfo(
        ffi=v.FixedFileInfo(filevers=numbers, prodvers=numbers, mask=0x3F, OS=0x40004, fileType=1),
        kids=[
            v.StringFileInfo([table]),
            v.VarFileInfo([v.VarStruct("Translation", [0x0409, 1200])]),
        ],
    )
