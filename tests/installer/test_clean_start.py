# SPDX-License-Identifier: MIT
"""What the built program does first: others' settings leave it, and its own don't reach others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AFTER = """
import json, os, runpy, sys
os.environ.clear()
os.environ.update(json.loads(sys.argv[2]))
os.name = sys.argv[3]
runpy.run_path(sys.argv[1])
print(json.dumps(dict(os.environ)))
"""


def after(system: str = os.name, **before: str) -> dict[str, str]:
    """The environment after the start, from one that holds just this."""
    script = str(ROOT / "installer" / "clean_start.py")
    command = [sys.executable, "-S", "-c", AFTER, script, json.dumps(before), system]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, str] = json.loads(result.stdout)
    return told


def test_start_when_others_set_qt_for_their_programs_then_it_is_gone() -> None:
    theirs = {"QT_PLUGIN_PATH": "/x", "QT_QPA_PLATFORM_PLUGIN_PATH": "/x", "QT_STYLE_OVERRIDE": "x"}
    assert after(**theirs, PATH="/bin") == {"PATH": "/bin"}


def test_start_when_people_chose_a_size_for_themselves_then_it_stays() -> None:
    own = {"QT_SCALE_FACTOR": "2", "QT_FONT_DPI": "120", "PATH": "/bin"}
    assert after(**own) == own


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such variable")
def test_start_when_the_starter_pointed_at_our_libraries_then_others_get_their_own() -> None:
    ours = {"LD_LIBRARY_PATH": "/program/runtime"}
    assert after(**ours) == {}
    assert after(**ours, LD_LIBRARY_PATH_ORIG="/theirs") == {"LD_LIBRARY_PATH": "/theirs"}
    assert after(**ours, LD_LIBRARY_PATH_ORIG="") == {}


@pytest.mark.parametrize("before", [{}, {"PATH": ""}])
def test_start_when_windows_has_no_path_then_is_the_systems_folder(before: dict[str, str]) -> None:
    told = after("nt", **before, SYSTEMROOT="D:\\Windows")
    assert told["PATH"].startswith("D:\\Windows")
    assert told["PATH"].endswith("System32")
    assert after("nt", PATH="C:\\theirs")["PATH"] == "C:\\theirs"
