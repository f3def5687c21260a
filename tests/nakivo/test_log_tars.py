# SPDX-License-Identifier: MIT
"""Logs in a .tar are read in one pass; nothing in it leads anywhere or fills memory."""

from __future__ import annotations

import gzip
import io
import tarfile
import threading
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from wizard.nakivo import logs
from wizard.nakivo.logs import LogEvidence
from wizard.product import Product

HIT = b"2026-11-23 02:14:07,123 ERROR java.io.IOException: No space left on device\n"
LINE = b"2026-11-23 02:14:07,123 INFO  Block written to the repository\n"


def entry(name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE) -> tuple[str, bytes, bytes]:
    return name, data, kind


def tarred(*entries: tuple[str, bytes, bytes], form: int = tarfile.GNU_FORMAT) -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w", format=form) as archive:
        for name, data, kind in entries:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(data), "/etc/passwd"
            if kind == tarfile.REGTYPE:
                info.linkname = ""
            archive.addfile(info, io.BytesIO(data))
    return into.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr(name, data)
    return into.getvalue()


def scan(whole: bytes, folder: Path, product: Product) -> LogEvidence:
    path = folder / "bundle.tgz"
    path.write_bytes(whole)
    return logs.scan((str(path),), product, threading.Event())


LONG = "d" * 120 + "/" + "e" * 120 + "/a.log"
READ = {
    "plain": (tarred(entry("a.log", HIT)), "a.log"),
    "packed": (gzip.compress(tarred(entry("a.log", HIT))), "a.log"),
    "of whole blocks": (tarred(entry("b.png", b"x" * 1024), entry("a.log", HIT)), "a.log"),
    "long name": (tarred(entry(LONG, HIT)), LONG),
    "long name of POSIX": (tarred(entry(LONG, HIT), form=tarfile.PAX_FORMAT), LONG),
    "packed within": (tarred(entry("a.log.1.gz", gzip.compress(HIT))), "a.log.1.gz"),
    "archive within": (tarred(entry("in.zip", zipped("a.log", HIT))), "in.zip!a.log"),
    "a name that climbs": (tarred(entry("../../etc/a.log", HIT)), "../../etc/a.log"),
    "an absolute name": (tarred(entry("/etc/cron.d/a.log", HIT)), "/etc/cron.d/a.log"),
    "behind a large program": (
        gzip.compress(tarred(entry("a.exe", LINE * 90_000), entry("a.log", LINE * 9 + HIT))),
        "a.log",
    ),
    "a large log": (gzip.compress(tarred(entry("a.log", LINE * 90_000 + HIT))), "a.log"),
}


@pytest.mark.parametrize("name", READ)
def test_scan_when_a_tar_holds_a_log_then_it_is_read_and_shown_by_all_its_names(
    name: str, product: Product, tmp_path: Path
) -> None:
    whole, shown = READ[name]
    evidence = scan(whole, tmp_path, product)
    assert [(file.path, file.skipped) for file in evidence.files] == [
        (f"{tmp_path / 'bundle.tgz'}!{shown}", None)
    ]
    assert [match.signature for match in evidence.matches] == ["no_space"]
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.tgz"]


def sparse() -> bytes:
    whole = bytearray(tarred(entry("a.log", HIT)))
    whole[156:157] = tarfile.GNUTYPE_SPARSE
    whole[148:156] = b" " * 8
    whole[148:156] = b"%06o\0 " % sum(whole[:512])
    return bytes(whole)


def told_of(size: int) -> bytes:
    """What is told ahead of an entry, which claims to be very long."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, size
    return info.tobuf(tarfile.GNU_FORMAT)


UNREAD = {
    "a link": (tarred(entry("a.log", kind=tarfile.SYMTYPE)), ["log_unread_link"]),
    "a hard link": (tarred(entry("a.log", kind=tarfile.LNKTYPE)), ["log_unread_link"]),
    "a device": (tarred(entry("a.log", kind=tarfile.CHRTYPE)), ["log_unread_not_a_file"]),
    "a pipe": (tarred(entry("a.log", kind=tarfile.FIFOTYPE)), ["log_unread_not_a_file"]),
    "sparse": (sparse(), ["log_unread_packed"]),
    "a key store": (tarred(entry("a.jks", HIT)), ["log_unread_no_logs_in_it"]),
    "cut in a log": (
        tarred(entry("a.log", LINE * 100))[:2000], ["log_unread_damaged"] * 2
    ),
    "cut in its packing": (
        gzip.compress(tarred(entry("a.log", LINE * 100)))[:-20],
        ["log_unread_damaged"] * 2,
    ),
    "broken header": (tarred(entry("a.log", HIT))[:512] .replace(b"a.log", b"b.log"),
        ["log_unread_damaged"]),
    "endless name": (told_of(1 << 33), ["log_unread_bomb"]),
    "a bomb": (
        gzip.compress(tarred(entry("a.bin", bytes(70 << 20)), entry("b.log", HIT))),
        ["log_unread_bomb"],
    ),
    "a bomb of a log": (
        gzip.compress(tarred(entry("a.log", b"x" * (70 << 20)))),
        ["log_unread_bomb"] * 2,
    ),
    "many": (tarred(*(entry(f"{n}.png") for n in range(5001))), ["log_unread_too_many"]),
    "too large to be held": (
        tarred(entry("a.gz", b"\x1f\x8b" + bytes(30 << 20))),
        ["log_unread_nested"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREAD)
def test_scan_when_something_in_a_tar_is_not_read_then_the_reason_is_told(
    name: str, product: Product, tmp_path: Path
) -> None:
    evidence = scan(UNREAD[name][0], tmp_path, product)
    assert [file.skipped for file in evidence.files] == UNREAD[name][1]


def test_scan_when_one_entry_is_not_read_then_those_behind_it_are(
    product: Product, tmp_path: Path
) -> None:
    evidence = scan(
        tarred(
            entry("0.log", kind=tarfile.SYMTYPE),
            entry("1.log", bytes(range(1, 256)) * 40),
            entry("2.log.gz", gzip.compress(HIT)[:30]),
            entry("3.log", HIT),
        ),
        tmp_path,
        product,
    )
    told = ["log_unread_link", "log_unread_no_text", "log_unread_damaged", None]
    assert [file.skipped for file in evidence.files] == told
    assert len(evidence.matches) == 1


def test_scan_when_a_tar_is_large_then_memory_stays_small(product: Product, tmp_path: Path) -> None:
    whole = gzip.compress(tarred(entry("a.bin", bytes(30 << 20)), entry("b.log", HIT)))
    tracemalloc.start()
    try:
        assert scan(whole, tmp_path, product).matches
        assert tracemalloc.get_traced_memory()[1] < 40 << 20
    finally:
        tracemalloc.stop()
