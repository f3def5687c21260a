# SPDX-License-Identifier: MIT
"""The token's roles against the known part of the vendor's table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.told import assert_told
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.token_roles import CHECK, TokenRoles, judge
from wizard.demo.microsoft365 import Behaviour, TokenAnswer
from wizard.errors import CannotCheck
from wizard.model import Finding, Outcome, Workload
from wizard.product import Product
from wizard.texts import Texts

FULL = Behaviour().roles or ()


def told(
    product: Product,
    roles: tuple[str, ...] | None,
    workloads: tuple[Workload, ...] = tuple(Workload),
    scopes: tuple[str, ...] = (),
    *,
    readable: bool = True,
) -> Finding:
    seen = TokenRoles(readable, roles, scopes, None, workloads)
    assert codec.from_plain(codec.to_plain(seen), TokenRoles) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def shown(finding: Finding, label: str) -> list[object]:
    return [evidence.value for evidence in finding.evidence if evidence.label == label]


def test_judge_when_all_are_there_then_ok_and_honest_about_the_list(
    product: Product, texts: Texts
) -> None:
    finding = told(product, FULL)
    assert finding.outcome is Outcome.OK
    sentence = texts.summary(finding)
    assert "up to Group.ReadWrite.All in edition 10.11.2" in sentence
    assert "no 11.x edition was found" in sentence
    assert "Not compared: SharePoint Online, and the rest of the list" in sentence
    assert shown(finding, "service_not_listed") == ["SharePoint Online"]


def test_judge_when_all_chosen_services_are_listed_then_only_the_rest_was_not_compared(
    product: Product, texts: Texts
) -> None:
    workloads = tuple(workload for workload in Workload if workload != Workload.SHAREPOINT)
    finding = told(product, FULL, workloads)
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.token_roles.all_there")
    assert "Not compared: the rest of the list" in texts.summary(finding)


def test_judge_when_only_restore_is_missing_then_ok_with_a_note(product: Product) -> None:
    roles = (
        "Calendars.Read",
        "Contacts.Read",
        "Files.Read.All",
        "Group.Read.All",
        "Mail.Read",
        "MailboxSettings.Read",
        "Notes.Read.All",
        "User.ReadWrite.All",
    )
    finding = told(product, roles)
    assert (finding.outcome, finding.text) == (
        Outcome.OK,
        "check.token_roles.part_there_but_restore",
    )
    assert "Mail.ReadWrite" in shown(finding, "permission_for_restore")


def test_judge_when_one_is_missing_then_problem_by_name_and_service(
    product: Product, texts: Texts
) -> None:
    roles = tuple(role for role in FULL if not role.startswith("Files."))
    finding = told(product, roles)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    sentence = texts.summary(finding)
    assert "1 permission is missing from the token: Files.Read.All" in sentence
    assert "OneDrive for Business" in sentence
    assert shown(finding, "permission_missing") == ["Files.Read.All"]
    assert shown(finding, "permission_perhaps_missing") == []
    source = next(e.source for e in finding.evidence if e.label == "permission_missing")
    assert source == (
        "NAKIVO 10.11.2: Microsoft 365 Groups, OneDrive for Business; NAKIVO 10.8: Microsoft Teams"
    )


def test_judge_when_one_for_restores_covers_it_then_says_so(product: Product, texts: Texts) -> None:
    roles = tuple(role for role in FULL if not role.startswith("Files."))
    advice = " ".join(texts.advice(told(product, roles)))
    assert "add Files.ReadWrite.All instead of Files.Read.All" in advice


def test_judge_when_none_for_restores_covers_it_then_no_word_of_restores(
    product: Product, texts: Texts
) -> None:
    roles = tuple(role for role in FULL if role != "MailboxSettings.Read")
    without = tuple(role for role in FULL if not role.startswith("User."))
    assert told(product, roles).text == "check.token_roles.missing_or_in_exchange"
    finding = told(product, without)
    assert finding.text == "check.token_roles.missing"
    assert "restore" not in " ".join(texts.advice(finding))


def test_judge_when_token_is_shown_then_its_signature_is_told_of_once(product: Product) -> None:
    sources = [evidence.source for evidence in told(product, FULL).evidence]
    assert len([source for source in sources if "not verified" in source]) == 1


def test_judge_when_exchange_may_grant_it_then_no_proof(product: Product) -> None:
    roles = tuple(role for role in FULL if role != "Mail.ReadWrite")
    finding = told(product, roles)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert finding.text == "check.token_roles.missing_or_in_exchange"


def test_judge_when_service_is_not_chosen_then_its_permissions_do_not_matter(
    product: Product,
) -> None:
    assert told(product, ("Files.Read.All", "User.Read.All"), (Workload.ONEDRIVE,)).outcome is (
        Outcome.OK
    )


def test_judge_when_only_the_older_edition_asks_then_warning(product: Product) -> None:
    roles = ("Notes.Read.All", "Files.Read.All", "User.Read.All")
    finding = told(product, roles, (Workload.GROUPS,))
    assert (finding.outcome, finding.text) == (
        Outcome.WARNING,
        "check.token_roles.perhaps_missing",
    )
    assert shown(finding, "permission_perhaps_missing") == ["Group.Read.All"]


@pytest.mark.parametrize("roles", [None, ()])
def test_judge_when_no_roles_at_all_then_what_was_seen_and_what_it_usually_means(
    product: Product, texts: Texts, roles: tuple[str, ...] | None
) -> None:
    finding = told(product, roles)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert finding.text == "check.token_roles.no_roles"
    assert texts.summary(finding).startswith(
        "The token carries no application permission at all. Usually"
    )
    assert "RBAC for Applications" in " ".join(texts.advice(finding))
    assert shown(finding, "roles_in_token") == ["none"]


def test_judge_when_user_permissions_only_then_the_wrong_kind(product: Product) -> None:
    finding = told(product, None, scopes=("Mail.Read",))
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, "check.token_roles.delegated")


def test_judge_when_service_is_not_in_the_list_then_never_ok(product: Product) -> None:
    finding = told(product, FULL, (Workload.SHAREPOINT,))
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "check.token_roles.not_listed",
    )


def test_judge_when_token_is_unreadable_then_could_not_check(product: Product) -> None:
    assert told(product, None, readable=False).outcome is Outcome.COULD_NOT_CHECK


def test_judge_when_groups_then_delegated_ones_are_named_and_not_judged(product: Product) -> None:
    finding = told(product, FULL, (Workload.GROUPS,))
    assert finding.outcome is Outcome.OK
    assert "Group.Read.All" in shown(finding, "delegated_not_judged")


def test_observe_when_signed_in_then_the_tokens_roles(tmp_path: Path, product: Product) -> None:
    with running(Behaviour(), tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    assert seen.roles == FULL
    assert seen.expires is not None
    assert judge(seen, product).outcome is Outcome.OK


def test_observe_when_token_is_opaque_then_unreadable(tmp_path: Path) -> None:
    with running(Behaviour(token_answer=TokenAnswer.UNREADABLE), tmp_path) as m365:
        assert not CHECK.observe(m365.context()).readable


def test_observe_when_not_signed_in_then_cannot_check(tmp_path: Path) -> None:
    refused = Behaviour(token_error=53003)
    with running(refused, tmp_path) as m365, pytest.raises(CannotCheck) as caught:
        CHECK.observe(m365.context())
    assert caught.value.text == "error.not_signed_in"
