# SPDX-License-Identifier: MIT
"""Is the Transporter's Java found among all processes, and are its arguments read as Java does?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.host.samples import ROOT, closed, java, windows_server
from wizard.errors import CannotCheck
from wizard.host.live import live_host
from wizard.nakivo import installation
from wizard.nakivo import java as java_processes
from wizard.nakivo.java_properties import Told
from wizard.product import Product

SCRIPT = "print('ready', flush=True); input()"


@contextmanager
def running_java(
    folder: Path,
    *arguments: str,
    variables: Mapping[str, str] | None = None,
    under: Sequence[str] = (),
) -> Iterator[int]:
    """A real process that is called java and was started with real arguments.

    `under` is a command that becomes it in the end.
    """
    if sys.platform == "win32":
        pytest.skip("a copied python.exe does not start without its libraries")
    program = folder / "java" / "jre" / "bin" / "java"
    program.parent.mkdir(parents=True, exist_ok=True)
    if not program.exists():
        shutil.copy(os.path.realpath(sys.executable), program)
    environment = {**os.environ, "PYTHONHOME": sys.base_prefix}
    with subprocess.Popen(
        # One word with -c: a word without a dash would be the program, and end Java's options.
        [*under, str(program), f"-c{SCRIPT}", *arguments],
        stdin=-1,
        stdout=-1,
        env={**environment, **(variables or {})},
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        try:
            yield child.pid
        finally:
            child.communicate(b"\n")


def test_find_when_a_real_process_runs_below_the_folder_then_its_arguments(
    product: Product, tmp_path: Path
) -> None:
    transporter = tmp_path / "nakivo" / "transporter"
    with running_java(transporter, "-Xmx1g", "-DtempPath=/srv/My Tmp", "-jar", "x.jar") as pid:
        found = java_processes.find(live_host(), product)
    (process,) = (p for p in found if p.pid == pid)
    assert process.arguments is not None
    assert process.told("tempPath") == (Told(None, ("/srv/My Tmp",)),)
    assert java_processes.max_heap_bytes(process.arguments) == 1 << 30
    assert process.resident_bytes
    assert process.account


def test_find_when_the_folder_lacks_the_vendors_word_then_the_installation_tells(
    product: Product, tmp_path: Path
) -> None:
    transporter = tmp_path / "tools" / "transporter"
    with running_java(transporter, "-Xmx1g") as pid:
        host = live_host()
        place = installation.find(host, product, str(tmp_path / "tools"))
        with_it = {process.pid for process in java_processes.find(host, product, place)}
        without = {process.pid for process in java_processes.find(host, product)}
    assert pid in with_it
    assert pid not in without


def test_find_when_java_belongs_to_others_or_the_director_then_it_is_left_out(
    product: Product,
) -> None:
    director = ROOT + r"\director\jre\bin\java.exe"
    other = "C:\\Program Files\\Java\\bin\\java.exe"
    host = windows_server(
        processes=[
            java(pid=1),
            java(pid=2, executable=director, arguments=[director, "-Dpeer=transporter"]),
            java(pid=3, executable=other, arguments=[other, "-jar", "app.jar"]),
            java(pid=4, name="javaw.exe", executable=other, arguments=None),
            java(pid=5, name="bh.exe"),
            java(pid=6, executable=other, arguments=[other, "-cp", ROOT + r"\transporter\x.jar"]),
        ]
    )
    assert [process.pid for process in java_processes.find(host, product)] == [1, 6]


def test_hidden_when_a_java_shows_only_its_name_then_true(product: Product) -> None:
    assert java_processes.hidden(windows_server(processes=[java(executable=None, arguments=None)]))
    assert not java_processes.hidden(windows_server())


def test_find_when_processes_cannot_be_listed_then_cannot_check(product: Product) -> None:
    with pytest.raises(CannotCheck):
        java_processes.find(windows_server(processes=closed()), product)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-Xmx2g"], 2 << 30),
        (["-Xmx2048M"], 2 << 30),
        (["-Xmx1048576k"], 1 << 30),
        (["-Xmx1073741824"], 1 << 30),
        (["-Xmx1t"], 1 << 40),
        (["-Xmx1g", "-Xmx3g"], 3 << 30),
        (["-Xmx1g", "-XX:MaxHeapSize=512m"], 512 << 20),
        (["-Xms1g"], None),
        (["-Xmx"], None),
        (["-Xmxlots"], None),
        ([], None),
    ],
)
def test_max_heap_bytes_when_written_in_javas_ways_then_bytes_and_the_last_wins(
    arguments: list[str], expected: int | None
) -> None:
    assert java_processes.max_heap_bytes(["java", *arguments, "Main", "-Xmx9g"]) == expected
