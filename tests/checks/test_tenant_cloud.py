# SPDX-License-Identifier: MIT
"""The cloud in use against the tenant's document, and the tenant against its SharePoint host."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told, values_of
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.tenant_cloud import CHECK, CloudSeen, Realm, judge
from wizard.demo.microsoft365 import Behaviour
from wizard.graph.answer import AnswerKind
from wizard.graph.http import NoAnswerKind
from wizard.graph.tenant_cloud import Basis, Document
from wizard.model import Finding, Outcome, Sensitivity
from wizard.product import Product
from wizard.texts import Texts

TENANT = "5a5a5a5a-1111-4222-8333-444444444444"
OTHER = "99999999-1111-4222-8333-444444444444"
TOLD = Document(
    "global",
    "login.test",
    AnswerKind.EXPECTED,
    graph_host="graph.test",
    tenant_id=TENANT,
    instance="test",
    region="EU",
)
GOOD = CloudSeen("Test cloud", "graph.test", Basis.DOCUMENT, TENANT, (TOLD,), ())


def told(seen: CloudSeen, product: Product) -> Finding:
    assert codec.from_plain(codec.to_plain(seen), CloudSeen) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def of_stand_in(folder: Path, product: Product, behaviour: Behaviour, **more: Any) -> Finding:
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context(**more))
    return told(seen, product)


def test_judge_when_the_document_names_the_cloud_then_ok(product: Product, texts: Texts) -> None:
    finding = told(GOOD, product)
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.tenant_cloud.found")
    assert "graph.test" in texts.summary(finding)
    assert values_of(finding)["document_region"] == "test, EU"


def test_judge_when_chosen_by_hand_and_the_tenant_agrees_then_ok_and_said(
    tmp_path: Path, product: Product
) -> None:
    finding = of_stand_in(tmp_path, product, Behaviour())
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.tenant_cloud.by_hand")
    by_hand = [row.source for row in finding.evidence if row.label == "cloud_used"]
    assert by_hand == ["--cloud"]


def test_judge_when_chosen_by_hand_and_the_tenant_lives_elsewhere_then_warning(
    product: Product, texts: Texts
) -> None:
    seen = replace(GOOD, basis=Basis.BY_HAND, graph_host="graph.microsoft.us")
    finding = told(seen, product)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tenant_cloud.other_cloud")
    assert "graph.test" in texts.summary(finding)


def test_judge_when_the_document_names_a_new_graph_then_warning(product: Product) -> None:
    seen = replace(GOOD, basis=Basis.UNKNOWN_GRAPH, graph_host="graph.microsoft.com")
    finding = told(seen, product)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tenant_cloud.unknown_graph")


def test_judge_when_no_cloud_knows_the_tenant_then_warning_with_who_was_asked(
    product: Product, texts: Texts
) -> None:
    lost = replace(TOLD, kind=AnswerKind.TENANT_UNKNOWN, graph_host="", tenant_id="")
    others = (lost, replace(lost, host="login.other.test"))
    seen = replace(GOOD, basis=Basis.NOBODY_KNOWS_TENANT, documents=others)
    finding = told(seen, product)
    assert finding.outcome is Outcome.WARNING
    assert "login.test, login.other.test" in texts.summary(finding)


def test_judge_when_the_real_document_refuses_the_tenant_then_warning(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    """SharePoint says whose it is, so the right ID can be told."""
    finding = of_stand_in(tmp_path, product, Behaviour(), tenant_id=OTHER)
    assert (finding.outcome, finding.text) == (
        Outcome.WARNING,
        "check.tenant_cloud.unknown_tenant_but_realm",
    )
    assert f"belongs to another one, {TENANT}." in texts.summary(finding)
    assert f"give {TENANT} as the tenant ID" in texts.advice(finding)[0]


@pytest.mark.parametrize(
    ("basis", "text"),
    [(Basis.NO_ANSWER, "no_answer"), (Basis.BY_HAND, "by_hand_no_answer")],
)
def test_judge_when_nobody_told_then_could_not_check(
    product: Product, texts: Texts, basis: Basis, text: str
) -> None:
    late = Document("global", "login.test", AnswerKind.NONE, limit_s=4.0)
    late = replace(late, broken=NoAnswerKind.TIMEOUT)
    finding = told(replace(GOOD, basis=basis, documents=(late,)), product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "login.test did not answer that within 4 s, this program's" in texts.summary(finding)
    lost = replace(late, broken=NoAnswerKind.CONNECTION)
    finding = told(replace(GOOD, basis=basis, documents=(lost,)), product)
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        f"check.tenant_cloud.{text}",
    )
    assert values_of(finding)["document_failure"]


def test_judge_when_nothing_listens_then_could_not_check(tmp_path: Path, product: Product) -> None:
    finding = of_stand_in(tmp_path, product, Behaviour(listening=False))
    assert finding.outcome is Outcome.COULD_NOT_CHECK


@pytest.mark.parametrize(
    ("basis", "text"), [(Basis.NO_TENANT, "no_tenant"), (Basis.BY_HAND, "by_hand_alone")]
)
def test_judge_when_no_tenant_was_given_then_the_question_does_not_arise(
    product: Product, basis: Basis, text: str
) -> None:
    finding = told(replace(GOOD, basis=basis, tenant="", documents=()), product)
    assert (finding.outcome, finding.text) == (
        Outcome.NOT_APPLICABLE,
        f"check.tenant_cloud.{text}",
    )


def test_judge_when_the_document_names_no_graph_then_nothing_is_compared(product: Product) -> None:
    bare = replace(GOOD, basis=Basis.BY_HAND, documents=(replace(TOLD, graph_host=""),))
    assert told(bare, product).outcome is Outcome.NOT_APPLICABLE


def test_judge_when_sharepoint_names_another_tenant_then_warning_with_both_ids(
    product: Product, texts: Texts
) -> None:
    seen = replace(GOOD, realms=(Realm("a.sharepoint.test", TENANT), Realm("b.test", OTHER)))
    finding = told(seen, product)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.tenant_cloud.other_tenant")
    summary = texts.summary(finding)
    assert "b.test says that it belongs" in summary
    assert "a.sharepoint.test" not in summary
    assert f"another tenant ({OTHER})" in summary
    ids = {row.value for row in finding.evidence if row.sensitivity is Sensitivity.IDENTITY}
    assert ids == {TENANT, OTHER}


def test_judge_when_a_domain_was_given_then_the_documents_id_is_compared(product: Product) -> None:
    same = replace(GOOD, tenant="contoso.test", realms=(Realm("a.test", TENANT),))
    assert told(same, product).outcome is Outcome.OK
    other = replace(same, realms=(Realm("a.test", OTHER),))
    assert told(other, product).outcome is Outcome.WARNING


def test_judge_when_no_id_is_known_then_no_other_tenant_is_told(product: Product) -> None:
    unread = (replace(TOLD, tenant_id=""),)
    seen = replace(GOOD, tenant="contoso.test", documents=unread, realms=(Realm("a.test", OTHER),))
    assert told(seen, product).outcome is Outcome.OK


def test_observe_when_sharepoint_answers_then_its_tenant_is_the_one_given(
    tmp_path: Path, product: Product
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    assert {realm.tenant_id for realm in seen.realms} == {TENANT}
    assert judge(seen, product).outcome is Outcome.OK


@pytest.mark.parametrize(
    "kind", [kind for kind in AnswerKind if kind not in (AnswerKind.UNEXPECTED, AnswerKind.NONE)]
)
def test_judge_when_a_document_is_of_any_kind_then_told_in_words(
    product: Product, kind: AnswerKind
) -> None:
    """UNEXPECTED is never said of a document, and NONE is told by where it broke."""
    seen = replace(GOOD, documents=(replace(TOLD, kind=kind, status=302),))
    failure = values_of(told(seen, product)).get("document_failure")
    assert (failure is None) == (kind is AnswerKind.EXPECTED)
    assert str(failure).partition(" (")[0] != str(kind)
