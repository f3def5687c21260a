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
from installer.places import DIST
from installer.said import say, timed

_TOOLS = ("dpkg-deb", "dpkg-query", "objdump", "readelf", "strip")


def why_not() -> str | None:
    """Why the packages can't be made here, in one sentence; None when they can."""
    missing = [tool for tool in _TOOLS if not shutil.which(tool)]
    if not missing:
        return None
    return f"They are made on Debian or Ubuntu; missing here: {', '.join(missing)}."


def make() -> None:
    """Make dist/linux/ and its packages."""
    site_packages = Path(sysconfig.get_paths()["purelib"])
    with timed("Linux folder"):
        made = folder.make_here(sources.date())
        licences.write(made, site_packages, licences.python_licence())
    with timed("Linux archive"):
        archives.make_tar_xz(made, DIST / results.LINUX_ARCHIVE)
    with timed("Debian package"):
        deb.make_deb(made, DIST / results.DEBIAN_PACKAGE, wizard.__version__)
    say(f"      runs with glibc {linux_libraries.oldest_glibc(made)} or later")
    parts = DIST / results.LINUX_PARTS
    sbom.write(parts, made, site_packages, platform.python_version(), "linux")
