# SPDX-License-Identifier: MIT
"""The build as a command, in a copy of the sources: dist/ changes as a whole or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from installer import contents, results, wine
from installer.linux import linux_packages
from installer.places import ROOT
from installer.windows import windows_packages
from tests.support.code_signers import Identity, sign
from tests.support.pe_files import written

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="leaves tools out as only Linux has them"
)
needs_tools = pytest.mark.skipif(
    bool(linux_packages.why_not()), reason=linux_packages.why_not() or ""
)
needs_wine = pytest.mark.skipif(
    bool(wine.why_not() or windows_packages.why_not()) or not wine.is_made(),
    reason="the Wine folder isn't made, or osslsigncode isn't installed",
)
PARTS = ("wizard", "resources", "installer")
FILES = ("LICENSE", "CHANGELOG.md", "pyproject.toml")
# Makes a folder as ours is laid out, without the time that ours takes.
SMALL_SPEC = f"""
import pathlib, shutil
made = pathlib.Path(DISTPATH, {contents.FOLDER!r})
shutil.copytree({str(Path(psutil.__file__).parent)!r}, made / "runtime" / "psutil",
                ignore=shutil.ignore_patterns("*.py*"))
(made / {contents.CONSOLE_PROGRAM!r}).write_text("#!/bin/sh\\n")
"""


class Sources:
    """A copy of the sources, and what was built of them earlier."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.dist = root / "dist"
        for part in PARTS:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, root / part, ignore=ignored)
        for file in FILES:
            shutil.copy(ROOT / file, root / file)
        (root / "installer" / "wizard.spec").write_text(SMALL_SPEC)
        for system, names in results.NAMES.items():
            written(self.dist / system / contents.FOLDER / "program", b"old")
            for name in names:
                written(self.dist / name, b"old")
        (self.dist / "SHA256SUMS").write_text("old")

    def build(self, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run it; a variable given as "" isn't set."""
        given = {
            **os.environ, "QT_QPA_PLATFORM": "offscreen",
            wine.VARIABLE: str(wine.folder()), **environment,
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", "installer.build", *options], cwd=self.root,
            env={name: value for name, value in given.items() if value},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def built(self) -> dict[str, bytes]:
        files = (path for path in self.dist.rglob("*") if path.is_file())
        return {path.relative_to(self.dist).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def tree(tmp_path: Path) -> Sources:
    return Sources(tmp_path / "sources")


def without_tools(tmp_path: Path) -> str:
    """A PATH with no tool but the one that PyInstaller can't be loaded without."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "ldd").symlink_to(str(shutil.which("ldd")))
    return str(tmp_path / "tools")


@pytest.mark.parametrize(("system", "tool"), [("linux", "dpkg-deb"), ("windows", "unshare")])
def test_build_when_a_system_is_asked_for_that_cant_be_made_then_fails_and_says_why(
    tree: Sources, tmp_path: Path, system: str, tool: str
) -> None:
    result = tree.build("--only", system, PATH=without_tools(tmp_path))
    assert result.returncode == 1
    assert result.stdout.startswith("Not built: The ")
    assert tool in result.stdout or "root" in result.stdout
    assert result.stderr == ""


def test_build_when_all_is_asked_for_and_a_part_cant_be_made_then_fails(
    tree: Sources, tmp_path: Path
) -> None:
    result = tree.build("--all", PATH=without_tools(tmp_path))
    assert (result.returncode, result.stdout[:11]) == (1, "Not built: ")


def test_build_when_nothing_can_be_made_then_says_so(tree: Sources, tmp_path: Path) -> None:
    before = tree.built()
    result = tree.build(PATH=without_tools(tmp_path))
    assert (result.returncode, tree.built()) == (1, before)
    assert "Left out: the Linux packages. " in result.stdout
    assert result.stdout.endswith("Not built: There is nothing that can be made here.\n")


@needs_tools
def test_build_when_made_then_replaces_this_systems_results_only(tree: Sources) -> None:
    before = tree.built()
    result = tree.build("--only", "linux")
    assert (result.returncode, result.stderr) == (0, "")
    after = tree.built()
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {*results.NAMES["linux"], "SHA256SUMS", f"linux/{contents.FOLDER}/program"}
    check = ["sha256sum", "--check", "--strict", "--status", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tree.dist, check=False).returncode == 0


@needs_tools
def test_build_when_nothing_changed_then_builds_only_once(tree: Sources) -> None:
    tree.build("--only", "linux")
    assert tree.build("--only", "linux").stdout.startswith("Nothing to build: ")
    (tree.root / "LICENSE").write_text("other terms")
    assert "made  Debian package" in tree.build("--only", "linux").stdout


@needs_tools
def test_build_when_done_in_two_places_then_gives_the_same_bytes(
    tree: Sources, tmp_path: Path
) -> None:
    other = Sources(tmp_path / "other place")
    for each in (tree, other):
        assert each.build("--only", "linux").returncode == 0
    assert tree.built() == other.built()


@needs_tools
@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("installer/wizard.spec", "PyInstaller failed"),
        ("CHANGELOG.md", "CHANGELOG.md"),
    ],
)
def test_build_when_it_fails_then_dist_is_as_it_was(tree: Sources, broken: str, said: str) -> None:
    before = tree.built()
    (tree.root / broken).write_text("raise SystemExit(1)")
    result = tree.build("--only", "linux")
    assert (result.returncode, tree.built()) == (1, before)
    assert "Not built: " in result.stdout
    assert said in result.stdout


@needs_tools
def test_build_when_the_sources_have_no_date_then_says_so_and_dist_is_as_it_was(
    tree: Sources,
) -> None:
    before = tree.built()
    result = tree.build("--only", "linux", SOURCE_DATE_EPOCH="")
    assert (result.returncode, tree.built()) == (1, before)
    assert result.stdout.startswith("Not built: The date of the sources isn't known here")


@needs_wine
def test_build_when_dist_is_signed_and_no_key_is_given_then_refuses(
    tree: Sources, identity: Identity
) -> None:
    sign(written(tree.dist / results.SETUP_PROGRAM), identity)
    before = tree.built()
    result = tree.build("--only", "windows")
    assert (result.returncode, tree.built()) == (1, before)
    assert result.stdout.startswith("Not built: dist/ holds signed packages")
