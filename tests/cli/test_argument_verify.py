# SPDX-License-Identifier: MIT
"""wizard arguments verify: the running process, and files that appear while it is watched."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.ran import on
from tests.fixes.recorded import LINUX_JAVA, hidden_process, host, process
from wizard.errors import BadInput, CannotCheck
from wizard.fixes import apply
from wizard.host.recorded import RecordedHost
from wizard.product import Product
from wizard.texts import Texts

KEY = "system.transporter.modern.arguments"
TEMP_PATH = ("--temp-path", "/data/tmp")


RIGHT = {**process("-DtempPath=/data/tmp"), "java_options": []}


@pytest.mark.parametrize(
    ("processes", "status", "state"),
    [
        ([RIGHT], 0, "verified"),
        ([process("-DtempPath=/data/tmp")], 3, "verified"),  # the options variables are unread
        ([RIGHT, hidden_process(pid=9)], 3, "verified"),
        ([process("-DtempPath=/other")], 2, "other-value"),
        ([process()], 2, "none"),
        ([process("-DtempPath=/data/tmp", "-DtempPath=/data/tmp")], 2, "twice"),
        ([], 3, "no-process"),
        ([hidden_process()], 3, "unreadable"),
    ],
)
def test_verify_ends_with_0_only_when_it_was_seen(
    processes: list[dict[str, Any]], status: int, state: str, texts: Texts
) -> None:
    words = ("verify", "--temp-path", "/data/tmp")
    assert on(host(processes=processes), texts, *words).status == status
    told = on(host(processes=processes), texts, *words, "--format", "json")
    assert (told.status, told.json["state"]) == (status, state)


def test_verify_of_a_folder_that_is_not_there_ends_with_1_and_says_so(
    tmp_path: Path, texts: Texts
) -> None:
    away = tmp_path / "away"
    running = {**process(f"-DtempPath={away}", java=LINUX_JAVA), "java_options": []}
    computer = host("linux", processes=[running]).with_files(tmp_path)
    ran = on(computer, texts, "verify", "--temp-path", str(away))
    assert ran.status == 1
    assert f"There is no folder {away} on this server." in ran.out
    told = on(computer, texts, "verify", "--temp-path", str(away), "--format", "json").json
    assert told["folder_problem"]["id"] == "missing"


def test_verify_as_junit_is_bad_input(texts: Texts) -> None:
    with pytest.raises(BadInput):
        on(host(processes=[]), texts, "verify", "--temp-path", "/x/y", "--format", "junit")


def test_verify_shows_an_empty_value_as_one(texts: Texts) -> None:
    verified = on(host(processes=[process("-DtempPath")]), texts, "verify", *TEMP_PATH)
    assert 'uses "", not /data/tmp' in verified.out


@pytest.fixture
def new(tmp_path: Path) -> Path:
    (tmp_path / "new").mkdir()
    return tmp_path / "new"


def installed(new: Path) -> RecordedHost:
    """A product below the test's folder, whose default folder is there, too."""
    product = new.parent / "nakivo"
    (product / "transporter" / "java" / "tmp").mkdir(parents=True)
    running = {**process(f"-DtempPath={new}", java=LINUX_JAVA), "java_options": []}
    unit = {"name": "nkv-bhsvc.service", "display_name": "", "state": "running"}
    command = str(product / "transporter" / "bhsvc")
    answers = {"processes": [running], "services": [{**unit, "command": command}], "programs": []}
    return host("linux", **answers).with_files(new.parent)


@contextmanager
def writing(*files: Path) -> Iterator[None]:
    """Write files again and again, however late the watch begins."""
    over = threading.Event()

    def write() -> None:
        while not over.wait(0.3):
            for file in files:
                file.write_bytes(b"mail")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


@pytest.mark.parametrize(
    ("files", "status", "use"),
    [
        (("new/a",), 0, "new"),
        (("nakivo/transporter/java/tmp/a",), 2, "old"),
        (("new/a", "nakivo/transporter/java/tmp/a"), 1, "both"),
    ],
)
def test_watch_ends_with_0_only_when_files_appear_where_they_should(
    new: Path, files: tuple[str, ...], status: int, use: str, texts: Texts
) -> None:
    computer = installed(new)
    old = str(new.parent / "nakivo" / "transporter" / "java" / "tmp")
    words = ("verify", "--temp-path", str(new), "--watch", "20", "--old", old, "--format", "json")
    with writing(*(new.parent / file for file in files)):
        ran = on(computer, texts, *words)
    assert ran.status == status
    assert ran.json["state"] == "verified"
    watch = ran.json["watch"]
    assert (watch["use"], watch["folder"]) == (use, str(new))
    assert watch["old_folder"] == old
    assert watch["seconds"] < 20


def test_watch_when_nothing_appears_then_ends_with_3_in_time(new: Path, texts: Texts) -> None:
    began = time.monotonic()
    ran = on(installed(new), texts, "verify", "--temp-path", str(new), "--watch", "0.5")
    assert ran.status == 3
    assert "No file appeared" in ran.out
    assert time.monotonic() - began < 5


def test_watch_when_the_old_folder_is_not_known_then_ends_with_3(new: Path, texts: Texts) -> None:
    computer = installed(new)
    with writing(
        new / "a"
    ):  # the default folder is there, but nothing says that it was the old one
        ran = on(computer, texts, "verify", "--temp-path", str(new), "--watch", "20")
    assert ran.status == 3
    assert "could not be looked at" in ran.out


@pytest.mark.parametrize(
    ("before", "place"), [("-DtempPath={old}", "old"), ("-Xmx1g", "nakivo/transporter/java/tmp")]
)
def test_watch_with_a_receipt_takes_the_old_folder_from_it(
    new: Path, texts: Texts, product: Product, before: str, place: str
) -> None:
    (new.parent / "old").mkdir()
    file = new.parent / "expert.properties"
    file.write_text(f"{KEY}={before.format(old=new.parent / 'old')}\n")
    made = apply.apply(str(file), KEY, str(new), product, data=new.parent / "data")
    assert made is not None
    computer = installed(new)
    words = ("--temp-path", str(new), "--watch", "20", "--receipt", made.path, "--format", "json")
    with writing(new.parent / place / "a"):
        ran = on(computer, texts, "verify", *words)
    assert (ran.status, ran.json["watch"]["old_folder"]) == (2, str(new.parent / place))


def test_watch_when_the_process_has_another_folder_then_ends_as_without(
    new: Path, texts: Texts
) -> None:
    running = process("-DtempPath=/other", java=LINUX_JAVA)
    computer = host("linux", processes=[running]).with_files(new.parent)
    with writing(new / "a"):
        ran = on(computer, texts, "verify", "--temp-path", str(new), "--watch", "0.6")
    assert ran.status == 2
    assert "/other" in ran.out
    assert "Files" not in ran.out


def test_watch_when_the_new_folder_is_missing_then_told_so_and_nothing_is_watched(
    new: Path, texts: Texts
) -> None:
    computer = installed(new)
    new.rmdir()
    ran = on(computer, texts, "verify", "--temp-path", str(new), "--watch", "1")
    assert ran.status == 1
    assert f"There is no folder {new} on this server." in ran.out


def test_verify_with_an_installation_counts_only_its_processes(new: Path, texts: Texts) -> None:
    """Also those of a folder without the product's name, and beside another installation's."""
    folder = new.parent / "backup"
    (folder / "transporter").mkdir(parents=True)
    (folder / "director").mkdir()
    own = process(f"-DtempPath={new}", java=f"{folder}/transporter/jre/bin/java")
    other = process("-DtempPath=/other", java=LINUX_JAVA, pid=2)
    running = [{**one, "java_options": []} for one in (own, other)]
    computer = host("linux", processes=running, services=[], programs=[]).with_files(new.parent)
    words = ("verify", "--temp-path", str(new), "--format", "json")
    told = on(computer, texts, *words, "--install-dir", str(folder))
    assert (told.status, [one["pid"] for one in told.json["processes"]]) == (0, [own["pid"]])
    with pytest.raises(CannotCheck):
        on(computer, texts, *words, "--install-dir", str(new.parent / "nowhere"))


def test_verify_of_no_folder_is_bad_input(texts: Texts) -> None:
    with pytest.raises(BadInput) as told:
        on(host(processes=[RIGHT]), texts, "verify", "--temp-path", "")
    assert told.value.text == "arguments.error.empty_temp_path"


@pytest.mark.parametrize("given", ["0", "-1", "nan", "1e9"])
def test_watch_of_impossible_length_is_bad_input(given: str, texts: Texts) -> None:
    with pytest.raises(BadInput) as bad:
        on(host(processes=[]), texts, "verify", *TEMP_PATH, f"--watch={given}")
    assert "86400" in texts.summary(bad.value)
