# SPDX-License-Identifier: MIT
"""What never answers is listed with that reason, and everything else is read."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.dead_mount import dead_mount
from wizard.nakivo import log_patience, log_signatures, logs
from wizard.nakivo.log_lines import Stop
from wizard.nakivo.log_sources import LimitReached
from wizard.nakivo.logs import LogEvidence
from wizard.product import Product

HIT = b"2026-11-23 02:14:07,123 ERROR java.io.IOException: No space left on device\n"


def scan(folder: Path, stop: Stop, product: Product) -> LogEvidence:
    return logs.scan_with(log_signatures.load(product), (str(folder),), stop)


def told(evidence: LogEvidence) -> dict[str, str | None]:
    return {Path(file.path).name: file.skipped for file in evidence.files}


def test_scan_when_a_share_in_a_folder_is_dead_then_it_is_named_and_the_rest_is_read(
    product: Product, tmp_path: Path
) -> None:
    share = tmp_path / "b_share"
    share.mkdir()
    (tmp_path / "a.log").write_bytes(HIT)
    (tmp_path / "c.log").write_bytes(HIT.replace(b"02:14", b"02:15"))
    with dead_mount(share):
        evidence = scan(tmp_path, Stop(threading.Event(), silent_s=0.5), product)
    assert told(evidence) == {"a.log": None, "b_share": "log_unread_silent", "c.log": None}
    assert [match.count for match in evidence.matches] == [2]


@pytest.mark.parametrize("seconds", [None, 0.5])
def test_scan_when_a_dead_share_is_named_then_it_ends_with_the_time_or_on_a_cancel(
    seconds: float | None, product: Product, tmp_path: Path
) -> None:
    cancel = threading.Event()
    if seconds is None:
        threading.Timer(0.3, cancel.set).start()
    began = time.monotonic()
    with dead_mount(tmp_path):
        evidence = scan(tmp_path / "logs", Stop(cancel, seconds), product)
    assert time.monotonic() - began < 5
    assert evidence.is_cancelled == (seconds is None)
    assert told(evidence) == ({} if seconds is None else {"logs": "log_unread_time"})


KERNEL = Path("/proc/kmsg")


@pytest.mark.skipif(not os.access(KERNEL, os.R_OK), reason="the kernel's messages can't be read")
def test_scan_when_a_file_waits_for_what_never_comes_then_it_ends_in_time(product: Product) -> None:
    began = time.monotonic()
    evidence = scan(KERNEL, Stop(threading.Event(), 1.0), product)
    assert time.monotonic() - began < 5
    assert evidence.stopped_after_s == 1.0 or evidence.files[0].skipped


def test_ask_when_something_was_silent_before_then_less_is_waited_for_the_next() -> None:
    released = threading.Event()
    stop = Stop(threading.Event(), silent_s=4.0)
    stop.silence()
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        log_patience.ask(lambda: released.wait(20), stop)
    assert time.monotonic() - began < 3
    released.set()


def test_ask_when_reading_ends_then_the_answer_is_not_waited_for() -> None:
    cancel, released = threading.Event(), threading.Event()
    threading.Timer(0.1, cancel.set).start()
    with pytest.raises(LimitReached):
        log_patience.ask(lambda: released.wait(20), Stop(cancel))
    released.set()


def test_each_when_it_is_left_early_then_what_is_open_is_closed() -> None:
    closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            yield from range(1, 9)
        finally:
            closed.set()

    taken = log_patience.each(items(), Stop(threading.Event()))
    assert next(taken) == 1
    taken.close()  # type: ignore[attr-defined]
    assert closed.wait(5)
