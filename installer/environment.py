# SPDX-License-Identifier: MIT
"""The virtual environment .venv/: made from a lock file with hashes, and mended when it changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from installer.debian import by_hand, install_packages, say
from installer.errors import SetupError
from installer.places import ROOT

WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
QT_STAMP = VENV / ".qt-libraries"
PASSWORD_VARIABLE = "SIGNING_PASSWORD"  # noqa: S105 - its name, not its value


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
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    reason = install_packages([package])
    if not reason and subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    raise SetupError(
        "Python cannot make a virtual environment here: its venv part is missing. "
        f"{reason or 'Installing it did not help.'}\n{by_hand([package])}"
    )


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
