# SPDX-License-Identifier: MIT
"""What the project needs from the system: brought on Debian and Ubuntu by root, else named."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer.errors import SetupError

_WINDOWS = os.name == "nt"

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
# Programs that make and test the packages, by their Debian packages. Packages and tests that need a
# missing one are left out, with that reason.
BUILD_TOOLS = {
    "debootstrap": "debootstrap",
    "dpkg-deb": "dpkg",
    "makensis": "nsis",
    "readelf": "binutils",
    "osslsigncode": "osslsigncode",
}
TEST_TOOLS = {
    "7z": "p7zip-full",
    "Xvfb": "xvfb",
    "ansible-lint": "ansible-lint",
    "ansible-playbook": "ansible",
    "appstreamcli": "appstream",
    "desktop-file-validate": "desktop-file-utils",
    "import": "imagemagick",
    "ip": "iproute2",
    "javac": "default-jdk-headless",
    "jq": "jq",
    "lintian": "lintian",
    "mitmdump": "mitmproxy",
    "openssl": "openssl",
    "softhsm2-util": "softhsm2 libengine-pkcs11-openssl",
    "squid": "squid",
    "tinyproxy": "tinyproxy-bin",
    "xdotool": "xdotool",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")


def say(text: str) -> None:
    """Tell the person on stderr, so that stdout stays the program's own."""
    print(text, file=sys.stderr, flush=True)


def is_root() -> bool:
    """Whether system packages may be installed."""
    return not _WINDOWS and os.geteuid() == 0


def install_packages(packages: list[str]) -> str | None:
    """Install Debian packages; why that can't be done here in one sentence, or None."""
    apt = shutil.which("apt-get")
    if not apt:
        return "There is no apt-get here to bring them."
    if not is_root():
        return "Only root may install them."
    say(f"Installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in ([apt, "update", "-q"], install):
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if result.returncode:
            last = (result.stderr or result.stdout).strip().splitlines()[-1:]
            return f"{' '.join(command[:2])} failed: {' '.join(last)}"
    return None


def by_hand(packages: list[str]) -> str:
    """How a person installs packages."""
    return f"On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}"


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


def set_up_qt(stamp: Path, *, required: bool) -> None:
    """Bring the libraries of Qt's window, or name exactly what is missing.

    The stamp is a file that remembers that they are there.
    """
    if not sys.platform.startswith("linux") or stamp.exists():
        return
    missing = missing_qt_packages()
    reason = install_packages(missing) if missing else None
    if reason:
        text = (
            f"The window needs system libraries that are missing here. {reason}\n{by_hand(missing)}"
        )
        if required:
            raise SetupError(text)
        say(f"{text}\nUntil then the wizard walks you through in text.")
        return
    stamp.touch()


def set_up_tools(tools: dict[str, str]) -> None:
    """Bring the tools of the build where packages can be installed, else name them."""
    missing = [name for tool in tools if not shutil.which(tool) for name in tools[tool].split()]
    if not missing or not sys.platform.startswith("linux"):
        return
    reason = install_packages(missing)
    if reason:
        say(
            "Some tools are missing here, and the packages and tests that need them are left out. "
            f"{reason}\n{by_hand(missing)}"
        )
