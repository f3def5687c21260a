# SPDX-License-Identifier: MIT
"""Packages of a small Linux folder."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import tarfile
from pathlib import Path

import psutil
import pytest

from installer import contents, results
from installer.linux import linux_packages

PSUTIL = Path(psutil.__file__).parent  # a package with a library, as the folder carries them
needs_tools = pytest.mark.skipif(
    bool(linux_packages.why_not()), reason=linux_packages.why_not() or ""
)


@needs_tools
def test_pack_when_a_folder_is_built_then_each_part_carries_it_with_its_licences(
    tmp_path: Path,
) -> None:
    into = tmp_path / "results"
    folder = into / "linux" / contents.FOLDER
    (folder / "runtime").mkdir(parents=True)
    (folder / contents.CONSOLE_PROGRAM).write_text("#!/bin/sh\n")
    shutil.copytree(PSUTIL, folder / "runtime" / "psutil", ignore=shutil.ignore_patterns("*.py*"))
    linux_packages.pack(folder, PSUTIL.parent, into)
    assert results.missing(["linux"], into) == []
    with tarfile.open(into / results.LINUX_ARCHIVE) as archive:
        packed = set(archive.getnames())
    listing = ["dpkg-deb", "--contents", str(into / results.DEBIAN_PACKAGE)]
    installed = subprocess.run(listing, capture_output=True, text=True, check=True).stdout
    assert any(name.endswith(".so") for name in packed)
    for name in ("m365-backup-wizard", "licences/THIRD-PARTY.txt"):
        assert f"{contents.FOLDER}/{name}" in packed
        assert f"./usr/lib/{contents.FOLDER}/{name}\n" in installed
    parts = json.loads((into / results.LINUX_PARTS).read_text(encoding="utf-8"))
    assert platform.python_version() in {part["version"] for part in parts["components"]}


def test_why_not_when_tools_are_missing_then_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "strip").symlink_to("/bin/true")
    monkeypatch.setenv("PATH", str(tmp_path))
    reason = linux_packages.why_not()
    assert reason
    assert reason.endswith("dpkg-deb, dpkg-query, objdump, readelf.")
