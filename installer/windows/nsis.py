# SPDX-License-Identifier: MIT
"""The Windows installer, made by NSIS from the program's folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from installer import icon, makensis, product, sources
from installer.contents import CONSOLE_PROGRAM, WINDOW_PROGRAM
from installer.errors import BuildError
from installer.places import BUILD
from installer.windows import version_resource

SCRIPTS = Path(__file__).parent / "setup"
MEBIBYTE = 1024 * 1024
# For the folder entries, the uninstaller and the drive's own rounding.
SPARE_MB = 5
_NOT_IN_WINDOWS_NAMES = frozenset('<>:"|?*\\') | {chr(code) for code in range(32)}
_COPY = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"


@dataclass(frozen=True)
class Contents:
    """What the installer carries: paths below the program's folder, written as Windows does."""

    folder: Path
    files: tuple[str, ...]
    folders: tuple[str, ...]
    size: int

    def source(self, name: str) -> Path:
        """The file on this computer."""
        return self.folder.joinpath(*name.split("\\"))


def make_installer(
    folder: Path, target: Path, version: str, sign: Callable[[Path], None] | None = None
) -> Path:
    """Make setup.exe at `target`; `sign` also signs the uninstaller that it carries."""
    contents = read_contents(folder)
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="nsis-") as scratch:
        lists = Path(scratch)
        _write_lists(contents, lists)
        values = _values(contents, lists, version)
        uninstaller = _make_uninstaller(lists, values)
        if sign:
            sign(uninstaller)
        _set_times(lists)
        _makensis("installer.nsi", {**values, "TARGET": str(target)})
    if sign:
        sign(target)
    return target


def read_contents(folder: Path) -> Contents:
    """List the folder, in an order that puts files of a kind together: that packs better."""
    found = sorted(folder.rglob("*"), key=lambda path: (path.suffix, path.as_posix()))
    files = [path for path in found if path.is_file()]
    if not files:
        raise BuildError(f"The installer can't be made: {folder} holds no files. Build it first.")
    folders = {_windows_name(parent, folder) for path in files for parent in path.parents
               if folder in parent.parents}  # fmt: skip
    return Contents(
        folder,
        tuple(_windows_name(path, folder) for path in files),
        # Deepest first, so that each is empty when its turn to be removed comes.
        tuple(sorted(folders, key=lambda name: (-name.count("\\"), name))),
        sum(path.stat().st_size for path in files),
    )


def _windows_name(path: Path, folder: Path) -> str:
    parts = path.relative_to(folder).parts
    for part in parts:
        if _NOT_IN_WINDOWS_NAMES & set(part) or part.endswith((".", " ")):
            raise BuildError(f"The installer can't carry {path}: Windows has no such file names.")
    return "\\".join(parts)


def _write_lists(contents: Contents, lists: Path) -> None:
    """What to write, what to remove, and what the version after this one needs to know."""
    install: list[str] = []
    for number, name in enumerate(contents.files):
        # makensis reads some characters of a source's name as patterns; a number has none.
        shutil.copy2(contents.source(name), lists / f"{number:05}")
        parent, _, last = name.rpartition("\\")
        install.append(f"SetOutPath {_inside(parent)}")
        install.append(f'File "/oname={_quoted(last)}" "${{LISTS}}/{number:05}"')
    scripts = {
        "install.nsh": install,
        "look_for_links.nsh": [_look_for_link(_inside(name)) for name in contents.folders],
        "remove_files.nsh": [_remove(_inside(name)) for name in contents.files],
        "remove_folders.nsh": [f"RMDir {_inside(name)}" for name in contents.folders],
    }
    for script, lines in scripts.items():
        (lists / script).write_text("\n".join(lines) + "\n", encoding="utf-8")
    names = [*contents.files, *(f"{name}\\" for name in contents.folders)]
    text = "".join(f"{name}\r\n" for name in names)
    (lists / "installed-files.txt").write_bytes(text.encode("utf-16-le"))


def _remove(path: str) -> str:
    """A file that somebody has open may seem removed and go only when it is closed.

    Instructions and no macro: one would expand what looks like a variable in a name.
    """
    return f"Delete {path}\nIfFileExists {path} 0 +2\nStrCpy $StillThere 1"


def _look_for_link(path: str) -> str:
    return f"StrCpy $R1 {path}\nCall ${{NOTE_LINK}}"


def _inside(name: str) -> str:
    return f'"$INSTDIR\\{_quoted(name)}"' if name else '"$INSTDIR"'


def _quoted(name: str) -> str:
    """A name in double quotes of an NSIS script, where $ begins a variable and ${ or $% a value."""
    return name.replace("$", "${DOLLAR}")


def _values(contents: Contents, lists: Path, version: str) -> dict[str, str]:
    numbers = ".".join(map(str, version_resource.four_numbers(version)))
    return {
        "LISTS": str(lists),
        "ICON": str(_drawn("app.ico", icon.write, lists)),
        "SIDE_PICTURE": str(_drawn("setup.bmp", icon.write_side_picture, lists)),
        "PRODUCT": product.NAME,
        "WINDOW_PROGRAM": f"{WINDOW_PROGRAM}.exe",
        "CONSOLE_PROGRAM": f"{CONSOLE_PROGRAM}.exe",
        "VERSION": version,
        "FOUR_NUMBERS": numbers,
        "PUBLISHER": product.HOLDER,
        "COPYRIGHT": version_resource.COPYRIGHT,
        "COMMENT": product.DESCRIPTION,
        "SIZE_KB": str(-(-contents.size // 1024)),
        "NEEDED_MB": str(-(-contents.size // MEBIBYTE) + SPARE_MB),
    }


def _drawn(name: str, draw: Callable[[Path], None], lists: Path) -> Path:
    """The build's own picture, else drawn now; a copy, because its time goes into setup too."""
    drawn = BUILD / name
    if not drawn.is_file():
        draw(drawn)
    return shutil.copyfile(drawn, lists / name)


def _set_times(folder: Path) -> None:
    """Two installers of the same sources are the same only when their files' times are."""
    moment = sources.date()
    for file in folder.iterdir():
        os.utime(file, (moment, moment))


def _make_uninstaller(lists: Path, values: dict[str, str]) -> Path:
    """Made on its own, because only a program that exists can be signed."""
    uninstaller = lists / "uninstall.exe"
    copy = f'"{sys.executable}" -c "{_COPY}" "%1" "{uninstaller}"'
    carrier = {"TARGET": str(lists / "carrier.exe"), "COPY": copy}
    _makensis("uninstaller.nsi", {**values, **carrier})
    return uninstaller


def _makensis(script: str, values: dict[str, str]) -> None:
    compiler = makensis.newest()
    if not compiler:
        raise BuildError(
            "The installer can't be made: makensis is missing. On Debian: apt-get install nsis"
        )
    defines = [f"-D{name}={value}" for name, value in values.items()]
    # UTC, because files' times are stored by the local clock.
    moment = {"TZ": "UTC", "SOURCE_DATE_EPOCH": str(sources.date())}
    # -WX: warnings are errors. -NOCONFIG: what an account has set for itself changes nothing.
    options = ["-NOCONFIG", "-WX", "-V2", "-INPUTCHARSET", "UTF8"]
    result = subprocess.run(
        [*compiler.command, *options, *defines, script],
        cwd=SCRIPTS, env={**os.environ, **compiler.environment, **moment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        raise BuildError(f"makensis refused {script}: {_reason(result.stdout + result.stderr)}")


def _reason(told: str) -> str:
    """NSIS' own sentences; what stands between them is a listing of the script."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    said = [line for line in lines if re.search(r"\berror\b|\bwarning\b|can't|invalid", line, re.I)]
    return " ".join(said) or "it gave no reason"
