# SPDX-License-Identifier: MIT
"""A small program's folder as PyInstaller makes it, and the small Python it was made with."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from PyInstaller.archive.writers import CArchiveWriter, ZlibArchiveWriter

PE = b"MZ" + bytes(62)
PYINSTALLER_FILES = {
    "PyInstaller/loader/pyimod01_archive.py": b"",
    "PyInstaller/hooks/rthooks/pyi_rth_inspect.py": b"",
}


class SmallPython:
    """A Python for Windows as its embeddable package lays it out: with packages, but never run."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.site_packages = home / "Lib" / "site-packages"
        self.site_packages.mkdir(parents=True)
        (home / "python.exe").write_bytes(PE)
        (home / "vcruntime140.dll").write_bytes(PE + b"runtime")
        (home / "LICENSE.txt").write_text("PSF LICENSE AGREEMENT", encoding="utf-8")
        with zipfile.ZipFile(home / "python313.zip", "w") as archive:
            archive.writestr("json/__init__.pyc", b"")
        self.add("pyinstaller", "6.0", PYINSTALLER_FILES, text="PyInstaller's terms")

    def add(
        self,
        name: str,
        version: str,
        files: Mapping[str, bytes],
        *,
        text: str | None = "The terms",
        more: str = "License-Expression: MIT\n",
        boms: Mapping[str, str] | None = None,
    ) -> None:
        """Install a package with these files, as pip would."""
        folder = f"{name}-{version}.dist-info"
        metadata = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{more}"
        everything = {**files, f"{folder}/METADATA": metadata.encode()}
        if text:
            everything[f"{folder}/licenses/LICENSE"] = text.encode()
        for bom, parts in (boms or {}).items():
            everything[f"{folder}/sboms/{bom}"] = parts.encode()
        rows = [f"{path},{_digest(content)},{len(content)}" for path, content in everything.items()]
        everything[f"{folder}/RECORD"] = "\n".join([*rows, f"{folder}/RECORD,,"]).encode()
        for path, content in everything.items():
            target = self.site_packages / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def make_folder(target: Path, modules: list[str], files: Mapping[str, bytes]) -> Path:
    """A folder with one program that holds these modules, and these files in runtime/."""
    for path, content in files.items():
        (target / "runtime" / path).parent.mkdir(parents=True, exist_ok=True)
        (target / "runtime" / path).write_bytes(content)
    (target / "runtime").mkdir(parents=True, exist_ok=True)
    make_program(target / "m365-backup-wizard.exe", modules)
    return target


def make_program(target: Path, modules: list[str]) -> None:
    """A bootloader's place taken by a few bytes, with PyInstaller's real archive behind them."""
    scratch = target.parent.parent / f"{target.name}-parts"
    scratch.mkdir(exist_ok=True)
    source, inner, outer = scratch / "empty.py", scratch / "PYZ.pyz", scratch / "program.pkg"
    source.write_text("", encoding="utf-8")
    code = {name: compile("", name, "exec") for name in modules}
    ZlibArchiveWriter(str(inner), [(name, str(source), "PYMODULE") for name in modules], code)
    entries = [
        ("pyi_rth_inspect", str(source), True, "s"),
        ("PYZ.pyz", str(inner), False, "z"),
    ]
    CArchiveWriter(str(outer), entries, "python313.dll")
    target.write_bytes(PE + outer.read_bytes())


def _digest(content: bytes) -> str:
    raw = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode()
    return f"sha256={raw.rstrip('=')}"
