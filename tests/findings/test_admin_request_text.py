# SPDX-License-Identifier: MIT
"""One request in lines: lists by how sure they are, links with their doubts, ids."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wizard.findings import admin_request_text
from wizard.findings.admin_findings import Request
from wizard.findings.admin_permissions import Wanted, WantedLists
from wizard.graph.admin_requests import RequestKind
from wizard.graph.permission_matrix import State
from wizard.graph.portal_links import Link, PortalPage
from wizard.model import Evidence
from wizard.product import Confidence, Product
from wizard.texts import Texts

PAGE = PortalPage.API_PERMISSIONS
BARE = Request(RequestKind.PERMISSIONS, ("It is so.",), WantedLists(), (), (), (), "")


def lines(request: Request, product: Product, texts: Texts) -> list[str]:
    return list(admin_request_text.lines(request, product, texts))


@pytest.mark.parametrize(
    ("confidence", "doubt"),
    [
        (Confidence.VENDOR, None),
        (Confidence.THIRD_PARTY, "not confirmed by Microsoft"),
        (Confidence.INFERRED, "believed, not confirmed"),
    ],
)
def test_lines_when_a_link_is_not_confirmed_then_it_says_so(
    confidence: Confidence, doubt: str | None, product: Product, texts: Texts
) -> None:
    link = Link(PAGE, "https://portal.example/x", confidence)
    told = lines(replace(BARE, places=((PAGE, link),)), product, texts)
    place = told.index("    https://portal.example/x")
    assert told[place - 1].startswith("  API permissions: Entra ID > App registrations")
    after = told[place + 1 :]
    assert (after == []) if doubt is None else (doubt in after[0])


def test_lines_when_no_link_is_known_then_the_clicks_stand_alone(
    product: Product, texts: Texts
) -> None:
    told = lines(replace(BARE, places=((PAGE, None),)), product, texts)
    assert told[-1].startswith("  API permissions: Entra ID >")
    assert not any("https" in line for line in told)


def test_lines_when_all_have_one_state_then_it_is_told_once(product: Product, texts: Texts) -> None:
    wanted = tuple(Wanted(name, "for", State.NOT_REQUESTED) for name in ("A.Read", "LongName.Read"))
    told = lines(replace(BARE, wanted=WantedLists(certain=wanted)), product, texts)
    heading = next(line for line in told if line.startswith("Permissions to grant"))
    assert heading.endswith("(not requested yet):")
    assert "  A.Read         for" in told
    mixed = (wanted[0], replace(wanted[1], state=State.NOT_CONSENTED))
    told = lines(replace(BARE, wanted=WantedLists(certain=mixed)), product, texts)
    assert "  A.Read         for (not requested yet)" in told
    assert "  LongName.Read  for (requested; consent is missing)" in told


def test_lines_when_lists_are_there_then_each_with_its_own_caution(
    product: Product, texts: Texts
) -> None:
    one = (Wanted("Mail.Read", "for", State.IN_EXCHANGE),)
    lists = WantedLists(in_exchange=one, perhaps=one, restore=one, too_new=one, unlisted="Teams")
    told = "\n".join(lines(replace(BARE, wanted=lists), product, texts))
    for caution in (
        "unless Exchange itself",
        "Named only by an older edition of NAKIVO's list (10.8)",
        "Only for restores",
        "nothing to do but wait",
        "what NAKIVO needs for Teams",
        "No edition for version 11 was found",
    ):
        assert caution in told


def test_lines_when_exchange_may_grant_it_then_how_to_see_that_for_this_app(
    product: Product, texts: Texts
) -> None:
    one = (Wanted("Mail.Read", "for", State.IN_EXCHANGE),)
    lists = WantedLists(in_exchange=one, restore=(replace(one[0], permission="Mail.Send"),))
    told = lines(replace(BARE, wanted=lists, client_id="c0c0"), product, texts)
    place = told.index("  Mail.Read  for")
    assert "Test-ServicePrincipalAuthorization -Identity c0c0 |" in told[place + 1]
    assert "AllowedResourceScope" in told[place + 2]
    assert "AllowedResourceScope" not in "".join(told[place + 3 :])


@pytest.mark.parametrize("kind", [RequestKind.LIMITS, RequestKind.MAILBOXES])
def test_steps_when_they_hold_commands_then_for_this_app_or_a_placeholder(
    kind: RequestKind, texts: Texts
) -> None:
    bare = replace(BARE, kind=kind)
    told = " ".join(admin_request_text.steps(replace(bare, client_id="c0c0"), texts))
    assert "c0c0" in told
    assert "CLIENT-ID" not in told
    assert "CLIENT-ID" in " ".join(admin_request_text.steps(bare, texts))


def test_lines_when_it_is_about_something_else_then_no_list_is_named(
    product: Product, texts: Texts
) -> None:
    told = "\n".join(lines(replace(BARE, kind=RequestKind.POLICY), product, texts))
    assert "NAKIVO's list" not in told


def test_lines_when_ids_are_known_then_they_close_the_request(
    product: Product, texts: Texts
) -> None:
    seen = (Evidence("correlation_id", "e1"), Evidence("microsoft_time", "2026-11-24T06:00:00Z"))
    told = lines(replace(BARE, look_up=seen), product, texts)
    assert told[-2:] == ["  Correlation ID: e1", "  Time of the answer: 2026-11-24 06:00:00 UTC"]


def test_steps_when_no_words_fit_then_the_findings_own(texts: Texts) -> None:
    other = replace(BARE, kind=RequestKind.OTHER, advice=("Do this.",))
    assert admin_request_text.steps(other, texts) == ("Do this.",)
