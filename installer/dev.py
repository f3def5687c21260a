# SPDX-License-Identifier: MIT
"""Set up, run and test the project from a fresh clone: python3 installer/dev.py run.

Standard library only, Linux and Windows. It makes .venv/ from a lock file with hashes, brings (or
names) the system libraries that Qt needs, and does nothing when all is in place already.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST_PYTHON = (3, 11)

# What Qt loads at run time, by the Debian and Ubuntu package that holds it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")


class SetupError(Exception):
    """Something a person has to mend; the text says what."""


def say(text: str) -> None:
    """Tell the person on stderr, so that stdout stays the program's own."""
    print(text, file=sys.stderr, flush=True)


def is_root() -> bool:
    """Whether system packages may be installed."""
    return not WINDOWS and os.geteuid() == 0


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages where this is possible; False where it isn't."""
    apt = shutil.which("apt-get")
    if not (is_root() and apt):
        return False
    say(f"Installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in ([apt, "update", "-q"], install):
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if result.returncode:
            last = (result.stderr or result.stdout).strip().splitlines()[-1:]
            raise SetupError(f"{' '.join(command[:2])} failed: {' '.join(last)}")
    return True


def can_load(library: str) -> bool:
    """Whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_qt_packages() -> list[str]:
    """Debian packages that Qt's window still lacks on this computer."""
    missing = [package for name, package in QT_LIBRARIES.items() if not can_load(name)]
    if not any(list(Path(folder).rglob("*.ttf")) for folder in FONT_FOLDERS):
        missing.append(FONT_PACKAGE)
    return missing


def set_up_qt(*, required: bool) -> None:
    """Bring the libraries of Qt's window, or name exactly what is missing."""
    stamp = VENV / ".qt-libraries"
    if not sys.platform.startswith("linux") or stamp.exists():
        return
    missing = missing_qt_packages()
    if missing and not install_packages(missing):
        text = (
            "The window needs system libraries that are missing here. On Debian or Ubuntu:\n"
            f"  sudo apt-get install {' '.join(missing)}"
        )
        if required:
            raise SetupError(text)
        say(f"{text}\nUntil then the wizard walks you through in text.")
        return
    stamp.touch()


def make_venv() -> None:
    """Make an empty virtual environment."""
    if VENV.is_symlink() or (VENV.exists() and not VENV.is_dir()):
        raise SetupError(f"{VENV} is in the way: it is no folder. Delete it and run this again.")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return
    told = f"{result.stdout}\n{result.stderr}".strip()
    if "ensurepip" not in told:
        raise SetupError(f"{VENV} could not be made: {told.splitlines()[-1] if told else '?'}")
    if not install_packages(["python3-venv"]):
        raise SetupError(
            "Python cannot make a virtual environment here: its venv part is missing.\n"
            "On Debian or Ubuntu: sudo apt-get install python3-venv"
        )
    subprocess.run(command, check=True)


def site_packages() -> Path:
    """Where the environment's packages are."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return VENV / ("Lib" if WINDOWS else f"lib/{version}") / "site-packages"


def state_of(kind: str) -> str:
    """What .venv was made from, and that nothing was taken out of it since.

    Taking a package away changes the time of the folder that holds it.
    """
    lock = (ROOT / "installer" / f"{kind}.lock").read_bytes()
    digest = hashlib.sha256(lock + sys.version.encode()).hexdigest()
    return f"{digest} {site_packages().stat().st_mtime_ns}"


def is_whole() -> bool:
    """Whether there is a virtual environment with all its parts."""
    return PYTHON.is_file() and (VENV / "pyvenv.cfg").is_file() and site_packages().is_dir()


def set_up(kind: str) -> None:
    """Make .venv/ hold what installer/KIND.lock names; nothing to do on the next start."""
    stamp = VENV / f".{kind}.lock"
    if is_whole() and stamp.exists() and stamp.read_bytes() == state_of(kind).encode():
        put_project_on_path()
        return
    if not is_whole() or _was_changed(kind, stamp) or not _made_by_this_python():
        say("Making .venv/ …")
        make_venv()
    say("Installing Python packages (the first time this takes about a minute) …")
    install(ROOT / "installer" / f"{kind}.lock")
    put_project_on_path()
    # The development lock holds all that the program needs.
    for made in ("run", "dev") if kind == "dev" else ("run",):
        (VENV / f".{made}.lock").write_bytes(state_of(made).encode())


def put_project_on_path() -> None:
    """Let .venv's Python find the package from any folder, also after the clone was moved."""
    link = site_packages() / "m365_backup_wizard.pth"
    wanted = os.fsencode(ROOT)
    try:
        if not link.exists() or link.read_bytes() != wanted:
            link.write_bytes(wanted)
    except OSError:  # a read-only clone; `run` names the project's folder itself
        return


def _was_changed(kind: str, stamp: Path) -> bool:
    """Whether somebody changed the packages though the lock is the same; pip wouldn't mend it."""
    made_from = stamp.read_bytes().split()[:1] if stamp.exists() else []
    return made_from == state_of(kind).encode().split()[:1]


def _made_by_this_python() -> bool:
    command = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout.strip() == sys.version.strip()


def install(lock: Path) -> None:
    """Install a lock file with pip, or say why that failed in one sentence."""
    command = [
        str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--require-hashes", "-r", str(lock),
    ]  # fmt: skip
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return
    errors = [line for line in result.stderr.splitlines() if line.startswith("ERROR")]
    last = (errors or result.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
    raise SetupError(
        "The Python packages could not be installed from the package index. Check that this "
        "computer reaches it (network, proxy, or a refused package index), then run the same "
        f"command again.\npip said: {last}"
    )


def without_python_settings() -> dict[str, str]:
    """The environment without what somebody set to bend their own Python."""
    keep = ("PYTHONUTF8", "PYTHONIOENCODING")
    return {k: v for k, v in os.environ.items() if k in keep or not k.startswith("PYTHON")}


def clean_environment() -> dict[str, str]:
    """The environment without what would bend Python or Qt."""
    kept = {k: v for k, v in without_python_settings().items() if not k.startswith("QT_")}
    return {**kept, "PYTHONUTF8": "1"}


def task_run(arguments: list[str]) -> int:
    """Run the program: python -m wizard ARGS."""
    set_up("run")
    set_up_qt(required=False)
    # -P: a json.py in the person's folder must not become ours.
    passed_on = arguments[1:] if arguments[:1] == ["--"] else arguments
    command = [str(PYTHON), "-P", "-m", "wizard", *passed_on]
    environment = {**without_python_settings(), "PYTHONPATH": str(ROOT)}
    if not WINDOWS:
        os.execve(command[0], command, environment)  # noqa: S606
    return subprocess.run(command, env=environment, check=False).returncode


def steps(pytest_arguments: list[str]) -> list[tuple[str, list[str]]]:
    """The checks in the order in which they run."""
    python = str(PYTHON)
    ruff = str(PYTHON.with_name("ruff"))
    return [
        ("ruff", [ruff, "check", "--quiet", "."]),
        ("ruff format", [ruff, "format", "--check", "--quiet", "."]),
        ("import contracts", [str(PYTHON.with_name("lint-imports")), "--no-cache"]),
        ("mypy --strict", [python, "-m", "mypy", "--no-error-summary"]),
        ("pytest", [python, "-m", "pytest", *pytest_arguments]),
    ]


def task_test(arguments: list[str]) -> int:
    """Run every check; with arguments, only pytest with these arguments."""
    set_up("dev")
    set_up_qt(required=True)
    environment = {**clean_environment(), "QT_QPA_PLATFORM": "offscreen"}
    failed = []
    for name, command in steps(arguments)[-1:] if arguments else steps([]):
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        say(f"{'ok    ' if code == 0 else 'FAILED'}  {name}  ({time.monotonic() - started:.1f} s)")
        if code:
            failed.append(name)
    if failed:
        say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def task_fix(_arguments: list[str]) -> int:
    """Let ruff sort imports, mend what it can and format."""
    set_up("dev")
    ruff = str(PYTHON.with_name("ruff"))
    subprocess.run([ruff, "check", "--fix", "--quiet", "."], cwd=ROOT, check=False)
    return subprocess.run([ruff, "format", "--quiet", "."], cwd=ROOT, check=False).returncode


def task_shots(arguments: list[str]) -> int:
    """Write a picture of every page: FOLDER [--demo NAME] [--page ID] [--scale N] [--dark]."""
    set_up("run")
    set_up_qt(required=True)
    environment = {**clean_environment(), "QT_QPA_PLATFORM": "offscreen"}
    command = [str(PYTHON), "-m", "wizard.gui.shots", *(arguments or ["build/shots"])]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def task_bench(_arguments: list[str]) -> int:
    """Measure start and check against bare counterparts, side by side."""
    set_up("run")
    set_up_qt(required=True)
    command = [str(PYTHON), str(ROOT / "installer" / "benchmarks.py")]
    environment = clean_environment()
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


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
        text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        head = "# Exact versions with hashes. Made by: python3 installer/dev.py lock\n"
        (ROOT / "installer" / f"{kind}.lock").write_text(head + text)
    return 0


TASKS: dict[str, Callable[[list[str]], int]] = {
    "run": task_run,
    "test": task_test,
    "fix": task_fix,
    "shots": task_shots,
    "bench": task_bench,
    "lock": task_lock,
}


def main(arguments: list[str]) -> int:
    """Run one task; 1 with a clear sentence when the set-up fails."""
    listed = "\n".join(f"  {name:6} {task.__doc__}" for name, task in TASKS.items())
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
