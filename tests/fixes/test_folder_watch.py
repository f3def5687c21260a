# SPDX-License-Identifier: MIT
"""Files in the new folder and in the old one, real ones, while a real process runs."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fixes.recorded import LINUX_JAVA, host, process
from tests.nakivo.test_java import running_java
from wizard.errors import CannotCheck
from wizard.fixes import plan
from wizard.fixes.folder_watch import Rhythm, Sight, Use, Watch, Watched, old_folder
from wizard.fixes.verification import State
from wizard.host.live import live_host
from wizard.host.recorded import RecordedHost
from wizard.nakivo.installation import Installation
from wizard.product import Product
from wizard.texts import Texts

QUICK = Rhythm(longest_s=0.3, poll_s=0.01, settle_s=0.05)
STARTED = datetime.now(UTC) - timedelta(hours=1)
INSTALLATION = Installation(
    "/opt/nakivo", "/opt/nakivo/transporter", "/opt/nakivo/transporter/java/tmp", "", "", False
)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    folder.mkdir()
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    left_behind(folder / "item-1.part", hours=48)
    return folder


def left_behind(file: Path, *, hours: float) -> None:
    file.write_bytes(b"x")
    when = time.time() - hours * 3600
    os.utime(file, (when, when))


def computer(new: Path, *arguments: str, **more: Any) -> RecordedHost:
    """A recorded process on a computer whose files are real."""
    words = arguments or (f"-DtempPath={new}",)
    running = process(*words, java=LINUX_JAVA) | {"started": STARTED.isoformat(), **more}
    return host("linux", processes=[running]).with_files(new.parent)


def watched(
    watch: Watch, meanwhile: Callable[[], object] | None = None, rhythm: Rhythm = QUICK
) -> Watched:
    told: list[Sight] = []
    acted = threading.Event()

    def emit(sight: Sight) -> None:
        told.append(sight)
        if meanwhile and not acted.is_set():
            acted.set()
            meanwhile()

    seen = watch.run(rhythm, emit, threading.Event())
    assert told
    assert told[-1].longest_s == rhythm.longest_s
    return seen


@pytest.mark.parametrize(
    "case",
    [
        (("new/a",), Use.NEW),
        (("old/a",), Use.OLD),
        (("new/a", "old/a"), Use.BOTH),
        (("old/item-1.part",), Use.OLD),  # written to again
        ((), Use.NONE),
    ],
)
def test_watch_when_files_appear_then_says_where(
    case: tuple[tuple[str, ...], Use], new: Path, old: Path, product: Product, texts: Texts
) -> None:
    files, use = case

    def job() -> None:
        for file in files:
            (new.parent / file).write_bytes(b"mail")

    seen = watched(Watch(computer(new), product, str(new), str(old)), job)
    assert seen.use is use
    assert seen.is_good is (use is Use.NEW)
    assert str(new) in seen.notice.sentence(texts) or use is Use.NONE


def test_watch_when_a_file_was_written_just_before_the_start_then_it_is_none_of_this_process(
    new: Path, product: Product
) -> None:
    start = STARTED.replace(microsecond=0)
    (new / "a").write_bytes(b"x")
    for later_s, use in ((0, Use.NONE), (1, Use.NEW)):
        when = start.timestamp() + later_s
        os.utime(new / "a", (when, when))
        running = computer(new, started=start.isoformat())
        assert watched(Watch(running, product, str(new), None)).use is use


def test_watch_when_files_appeared_since_the_start_then_needs_no_new_ones(
    new: Path, old: Path, product: Product
) -> None:
    left_behind(new / "a", hours=0.5)
    seen = watched(Watch(computer(new), product, str(new), str(old)))
    assert (seen.use, seen.appeared, seen.appeared_old) == (Use.NEW, 1, 0)
    assert seen.seconds < QUICK.longest_s


def test_watch_when_files_are_from_before_the_start_then_they_prove_nothing(
    new: Path, old: Path, product: Product
) -> None:
    left_behind(new / "a", hours=3)
    assert watched(Watch(computer(new), product, str(new), str(old))).use is Use.NONE


def test_watch_when_the_second_folder_follows_at_once_then_sees_both(
    new: Path, old: Path, product: Product
) -> None:
    def job() -> None:
        (new / "a").write_bytes(b"")
        threading.Timer(0.03, lambda: (old / "b").write_bytes(b"")).start()

    rhythm = replace(QUICK, longest_s=5, settle_s=0.3)
    assert watched(Watch(computer(new), product, str(new), str(old)), job, rhythm).use is Use.BOTH


def test_watch_when_the_process_has_another_folder_then_files_do_not_count(
    new: Path, old: Path, product: Product, texts: Texts
) -> None:
    running = computer(new, f"-DtempPath={old}")
    seen = watched(
        Watch(running, product, str(new), str(old)), lambda: (new / "a").write_bytes(b"")
    )
    assert seen.use is Use.NOT_IN_USE
    assert seen.verification.state is State.OTHER_VALUE
    assert seen.notice.sentence(texts) == seen.verification.notice.sentence(texts)


def test_watch_when_the_old_folder_cannot_be_seen_then_that_is_no_good(
    new: Path, product: Product, texts: Texts
) -> None:
    for old in (None, str(new.parent / "gone"), str(new)):
        seen = watched(
            Watch(computer(new), product, str(new), old), lambda: (new / "a").write_bytes(b"")
        )
        assert (seen.use, seen.appeared_old, seen.is_good) == (Use.NEW, None, False)
        assert "could not be looked at" in seen.notice.sentence(texts)
        (new / "a").unlink()


def test_watch_when_the_new_folder_cannot_be_seen_then_that_is_no_answer(
    new: Path, product: Product
) -> None:
    with pytest.raises(CannotCheck):
        watched(Watch(computer(new), product, str(new.parent / "gone"), None))


def test_watch_when_given_up_then_tells_what_was_seen_until_then(
    new: Path, old: Path, product: Product
) -> None:
    cancel = threading.Event()
    cancel.set()
    slow = Rhythm(longest_s=60, poll_s=60)
    seen = Watch(computer(new), product, str(new), str(old)).run(slow, lambda _: None, cancel)
    assert seen.use is Use.NONE


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Java is a POSIX program")
def test_watch_sees_a_real_process_and_its_files(
    tmp_path: Path, new: Path, old: Path, product: Product
) -> None:
    transporter = tmp_path / "nakivo" / "transporter"
    with running_java(transporter, f"-DtempPath={new}"):
        place = Installation(str(transporter.parent), str(transporter), "", "", "", False)
        watch = Watch(live_host(), product, str(new), str(old), place)
        rhythm = replace(QUICK, longest_s=20)  # to look at real processes takes its time
        seen = watched(watch, lambda: (new / "a").write_bytes(b"mail"), rhythm)
    assert (seen.use, seen.verification.state) == (Use.NEW, State.VERIFIED)


def test_old_folder_is_what_the_string_said_else_the_default(product: Product) -> None:
    said = plan.make("-DtempPath=/a -DtempPath=/b", "/c", product)
    assert old_folder(said, INSTALLATION, product) == "/b"
    unsaid = plan.make("-Xmx1g", "/c", product)
    assert old_folder(unsaid, INSTALLATION, product) == INSTALLATION.default_temp_folder
    assert old_folder(unsaid, None, product) is None
