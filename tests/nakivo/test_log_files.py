# SPDX-License-Identifier: MIT
"""Whatever could be a log is read, or listed with the reason why it wasn't."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import tarfile
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from wizard.nakivo import log_files, log_signatures, logs
from wizard.nakivo.log_lines import Stop
from wizard.nakivo.log_sources import Skipped
from wizard.nakivo.logs import LogEvidence
from wizard.product import Product

HIT = "2026-11-23 02:14:07,123 ERROR java.io.IOException: No space left on device\n"
RAW = HIT.encode()


def scan(product: Product, *paths: Path) -> LogEvidence:
    return logs.scan(tuple(str(path) for path in paths), product, threading.Event())


def reasons(evidence: LogEvidence) -> list[str | None]:
    return [file.skipped for file in evidence.files]


def zipped(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", method) as archive:
        archive.writestr(name, data)
    return into.getvalue()


def tarred(data: bytes) -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w") as archive:
        info = tarfile.TarInfo("a.log")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return into.getvalue()


READ = {
    "a.log.bz2": bz2.compress(RAW),
    "a.log.xz": lzma.compress(RAW),
    "a.log.gz": gzip.compress(gzip.compress(RAW)),
    "utf16le.log": HIT.encode("utf-16-le"),
    "utf16be.log": HIT.encode("utf-16-be"),
    "utf32.log": HIT.encode("utf-32"),
    "utf32be.log": HIT.encode("utf-32-be"),
    "mixed.log": RAW.replace(b"ERROR", b"INFO").replace(b"No", b"-") + HIT.encode("utf-16-le"),
    "zeros.log": b"\0" * 5000 + RAW,
    "transporter-20261120": RAW,
    "transporter.2026-11-20": RAW,
    "transporter.log (2)": RAW,
    "transporter": RAW,
    "bundle.zip": zipped("transporter-20261120", RAW),
    "bundle2.zip": zipped("logs/transporter", gzip.compress(RAW)),
    "a.tar": tarred(RAW),
    "a.tar.gz": gzip.compress(tarred(RAW)),
    "a.tgz": gzip.compress(tarred(RAW)),
    "a.tar.xz": lzma.compress(tarred(RAW)),
    "unpacks-itself.zip": b"MZ" + b"\0" * 100 + zipped("a.log", RAW),
}


@pytest.mark.parametrize("name", READ)
def test_scan_when_something_is_plainly_a_log_then_it_is_read(
    name: str, product: Product, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(READ[name])
    evidence = scan(product, tmp_path)
    assert [match.signature for match in evidence.matches] == ["no_space"]
    assert reasons(evidence) == [None]


UNREAD = {
    "a.log.zst": (b"\x28\xb5\x2f\xfd" + RAW, "log_unread_packed"),
    "a.7z": (b"7z\xbc\xaf\x27\x1c" + RAW, "log_unread_packed"),
    "tar.zip": (zipped("a.tar", tarred(RAW)), "log_unread_packed"),
    "a.gz": (gzip.compress(zipped("a.log", RAW)), "log_unread_nested"),
    "empty.zip": (b"PK\x05\x06" + b"\0" * 18, "log_unread_no_logs_in_it"),
    "pictures.zip": (zipped("a.png", RAW), "log_unread_no_logs_in_it"),
    "encrypted.log": (bytes(range(1, 256)) * 20, "log_unread_no_text"),
    "noise.log": (hashlib.shake_128(b"noise").digest(3 << 20), "log_unread_no_text"),
    "zeros.log": (b"\0" * 5000, "log_unread_no_text"),
    "cut.log.xz": (lzma.compress(RAW * 99)[:60], "log_unread_damaged"),
    "cut.log.bz2": (bz2.compress(RAW)[:20], "log_unread_damaged"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_scan_when_something_could_be_a_log_and_is_not_read_then_the_reason_is_told(
    name: str, product: Product, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(UNREAD[name][0])
    evidence = scan(product, tmp_path)
    assert reasons(evidence) == [UNREAD[name][1]]
    assert not evidence.matches


def test_scan_when_a_folder_holds_what_is_no_log_then_it_is_passed_over(
    product: Product, tmp_path: Path
) -> None:
    for name in (
        "a.jar",
        "logo.png",
        "product01.h2.db",
        "config.properties",
        "README",
        "b-20261120.png",
    ):
        (tmp_path / name).write_text("No space left on device\n")
    assert scan(product, tmp_path).files == ()


def broken_entry(method: int) -> bytes:
    """An archive whose entry is damaged in the middle of its data."""
    whole = bytearray(zipped("a.log", os.urandom(4000), method))
    whole[60:900] = bytes(840)
    return bytes(whole)


BAD_ZIPS = {
    "name": zipped("\u00e4.log", RAW).replace("\u00e4".encode(), b"\xff\xfe"),
    "lzma": broken_entry(zipfile.ZIP_LZMA),
    "deflate": broken_entry(zipfile.ZIP_DEFLATED),
    "bzip2": broken_entry(zipfile.ZIP_BZIP2),
}


@pytest.mark.parametrize("name", BAD_ZIPS)
def test_scan_when_an_archive_is_bad_then_it_is_listed_as_damaged(
    name: str, product: Product, tmp_path: Path
) -> None:
    (tmp_path / "a.zip").write_bytes(BAD_ZIPS[name])
    (tmp_path / "good.log").write_bytes(RAW)
    evidence = scan(product, tmp_path)
    assert reasons(evidence) == ["log_unread_damaged", None]
    assert evidence.matches


@pytest.mark.skipif(os.name == "nt", reason="links as on Linux")
def test_scan_when_links_lead_elsewhere_then_each_that_could_be_a_log_is_named(
    product: Product, tmp_path: Path
) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.log").write_bytes(RAW)
    (folder / "current").symlink_to(tmp_path / "elsewhere")
    (folder / "archive").symlink_to(tmp_path, target_is_directory=True)
    (folder / "logo.png").symlink_to(tmp_path / "elsewhere")
    (folder / "loop").symlink_to("loop")
    found = {Path(file.path).name: file.skipped for file in scan(product, folder).files}
    assert found == {
        "a.log": None,
        "archive": "log_unread_link",
        "current": "log_unread_link",
        "loop": "log_unread_link_loop",
    }


def test_scan_when_the_only_time_is_the_first_of_all_then_it_is_no_time(
    product: Product, tmp_path: Path
) -> None:
    for year in ("0001", "9999"):
        (tmp_path / f"{year}.log").write_text(f"{year}-01-01 00:00:00 No space left on device\n")
    evidence = scan(product, tmp_path)
    assert sum(match.undated for match in evidence.matches) == 2
    assert evidence.newest is None


def test_scan_when_a_folder_lies_deeper_than_any_log_then_it_is_named_and_the_rest_is_read(
    product: Product, tmp_path: Path
) -> None:
    depth = log_signatures.load(product).limits.folder_depth
    deepest = tmp_path.joinpath(*["d"] * (depth + 2))
    deepest.mkdir(parents=True)
    (deepest.parents[1] / "in.log").write_bytes(RAW)
    (deepest / "out.log").write_bytes(RAW)
    (tmp_path / "z.log").write_bytes(RAW)
    evidence = scan(product, tmp_path)
    assert reasons(evidence) == ["log_unread_deep_folder", None, None]
    assert [Path(file.path).name for file in evidence.files] == ["d", "in.log", "z.log"]


def test_find_when_a_folder_has_more_than_the_limit_then_that_is_told(
    product: Product, tmp_path: Path
) -> None:
    limits = replace(log_signatures.load(product).limits, folder_entries=3)
    for number in range(4):
        (tmp_path / f"{number}").write_bytes(b"no log")
        (tmp_path / f"{number}.png").write_bytes(RAW)
    found = list(log_files.find((str(tmp_path),), limits, Stop(threading.Event())))
    assert found == [Skipped(str(tmp_path), "log_unread_too_many")]


@pytest.mark.parametrize("cancelled", [True, False])
def test_find_when_reading_ends_then_no_further_file_is_opened(
    cancelled: bool, product: Product, tmp_path: Path
) -> None:
    for number in range(9):
        (tmp_path / f"{number}").write_bytes(b"no log")
    (tmp_path / "z.log").write_bytes(RAW)
    cancel = threading.Event()
    stop = Stop(cancel, None if cancelled else 0.0)
    if cancelled:
        cancel.set()
    found = list(log_files.find((str(tmp_path),), log_signatures.load(product).limits, stop))
    assert found == ([] if cancelled else [Skipped(str(tmp_path), "log_unread_time")])
