# SPDX-License-Identifier: MIT
"""What is loaded when: the text face without Qt, the window and the help without the network."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WINDOW = {"PySide6", "shiboken6", "wizard.app", "wizard.gui"}
# What only a run, a sample, a report or a change needs; each takes 10 to 80 ms to load.
FOR_A_RUN = {
    "asyncio", "cryptography", "dns", "email", "http", "jinja2", "jwt", "msal", "psutil",
    "requests", "ssl", "trustme", "truststore", "urllib3",
    "wizard.checks", "wizard.demo", "wizard.engine", "wizard.fixes", "wizard.graph",
}  # fmt: skip

# The modules that a process has loaded at its end, by their names' first two parts.
TELLS = """
import atexit, sys
atexit.register(
    lambda: print(*{".".join(name.split(".")[:n]) for name in sys.modules for n in (1, 2)})
)
"""


def loaded(code: str, **environment: str) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", TELLS + code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert result.returncode == 0, result.stderr
    return set(result.stdout.splitlines()[-1].split())


def run(program: str, *words: str) -> str:
    return f"sys.argv = {['wizard', *words]!r}\nfrom wizard.{program} import main\nsys.exit(main())"


@pytest.mark.parametrize("line", ["--version", "check --demo healthy --offline", "selftest"])
def test_console_program_when_run_then_loads_nothing_of_the_window(line: str) -> None:
    modules = loaded(run("program", *line.split()))
    assert "wizard.cli" in modules
    assert not modules & WINDOW


@pytest.mark.parametrize("line", ["--version", "--help", "check --help", "arguments plan --help"])
def test_help_when_shown_then_loads_nothing_that_only_a_run_needs(line: str) -> None:
    modules = loaded(run("program", *line.split()))
    assert not modules & FOR_A_RUN


def test_window_when_first_drawn_then_has_loaded_nothing_that_only_a_run_needs() -> None:
    modules = loaded(run("__main__", "selftest", "--window"), QT_QPA_PLATFORM="offscreen")
    assert "wizard.gui" in modules
    assert not modules & FOR_A_RUN


def test_preload_when_called_then_loads_what_a_run_needs() -> None:
    modules = loaded("from wizard.gui import preload\npreload.load()")
    assert {
        "wizard.checks",
        "wizard.engine",
        "wizard.fixes",
        "jinja2",
        "msal",
        "requests",
    } <= modules
