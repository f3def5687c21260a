# SPDX-License-Identifier: MIT
"""More permissions than needed: named calmly, and never a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.told import assert_told
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.extra_permissions import CHECK, Held, judge
from wizard.demo.microsoft365 import Behaviour, TokenAnswer
from wizard.errors import CannotCheck
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

NEEDED = ("Files.ReadWrite.All", "User.ReadWrite.All")


def told(product: Product, *roles: str, readable: bool = True) -> Finding:
    finding = judge(Held(readable, roles), product)
    assert_told(finding, product)
    return finding


def test_judge_when_all_is_needed_then_ok(product: Product, texts: Texts) -> None:
    finding = told(product, *NEEDED)
    assert finding.outcome is Outcome.OK
    assert texts.summary(finding).startswith("No permission in the token is more than needed")


def test_judge_when_more_is_there_then_named_and_still_ok(product: Product, texts: Texts) -> None:
    finding = told(product, *NEEDED, "Mail.Send", "Chat.Read.All")
    assert finding.outcome is Outcome.OK
    sentence = texts.summary(finding)
    assert sentence.startswith("2 permissions are more than needed")
    assert "Chat.Read.All, Mail.Send. They do no harm to a backup" in sentence
    assert [row.value for row in finding.evidence] == ["Chat.Read.All", "Mail.Send"]


def test_judge_when_one_may_be_of_the_unknown_part_then_says_so(
    product: Product, texts: Texts
) -> None:
    sentence = texts.summary(told(product, *NEEDED, "Sites.FullControl.All"))
    assert sentence.startswith("1 permission is more than needed, as far as NAKIVO's list is known")
    assert sentence.endswith("the part of the list that is not known may ask for it.")


def test_judge_when_microsoft_names_it_for_a_service_of_the_unknown_part_then_not_called_more(
    product: Product, texts: Texts
) -> None:
    sentence = texts.summary(told(product, *NEEDED, "Sites.Read.All"))
    assert sentence.startswith("No permission in the token is more than needed")


@pytest.mark.parametrize(
    "role", ["AppRoleAssignment.ReadWrite.All", "RoleManagement.ReadWrite.Directory"]
)
def test_judge_when_the_app_can_give_itself_more_then_says_which_and_is_calm(
    product: Product, texts: Texts, role: str
) -> None:
    finding = told(product, *NEEDED, role, "Mail.Send")
    assert finding.outcome is Outcome.OK
    assert f"With {role} an app can give itself further permissions" in texts.summary(finding)


def test_judge_when_no_roles_then_the_question_does_not_arise(product: Product) -> None:
    assert told(product).outcome is Outcome.NOT_APPLICABLE


def test_judge_when_the_token_is_unreadable_then_could_not_check(product: Product) -> None:
    assert told(product, readable=False).outcome is Outcome.COULD_NOT_CHECK


def test_observe_when_signed_in_then_the_tokens_roles(tmp_path: Path) -> None:
    with running(Behaviour(roles=(*NEEDED, "Mail.Send")), tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    assert sorted(seen.roles) == sorted((*NEEDED, "Mail.Send"))
    assert codec.from_plain(codec.to_plain(seen), Held) == seen


def test_observe_when_the_token_is_opaque_then_unreadable(tmp_path: Path) -> None:
    with running(Behaviour(token_answer=TokenAnswer.UNREADABLE), tmp_path) as m365:
        assert not CHECK.observe(m365.context()).readable


def test_observe_when_not_signed_in_then_cannot_check(tmp_path: Path) -> None:
    with running(Behaviour(token_error=7000222), tmp_path) as m365, pytest.raises(CannotCheck):
        CHECK.observe(m365.context())


def test_judge_when_one_stands_in_for_a_needed_one_then_it_is_not_called_more_than_needed(
    product: Product,
) -> None:
    finding = told(product, "User.ReadWrite.All", "Sites.FullControl.All", "Mail.Send")
    assert [row.value for row in finding.evidence] == ["Mail.Send"]
