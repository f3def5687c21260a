# SPDX-License-Identifier: MIT
"""Tests: the licences in the built folders cover what those folders carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CARRIED = (
    "ahocorasick-rs",
    "attrs",
    "certifi",
    "cryptography",
    "msal",
    "pyside6-essentials",
    "requests",
    "urllib3",
)
BUILD_TOOLS = ("altgraph", "cyclonedx", "hypothesis", "mypy", "pytest", "ruff", "setuptools")


@pytest.fixture(params=["linux_folder", "windows_folder"])
def folder(request: pytest.FixtureRequest) -> Path:
    made: Path = request.getfixturevalue(request.param)
    return made


def entries(folder: Path) -> dict[str, list[str]]:
    """Each component in the index with the text files that it names."""
    index = (folder / "licences" / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    found = {}
    for block in index.split("\n\n")[1:]:
        name = block.split()[0]
        texts = re.search(r"^  text: +(.+?)^  source:", block, re.DOTALL | re.MULTILINE)
        assert texts, block
        found[name] = texts.group(1).split()
    return found


def test_index_when_built_then_every_named_text_is_there(folder: Path) -> None:
    for name, texts in entries(folder).items():
        assert texts, name
        for text in texts:
            assert (folder / "licences" / text).stat().st_size > 30, (name, text)


def test_index_when_built_then_it_names_what_is_carried_and_no_build_tool(folder: Path) -> None:
    named = entries(folder)
    assert {*CARRIED, "Python", "Qt", "pyinstaller", "shiboken6"} <= named.keys()
    assert not [name for name in named if name.startswith(BUILD_TOOLS)]


def test_texts_when_built_then_each_belongs_to_an_entry(folder: Path) -> None:
    named = {text for texts in entries(folder).values() for text in texts}
    licences = folder / "licences"
    files = {
        path.relative_to(licences).as_posix() for path in licences.rglob("*") if path.is_file()
    }
    unnamed = {file for file in files - named if not file.startswith("standard/")}
    assert unnamed == {"THIRD-PARTY.txt"}


def test_qt_notice_when_built_then_each_library_it_names_is_there(folder: Path) -> None:
    notice = (folder / "licences/qt/NOTICE.txt").read_text(encoding="utf-8")
    libraries = re.findall(r"^  (runtime/\S+)$", notice, re.MULTILINE)
    core = [name for name in libraries if "Qt6Core" in name]
    assert len(core) == 1
    assert len(libraries) > 10
    assert all((folder / name).is_file() for name in libraries)


def test_qt_list_when_built_then_each_licence_it_names_has_its_text(folder: Path) -> None:
    listed = (folder / "licences/qt/third-party.txt").read_text(encoding="utf-8")
    standard = {path.stem for path in (folder / "licences/standard").iterdir()}
    for block in listed.split("\n\n")[2:]:
        (licence,) = re.findall(r"^  licence:  (.+)$", block, re.MULTILINE)
        told = any(set(one.split(" AND ")) <= standard for one in licence.split(" OR "))
        assert told or "  terms: " in block, block


def test_own_licence_when_built_then_it_is_at_the_top(folder: Path) -> None:
    assert "MIT License" in (folder / "LICENSE.txt").read_text(encoding="utf-8")
