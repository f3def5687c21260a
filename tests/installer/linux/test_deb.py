# SPDX-License-Identifier: MIT
"""The Debian package of a small folder, looked at with dpkg's own tools."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import PySide6
import pytest

from installer import product
from installer.errors import BuildError
from installer.linux import deb

pytestmark = [
    pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb (dpkg) is missing"),
    pytest.mark.skipif(not shutil.which("readelf"), reason="readelf (binutils) is missing"),
]
MOMENT = "1700000000"
QT = Path(PySide6.__file__).parent / "Qt" / "lib"


def fill(folder: Path) -> Path:
    """A folder with a program, something that any computer can load, and a link."""
    runtime = folder / "runtime"
    runtime.mkdir(parents=True)
    (folder / "m365-backup-wizard").write_text("#!/bin/sh\necho started from $0\n")
    (folder / "m365-backup-wizard").chmod(0o755)
    shutil.copy("/bin/true", runtime / "library.so.1")
    (runtime / "link.so").symlink_to("library.so.1")
    return folder


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    def made() -> Path:
        scratch = tmp_path_factory.mktemp("deb")
        folder = fill(scratch / "m365-backup-wizard")
        return deb.make_deb(folder, scratch / "dist" / "made.deb", "1.2.3")

    return made


@pytest.fixture(scope="module")
def package(make: Callable[[], Path]) -> Path:
    os.environ["SOURCE_DATE_EPOCH"] = MOMENT
    try:
        return make()
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]


@pytest.fixture(scope="module")
def tree(package: Path) -> Path:
    target = package.parent / "tree"
    unpack = ["dpkg-deb", "--raw-extract", str(package), str(target)]
    subprocess.run(unpack, check=True)
    return target


def field(package: Path, name: str) -> str:
    command = ["dpkg-deb", "--field", str(package), name]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_package_when_made_twice_then_is_the_same_bytes(
    package: Path, make: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    assert make().read_bytes() == package.read_bytes()


def test_control_when_read_then_names_what_is_needed_and_what_the_window_needs(
    package: Path,
) -> None:
    assert field(package, "Version") == "1.2.3"
    assert field(package, "Architecture") == "amd64"
    needed = field(package, "Depends").split(", ")
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", needed[0])
    assert needed[1:] == ["libgcc-s1", "zlib1g"]
    recommended = field(package, "Recommends").split(", ")
    assert {"libxcb-cursor0", "libegl1", "libwayland-client0", "fonts-dejavu-core"} <= set(
        recommended
    )
    assert not set(recommended) & {"libc6", "libgcc-s1", "zlib1g"}


def test_files_when_listed_then_belong_to_root_and_only_the_program_may_run(
    package: Path,
) -> None:
    command = ["dpkg-deb", "--contents", str(package)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=5) for line in listed.splitlines()]
    assert {row[1] for row in rows} == {"root/root"}
    runs = [row[5] for row in rows if row[0] == "-rwxr-xr-x"]
    assert runs == ["./usr/lib/m365-backup-wizard/m365-backup-wizard"]
    assert {row[0] for row in rows} == {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--", "lrwxrwxrwx"}
    assert {row[3] for row in rows} == {"2023-11-14"}


def test_command_when_called_through_its_link_then_starts_the_program(tree: Path) -> None:
    command = tree / "usr/bin/m365-backup-wizard"
    assert command.is_symlink()
    told = subprocess.run([command], capture_output=True, text=True, check=True).stdout
    assert "started from" in told


def test_sums_when_checked_then_cover_every_file(tree: Path) -> None:
    check = ["md5sum", "--check", "--strict", "--quiet", "DEBIAN/md5sums"]
    assert subprocess.run(check, cwd=tree, check=False).returncode == 0
    named = {line.split("  ", 1)[1] for line in (tree / "DEBIAN/md5sums").read_text().splitlines()}
    there = {p.relative_to(tree).as_posix() for p in tree.rglob("*") if not p.is_symlink()}
    assert named == {n for n in there if (tree / n).is_file() and not n.startswith("DEBIAN")}


def test_control_files_when_listed_then_run_nothing_at_installation(tree: Path) -> None:
    assert {path.name for path in (tree / "DEBIAN").iterdir()} == {"control", "md5sums"}


def test_pieces_when_written_then_no_place_is_left_unfilled(tree: Path) -> None:
    share = tree / "usr/share"
    texts = [p for p in share.rglob("*") if p.suffix in {".xml", ".desktop"}]
    texts += [share / "doc/m365-backup-wizard/copyright", tree / "DEBIAN/control"]
    assert len(texts) == 4
    for text in texts:
        assert not re.search(r"@[A-Z]+@", text.read_text()), text
    assert (
        'version="1.2.3" date="2023-11-14"'
        in next(p for p in texts if p.suffix == ".xml").read_text()
    )
    assert "Permission is hereby granted" in texts[-2].read_text()
    assert all(product.NAME in text.read_text() for text in texts)
    assert f"Copyright: {product.COPYRIGHT}\n" in texts[-2].read_text()


def test_changelog_when_written_then_names_this_version_first(tree: Path) -> None:
    packed = tree / "usr/share/doc/m365-backup-wizard/changelog.gz"
    first, *rest = gzip.decompress(packed.read_bytes()).decode().splitlines()
    assert first.startswith("m365-backup-wizard (1.2.3)")
    assert any("Tue, 14 Nov 2023 22:13:20 +0000" in line for line in rest)


def test_icons_when_drawn_then_have_the_size_their_folder_says(tree: Path) -> None:
    hicolor = tree / "usr/share/icons/hicolor"
    for size in (48, 256):
        png = (hicolor / f"{size}x{size}/apps/m365-backup-wizard.png").read_bytes()
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(png[16:20], "big") == size
    assert (hicolor / "scalable/apps/m365-backup-wizard.svg").read_text().startswith("<svg")


def test_maintainer_when_named_as_debians_tools_name_it_then_is_used(
    make: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBFULLNAME", "Erika Beispiel")
    monkeypatch.setenv("DEBEMAIL", "erika@example.org")
    assert field(make(), "Maintainer") == "Erika Beispiel <erika@example.org>"


def test_package_when_a_library_is_missing_then_is_refused_with_its_name(tmp_path: Path) -> None:
    folder = fill(tmp_path / "m365-backup-wizard")
    shutil.copy(QT / "libicuuc.so.73", folder / "runtime")
    with pytest.raises(BuildError, match=r"libicuuc\.so\.73 needs libicudata\.so\.73"):
        deb.make_deb(folder, tmp_path / "made.deb", "1.2.3")


def test_package_when_dpkg_deb_is_missing_then_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="install dpkg"):
        deb.make_deb(tmp_path, tmp_path / "made.deb", "1.2.3")
