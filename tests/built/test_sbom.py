# SPDX-License-Identifier: MIT
"""Tests: the bills of materials beside the packages are valid and match the built folders."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import wizard
from tests.built.conftest import DIST

SYSTEMS = {"linux": "linux-amd64", "windows": "windows-x64"}


@pytest.fixture(params=sorted(SYSTEMS))
def system(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(request: pytest.FixtureRequest, system: str) -> Path:
    made: Path = request.getfixturevalue(f"{system}_folder")
    return made


@pytest.fixture
def text(folder: Path, system: str) -> str:
    assert folder.is_dir()
    name = f"m365-backup-wizard-{wizard.__version__}-{SYSTEMS[system]}.cdx.json"
    return (DIST / name).read_text(encoding="utf-8")


@pytest.fixture
def bom(text: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def files(bom: dict[str, Any]) -> dict[str, str]:
    """Each file in the list with its SHA-256."""
    inside = [part for owner in bom["components"] for part in owner.get("components", ())]
    return {p["name"]: p["hashes"][0]["content"] for p in inside if p["type"] == "file"}


def is_program_file(path: Path) -> bool:
    start = path.read_bytes()[:4]
    return path.is_file() and not path.is_symlink() and (start == b"\x7fELF" or start[:2] == b"MZ")


def test_list_when_built_then_it_is_valid_cyclonedx(text: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_list_when_built_then_it_holds_each_program_file_with_its_hash(
    bom: dict[str, Any], folder: Path
) -> None:
    runtime = (path for path in (folder / "runtime").rglob("*") if path.is_file())
    real = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in runtime
        if is_program_file(path)
    }
    assert len(real) > 30
    assert files(bom) == real


def test_list_when_built_then_it_names_the_parts_that_get_security_fixes(
    bom: dict[str, Any], system: str
) -> None:
    named = {part["purl"].split("@")[0] for part in bom["components"]}
    openssl = "pkg:deb/debian/libssl3" if system == "linux" else "pkg:generic/openssl"
    assert {"pkg:generic/python", "pkg:generic/qt", "pkg:pypi/cryptography", openssl} <= named
    (cryptography,) = [part for part in bom["components"] if part["name"] == "cryptography"]
    assert "openssl" in {part["name"] for part in cryptography["components"]}


def test_list_when_built_then_every_part_has_a_licence_and_is_needed_by_something(
    bom: dict[str, Any],
) -> None:
    needed = {ref for entry in bom["dependencies"] for ref in entry.get("dependsOn", ())}
    for part in bom["components"]:
        assert part["licenses"], part["name"]
        assert part["bom-ref"] in needed, part["name"]
