# SPDX-License-Identifier: MIT
"""Windows programs on Linux: a folder with Debian's Wine, and throw-away computers from it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from installer.errors import BuildError
from installer.places import BUILD

VARIABLE = "M365_BACKUP_WIZARD_WINE"
SUITE = (
    "trixie"  # its Wine 10 shows Qt's windows and lets PyInstaller work; bookworm's Wine 8 can't
)
LONGEST_MAKING = 300  # seconds
PACKAGES = (
    "wine", "wine64", "libgnutls30t64", "libxrender1", "libxi6", "libxcursor1", "libxrandr2",
    "libxfixes3", "libxcomposite1", "libxinerama1", "fonts-dejavu-core",
)  # fmt: skip
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "WINEPREFIX": "/root/prefix",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree,mshtml=",
}
_MOUNT = """
set -e
wine=$1 mount=$2; shift 2
mount -t tmpfs -o size=8g tmpfs "$mount"
mkdir "$mount/changes" "$mount/work" "$mount/root"
root=$mount/root
mount -t overlay overlay -o "lowerdir=$wine,upperdir=$mount/changes,workdir=$mount/work" "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
while [ $# -gt 0 ]; do mkdir -p "$root$1"; mount --bind "$2" "$root$1"; shift 2; done
echo ready
exec sleep infinity
"""


def folder() -> Path:
    """Where the Wine folder is or will be: the variable's, else build/wine."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else BUILD / "wine"


def is_made() -> bool:
    """Whether the Wine folder is there, whole, and of today's recipe."""
    mark = folder() / ".made"
    return mark.is_file() and mark.read_text() == _recipe()


def why_not() -> str | None:
    """Why Windows programs can't be run here, in one sentence; None when they can."""
    if not sys.platform.startswith("linux") or os.uname().machine != "x86_64":
        return "Wine is only used on Linux on x86-64."
    if os.geteuid() != 0:
        return "Wine runs in a folder of its own, and only root can enter one (chroot)."
    for tool in ("unshare", "nsenter", "chroot", *(() if is_made() else ("debootstrap",))):
        if not shutil.which(tool):
            return f"The program {tool} is missing."
    return None


def make() -> None:
    """Make the Wine folder when it isn't there: about 80 seconds and 2 GB.

    Raises:
        BuildError: it can't be made here, or not within five minutes, and why.
    """
    if is_made():
        return
    reason = why_not()
    if reason:
        raise BuildError(f"The Wine folder can't be made: {reason}")
    unfinished = folder().with_name(f"{folder().name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.rmtree(folder(), ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    try:
        _fill(unfinished)
    except BuildError:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    (unfinished / ".made").write_text(_recipe())
    unfinished.rename(folder())


def _recipe() -> str:
    return f"1 {SUITE} {' '.join(PACKAGES)}\n"


def _fill(root: Path) -> None:
    end = time.monotonic() + LONGEST_MAKING
    _run(["debootstrap", "--variant=minbase", SUITE, str(root)], end)
    (root / "etc/apt/apt.conf.d/99lean").write_text('APT::Install-Recommends "false";\n')
    (root / "etc/hosts").write_text("127.0.0.1 localhost\n")
    install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", *PACKAGES]
    _run(["chroot", str(root), *install], end)
    shutil.rmtree(root / "var/cache/apt/archives", ignore_errors=True)
    shutil.rmtree(root / "var/lib/apt/lists", ignore_errors=True)
    # Without /proc Wine finds none of its own parts.
    first_start = 'mount -t proc proc "$0/proc"; exec chroot "$0" env -i "$@" </dev/null'
    variables = [f"{name}={value}" for name, value in _ENVIRONMENT.items()]
    boot = ["sh", "-c", "wine wineboot -i && wineserver -w"]
    _run(["sh", "-c", first_start, str(root), *variables, *boot], end)


def _run(command: list[str], end: float) -> None:
    """Run to the end, or stop all of it: what it mounts is seen by nobody else and goes with it."""
    alone = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
    try:
        result = subprocess.run(
            [*alone, *command], check=False, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, errors="replace", timeout=max(1, end - time.monotonic()),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        minutes = LONGEST_MAKING // 60
        raise BuildError(
            f"The Wine folder isn't made after {minutes} minutes: {command[0]} was stopped."
        ) from None
    if result.returncode:
        told = (result.stderr or result.stdout).strip().splitlines()
        raise BuildError(f"{command[0]} failed: {told[-1] if told else 'it gave no reason'}")


@dataclass
class Computer:
    """A running throw-away Windows: what is changed in it vanishes at the end."""

    process: subprocess.Popen[str]
    root: Path
    display: str | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, words: tuple[str | Path, ...], environment: Mapping[str, str]) -> list[str]:
        """The Linux command that starts these words inside."""
        given = {**_ENVIRONMENT, **self.environment, **environment}
        if self.display:
            given["DISPLAY"] = self.display
        variables = [f"{name}={value}" for name, value in given.items()]
        enter = ["nsenter", "-t", str(self._first_process()), "-m", "-p"]
        return [*enter, "chroot", str(self.root), "env", "-i", *variables, *map(str, words)]

    def run(
        self,
        *words: str | Path,
        environment: Mapping[str, str] | None = None,
        timeout: float = 300,
        input: str | None = None,  # noqa: A002 - subprocess.run's own name
    ) -> subprocess.CompletedProcess[str]:
        """Run a Windows program to its end; the exit status is the program's.

        The output goes through pipes: Wine's programs can't be trusted with files as stdout.
        """
        return subprocess.run(
            self.command(("wine", *words), environment or {}),
            check=False, capture_output=True, text=True, errors="replace", timeout=timeout,
            **({"input": input} if input is not None else {"stdin": subprocess.DEVNULL}),
        )  # fmt: skip

    def start(self, *words: str | Path, environment: Mapping[str, str] | None = None) -> Started:
        """Start a Windows program and go on; the caller ends it."""
        return subprocess.Popen(
            self.command(("wine", *words), environment or {}),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def linux_path(self, windows_path: str) -> Path:
        """A path of drive C: or Z: as seen inside; only valid for `shell`."""
        path = PureWindowsPath(windows_path)
        below = Path(*path.parts[1:])
        return Path("/") / below if path.drive.upper() == "Z:" else C_DRIVE / below

    def shell(self, script: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a shell script of Linux inside, to look at files or prepare them."""
        command = self.command(("sh", "-ec", script, "sh", *words), {})
        return subprocess.run(
            command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )

    def _first_process(self) -> int:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return int(listed.split()[0])


Started = subprocess.Popen[str]
C_DRIVE = Path(_ENVIRONMENT["WINEPREFIX"]) / "drive_c"


@contextlib.contextmanager
def computer(
    shared: Mapping[str, Path] | None = None, display: str | None = None
) -> Iterator[Computer]:
    r"""A Windows that forgets all changes but those in the shared folders.

    `shared` maps a folder inside (as "/project", which is Z:\\project) to one of this machine.
    """
    make()
    with tempfile.TemporaryDirectory(prefix="wine-") as mount:
        pairs = [word for inside, outside in (shared or {}).items() for word in (inside, outside)]
        enter = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", _MOUNT]
        command = [*enter, "bash", str(folder().resolve()), mount, *map(str, pairs)]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        try:
            _wait_until_mounted(process)
            yield Computer(process, Path(mount) / "root", display)
        finally:
            _end(process)


def _wait_until_mounted(process: subprocess.Popen[str]) -> None:
    if process.stdout is None or process.stdout.readline() != "ready\n":
        told = process.stderr.read().strip() if process.stderr else ""
        raise BuildError(f"Wine's folder can't be entered: {told}")


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()  # unshare heeds nothing milder; all processes and mounts inside go with it
    process.communicate()
