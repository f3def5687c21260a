# SPDX-License-Identifier: MIT
"""What a finding asks of the tenant's administrators, and which ask nothing of them."""

from __future__ import annotations

import pytest

from wizard.checks import CHECKS
from wizard.graph import admin_requests, graph_errors, sign_in_errors
from wizard.graph.admin_requests import RequestKind
from wizard.graph.portal_links import PortalPage
from wizard.texts import Texts


@pytest.mark.parametrize(
    ("text", "check", "kind"),
    [
        ("check.token_roles.missing", "token_roles", RequestKind.PERMISSIONS),
        ("check.graph_calls.role_missing", "graph_calls", RequestKind.PERMISSIONS),
        ("graph_error.role_missing_teams", "log_graph_forbidden", RequestKind.PERMISSIONS),
        ("sign_in_error.nothing_requested", "sign_in", RequestKind.CONSENT),
        ("sign_in_error.secret_expired", "sign_in", RequestKind.CREDENTIAL),
        ("check.app_credentials.expired", "app_credentials", RequestKind.CREDENTIAL),
        ("sign_in_error.app_disabled", "sign_in", RequestKind.REGISTRATION),
        ("graph_error.identity_disabled", "graph_calls", RequestKind.REGISTRATION),
        ("sign_in_error.conditional_access", "graph_calls", RequestKind.POLICY),
        ("graph_error.claims_challenge", "graph_calls", RequestKind.POLICY),
        ("graph_error.mailbox_policy", "graph_calls", RequestKind.MAILBOXES),
        ("graph_error.locked", "graph_calls", RequestKind.SITES),
        ("graph_error.locked_status", "graph_calls", RequestKind.LIMITS),
        ("graph_error.protected_api", "graph_calls", RequestKind.PROTECTED_API),
        ("check.graph_calls.challenge_stands", "graph_calls", RequestKind.POLICY),
        ("check.graph_calls.some_refused", "graph_calls", RequestKind.LIMITS),
        ("check.rejected_operations.missing_now", "rejected_operations", RequestKind.PERMISSIONS),
        ("check.rejected_operations.answer_unknown", "rejected_operations", RequestKind.LOOK_UP),
        ("sign_in_error.no_subscription", "graph_calls", RequestKind.LICENCE),
        ("graph_error.says_nothing", "graph_calls", RequestKind.LOOK_UP),
        ("graph_error.unknown", "graph_calls", RequestKind.LOOK_UP),
        ("sign_in_error.mfa_required", "log_permissions", RequestKind.ACCOUNT),
        ("sign_in_error.consent_missing", "log_permissions", RequestKind.OTHER),
        ("sign_in_error.app_not_assigned", "disabled_services", RequestKind.REGISTRATION),
        ("log_signature.sign_in_policy", "log_graph_forbidden", RequestKind.POLICY),
        ("check.exchange_web_services.disabled", "exchange_web_services", RequestKind.EXCHANGE),
        ("check.sharepoint_sign_in.secret_refused", "sharepoint_sign_in", RequestKind.SHAREPOINT),
        ("check.rejected_operations.user_needed", "rejected_operations", RequestKind.ACCOUNT),
        ("check.something.new", "something", RequestKind.OTHER),
    ],
)
def test_of_when_the_tenant_can_mend_it_then_the_kind_of_request(
    text: str, check: str, kind: RequestKind
) -> None:
    assert admin_requests.load().of(text, check) is kind


@pytest.mark.parametrize(
    ("service", "kind"),
    [
        ("Exchange Online", RequestKind.MAILBOXES),
        ("SharePoint Online", RequestKind.SITES),
        ("OneDrive for Business", RequestKind.SITES),
        ("Microsoft 365 Groups", RequestKind.LIMITS),
        ("-", RequestKind.LIMITS),
    ],
)
def test_of_when_single_objects_are_closed_then_by_the_kind_that_the_service_has(
    service: str, kind: RequestKind
) -> None:
    table = admin_requests.load()
    assert table.of("check.graph_calls.some_refused", "graph_calls", service) is kind
    assert table.of("check.token_roles.missing", "token_roles", service) is RequestKind.PERMISSIONS


def test_of_when_it_is_mended_on_the_backup_server_then_nobody_there_is_asked() -> None:
    table = admin_requests.load()
    assert table.of("check.product_token.began_before", "product_token") is None
    assert table.of("check.rejected_operations.granted_now", "rejected_operations") is None
    assert table.of("log_signature.graph_forbidden", "log_graph_forbidden") is None


@pytest.mark.parametrize(
    "text",
    [
        "sign_in_error.assertion_clock",  # this server's clock
        "sign_in_error.tenant_not_found",  # an id entered in NAKIVO
        "sign_in_error.tenant_restrictions",  # a proxy
        "sign_in_error.passing_fault",
        "graph_error.throttled_wait",
        "graph_error.server_error",
        "check.graph_calls.throttled_unmarked",
        "check.graph_calls.fault_unmarked",
        "graph_error.item_gone",
        "graph_error.token_expired",
    ],
)
def test_of_when_the_tenant_can_do_nothing_then_nobody_there_is_asked(text: str) -> None:
    assert admin_requests.load().of(text, "graph_calls") is None


def test_table_when_read_then_each_kind_stands_once_and_in_its_order() -> None:
    assert [row.request for row in admin_requests.load().requests] == list(RequestKind)


def test_table_when_read_then_no_page_or_kind_of_fault_is_claimed_twice() -> None:
    rows = admin_requests.load().requests
    for claimed in (
        [page for row in rows for page in row.sign_in],
        [kind for row in rows for kind in row.graph],
        [check for row in rows for check in row.checks],
    ):
        assert len(claimed) == len(set(claimed))


def test_texts_when_a_kind_or_a_page_exists_then_it_has_words(texts: Texts) -> None:
    for kind in RequestKind:
        for word in ("title", "who"):
            assert texts.raw(f"admin_text.request.{kind}.{word}")
        has_own_steps = texts.has(f"admin_text.request.{kind}.steps")
        # Those have the findings' own, and those of either kind of object.
        assert has_own_steps is (kind not in (RequestKind.OTHER, RequestKind.LIMITS))
    for page in PortalPage:
        assert texts.raw(f"portal.{page}.name")
        assert texts.raw(f"portal.{page}.clicks")


def test_texts_when_a_sentence_is_named_then_it_exists(texts: Texts) -> None:
    table = admin_requests.load()
    named = [text for row in table.requests for text in row.texts]
    named += [text for text in table.not_asked if "." in text]
    assert all(texts.has(f"{text}.summary") for text in named)
    assert {"sign_in", "graph_calls"} <= {check.id for check in CHECKS}


def test_catalogues_when_all_entries_are_asked_of_then_those_of_the_tenant_have_a_request() -> None:
    table = admin_requests.load()
    for entry in sign_in_errors.load().errors:
        asked = table.of(entry.text_id, "sign_in")
        assert (asked is None) or entry.who in table.asked
    kinds = {row.kind for row in graph_errors.load().errors if table.of(row.text_id, "graph_calls")}
    assert "conditional-access" in kinds
    assert "throttled" not in kinds
