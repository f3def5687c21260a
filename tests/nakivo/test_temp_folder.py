# SPDX-License-Identifier: MIT
"""Is the folder in use told from the default, and a guess from what was seen?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.host.samples import ROOT, TEMP, closed, java, windows_server
from tests.nakivo.test_java import running_java
from wizard.host.live import live_host
from wizard.nakivo import installation, temp_folder
from wizard.nakivo.temp_folder import NamedFolder, Origin, Sight, TempFolder
from wizard.product import Product


def resolved(product: Product, *processes: Any) -> TempFolder:
    host = windows_server(processes=list(processes))
    return temp_folder.resolve(host, product, installation.find(host, product, ROOT))


def test_resolve_when_a_real_process_moves_it_then_seen_there(
    product: Product, tmp_path: Path
) -> None:
    root = tmp_path / "nakivo"
    with running_java(root / "transporter", "-DtempPath=/srv/tmp") as pid:
        host = live_host()
        found = temp_folder.resolve(host, product, installation.find(host, product, str(root)))
    assert (found.in_use, found.origin, found.sight) == ("/srv/tmp", Origin.PROCESS, Sight.SEEN)
    assert found.named[0] == NamedFolder(Origin.PROCESS, "/srv/tmp", f"process {pid}")
    assert found.named[-1].folder == str(root / "transporter" / "java" / "tmp")


def test_resolve_when_the_process_names_none_then_the_default_is_certain(
    product: Product,
) -> None:
    found = resolved(product, java("-Xmx1g"))
    assert (found.in_use, found.origin, found.assumed) == (TEMP, Origin.DEFAULT, False)


def test_resolve_when_set_twice_then_the_last_wins_and_both_are_told(product: Product) -> None:
    found = resolved(product, java("-DtempPath=D:\\A", "-DtempPath=D:\\B"))
    assert found.in_use == "D:\\B"
    assert temp_folder.set_twice(windows_server(), found.named) == ("D:\\A", "D:\\B")


def test_set_twice_when_both_are_the_same_then_no_contradiction(product: Product) -> None:
    found = resolved(product, java("-DtempPath=D:\\A", "-DtempPath=d:/a/"))
    assert temp_folder.set_twice(windows_server(), found.named) == ()


def test_set_twice_when_two_processes_differ_then_no_contradiction_in_one(
    product: Product,
) -> None:
    old = java("-DtempPath=D:\\A", pid=1, started="2026-11-20T07:00:00.000Z")
    young = java(pid=2, started="2026-11-20T09:00:00.000Z")
    found = resolved(product, young, old)
    assert temp_folder.set_twice(windows_server(), found.named) == ()
    assert found.used == ("D:\\A", TEMP)
    assert (found.in_use, found.origin) == (TEMP, Origin.DEFAULT)


def test_resolve_when_no_java_runs_then_the_default_is_only_assumed(product: Product) -> None:
    found = resolved(product)
    assert (found.in_use, found.sight, found.assumed) == (TEMP, Sight.NOT_RUNNING, True)


def test_resolve_when_the_arguments_are_hidden_then_told(product: Product) -> None:
    assert resolved(product, java(arguments=None)).sight is Sight.HIDDEN
    assert resolved(product, java(arguments=None, executable=None)).sight is Sight.HIDDEN


def test_resolve_when_processes_cannot_be_listed_then_hidden(product: Product) -> None:
    host = windows_server(processes=closed())
    found = temp_folder.resolve(host, product, installation.find(host, product, ROOT))
    assert (found.in_use, found.sight) == (TEMP, Sight.HIDDEN)


@pytest.mark.parametrize("arguments", [("@args.txt",), ("-DtempPath=D:\\A", "@args.txt")])
def test_resolve_when_arguments_stand_in_a_file_then_unclear(
    product: Product, arguments: tuple[str, ...]
) -> None:
    found = resolved(product, java(*arguments))
    assert (found.in_use, found.origin, found.sight) == (TEMP, Origin.DEFAULT, Sight.UNCLEAR)
    assert (found.unseen, found.used, found.assumed) == (("@args.txt",), (), True)


def test_resolve_when_the_argument_stands_behind_the_program_then_the_default(
    product: Product,
) -> None:
    found = resolved(product, java("-jar", "x.jar", "-DtempPath=D:\\A"))
    assert (found.in_use, found.sight) == (TEMP, Sight.SEEN)


def test_resolve_when_a_real_processs_variable_moves_it_then_seen_there(
    product: Product, tmp_path: Path
) -> None:
    root, moved = tmp_path / "nakivo", {"JAVA_TOOL_OPTIONS": "-Da=1 '-DtempPath=/srv/my tmp'"}
    with running_java(root / "transporter", "-Xmx1g", variables=moved) as pid:
        host = live_host()
        found = temp_folder.resolve(host, product, installation.find(host, product, str(root)))
    assert (found.in_use, found.sight) == ("/srv/my tmp", Sight.SEEN)
    assert found.named[0].source == f"JAVA_TOOL_OPTIONS of process {pid}"
    assert found.variables_unread == ()


def test_resolve_when_variables_were_not_recorded_then_the_answer_stays_and_it_is_told(
    product: Product,
) -> None:
    found = resolved(product, java("-DtempPath=D:\\A", pid=7))
    assert (found.in_use, found.sight, found.variables_unread) == ("D:\\A", Sight.SEEN, (7,))


def test_resolve_when_an_old_process_is_unclear_then_the_youngest_counts(product: Product) -> None:
    old = java("@args.txt", pid=1, started="2026-11-20T07:00:00.000Z")
    young = java("-DtempPath=D:\\A", pid=2, started="2026-11-20T09:00:00.000Z")
    found = resolved(product, young, old)
    assert (found.in_use, found.sight, found.used) == ("D:\\A", Sight.SEEN, ("D:\\A",))
