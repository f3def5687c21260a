# SPDX-License-Identifier: MIT
"""The token's roles against the known part of the vendor's table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.checks.told import assert_told
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.token_roles import CHECK, TokenRoles, judge, matrix
from wizard.demo.behaviour import GraphAnswer
from wizard.demo.microsoft365 import Behaviour, TokenAnswer
from wizard.demo.sample_registration import SampleRegistration
from wizard.errors import CannotCheck
from wizard.graph import permissions
from wizard.graph.app_registration import APPLICATION, AppRegistration, Grant, Requested, Unread
from wizard.graph.permission_matrix import GRAPH, State
from wizard.graph.permissions import PermissionKind
from wizard.model import Finding, Outcome, Workload
from wizard.product import Product
from wizard.texts import Texts

FULL = Behaviour().roles or ()
ISSUED = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
NO_FILES = tuple(role for role in FULL if not role.startswith(("Files.", "Sites.")))


def app(
    *requested: str,
    of_user: tuple[str, ...] = (),
    grants: tuple[Grant, ...] = (),
) -> AppRegistration:
    """A registration of which all is known."""
    kinds = [(name, PermissionKind.APPLICATION) for name in requested]
    kinds += [(name, PermissionKind.DELEGATED) for name in of_user]
    asked = tuple(Requested(GRAPH, f"id-of-{name}", name, kind) for name, kind in kinds)
    return AppRegistration(
        enabled=True,
        single_tenant=True,
        grants=grants,
        delegated=(),
        requested=asked,
        credentials=None,
        unread=(),
    )


def needed(workload: Workload) -> list[str]:
    """What the newest known edition asks for to back up a service."""
    table = permissions.load()
    asked = [need for need in table.application_needs([workload]) if need.is_for_backup]
    return [need.permission for need in asked if table.is_confirmed(need)]


def consent(name: str, minutes: float) -> Grant:
    return Grant(GRAPH, f"id-of-{name}", name, ISSUED - timedelta(minutes=minutes))


def told(
    product: Product,
    roles: tuple[str, ...] | None,
    workloads: tuple[Workload, ...] = tuple(Workload),
    scopes: tuple[str, ...] = (),
    *,
    readable: bool = True,
    registration: AppRegistration | None = None,
) -> Finding:
    seen = TokenRoles(readable, roles, scopes, ISSUED, None, workloads, registration, ISSUED)
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
    finding = told(product, NO_FILES)
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


def test_judge_when_the_registration_is_unread_then_says_that_the_reason_is_not_known(
    product: Product, texts: Texts
) -> None:
    finding = told(product, NO_FILES)
    assert finding.text == "check.token_roles.missing_and_for_restore"
    assert "the app registration could not be read" in texts.summary(finding)


def test_judge_when_a_right_lacks_to_read_the_registration_then_names_it(
    product: Product, texts: Texts
) -> None:
    unread = Unread(APPLICATION, "app_registration.no_right", {"wanted": "Application.Read.All"})
    blind = AppRegistration(None, None, None, None, None, None, (unread,))
    finding = told(product, NO_FILES, registration=blind)
    assert "one more right (one of Application.Read.All)" in texts.summary(finding)


def test_judge_when_requested_without_consent_then_only_consent_is_asked_for(
    product: Product, texts: Texts
) -> None:
    finding = told(product, NO_FILES, registration=app("Files.Read.All"))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert "1 permission has no admin consent: Files.Read.All" in texts.summary(finding)
    assert "Nothing has to be added" in " ".join(texts.advice(finding))
    assert shown(finding, "permission_not_consented") == ["Files.Read.All"]


def test_judge_when_a_stronger_one_is_requested_then_named_as_the_portal_shows_it(
    product: Product, texts: Texts
) -> None:
    finding = told(product, NO_FILES, registration=app("Files.ReadWrite.All"))
    assert "no admin consent: Files.ReadWrite.All." in texts.summary(finding)
    assert shown(finding, "permission_not_consented") == ["Files.ReadWrite.All"]
    assert shown(finding, "permission_for_restore") == []


def test_judge_when_never_requested_then_it_must_be_added(product: Product, texts: Texts) -> None:
    finding = told(product, NO_FILES, registration=app("User.Read.All"))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert "The app registration does not ask for it" in texts.summary(finding)
    assert shown(finding, "permission_not_requested") == ["Files.Read.All"]


def test_judge_when_only_a_users_then_the_wrong_kind(product: Product, texts: Texts) -> None:
    finding = told(product, NO_FILES, registration=app(of_user=("Files.Read.All",)))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert "only as a user's (delegated)" in texts.summary(finding)
    assert shown(finding, "permission_wrong_kind") == ["Files.Read.All"]


def test_judge_when_reasons_differ_then_the_evidence_tells_which(
    product: Product, texts: Texts
) -> None:
    roles = tuple(role for role in NO_FILES if not role.startswith("Notes."))
    finding = told(product, roles, registration=app("Files.Read.All"))
    assert finding.text == "check.token_roles.mixed_and_for_restore"
    assert "2 permissions are missing" in texts.summary(finding)
    assert shown(finding, "permission_not_consented") == ["Files.Read.All"]
    assert shown(finding, "permission_not_requested") == ["Notes.Read.All"]


def test_judge_when_mailbox_permissions_lack_too_then_told_apart_from_the_certain(
    product: Product, texts: Texts
) -> None:
    roles = tuple(role for role in NO_FILES if role != "Mail.ReadWrite")
    sentence = texts.summary(told(product, roles))
    assert "1 permission is missing from the token: Files.Read.All" in sentence
    assert "perhaps granted by Exchange itself" in sentence
    assert sentence.endswith("does not show: Mail.Read.")


def test_judge_when_granted_lately_and_not_in_the_token_then_a_warning(
    product: Product, texts: Texts
) -> None:
    new = app("Files.ReadWrite.All", grants=(consent("Files.ReadWrite.All", 10),))
    finding = told(product, NO_FILES, registration=new)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.token_roles.too_new")
    assert "lately (2026-11-24 06:50:00 UTC)" in texts.summary(finding)
    assert texts.summary(finding).endswith("does not carry it yet: Files.Read.All.")
    assert "wait until 2026-11-24 08:20:00 UTC" in " ".join(texts.advice(finding))


def test_judge_when_granted_lately_and_in_the_token_then_ok(product: Product) -> None:
    new = app("Files.ReadWrite.All", grants=(consent("Files.ReadWrite.All", 10),))
    assert told(product, FULL, registration=new).outcome is Outcome.OK


def test_judge_when_one_is_new_and_another_lacks_then_the_lack_weighs_more(
    product: Product,
) -> None:
    roles = tuple(role for role in NO_FILES if not role.startswith("Notes."))
    grants = (consent("Files.ReadWrite.All", 10),)
    finding = told(product, roles, registration=app("Notes.Read.All", grants=grants))
    assert (finding.outcome, finding.text) == (
        Outcome.PROBLEM,
        "check.token_roles.not_consented",
    )
    assert shown(finding, "permission_too_new") == ["Files.Read.All"]


def test_judge_when_one_for_restores_covers_it_then_says_so(product: Product, texts: Texts) -> None:
    advice = " ".join(texts.advice(told(product, NO_FILES)))
    assert "Files.Read.All for backups alone; Files.ReadWrite.All if you also restore" in advice
    assert "instead" not in advice


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


@pytest.mark.parametrize(("client_id", "shown"), [("", "CLIENT-ID"), ("0815-id", "0815-id")])
def test_judge_when_exchange_may_grant_it_then_the_command_names_the_app_where_known(
    product: Product, texts: Texts, client_id: str, shown: str
) -> None:
    roles = tuple(role for role in FULL if role != "Mail.ReadWrite")
    workloads = tuple(Workload)
    seen = TokenRoles(True, roles, (), ISSUED, None, workloads, None, ISSUED, client_id)
    advice = " ".join(texts.advice(judge(seen, product)))
    assert f"Test-ServicePrincipalAuthorization -Identity {shown} -Resource MAILBOX" in advice


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


@pytest.mark.parametrize(
    ("registration", "text", "words"),
    [
        (
            app("Mail.Read"),
            "no_roles_not_consented",
            "no administrator of the tenant has consented",
        ),
        (app(of_user=("Mail.Read",)), "no_roles_not_requested", "asks for none"),
        (app(), "no_roles_not_requested", "asks for none"),
    ],
)
def test_judge_when_no_roles_and_the_registration_is_known_then_why(
    product: Product, texts: Texts, registration: AppRegistration, text: str, words: str
) -> None:
    finding = told(product, None, registration=registration)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert finding.text == f"check.token_roles.{text}"
    assert words in texts.summary(finding)


def test_judge_when_no_roles_yet_after_new_consent_then_a_warning(product: Product) -> None:
    names = needed(Workload.EXCHANGE)
    new = app(*names, grants=tuple(consent(name, 5) for name in names))
    finding = told(product, None, (Workload.EXCHANGE,), registration=new)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.token_roles.too_new")


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


def test_judge_when_groups_then_delegated_ones_are_not_judged(product: Product) -> None:
    finding = told(product, FULL, (Workload.GROUPS,))
    assert finding.outcome is Outcome.OK
    assert "Group.Read.All" not in str(finding)  # the matrix tells of them, with what they mean


def test_observe_when_signed_in_then_the_tokens_roles(tmp_path: Path, product: Product) -> None:
    with running(Behaviour(), tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    assert seen.roles == FULL
    assert seen.expires is not None
    assert seen.issued is not None
    assert judge(seen, product).outcome is Outcome.OK


def test_observe_when_token_is_opaque_then_unreadable(tmp_path: Path) -> None:
    with running(Behaviour(token_answer=TokenAnswer.UNREADABLE), tmp_path) as m365:
        assert not CHECK.observe(m365.context()).readable


def test_observe_when_not_signed_in_then_cannot_check(tmp_path: Path) -> None:
    refused = Behaviour(token_error=53003)
    with running(refused, tmp_path) as m365, pytest.raises(CannotCheck) as caught:
        CHECK.observe(m365.context())
    assert caught.value.text == "error.not_signed_in"


NO_CONSENT = SampleRegistration(requested=(*FULL, "Files.ReadWrite.All"))


@pytest.mark.parametrize(
    ("registration", "state"),
    [
        (SampleRegistration(), State.NOT_REQUESTED),
        (NO_CONSENT, State.NOT_CONSENTED),
        (SampleRegistration(requested_of_user=("Files.Read.All",)), State.WRONG_KIND),
    ],
)
def test_observe_when_the_registration_is_readable_then_why_one_is_missing(
    tmp_path: Path, registration: SampleRegistration, state: State
) -> None:
    suffering = Behaviour(roles=NO_FILES, registration=registration)
    with running(suffering, tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    assert {row.state for row in matrix(seen) if row.permission == "Files.Read.All"} == {state}
    assert codec.from_plain(codec.to_plain(seen), TokenRoles) == seen


def test_observe_when_consent_was_given_lately_then_too_new(tmp_path: Path) -> None:
    lately = SampleRegistration(consent_hours_ago={"Files.ReadWrite.All": 0.2})
    with running(Behaviour(registration=lately), tmp_path) as m365:
        rows = matrix(CHECK.observe(m365.context()))
    states = {row.permission: row.state for row in rows if row.workload is Workload.ONEDRIVE}
    assert states == {
        "User.Read.All": State.COVERED,
        "Files.Read.All": State.TOO_NEW,
        "Files.ReadWrite.All": State.TOO_NEW,
    }


def test_observe_when_the_directory_is_closed_then_the_token_decides_alone(
    tmp_path: Path, product: Product
) -> None:
    roles = tuple(role for role in NO_FILES if role != "Application.Read.All")
    with running(Behaviour(roles=roles), tmp_path) as m365:
        seen = CHECK.observe(m365.context())
    states = {row.state for row in matrix(seen) if row.permission == "Files.Read.All"}
    assert states == {State.MISSING}
    finding = judge(seen, product)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_observe_when_the_directory_fails_then_the_token_decides_alone(
    tmp_path: Path, product: Product, status: int
) -> None:
    broken = {
        "/servicePrincipals": GraphAnswer(status),
        "/applications": GraphAnswer(status),
    }
    with running(Behaviour(roles=NO_FILES, graph_answers=broken), tmp_path) as m365:
        finding = judge(CHECK.observe(m365.context()), product)
    assert finding.text == "check.token_roles.missing_and_for_restore"


def test_observe_when_stored_then_holds_no_credential_of_the_app(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        seen = CHECK.observe(m365.context())
        assert m365.context().app_registration().credentials
    assert seen.registration is not None
    assert seen.registration.credentials is None


@pytest.mark.parametrize("other", ["Sites.FullControl.All", "Sites.Read.All"])
def test_judge_when_another_role_is_documented_for_the_same_then_no_proof_and_said(
    product: Product, texts: Texts, other: str
) -> None:
    finding = told(product, (*NO_FILES, other))
    assert (finding.outcome, finding.decisive) == (Outcome.WARNING, False)
    sentence = texts.summary(finding)
    assert f"is not in the token: Files.Read.All. {other} is there, and Microsoft doc" in sentence
    assert shown(finding, "permission_stood_in") == ["Files.Read.All"]


def test_judge_when_another_role_does_but_one_more_is_missing_then_decisive(
    product: Product,
) -> None:
    roles = tuple(role for role in NO_FILES if not role.startswith("User."))
    finding = told(product, (*roles, "Sites.FullControl.All"))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert "Files.Read.All" not in str(finding.values["missing"])


NO_MAIL = tuple(role for role in FULL if not role.startswith("Mail."))
NO_SITES = tuple(role for role in FULL if not role.startswith("Sites."))
PLAIN = GraphAnswer(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
GRANTED = GraphAnswer(200, raw='{"value": [{"id": "1"}]}', headers={"request-id": "x"})


def live(folder: Path, product: Product, behaviour: Behaviour) -> Finding:
    """What the check says beside requests that were made."""
    with running(behaviour, folder) as m365:
        seen = CHECK.observe(m365.context())
    assert codec.from_plain(codec.to_plain(seen), TokenRoles) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def test_judge_when_a_request_for_mail_is_refused_then_its_permission_is_missing_for_certain(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = live(tmp_path, product, Behaviour(roles=NO_MAIL))
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert shown(finding, "permission_not_requested") == ["Mail.Read"]
    assert "refused a request for mail just now (mailboxes tried: 3)" in texts.summary(finding)


def test_judge_when_a_request_for_mail_is_granted_without_the_permission_then_a_warning(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    behaviour = Behaviour(roles=NO_MAIL, graph_answers={"/mailFolders": GRANTED})
    finding = live(tmp_path, product, behaviour)
    assert (finding.outcome, finding.text) == (
        Outcome.WARNING,
        "check.token_roles.in_exchange_seen",
    )
    assert "Exchange itself gives the app rights" in texts.summary(finding)
    assert shown(finding, "permission_seen_in_exchange") == ["Mail.Read"]


def test_judge_when_mail_was_not_answered_then_exchange_may_grant_it(
    tmp_path: Path, product: Product
) -> None:
    busy = GraphAnswer(503, "serviceNotAvailable", "busy")
    finding = live(tmp_path, product, Behaviour(roles=NO_MAIL, graph_answers={"/users": busy}))
    assert finding.text == "check.token_roles.missing_or_in_exchange"
    assert not finding.decisive


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ((), "check.token_roles.sites_refused"),
        (("Sites.Selected",), "check.token_roles.single_sites"),
    ],
)
def test_judge_when_only_sharepoint_is_refused_then_never_ok_and_microsofts_word_is_named(
    tmp_path: Path, product: Product, texts: Texts, more: tuple[str, ...], text: str
) -> None:
    finding = live(tmp_path, product, Behaviour(roles=(*NO_SITES, *more)))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, text)
    named = [one for one in finding.evidence if one.label == "permission_documented"]
    assert [(one.value, one.source) for one in named] == [("Sites.Read.All", "SharePoint Online")]
    assert "not confirmed" in texts.summary(finding)


def test_judge_when_sharepoint_is_granted_then_its_own_list_is_not_asked_for(
    tmp_path: Path, product: Product
) -> None:
    behaviour = Behaviour(roles=NO_SITES, graph_answers={"/sites/root": GRANTED})
    assert live(tmp_path, product, behaviour).outcome is Outcome.OK


def test_judge_when_others_are_missing_and_sharepoint_is_refused_then_both_are_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = live(tmp_path, product, Behaviour(roles=NO_FILES))
    assert finding.outcome is Outcome.PROBLEM
    assert "By Microsoft's table Sites.Read.All would do" in texts.summary(finding)


def test_judge_when_of_the_wrong_kind_then_named_as_the_portal_lists_it(
    product: Product, texts: Texts
) -> None:
    registration = app(*NO_FILES, of_user=("Files.ReadWrite.All",))
    finding = told(product, NO_FILES, registration=registration)
    assert "lists Files.ReadWrite.All there, with the type Delegated" in texts.summary(finding)
