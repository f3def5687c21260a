# SPDX-License-Identifier: MIT
"""What is handed out for Linux: folder → licences → archive, package, list of parts."""

from __future__ import annotations

import platform
import shutil
import sysconfig
from pathlib import Path

import wizard
from installer import archives, folder, results, sources
from installer.linux import deb, linux_libraries
from installer.parts import licences, sbom
from installer.said import say, timed

_TOOLS = ("dpkg-deb", "dpkg-query", "objdump", "readelf", "strip")


def why_not() -> str | None:
    """Why the packages can't be made here, in one sentence; None when they can."""
    missing = [tool for tool in _TOOLS if not shutil.which(tool)]
    if not missing:
        return None
    return f"They are made on Debian or Ubuntu; missing here: {', '.join(missing)}."


def make(into: Path) -> None:
    """Make into/linux/ and its packages."""
    with timed("Linux folder"):
        made = folder.make_here(into, sources.date())
    pack(made, Path(sysconfig.get_paths()["purelib"]), into)


def pack(made: Path, site_packages: Path, into: Path) -> None:
    """Make the packages of a built folder, and put the licences into it."""
    licences.write(made, site_packages, licences.python_licence())
    with timed("Linux archive"):
        archives.make_tar_xz(made, into / results.LINUX_ARCHIVE)
    with timed("Debian package"):
        deb.make_deb(made, into / results.DEBIAN_PACKAGE, wizard.__version__)
    say(f"      runs with glibc {linux_libraries.oldest_glibc(made)} or later")
    parts = into / results.LINUX_PARTS
    sbom.write(parts, made, site_packages, platform.python_version(), "linux")
