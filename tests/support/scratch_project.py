# SPDX-License-Identifier: MIT
"""A tiny project with the real dev.py, in a folder and an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

from installer import debian
from installer.places import ROOT

SET_UP = ("__init__.py", "debian.py", "dev.py", "environment.py", "errors.py", "left_out.py",
          "places.py")  # fmt: skip
PROJECT = """
[tool.ruff]
line-length = 100

[tool.ruff.lint]
select = ["F"]

[tool.mypy]
strict = true
packages = ["wizard"]

[tool.importlinter]
root_package = "wizard"

[[tool.importlinter.contracts]]
name = "one way"
type = "layers"
layers = ["wizard.high", "wizard.low"]
"""
# Take down what is made of today's lock, as set_up does at its end.
_STAMP = """
from installer import environment
environment.put_project_on_path()
for kind in ("run", "dev"):
    (environment.VENV / f".{kind}.lock").write_bytes(environment.state_of(kind).encode())
environment.QT_STAMP.touch()
"""


@dataclass(frozen=True)
class ScratchProject:
    """One project; `programs` is the only folder on its PATH."""

    root: Path
    programs: Path

    @property
    def site_packages(self) -> Path:
        """Where the environment's packages are."""
        return Path(sysconfig.get_path("purelib", vars={"base": str(self.root / ".venv")}))

    def write(self, name: str, text: str) -> None:
        """A file of the project."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def dev(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run dev.py to its end."""
        return self._python(str(self.root / "installer" / "dev.py"), *words, **variables)

    def is_set_up(self) -> None:
        """Let dev.py find an environment made of its locks."""
        assert self._python("-c", _STAMP).returncode == 0

    def program(self, name: str, script: str = "") -> None:
        """Put a program on PATH."""
        file = self.programs / name
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    def _python(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PATH": str(self.programs), **variables}
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.root, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip


def make(root: Path) -> ScratchProject:
    """A project in which every check passes and nothing is built."""
    made = ScratchProject(root, root / "programs")
    made.programs.mkdir(parents=True)
    for name in SET_UP:
        made.write(f"installer/{name}", (ROOT / "installer" / name).read_text(encoding="utf-8"))
    for name in ("installer/run.lock", "installer/dev.lock", "wizard/__init__.py",
                 "wizard/high.py", "wizard/low.py", "installer/build.py"):  # fmt: skip
        made.write(name, "")
    made.write("pyproject.toml", PROJECT)
    for name in ("tests/test_source.py", "tests/built/test_program.py"):
        made.write(name, "def test_it() -> None:\n    pass\n")
    _make_venv(made)
    return made


def _make_venv(made: ScratchProject) -> None:
    """An environment that sees the packages and programs of the one that runs this."""
    venv.create(made.root / ".venv", symlinks=True)
    (made.site_packages / "ours.pth").write_text(sysconfig.get_path("purelib"))
    for name in ("ruff", "lint-imports"):
        ours = Path(sys.executable).with_name(name)
        shutil.copy(ours, made.root / ".venv" / "bin" / name)
    for tool in {**debian.BUILD_TOOLS, **debian.TEST_TOOLS}:
        made.program(tool)
