# SPDX-License-Identifier: MIT
"""Archives inside archives are read, as far as one account of all levels allows."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import threading
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from wizard.nakivo import log_archives, log_signatures, logs
from wizard.nakivo.log_signatures import LogRules
from wizard.nakivo.log_sources import Skipped
from wizard.nakivo.logs import LogEvidence
from wizard.product import Product

HIT = b"2026-11-23 02:14:07,123 ERROR java.io.IOException: No space left on device\n"
ZEROS = bytes(30 << 20)


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return into.getvalue()


def deep(levels: int, data: bytes = HIT) -> bytes:
    whole = zipped(("a.log", data))
    for number in range(1, levels):
        whole = zipped((f"level{number}.zip", whole))
    return whole


def encrypted(whole: bytes) -> bytes:
    """An archive whose first entry says that it is encrypted."""
    changed = bytearray(whole)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[whole.index(mark) + offset] |= 1
    return bytes(changed)


def linking(target: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        link = zipfile.ZipInfo("link.log")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, target)
    return into.getvalue()


@pytest.fixture
def rules(product: Product) -> LogRules:
    return log_signatures.load(product)


def scan(whole: bytes, tmp_path: Path, product: Product) -> LogEvidence:
    path = tmp_path / "bundle.zip"
    path.write_bytes(whole)
    return logs.scan((str(path),), product, threading.Event())


READ = {
    "an archive in an archive": (deep(2), "level1.zip!a.log"),
    "three levels": (deep(3), "level2.zip!level1.zip!a.log"),
    "packed again within": (
        zipped(("in.zip", zipped(("a.log.gz", gzip.compress(HIT))))),
        "in.zip!a.log.gz",
    ),
    "an archive by another name": (zipped(("transporter", deep(1))), "transporter!a.log"),
    "beside what is no log": (
        zipped(("conf.zip", zipped(("a.xml", b"x"))), ("in.zip", deep(1))),
        "in.zip!a.log",
    ),
    "a name that climbs": (zipped(("../../../etc/a.log", HIT)), "../../../etc/a.log"),
    "a name with tricks": (zipped(("a\u202egol.log", HIT)), "a?gol.log"),
}


@pytest.mark.parametrize("name", READ)
def test_scan_when_a_log_lies_within_then_it_is_read_and_shown_by_all_its_names(
    name: str, product: Product, tmp_path: Path
) -> None:
    evidence = scan(READ[name][0], tmp_path, product)
    assert [(file.path, file.skipped) for file in evidence.files] == [
        (f"{tmp_path / 'bundle.zip'}!{READ[name][1]}", None)
    ]
    assert [match.signature for match in evidence.matches] == ["no_space"]
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]


UNREAD = {
    "too deep": (deep(4), ["log_unread_too_deep"]),
    "too large to be held": (
        zipped(("in.zip", zipped(("a.log", ZEROS), method=zipfile.ZIP_STORED))),
        ["log_unread_nested"],
    ),
    "encrypted within": (zipped(("in.zip", encrypted(deep(1)))), ["log_unread_encrypted"]),
    "encrypted archive": (encrypted(zipped(("in.zip", deep(1)))), ["log_unread_encrypted"]),
    "a link": (linking("/etc/passwd"), ["log_unread_link"]),
    "damaged within": (zipped(("in.zip", deep(1)[:-9])), ["log_unread_damaged"]),
    "nothing within": (zipped(("in.zip", zipped(("a.png", b"x")))), ["log_unread_no_logs_in_it"]),
    "a bomb of many": (
        zipped(*((f"{n}.zip", zipped(("a.log", b"x" * (20 << 20)))) for n in range(5))),
        [None, None, None, "log_unread_bomb", "log_unread_bomb"],
    ),
}


@pytest.mark.parametrize("name", UNREAD)
def test_scan_when_something_within_is_not_read_then_the_reason_is_told(
    name: str, product: Product, tmp_path: Path
) -> None:
    evidence = scan(UNREAD[name][0], tmp_path, product)
    assert [file.skipped for file in evidence.files] == UNREAD[name][1]


def test_find_when_all_levels_hold_many_entries_then_they_count_together(
    rules: LogRules, tmp_path: Path
) -> None:
    limits = rules.limits
    half = [(f"{n}.png", b"") for n in range(limits.archive_entries // 2)]
    within = zipped(*half, ("late.log", HIT))
    (tmp_path / "a.zip").write_bytes(zipped(*half, ("in.zip", within)))
    found = list(log_archives.find(tmp_path / "a.zip", limits))
    assert found == [Skipped(f"{tmp_path / 'a.zip'}!in.zip", "log_unread_too_many")]


@pytest.mark.parametrize("wide", [False, True])
def test_find_when_the_list_of_entries_alone_would_fill_memory_then_it_is_not_read(
    wide: bool, rules: LogRules, tmp_path: Path
) -> None:
    length = 1 << 30
    begin = b"PK\x03\x04" + bytes(100)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, length, 0, 0)
    if wide:
        record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, length, 0)
        place = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(begin), 1)
        short = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 0xFFFFFFFF, 0, 0)
        end = record + place + short
    (tmp_path / "a.zip").write_bytes(begin + end)
    assert list(log_archives.find(tmp_path / "a.zip", rules.limits)) == [
        Skipped(str(tmp_path / "a.zip"), "log_unread_too_many")
    ]


def test_scan_when_archives_within_are_large_then_memory_stays_small(
    product: Product, tmp_path: Path
) -> None:
    inner = zipped(("a.log", bytes(20 << 20)), method=zipfile.ZIP_STORED)
    whole = zipped(*((f"{n}.zip", inner) for n in range(3)))
    del inner
    tracemalloc.start()
    try:
        scan(whole, tmp_path, product)
        assert tracemalloc.get_traced_memory()[1] < 80 << 20
    finally:
        tracemalloc.stop()
