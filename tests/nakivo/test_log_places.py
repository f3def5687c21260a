# SPDX-License-Identifier: MIT
"""Where the product's logs are looked for, without being told."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.host.samples import ROOT, closed, windows_server
from tests.support.hosts import bare_host
from wizard.errors import CannotCheck
from wizard.host.recorded import RecordedHost
from wizard.model import CauseId
from wizard.nakivo import log_places, logs
from wizard.nakivo.installation import Installation
from wizard.nakivo.log_sources import Skipped, Source
from wizard.product import Product

TRANSPORTER = "transporter"


def installation(root: Path | str) -> Installation:
    transporter = f"{root}/{TRANSPORTER}"
    return Installation(
        folder=str(root),
        transporter=transporter,
        default_temp_folder=f"{transporter}/java/tmp",
        log_folder=f"{transporter}/bh-logs",
        found_by="test",
        has_director=True,
    )


WINDOWS = replace(installation(ROOT), transporter=ROOT + r"\transporter")

LOGS = (
    "director/logs/director.log",
    "director/tomcat/logs/access.log",
    "director/console.log",
    "transporter/bh-logs/transporter.log",
    "transporter/hs_err_pid12.log",
    "transporter/transporter.log.1.gz",
    "transporter/java/tmp/hs_err_pid7.log",
    "Install Logs/setup.log",
)
OTHERS = (
    "repository/logs/backup.log",
    "transporter/certificate.pem",
    "transporter/java/tmp/item.log",
    "transporter/java_pid12.hprof",
    "director/catalog/a.log",
    "director/web/logo.png",
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (*LOGS, *OTHERS):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x" * len(name))
    return tmp_path


def test_find_when_parts_have_logs_then_all_of_them_and_nothing_of_backups(
    tree: Path, product: Product
) -> None:
    found = log_places.find(bare_host().with_files(tree), installation(tree), product)
    evidence = logs.scan(found, product, threading.Event())
    read = {str(Path(file.path).relative_to(tree).as_posix()) for file in evidence.files}
    assert read == set(LOGS)


def test_find_when_there_is_no_transporter_then_nothing_is_named(
    tmp_path: Path, product: Product
) -> None:
    there = replace(installation(tmp_path), has_director=False)
    assert log_places.find(bare_host().with_files(tmp_path), there, product) == ()


def test_find_when_the_director_is_closed_then_its_folder_stands_for_it(product: Product) -> None:
    answers: dict[str, Any] = {**windows_server()._recording["files"]}
    answers[ROOT + r"\director"] = closed()
    found = log_places.find(windows_server(files=answers), WINDOWS, product)
    assert ROOT + r"\director" in found


def test_find_when_the_computer_does_not_answer_then_that_is_no_empty_answer(
    product: Product,
) -> None:
    with pytest.raises(CannotCheck):
        log_places.find(bare_host(), installation("/opt/nakivo"), product)


def test_dumps_when_java_died_then_name_size_and_time_of_each_and_none_is_opened(
    tree: Path, product: Product
) -> None:
    found = log_places.dumps(bare_host().with_files(tree), installation(tree), product)
    assert {(Path(dump.path).name, dump.is_heap, dump.size_bytes) for dump in found} == {
        ("java_pid12.hprof", True, len("transporter/java_pid12.hprof")),
        ("hs_err_pid12.log", False, len("transporter/hs_err_pid12.log")),
        ("hs_err_pid7.log", False, len("transporter/java/tmp/hs_err_pid7.log")),
    }


def of_system(host: RecordedHost, product: Product) -> list[Source | Skipped]:
    return list(log_places.of_system(host, WINDOWS, product))


CRASH = "2026-11-24T02:14:05Z Service Control Manager 7031: NAKIVO Transporter"


def test_of_system_when_logs_were_read_and_not_read_then_lines_and_reasons_by_name(
    product: Product,
) -> None:
    recorded = [
        {"name": "System", "causes": ["memory"], "lines": [CRASH, CRASH]},
        {"name": "Application", "causes": ["other"]},
        {"name": "Defender", "causes": ["antivirus"], "unread": "log_unread_no_permission"},
    ]
    source, skipped = of_system(windows_server(system_logs=recorded), product)
    assert isinstance(source, Source)
    with source.open() as stream:
        assert stream.read(1000) == f"{CRASH}\n{CRASH}\n".encode()
    assert (source.path, source.only) == ("System", (CauseId.MEMORY,))
    assert skipped == Skipped("Defender", "log_unread_no_permission", (CauseId.ANTIVIRUS,))


def test_of_system_when_the_computer_does_not_answer_then_it_stands_there_unread(
    product: Product,
) -> None:
    (skipped,) = of_system(windows_server(system_logs=closed()), product)
    assert isinstance(skipped, Skipped)
    assert (skipped.path, skipped.reason) == ("Windows event log", "log_unread_no_answer")


@pytest.mark.parametrize(
    ("number", "values"),
    [
        (7000, "param1=NAKIVO Transporter | param2=%%1053"),
        (7009, "param1=30000 | param2=NAKIVO Transporter"),
    ],
)
def test_scan_when_a_service_did_not_start_then_its_name_is_read_from_wherever_it_stands(
    number: int, values: str, product: Product
) -> None:
    line = f"2026-11-24T02:14:05Z Service Control Manager {number}: nicht gestartet | {values}"
    system = [{"name": "System", "causes": ["other"], "lines": [line]}]
    more = of_system(windows_server(system_logs=system), product)
    (match,) = logs.scan((), product, threading.Event(), more=more).matches
    assert match.signature == "service_not_started"
    assert match.fields["service"] == "NAKIVO Transporter"


def test_scan_when_the_system_logs_go_on_later_then_the_products_own_last_line_is_the_newest(
    product: Product, tmp_path: Path
) -> None:
    log = tmp_path / "transporter.log"
    log.write_text("2026-11-20T02:00:00Z ERROR No space left on device\n")
    system = [{"name": "System", "causes": ["memory"], "lines": [CRASH]}]
    more = of_system(windows_server(system_logs=system), product)
    evidence = logs.scan((str(log),), product, threading.Event(), more=more)
    assert evidence.newest == "2026-11-20T02:00:00+00:00"
    assert next(m for m in evidence.matches if m.signature == "no_space").recent == 1
    assert [file.path for file in evidence.files] == [str(log), "System"]
