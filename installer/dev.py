# SPDX-License-Identifier: MIT
"""Set up, run and test the project from a fresh clone: python3 installer/dev.py run.

Standard library only, Linux and Windows. It makes .venv/ from a lock file with hashes, brings (or
names) the system libraries that Qt needs, and does nothing when all is in place already.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# Run as a script, this file's own folder comes first: "import archives" must not mean ours.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from installer import debian, left_out
from installer.debian import say
from installer.environment import (
    PASSWORD_VARIABLE,
    PYTHON,
    QT_STAMP,
    WINDOWS,
    clean_environment,
    set_up,
    without_python_settings,
)
from installer.errors import SetupError
from installer.places import ROOT

OLDEST_PYTHON = (3, 11)
# Many tests wait for sockets, services, Wine and time limits rather than for the processor.
SIDE_BY_SIDE = ["-n", "3", "--dist", "loadfile"]


def task_run(arguments: list[str]) -> int:
    """Run the program: python -m wizard ARGS."""
    set_up("run")
    debian.set_up_qt(QT_STAMP, required=False)
    # -P: a json.py in the person's folder must not become ours.
    passed_on = arguments[1:] if arguments[:1] == ["--"] else arguments
    command = [str(PYTHON), "-P", "-m", "wizard", *passed_on]
    environment = {**without_python_settings(), "PYTHONPATH": str(ROOT)}
    if not WINDOWS:
        os.execve(command[0], command, environment)  # noqa: S606
    return subprocess.run(command, env=environment, check=False).returncode


def source_steps() -> list[tuple[str, list[str]]]:
    """The checks of the sources in the order in which they run."""
    python = str(PYTHON)
    ruff = str(PYTHON.with_name("ruff"))
    return [
        ("ruff", [ruff, "check", "--quiet", "."]),
        ("ruff format", [ruff, "format", "--check", "--quiet", "."]),
        ("import contracts", [str(PYTHON.with_name("lint-imports")), "--no-cache"]),
        ("mypy --strict", [python, "-m", "mypy", "--no-error-summary"]),
        ("pytest", [python, "-m", "pytest", *SIDE_BY_SIDE, "--ignore=tests/built"]),
    ]


def built_steps(*, whole: bool) -> list[tuple[str, list[str]]]:
    """Build the packages, then try what was built.

    Missing tools leave parts out, with reasons; who asks for the whole gets a failure then.
    """
    python = str(PYTHON)
    build = [python, "-m", "installer.build", *(["--all"] if whole else [])]
    tests = [python, "-m", "pytest", *SIDE_BY_SIDE, "tests/built", "-rs"]
    tests += ["--full"] if whole else []
    return [("build", build), ("built programs", tests)]


def steps(arguments: list[str]) -> list[tuple[str, list[str]]]:
    """What `dev.py test ARGUMENTS` runs."""
    if arguments == ["--windows"]:
        return built_steps(whole=True)
    if arguments:
        return [("pytest", [str(PYTHON), "-m", "pytest", *arguments])]
    return [*source_steps(), *built_steps(whole=False)]


def task_test(arguments: list[str]) -> int:
    """Run every check; --windows: all of the built programs; other arguments: pytest with them."""
    set_up("dev")
    debian.set_up_qt(QT_STAMP, required=True)
    builds = arguments in ([], ["--windows"])
    if builds:
        debian.set_up_tools({**debian.BUILD_TOOLS, **debian.TEST_TOOLS})
        left_out.forget()
    failed = [name for name, command in steps(arguments) if not _passes(name, command)]
    for name, reason in left_out.recorded().items() if builds else ():
        say(f"Not built here, so not tried: {name}. {reason}")
    if failed:
        say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _passes(name: str, command: list[str]) -> bool:
    started = time.monotonic()
    environment = {**clean_environment(), "QT_QPA_PLATFORM": "offscreen"}
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    say(f"{'FAILED' if code else 'ok    '}  {name}  ({time.monotonic() - started:.1f} s)")
    return code == 0


def task_build(arguments: list[str]) -> int:
    """Make the programs, packages and installers in dist/ (see: dev.py build --help)."""
    environment = {**clean_environment(), "QT_QPA_PLATFORM": "offscreen"}
    os.environ.pop(PASSWORD_VARIABLE, None)  # the package managers need not know it
    set_up("dev")
    debian.set_up_qt(QT_STAMP, required=True)  # it draws the icons
    debian.set_up_tools(debian.BUILD_TOOLS)
    command = [str(PYTHON), "-m", "installer.build", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def task_fix(_arguments: list[str]) -> int:
    """Let ruff sort imports, mend what it can and format."""
    set_up("dev")
    ruff = str(PYTHON.with_name("ruff"))
    subprocess.run([ruff, "check", "--fix", "--quiet", "."], cwd=ROOT, check=False)
    return subprocess.run([ruff, "format", "--quiet", "."], cwd=ROOT, check=False).returncode


def task_shots(arguments: list[str]) -> int:
    """Write a picture of every page: FOLDER [--demo NAME] [--page ID] [--scale N] [--dark]."""
    set_up("run")
    debian.set_up_qt(QT_STAMP, required=True)
    environment = {**clean_environment(), "QT_QPA_PLATFORM": "offscreen"}
    command = [str(PYTHON), "-m", "wizard.gui.shots", *(arguments or ["build/shots"])]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def task_bench(arguments: list[str]) -> int:
    """Measure start and check against bare counterparts: [--folder BUILT]."""
    set_up("dev" if arguments else "run")
    debian.set_up_qt(QT_STAMP, required=True)
    command = [str(PYTHON), "-m", "installer.benchmarks", *arguments]
    environment = clean_environment()
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def task_bench_logs(_arguments: list[str]) -> int:
    """Measure how fast logs are read, beside grep and ripgrep (Linux)."""
    set_up("run")
    debian.set_up_tools({"rg": "ripgrep"})
    command = [str(PYTHON), "-m", "installer.bench_logs"]
    return subprocess.run(command, cwd=ROOT, env=clean_environment(), check=False).returncode


def task_lock(_arguments: list[str]) -> int:
    """Resolve pyproject.toml's dependencies anew for Linux and Windows (needs uv on PATH)."""
    uv = shutil.which("uv")
    if not uv:
        raise SetupError("uv is not on PATH: pip install uv, then run this again.")
    universal = ["--universal", "--python-version", "3.11"]
    windows = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13"]
    same = ["--constraint", "installer/run.lock", "--extra", "build"]
    for kind, wanted in (
        ("run", universal),
        ("dev", [*universal, "--extra", "dev", "--extra", "build"]),
        ("windows", [*windows, *same]),
    ):
        options = [*wanted, "--generate-hashes", "--no-header", "--no-annotate", "-q"]
        command = [uv, "pip", "compile", *options, "pyproject.toml"]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if result.returncode:
            raise SetupError(f"uv could not resolve {kind}.lock:\n{result.stderr.strip()}")
        head = "# Exact versions with hashes. Made by: python3 installer/dev.py lock\n"
        (ROOT / "installer" / f"{kind}.lock").write_text(head + result.stdout)
    return 0


TASKS: dict[str, Callable[[list[str]], int]] = {
    "run": task_run,
    "test": task_test,
    "build": task_build,
    "fix": task_fix,
    "shots": task_shots,
    "bench": task_bench,
    "bench-logs": task_bench_logs,
    "lock": task_lock,
}


def main(arguments: list[str]) -> int:
    """Run one task; 1 with a clear sentence when the set-up fails."""
    listed = "\n".join(f"  {name:10} {task.__doc__}" for name, task in TASKS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=f"tasks:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=TASKS, metavar="task")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on")
    options = parser.parse_args(arguments)
    if sys.version_info < OLDEST_PYTHON:
        say(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
        return 1
    try:
        return TASKS[options.task](options.arguments)
    except SetupError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"{error}\nIf this goes on, delete the folder .venv and run the same command again.")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
