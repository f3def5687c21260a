# SPDX-License-Identifier: MIT
"""Logs that change, hang or are very large while they are read."""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from wizard.nakivo import logs
from wizard.nakivo.log_content import Unpacked
from wizard.nakivo.log_sources import Source
from wizard.product import Product

HIT = b"2026-11-23 02:14:07,123 ERROR java.io.IOException: No space left on device\n"
LINE = b"2026-11-23 02:14:07,123 INFO  Block written to the repository\n"
PART = HIT + LINE * 40_000  # 2.5 MB


class Changing(io.BufferedReader):
    """A file to which something happens once its first part has been read."""

    def __init__(self, path: Path, happens: Callable[[], None]) -> None:
        super().__init__(io.FileIO(path))
        self._happens: Callable[[], None] | None = happens

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if self._happens:
            self._happens()
            self._happens = None
        return data


def counted(product: Product, path: Path, happens: Callable[[Path], None]) -> tuple[int, int]:
    """Bytes read, and lines of a full disk among them."""
    source = Source(str(path), lambda: Unpacked(Changing(path, lambda: happens(path))))
    evidence = logs.scan((), product, threading.Event(), more=[source])
    assert [file.skipped for file in evidence.files] == [None]
    return evidence.files[0].bytes, sum(match.count for match in evidence.matches)


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(LINE + HIT.replace(b"02:14", b"02:15"))


def rotate(path: Path) -> None:
    path.rename(path.with_name("a.log.1"))
    path.write_bytes(HIT * 5)


@pytest.mark.skipif(os.name == "nt", reason="an open file keeps its name there")
@pytest.mark.parametrize(
    ("happens", "size", "hits"),
    [
        (grow, len(PART) + len(LINE + HIT), 2),
        (rotate, len(PART), 1),
        (Path.unlink, len(PART), 1),
        (lambda path: os.truncate(path, 0), None, 1),
    ],
)
def test_scan_when_a_log_changes_while_read_then_what_is_there_is_read_to_its_end(
    happens: Callable[[Path], None], size: int | None, hits: int, product: Product, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    log.write_bytes(PART)
    read, found = counted(product, log, happens)
    assert found == hits
    assert read == size or (size is None and read < len(PART))


def test_scan_when_a_read_hangs_and_is_cancelled_then_it_ends_with_what_was_found(
    product: Product,
) -> None:
    released, cancel = threading.Event(), threading.Event()

    class Hanging(io.BytesIO):
        """A share that went away behind the first part."""

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            if not data:
                threading.Timer(0.05, cancel.set).start()
                released.wait(20)
            return data

    source = Source("share", lambda: Unpacked(Hanging(PART + LINE * 40_000)))
    began = time.monotonic()
    evidence = logs.scan((), product, cancel, more=[source])
    assert time.monotonic() - began < 5
    released.set()
    assert evidence.is_cancelled
    assert [match.count for match in evidence.matches] == [1]


def test_scan_when_reading_goes_on_then_the_bytes_are_told_as_they_grow(
    product: Product, tmp_path: Path
) -> None:
    for name in ("a.log", "b.log"):
        (tmp_path / name).write_bytes(PART)
    told: list[int] = []
    logs.scan((str(tmp_path),), product, threading.Event(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 2 * len(PART)


def test_scan_when_a_file_is_mostly_zeros_then_they_cost_little_and_hide_nothing(
    product: Product, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    with log.open("wb") as file:
        file.write(HIT)
        file.truncate(50 << 20)
        file.seek(0, os.SEEK_END)
        file.write(b"\n" + HIT)
    began = time.process_time()
    evidence = logs.scan((str(log),), product, threading.Event())
    assert time.process_time() - began < 2
    assert [match.count for match in evidence.matches] == [2]


def test_scan_when_a_line_never_ends_then_its_time_is_that_of_its_beginning(
    product: Product, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    log.write_bytes(LINE[:24] + (b"x" * 999_999 + b" No space left on device ") * 5)
    (match,) = logs.scan((str(log),), product, threading.Event()).matches
    assert (match.count, match.undated, match.first) == (1, 0, "2026-11-23T02:14:07.123")
