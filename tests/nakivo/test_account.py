# SPDX-License-Identifier: MIT
"""Is the account told whose rights count, and one that was seen from one that is only usual?"""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import pytest

from tests.host.samples import ROOT, closed, java, service, windows_answers, windows_server
from tests.nakivo.test_java import running_java
from wizard.host.live import live_host
from wizard.host.recorded import RecordedHost
from wizard.nakivo import account, installation
from wizard.nakivo.account import Account
from wizard.product import Product

UNIT = "/opt/nakivo/transporter/bin/start"


def told(product: Product, host: RecordedHost) -> Account | None:
    folder = ROOT if host.facts().system == "windows" else "/opt/nakivo"
    return account.runs_as(host, product, installation.find(host, product, folder))


def linux_server(**transporter: Any) -> RecordedHost:
    facts = {**windows_answers()["facts"], "system": "linux"}
    unit = service("nkv-bhsvc.service", "Transporter", command=UNIT, **transporter)
    files: dict[str, list[Any]] = {"/opt/nakivo": [], "/opt/nakivo/transporter": []}
    return RecordedHost({"facts": facts, "services": [unit], "processes": [], "files": files})


def test_runs_as_when_java_runs_then_the_youngest_ones_account(product: Product) -> None:
    old = java(pid=1, account="old", started="2026-11-20T07:00:00.000Z")
    young = java(pid=2, account=r"CORP\svc-backup", started="2026-11-20T09:00:00.000Z")
    found = told(product, windows_server(processes=[young, old]))
    assert found == Account(r"CORP\svc-backup", "process 2", is_seen=True)


def test_runs_as_when_a_real_process_runs_then_ours(product: Product, tmp_path: Path) -> None:
    root = tmp_path / "nakivo"
    with running_java(root / "transporter"):
        host = live_host()
        found = account.runs_as(host, product, installation.find(host, product, str(root)))
    assert found is not None
    assert (found.name, found.is_seen) == (getpass.getuser(), True)


@pytest.mark.parametrize("processes", [[], closed(), [java(account=None)]])
def test_runs_as_when_no_process_tells_then_what_the_service_is_set_to(
    product: Product, processes: Any
) -> None:
    found = told(product, windows_server(processes=processes))
    assert found == Account("LocalSystem", "service bhsvc-x", is_seen=False)


def test_runs_as_when_nothing_tells_then_none(product: Product) -> None:
    assert told(product, windows_server(processes=[], services=closed())) is None
    assert told(product, windows_server(processes=[], services=[])) is None


def test_runs_as_when_several_services_could_be_it_then_none(product: Product) -> None:
    first, *others = (s for s in windows_answers()["services"] if "Transporter" in str(s))
    second = first | {"name": "bhsvc-y", "account": r"CORP\svc-backup"}
    assert told(product, windows_server(processes=[], services=[first, second, *others])) is None


def test_runs_as_when_root_starts_the_unit_then_the_usual_user_with_its_source(
    product: Product,
) -> None:
    found = told(product, linux_server(account="root"))
    assert found == Account(
        "bhsvc", product.said_by(product.facts.linux_transporter_user), is_seen=False
    )


def test_runs_as_when_the_unit_names_a_user_then_that_one(product: Product) -> None:
    found = told(product, linux_server(account="backup"))
    assert found == Account("backup", "service nkv-bhsvc.service", is_seen=False)
