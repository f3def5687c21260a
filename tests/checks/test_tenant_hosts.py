# SPDX-License-Identifier: MIT
"""The tenant's own hosts: known, not needed, or not known with the reason and what to do."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import host, running
from wizard import codec
from wizard.checks.tenant_hosts import CHECK, KnownHosts, judge
from wizard.demo.microsoft365 import Behaviour
from wizard.errors import CannotCheck
from wizard.graph.network_path import LeftOut
from wizard.graph.network_walks import Walks
from wizard.model import Finding, Outcome, Workload
from wizard.product import Product
from wizard.texts import Texts

SHAREPOINT = (Workload.SHAREPOINT,)


def nobody() -> str:
    raise CannotCheck("sharepoint_host.no_sign_in")


def told(folder: Path, product: Product, **more: Any) -> Finding:
    with running(Behaviour(), folder) as m365:
        seen = CHECK.observe(m365.context(**more))
    assert codec.from_plain(codec.to_plain(seen), KnownHosts) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def test_judge_when_hosts_are_known_then_ok(tmp_path: Path, product: Product) -> None:
    finding = told(tmp_path, product)
    assert finding.outcome is Outcome.OK
    assert values_of(finding)["tenant_host_onedrive"] == "localhost"


def test_judge_when_no_chosen_service_has_one_then_not_applicable(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, workloads=(Workload.EXCHANGE,))
    assert finding.outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("reason", "values"),
    [
        ("no_sign_in", {}),
        ("not_signed_in", {}),
        ("no_answer", {"detail": "6 s"}),
        ("not_told", {"status": 403}),
        ("late", {"seconds": 8.0}),
        ("guess_not_found", {"host": "contoso.sharepoint.com"}),
        ("not_in_cloud_file", {"key": "onedrive"}),
    ],
)
def test_judge_when_unknown_then_could_not_check_with_the_reason(
    product: Product, texts: Texts, reason: str, values: dict[str, Any]
) -> None:
    left = LeftOut("sharepoint", f"sharepoint_host.{reason}", values)
    finding = judge(KnownHosts((), (left,)), product)
    assert_told(finding, product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "was not tested" in texts.summary(finding)
    assert texts.advice(finding)


def test_observe_when_the_cloud_file_names_no_onedrive_then_said(
    tmp_path: Path, product: Product
) -> None:
    cloud = tmp_path / "cloud.toml"
    with running(Behaviour(), tmp_path) as m365:
        text = Path(m365.stand_in.cloud_file).read_text()
        cloud.write_text("".join(row for row in text.splitlines(True) if "onedrive" not in row))
        context = m365.context(cloud=str(cloud))
        finding = judge(CHECK.observe(context), product)
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "sharepoint_host.not_in_cloud_file",
    )


def test_judge_when_a_host_was_guessed_then_not_told_as_known(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    """The tenant's SharePoint is not told by Graph; its first domain is all that hints at it."""
    with running(Behaviour(), tmp_path) as m365:
        cloud = replace(m365.cloud, id="global", sharepoint="https://localhost")
        scope = replace(m365.scope, tenant_id="x.onmicrosoft.com", workloads=SHAREPOINT)
        computer = host({"HTTPS_PROXY": "http://127.0.0.1:9"})
        walks = Walks(lambda: cloud, scope, computer, threading.Event(), nobody)
        context = replace(m365.context(workloads=SHAREPOINT), network=walks)
        finding = judge(CHECK.observe(context), product)
    assert_told(finding, product)
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "check.tenant_hosts.guessed",
    )
    assert "x.localhost" in texts.summary(finding)


def test_judge_when_a_way_failed_oddly_then_could_not_check(product: Product) -> None:
    values = {"endpoint": "Exchange Online", "error": "it is damaged", "place": "x.py:1"}
    unknown = LeftOut("sharepoint", "sharepoint_host.no_sign_in", {})
    seen = KnownHosts((), (unknown, LeftOut("exchange", "error.walk_failed", values)))
    finding = judge(seen, product)
    assert_told(finding, product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert finding.text == "error.walk_failed"
