# SPDX-License-Identifier: MIT
"""What is handed out for Linux: folder → licences → archive, package, list of parts."""

from __future__ import annotations

import platform
import sysconfig
from pathlib import Path

import wizard
from installer import archives, contents, folder, sources
from installer.linux import deb, linux_libraries
from installer.parts import licences, sbom
from installer.places import DIST
from installer.said import say, timed


def make() -> None:
    """Make dist/linux/ and its packages."""
    site_packages = Path(sysconfig.get_paths()["purelib"])
    stem = f"{contents.FOLDER}-{wizard.__version__}-linux-amd64"
    with timed("Linux folder"):
        made = folder.make_here(sources.date())
        licences.write(made, site_packages, licences.python_licence())
    with timed("Linux archive"):
        archives.make_tar_xz(made, DIST / f"{stem}.tar.xz")
    with timed("Debian package"):
        target = DIST / f"{contents.FOLDER}_{wizard.__version__}_amd64.deb"
        deb.make_deb(made, target, wizard.__version__)
    say(f"      runs with glibc {linux_libraries.oldest_glibc(made)} or later")
    parts = DIST / f"{stem}.cdx.json"
    sbom.write(parts, made, site_packages, platform.python_version(), "linux")
