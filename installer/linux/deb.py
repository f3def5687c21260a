# SPDX-License-Identifier: MIT
"""The Debian package: the folder under /usr/lib, and what makes it at home on a Debian system."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from installer import archives, contents, debian, product, sources
from installer.errors import BuildError
from installer.linux import changelog, linux_libraries, man_page
from installer.places import ROOT

PACKAGE = contents.FOLDER
PIECES = ROOT / "installer" / "linux"
# The project has no mail address; who publishes the package names theirs as Debian's tools do, in
# DEBFULLNAME and DEBEMAIL.
_OF_THE_PRODUCT = {
    "NAME": product.NAME,
    "HOLDER": product.HOLDER,
    "COPYRIGHT": product.COPYRIGHT,
}
_MAIL = "nobody@m365-backup-wizard.invalid"
_PNG_SIZES = (48, 256)


def make_deb(folder: Path, target: Path, version: str) -> Path:
    """Make the package of a built Linux folder.

    Raises:
        BuildError: dpkg-deb is missing or fails, or the folder needs a library that nobody names.
    """
    if not shutil.which("dpkg-deb"):
        raise BuildError("The .deb can't be made, because dpkg-deb is missing: install dpkg.")
    unmet = linux_libraries.unmet(folder)
    if unmet:
        raise BuildError(f"The Linux folder would lack libraries: {'; '.join(unmet)}")
    moment = sources.date()
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch, "tree")
        _lay_out(tree, folder, version, moment)
        _write_control(tree, folder, version)
        _set_rights_and_times(tree, moment)
        _pack(tree, target, moment)
    return target


def depends(folder: Path) -> list[str]:
    """What the text face needs."""
    return [f"libc6 (>= {linux_libraries.oldest_glibc(folder)})", *sorted(_base() - {"libc6"})]


def _base() -> set[str]:
    return set(linux_libraries.BASE.values())


def recommends() -> list[str]:
    """What the window needs beside it."""
    return [*sorted(set(linux_libraries.WINDOW.values()) - _base()), debian.FONT_PACKAGE]


def _maintainer() -> str:
    name, mail = os.environ.get("DEBFULLNAME", product.HOLDER), os.environ.get("DEBEMAIL", _MAIL)
    return f"{name} <{mail}>"


def _lay_out(tree: Path, folder: Path, version: str, moment: int) -> None:
    shutil.copytree(folder, tree / "usr/lib" / PACKAGE, symlinks=True)
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin" / PACKAGE).symlink_to(f"../lib/{PACKAGE}/{contents.CONSOLE_PROGRAM}")
    day = time.strftime("%Y-%m-%d", time.gmtime(moment))
    pieces = {
        f"applications/{PACKAGE}.desktop": {},
        f"metainfo/{PACKAGE}.metainfo.xml": {"VERSION": version, "DATE": day},
        f"doc/{PACKAGE}/copyright": {"MIT": _indented((ROOT / "LICENSE").read_text("utf-8"))},
    }
    for place, values in pieces.items():
        _write(tree / "usr/share" / place, _filled(Path(place).name, values))
    _write(tree / "usr/share/lintian/overrides" / PACKAGE, _filled("lintian-overrides", {}))
    _write_icons(tree / "usr/share/icons/hicolor")
    page = man_page.man_page(version, moment)
    _write_gz(tree / f"usr/share/man/man1/{PACKAGE}.1.gz", page)
    told = changelog.releases((ROOT / "CHANGELOG.md").read_text("utf-8"), version, moment)
    text = changelog.debian(PACKAGE, told, _maintainer())
    _write_gz(tree / f"usr/share/doc/{PACKAGE}/changelog.gz", text)


def _filled(piece: str, values: dict[str, str]) -> str:
    text = (PIECES / piece).read_text(encoding="utf-8")
    for name, value in (_OF_THE_PRODUCT | values).items():
        text = text.replace(f"@{name}@", value)
    return text


def _indented(licence: str) -> str:
    """A licence as a field of the copyright file: indented, blank lines as a dot."""
    _title, _, body = licence.partition("\n\n")
    return "\n".join(f" {line}" if line else " ." for line in body.strip().splitlines())


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")


def _write_gz(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def _write_icons(hicolor: Path) -> None:
    scalable = hicolor / "scalable/apps" / f"{PACKAGE}.svg"
    scalable.parent.mkdir(parents=True)
    shutil.copy(ROOT / "resources/icons/app.svg", scalable)
    for size in _PNG_SIZES:
        target = hicolor / f"{size}x{size}/apps/{PACKAGE}.png"
        target.parent.mkdir(parents=True)
        # In a process of its own: Qt wants no other threads beside it, and a build has some.
        code = (
            "import sys; from installer import icon; icon.draw(int(sys.argv[1])).save(sys.argv[2])"
        )
        command = [sys.executable, "-c", code, str(size), str(target)]
        subprocess.run(command, cwd=ROOT, check=True)


def _write_control(tree: Path, folder: Path, version: str) -> None:
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    values = {
        "VERSION": version,
        "MAINTAINER": _maintainer(),
        "SIZE": str(sum(-(-file.stat().st_size // 1024) for file in files)),
        "DEPENDS": ", ".join(depends(folder)),
        "RECOMMENDS": ", ".join(recommends()),
    }
    _write(tree / "DEBIAN/control", _filled("control", values))
    sums = [f"{_md5(file)}  {file.relative_to(tree).as_posix()}\n" for file in files]
    _write(tree / "DEBIAN/md5sums", "".join(sums))


def _md5(file: Path) -> str:
    # What dpkg's own list of a package's files is made of; it protects against nothing.
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def _set_rights_and_times(tree: Path, moment: int) -> None:
    program = tree / "usr/lib" / PACKAGE / contents.CONSOLE_PROGRAM
    for path in [tree, *archives.files_of(tree)]:
        if not path.is_symlink():
            # Libraries are loaded and never started, so only the program keeps the right to run.
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def _pack(tree: Path, target: Path, moment: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(tree), str(target)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if result.returncode:
        raise BuildError(f"dpkg-deb could not make {target.name}: {result.stderr.strip()}")
