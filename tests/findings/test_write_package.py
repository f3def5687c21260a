# SPDX-License-Identifier: MIT
"""A package is whole, proven and clean, or it isn't there."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.findings.made import diagnosis
from wizard.errors import BadInput, Refused
from wizard.findings import manifest, package, write_package
from wizard.findings.manifest import Entry
from wizard.findings.redact import Known
from wizard.product import Product
from wizard.texts import Texts

SECRET = "Zq8~Canary/Secret+Value"


@pytest.fixture
def entries(product: Product, texts: Texts) -> tuple[Entry, ...]:
    return package.plan(diagnosis(product), product, texts)


def listed(*entries: Entry, like: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries with a manifest that is right about them."""
    stated = replace(manifest.read(like[-1].data), entries=manifest.listed(entries))
    return (*entries, manifest.to_entry(stated))


def test_write_when_all_is_well_then_the_archive_holds_the_very_bytes(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    output = package.write(entries, tmp_path / "a.zip")
    with zipfile.ZipFile(output) as archive:
        assert archive.namelist() == [entry.name for entry in entries]
        assert [archive.read(entry.name) for entry in entries] == [e.data for e in entries]
        assert {info.date_time for info in archive.infolist()} == {
            (2026, 11, 24, 12, 0, 30)
        }  # .zip counts by two
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("year", [1970, 1979, 2108, 2150])
def test_write_when_the_clock_is_impossible_then_there_is_a_package_that_says_so(
    year: int, product: Product, texts: Texts, tmp_path: Path
) -> None:
    told = replace(diagnosis(product), finished=datetime(year, 2, 1, tzinfo=UTC))
    output = package.write(package.plan(told, product, texts), tmp_path / "a.zip")
    with zipfile.ZipFile(output) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        told_to_people = archive.read("README.txt").decode()
        assert f"is wrong: it says {year}-02-01 00:00:00 UTC" in told_to_people
        assert f'"created": "{year}-02-01T00:00:00.' in archive.read("manifest.json").decode()


def test_write_when_the_clock_is_possible_then_nothing_is_said_of_it(
    entries: tuple[Entry, ...],
) -> None:
    assert "clock" not in entries[0].text


def test_write_when_done_twice_then_both_files_are_the_same(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    first = package.write(entries, tmp_path / "a.zip")
    time.sleep(0.01)
    second = package.write(entries, tmp_path / "b.zip")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="rights of Linux")
def test_write_when_done_then_only_the_owner_may_read_it(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    mode = package.write(entries, tmp_path / "a.zip").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def refusal(entries: tuple[Entry, ...], output: Path, *, overwrite: bool = False) -> str:
    with pytest.raises(BadInput) as caught:
        package.write(entries, output, overwrite=overwrite)
    return caught.value.text


def test_write_when_the_file_is_there_then_it_stays_as_it_was(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    output = tmp_path / "a.zip"
    output.write_text("precious")
    assert refusal(entries, output) == "error.package_exists"
    assert output.read_text() == "precious"
    assert package.write(entries, output, overwrite=True) == output
    assert zipfile.is_zipfile(output)


def test_write_when_another_program_makes_the_file_meanwhile_then_it_is_not_replaced(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    partial, output = tmp_path / "a.zip.partial", tmp_path / "a.zip"
    partial.write_text("new")
    output.write_text("precious")
    with pytest.raises(BadInput):
        write_package.give_name(partial, output, overwrite=False)
    assert output.read_text() == "precious"


def test_write_when_the_place_is_no_good_then_it_says_why(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    assert refusal(entries, tmp_path / "none" / "a.zip") == "error.package_folder_missing"
    assert refusal(entries, tmp_path) == "error.package_is_folder"
    assert refusal(entries, tmp_path, overwrite=True) == "error.package_is_folder"


@pytest.mark.skipif(os.name == "nt", reason="links as on Linux")
def test_write_when_links_lie_in_wait_then_none_is_followed(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "a.zip.partial").symlink_to(precious)
    (tmp_path / "a.zip").symlink_to(precious)
    assert refusal(entries, tmp_path / "a.zip") == "error.package_exists"
    assert refusal(entries, tmp_path / "a.zip", overwrite=True) == "error.package_not_a_file"
    assert precious.read_text() == "mine"
    assert (tmp_path / "a.zip").is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="pipes as on Linux")
def test_write_when_a_pipe_or_device_has_the_name_then_it_is_not_replaced(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    pipe = tmp_path / "a.zip"
    os.mkfifo(pipe)
    assert refusal(entries, pipe, overwrite=True) == "error.package_not_a_file"
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]
    with pytest.raises(BadInput):
        write_package.give_name(tmp_path / "part", pipe, overwrite=True)


def test_write_when_somebody_has_a_partial_file_then_it_stays(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    (tmp_path / "a.zip.partial").write_text("theirs")
    package.write(entries, tmp_path / "a.zip")
    assert (tmp_path / "a.zip.partial").read_text() == "theirs"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.zip", "a.zip.partial"]


def test_write_when_four_write_at_once_then_one_package_is_whole_and_the_others_hear_why(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    def write(_number: int) -> str:
        try:
            return package.write(entries, tmp_path / "a.zip").name
        except BadInput as error:
            return error.text

    with ThreadPoolExecutor(4) as four:
        told = sorted(four.map(write, range(4)))
    assert told == ["a.zip", *["error.package_exists"] * 3]
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


def test_write_when_a_name_is_as_long_as_may_be_then_it_is_written(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    name = "a" * 251 + ".zip"
    assert package.write(entries, tmp_path / name).name == name


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("a/" * 2500 + "a.zip", "error.package_name_too_long"),
        ("a" * 300 + ".zip", "error.package_name_too_long"),
        ("a\0.zip", "error.package_name_impossible"),
    ],
)
def test_check_place_when_no_disk_can_hold_the_name_then_it_says_so(
    place: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as caught:
        write_package.check_place(tmp_path / place)
    assert caught.value.text == told


def test_write_when_a_secret_is_left_then_there_is_no_package_and_the_place_is_named(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    bad = listed(entries[0], Entry("logs/x.txt", f"a\nb {SECRET}\n".encode()), like=entries)
    with pytest.raises(Refused) as caught:
        package.write(bad, tmp_path / "a.zip", known=Known(secrets=(SECRET,)))
    assert caught.value.values == {"entry": "logs/x.txt", "line": 2, "kind": "known-secret"}
    assert list(tmp_path.iterdir()) == []


def test_write_when_the_manifest_is_wrong_then_there_is_no_package(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    swapped = (replace(entries[0], data=b"other\n"), *entries[1:])
    assert refusal(swapped, tmp_path / "a.zip") == "error.package_not_proven"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB, where root may mount one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a tiny disk needs root on Linux")
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    mounted = subprocess.run(words, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no tiny disk here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)  # noqa: S607


def test_write_when_the_disk_is_full_then_it_says_so_and_leaves_nothing(
    entries: tuple[Entry, ...], tiny_disk: Path
) -> None:
    noise = Entry("logs/x.txt", os.urandom(200_000).hex().encode())
    text = refusal(listed(noise, like=entries), tiny_disk / "a.zip")
    assert text == "error.package_disk_full"
    assert list(tiny_disk.iterdir()) == []


def test_write_when_the_disk_is_read_only_then_it_says_so(
    entries: tuple[Entry, ...], tiny_disk: Path
) -> None:
    words = ["mount", "-o", "remount,ro", str(tiny_disk)]
    subprocess.run(words, check=True)
    assert refusal(entries, tiny_disk / "a.zip") == "error.package_read_only_disk"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_write_when_there_is_no_permission_then_it_says_so(
    entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    tmp_path.chmod(0o500)
    assert refusal(entries, tmp_path / "a.zip") == "error.package_no_permission"


SLOW = """
import sys, time
from pathlib import Path
from wizard.findings import leaks, write_package
from wizard.findings.manifest import Entry
entries = [Entry(n, Path(sys.argv[1], n).read_bytes()) for n in ("a.txt", "manifest.json")]
real = leaks.sweep
def slow(*args):
    print("writing", flush=True)
    time.sleep(30)
    return real(*args)
leaks.sweep = slow
write_package.write(entries, Path(sys.argv[1], "a.zip"))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals as on Linux")
@pytest.mark.parametrize(("how", "left"), [(signal.SIGINT, 0), (signal.SIGKILL, 1)])
def test_write_when_it_is_interrupted_then_there_is_no_final_name(
    how: signal.Signals, left: int, entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    for entry in listed(Entry("a.txt", b"x\n"), like=entries):
        (tmp_path / entry.name).write_bytes(entry.data)
    words = [sys.executable, "-c", SLOW, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        assert len(list(tmp_path.glob(".a.zip.*.partial"))) == 1
        process.send_signal(how)
        process.wait(10)
    found = {file.name for file in tmp_path.iterdir()} - {"a.txt", "manifest.json"}
    assert len(found) == left
    assert all(name.endswith(".partial") for name in found)
