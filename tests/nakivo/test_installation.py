# SPDX-License-Identifier: MIT
"""Is the installation found from any one trace, and is a wrong folder refused with a reason?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.host.samples import ROOT, closed, file, java, service, windows_answers, windows_server
from wizard.errors import CannotCheck
from wizard.host.live import live_host
from wizard.host.recorded import RecordedHost
from wizard.nakivo import installation
from wizard.product import Product

NOWHERE: dict[str, Any] = {"services": [], "programs": [], "processes": [], "files": {}}
CUSTOM = "E:\\Backup Tools"


def folders(*paths: str) -> dict[str, Any]:
    return {path: [] for path in paths}


def test_find_when_all_traces_agree_then_one_installation_with_its_version(
    product: Product,
) -> None:
    found = installation.find(windows_server(), product, None)
    assert found.folder == ROOT
    assert found.transporter == ROOT + r"\transporter"
    assert found.default_temp_folder == ROOT + r"\transporter\java\tmp"
    assert found.log_folder == ROOT + r"\transporter\bh-logs"
    assert found.found_by == "service NAKIVO Backup & Replication Transporter"
    assert found.has_director
    assert found.version == "11.2.1.101306"
    assert found.others == ()


@pytest.mark.parametrize(
    ("trace", "found_by"),
    [
        (
            {"services": [service("x", "NAKIVO T", command=f"{CUSTOM}\\transporter\\bh.exe -s")]},
            "service NAKIVO T",
        ),
        (
            {
                "programs": [
                    {"name": "NAKIVO B", "version": None, "folder": CUSTOM, "source": "HKLM"}
                ]
            },
            "uninstall entry NAKIVO B",
        ),
        (
            {"processes": [java(executable=f"{CUSTOM}\\NAKIVO\\transporter\\java.exe")]},
            "process java.exe",
        ),
    ],
)
def test_find_when_only_one_trace_is_there_then_that_leads_to_it(
    trace: dict[str, Any], found_by: str, product: Product
) -> None:
    folder = CUSTOM + ("\\NAKIVO" if "processes" in trace else "")
    files = folders(folder, folder + "\\transporter")
    host = windows_server(**{**NOWHERE, "files": files, **trace})
    found = installation.find(host, product, None)
    assert (found.folder, found.found_by) == (folder, found_by)
    assert not found.has_director
    assert found.version is None


def test_find_when_there_are_only_default_folders_then_those(product: Product) -> None:
    files = folders(ROOT, ROOT + "\\transporter")
    found = installation.find(windows_server(**{**NOWHERE, "files": files}), product, None)
    assert (found.folder, found.found_by) == (ROOT, "default folder")


def test_find_when_sources_are_closed_then_the_next_one_answers(product: Product) -> None:
    answers = windows_answers(services=closed(), programs=closed())
    found = installation.find(RecordedHost(answers), product, None)
    assert found.folder == ROOT
    assert found.version is None


def test_find_when_paths_differ_only_in_case_then_it_is_one(product: Product) -> None:
    shouting = f"{ROOT.upper()}\\TRANSPORTER\\BH.EXE"
    extra = service("y", "NAKIVO Transporter 2", command=shouting)
    host = windows_server(services=[*windows_answers()["services"], extra])
    assert installation.find(host, product, None).others == ()


def test_find_when_two_are_there_then_the_other_one_is_named(product: Product) -> None:
    second = service("y", "NAKIVO second", command=f'"{CUSTOM}\\transporter\\bh.exe"')
    answers = windows_answers()
    answers["services"].append(second)
    answers["files"] |= folders(CUSTOM)
    found = installation.find(RecordedHost(answers), product, None)
    assert (found.folder, found.others) == (ROOT, (CUSTOM,))


def test_find_when_an_entry_is_left_of_a_removed_one_then_it_is_passed_over(
    product: Product,
) -> None:
    answers = windows_answers()
    old = {"name": "NAKIVO Old", "version": "9.0", "folder": CUSTOM, "source": "HKLM"}
    answers["programs"] = [old, *answers["programs"]]
    answers["files"][CUSTOM + "\\transporter"] = []
    answers["files"][CUSTOM] = None
    found = installation.find(RecordedHost(answers), product, None)
    assert (found.folder, found.version, found.others) == (ROOT, "11.2.1.101306", ())


def test_find_when_nothing_is_there_then_cannot_check(product: Product) -> None:
    files = {ROOT: None, ROOT + "\\transporter": None}
    with pytest.raises(CannotCheck) as told:
        installation.find(windows_server(**{**NOWHERE, "files": files}), product, None)
    assert told.value.text == "error.no_installation"


def test_find_when_the_person_chose_a_folder_then_nothing_else_is_looked_at(
    product: Product,
) -> None:
    answers = windows_answers()
    answers["files"] |= {CUSTOM: [], CUSTOM + "\\transporter": []}
    found = installation.find(RecordedHost(answers), product, CUSTOM + "\\")
    assert (found.folder, found.found_by, found.version) == (CUSTOM, "chosen folder", None)


def test_find_when_the_person_chose_the_transporters_folder_then_its_parent_is_the_root(
    product: Product, tmp_path: Path
) -> None:
    (tmp_path / "product" / "tr" / "java").mkdir(parents=True)
    found = installation.find(live_host(), product, str(tmp_path / "product" / "tr"))
    assert found.folder == str(tmp_path / "product")
    assert found.default_temp_folder == str(tmp_path / "product" / "tr" / "java" / "tmp")


def test_find_when_the_chosen_folder_is_something_else_then_a_clear_reason(
    product: Product, tmp_path: Path
) -> None:
    with pytest.raises(CannotCheck) as told:
        installation.find(live_host(), product, str(tmp_path))
    assert told.value.text == "error.install_dir_unlike_product"
    with pytest.raises(CannotCheck) as told:
        installation.find(live_host(), product, str(tmp_path / "missing"))
    assert told.value.text == "error.install_dir_missing"


@pytest.mark.parametrize("folder", ["nakivo", "E:nakivo", r"\nakivo", "."])
def test_find_when_the_chosen_folder_is_no_full_path_then_said(
    product: Product, folder: str
) -> None:
    with pytest.raises(CannotCheck) as raised:
        installation.find(
            windows_server(files=folders(folder, f"{folder}\\transporter")), product, folder
        )
    assert raised.value.text == "error.host_relative_path"


def test_find_when_on_linux_then_the_default_folders_of_linux(product: Product) -> None:
    linux = {"system": "linux", "os": "Debian", "name": "b", "is_admin": True, "sample": None}
    root = "/opt/nakivo"
    files = {
        root: [file(f"{root}/transporter", folder=True), file(f"{root}/director", folder=True)],
        f"{root}/transporter": [],
        f"{root}/director": [],
    }
    missing = closed("systemd is not running")
    host = RecordedHost({**NOWHERE, "facts": linux, "services": missing, "files": files})
    found = installation.find(host, product, None)
    assert found.default_temp_folder == "/opt/nakivo/transporter/java/tmp"
    assert found.has_director


def test_find_if_any_where_there_is_none_then_none(product: Product, tmp_path: Path) -> None:
    assert installation.find_if_any(live_host(), product, str(tmp_path)) is None
