# SPDX-License-Identifier: MIT
"""The Windows installer by makensis: what it carries, that it repeats, how it is signed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pefile
import pytest

from installer import contents, makensis, product
from installer.errors import BuildError
from installer.places import BUILD
from installer.signatures import authenticode, signing
from installer.signatures.signing import SigningOptions
from installer.windows import nsis
from tests.support.code_signers import Authority
from tests.support.pe_resources import manifest_elements, resources, version_strings

needs_makensis = pytest.mark.skipif(
    not makensis.newest(), reason="makensis isn't installed (Debian: nsis)"
)
needs_unpacker = pytest.mark.skipif(
    not shutil.which("7z"), reason="7z isn't installed (Debian: p7zip-full)"
)
needs_signer = pytest.mark.skipif(
    not shutil.which("osslsigncode"), reason="osslsigncode isn't installed"
)

# All of these mean something to makensis or to the shell.
ODD_NAMES = (
    "runtime/$INSTDIR ${PRODUCT} $%PATH% $$.txt",
    "runtime/deep/deeper/[a]; #b'c`.txt",
    "runtime/Ordner mit ä/größe ß.txt",
    "runtime/!include x",
    "-o -D.txt",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "program"
    names = [f"{name}.exe" for name in (contents.WINDOW_PROGRAM, contents.CONSOLE_PROGRAM)]
    for name in (*names, *ODD_NAMES):
        file = made / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{name}\n", encoding="utf-8")
    return made


def unpack(installer: Path, target: Path) -> Path:
    command = ["7z", "x", "-y", f"-o{target}", str(installer)]
    subprocess.run(command, capture_output=True, check=True)
    return target


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@needs_makensis
@needs_unpacker
def test_make_installer_when_names_are_odd_then_each_file_is_inside_as_it_was(
    folder: Path, tmp_path: Path
) -> None:
    installer = nsis.make_installer(folder, tmp_path / "made" / "w-setup.exe", "1.2.3")
    inside = files_below(unpack(installer, tmp_path / "inside"))
    packed = {name: data for name, data in inside.items() if not name.startswith("$PLUGINSDIR")}
    listed = packed.pop("runtime/installed-files.txt").decode("utf-16-le").split("\r\n")
    assert packed.pop("uninstall.exe").startswith(b"MZ")
    assert packed == files_below(folder)
    assert {name.replace("\\", "/") for name in listed if name and name[-1] != "\\"} == set(packed)


@needs_makensis
def test_make_installer_when_repeated_then_has_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = nsis.make_installer(folder, tmp_path / "a-setup.exe", "1.2.3").read_bytes()
    again = shutil.copytree(folder, tmp_path / "copied elsewhere", copy_function=shutil.copyfile)
    for picture in ("app.ico", "setup.bmp"):
        os.utime(BUILD / picture, (1_500_000_000, 1_500_000_000))
    assert nsis.make_installer(again, tmp_path / "b-setup.exe", "1.2.3").read_bytes() == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000002")
    assert nsis.make_installer(folder, tmp_path / "c-setup.exe", "1.2.3").read_bytes() != first


@needs_makensis
@needs_unpacker
@needs_signer
def test_make_installer_when_a_signer_is_given_then_setup_and_uninstaller_are_signed(
    folder: Path, tmp_path: Path
) -> None:
    authority = Authority()
    trusted = authority.bundle(tmp_path / "trusted.pem")
    pfx = authority.identity("Example Ltd").pfx(tmp_path / "signer.pfx", "secret")
    signer = signing.signer_from(SigningOptions(pfx, password="secret", authorities=trusted))
    assert signer
    installer = nsis.make_installer(folder, tmp_path / "w-setup.exe", "1.2.3", signer.sign)
    assert authenticode.verify(installer, trusted).signer == "Example Ltd"
    uninstaller = unpack(installer, tmp_path / "inside") / "uninstall.exe"
    assert authenticode.verify(uninstaller, trusted).signer == "Example Ltd"


@needs_makensis
def test_make_installer_when_made_then_windows_can_read_what_it_is(
    folder: Path, tmp_path: Path
) -> None:
    installer = nsis.make_installer(folder, tmp_path / "w-setup.exe", "1.2.3")
    with pefile.PE(str(installer)) as program:
        assert program.FILE_HEADER.Machine == 0x8664, "64-bit"
        assert program.VS_FIXEDFILEINFO[0].FileVersionMS == (1 << 16) + 2
        strings = version_strings(program)
        (manifest,) = resources(program, "RT_MANIFEST")
    assert (strings["ProductName"], strings["FileVersion"]) == (product.NAME, "1.2.3")
    assert strings["CompanyName"] == product.HOLDER
    assert product.COPYRIGHT in strings["LegalCopyright"]
    told = manifest_elements(manifest)
    assert told["requestedExecutionLevel"].get("level") == "asInvoker"
    assert "true" in (told["dpiAware"].text or "").lower()
    assert told["longPathAware"].text == "true"


@needs_makensis
def test_make_installer_when_makensis_warns_then_its_sentence_is_told(
    folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(BuildError, match="Insecure filename"):
        nsis.make_installer(folder, tmp_path / "setup.exe", "1.2.3")
    assert not (tmp_path / "setup.exe").exists()


def test_make_installer_when_makensis_is_missing_then_says_what_to_install(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(makensis, "BUILD", tmp_path)
    with pytest.raises(BuildError, match="apt-get install nsis"):
        nsis.make_installer(folder, tmp_path / "w-setup.exe", "1.2.3")


def test_read_contents_when_the_folder_is_empty_then_says_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="holds no files"):
        nsis.read_contents(tmp_path)


@pytest.mark.parametrize("name", ["a:b", "a?", "a\\b", "a.", "a ", 'a"b', "a\nb"])
def test_read_contents_when_windows_has_no_such_name_then_names_it(folder: Path, name: str) -> None:
    (folder / "runtime" / name).write_text("x")
    with pytest.raises(BuildError, match="Windows has no such file names"):
        nsis.read_contents(folder)


def test_read_contents_when_folders_are_nested_then_the_deepest_come_first(folder: Path) -> None:
    folders = nsis.read_contents(folder).folders
    assert folders.index("runtime\\deep\\deeper") < folders.index("runtime\\deep")
    assert folders[-1] == "runtime"
    assert "" not in folders, "the folder that the person chose isn't ours to list"
