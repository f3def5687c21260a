# SPDX-License-Identifier: MIT
"""The text for the tenant's administrator, from real runs of sample tenants."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.findings.tenant import diagnosed
from wizard.demo import sample
from wizard.demo.behaviour import Behaviour, GraphAnswer
from wizard.demo.sample_registration import SampleRegistration
from wizard.demo.sample_tenant import SampleTenant
from wizard.findings import admin_text
from wizard.model import CauseId, Credentials, Diagnosis, Secret
from wizard.product import Product
from wizard.texts import Texts

TENANT = SampleTenant.load()
FILES = ("Files.ReadWrite.All", "Sites.FullControl.All")
LACKING = Behaviour(roles=tuple(role for role in TENANT.roles if role not in FILES))
PENDING = replace(LACKING, registration=SampleRegistration(requested=TENANT.roles))


def text_of(folder: Path, behaviour: Behaviour, product: Product, texts: Texts) -> str:
    return admin_text.make(diagnosed(folder, behaviour), product, texts)


def test_make_when_a_permission_is_missing_then_its_name_services_steps_and_ids(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, LACKING, product, texts)
    assert told.startswith("For the administrator of the Microsoft 365 tenant\n")
    assert f"Application (client) ID  {TENANT.client_id}" in told
    assert f"Tenant ID                {TENANT.tenant_id}" in told
    wanted = told[told.index("Permissions to grant:") :].splitlines()
    assert "type Application" in wanted[0]
    assert re.match(r"  Files\.Read\.All +Microsoft 365 Groups, OneDrive", wanted[1])
    assert "Grant admin consent" in told
    assert "Privileged Role Administrator" in told
    assert "backup01" in told


def test_make_when_only_consent_is_lacking_then_says_that_it_is_requested(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, PENDING, product, texts)
    assert "requested; consent is missing" in told
    assert "not requested yet" not in told


def test_make_when_only_a_restore_needs_it_then_apart_from_what_is_needed(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, LACKING, product, texts)
    needed, _, rest = told.partition("Only for restores")
    assert "Files.ReadWrite.All" not in needed[needed.index("Permissions to grant") :]
    assert "Files.ReadWrite.All" in rest


def test_make_when_the_secret_has_expired_then_a_new_one_by_a_safe_way(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(token_error=7000222), product, texts)
    assert "1. Renew what the app signs in with" in told
    assert "not its ID" in told
    assert "Please send none back by e-mail" in told
    assert "Permissions to grant" not in told
    assert told.count("Not tested, since no sign-in came about.") == 1


def test_make_when_a_policy_blocks_then_the_ids_that_its_administrator_searches_by(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(token_error=53003), product, texts)
    assert "Service principal sign-ins" in told
    assert re.search(r"Correlation ID: [0-9a-f-]{36}\n", told)
    assert re.search(r"Time of the answer: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n", told)
    assert "Connectivity" not in told


def test_make_when_all_is_well_then_asks_nothing(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(), product, texts)
    assert "Nothing was found that you would have to do." in told
    assert "1. " not in told
    assert "When it is done" not in told


def test_make_when_the_tenant_could_not_be_reached_then_never_said_to_be_fine(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(listening=False), product, texts)
    assert "Nothing was found" not in told
    assert "There is nothing to ask of you yet" in told
    assert "? Sign-in to Microsoft 365" in told


def test_make_when_no_app_was_given_then_says_that_nothing_is_known(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour(), credentials=Credentials(), client_id=None)
    told = admin_text.make(diagnosis, product, texts)
    assert "No sign-in to Microsoft 365 was tested, so nothing is known of the tenant." in told
    assert "Nothing was found that" not in told


def test_make_when_a_mailbox_is_kept_away_then_the_exchange_administrators_commands(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    blocked = GraphAnswer(403, "ErrorAccessDenied", "Access to OData is disabled: [RAOP] : Blocked")
    told = text_of(tmp_path, Behaviour(graph_answers={"/mailFolders": blocked}), product, texts)
    assert "Test-ApplicationAccessPolicy" in told
    assert "An Exchange Administrator" in told
    assert re.search(r"Request ID: [0-9a-f-]{36}\n", told)


@pytest.mark.parametrize("behaviour", [LACKING, Behaviour(token_error=7000215), Behaviour()])
def test_make_when_secrets_were_given_then_none_of_them_is_in_it(
    behaviour: Behaviour, tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, behaviour, product, texts)
    assert TENANT.secret not in told
    assert "eyJ" not in told


def test_make_when_microsoft_repeats_a_secret_then_it_is_masked(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    planted = Secret("plantedSecret~8Q8Q_abcdefghijklmnop")
    said = GraphAnswer(403, "Forbidden", f"client_secret={planted.reveal()} is refused")
    behaviour = Behaviour(graph_answers={"/mailFolders": said})
    told = admin_text.make(diagnosed(tmp_path, behaviour), product, texts)
    assert planted.reveal() not in told


def test_make_when_a_sample_then_says_so_first_and_has_links(
    product: Product, texts: Texts
) -> None:
    with sample.open_sample("permission-missing", texts) as session:
        session.scope = replace(session.scope, causes=(CauseId.PERMISSIONS,))
        told = admin_text.make(session.diagnose(), product, texts)
    assert told.startswith("SAMPLE SERVER “permission-missing”")
    links = re.findall(r"^    (https://\S+)$", told, re.MULTILINE)
    assert (
        f"https://login.microsoftonline.com/{TENANT.tenant_id}/adminconsent?client_id=" in links[1]
    )
    assert told.count("not confirmed") >= len(links) - 1  # Microsoft confirms that for consent


def test_make_when_no_portal_is_known_then_the_clicks_alone(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, LACKING, product, texts)
    assert "Entra ID > App registrations > All applications > this app > API permissions" in told
    assert "entra.microsoft.com" not in told


LOG = """\
2026-11-23 02:14:00,000 INFO GET https://graph.microsoft.com/v1.0/users/1/mailFolders 200
2026-11-24 02:14:00,000 INFO start
2026-11-24 02:21:00,000 ERROR MS Graph Forbidden: GET https://graph.microsoft.com/v1.0/users/\
joe@contoso.com/drive/root/children 403 {"error":{"code":"accessDenied","message":"joe@contoso.com \
is denied","innerError":{"request-id":"6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11"}}}
2026-11-24 02:22:00,000 ERROR MS Graph Forbidden: GET https://graph.microsoft.com/v1.0/users/1/\
calendars 403 {"error":{"code":"ErrorAccessDenied","message":"Access is denied.",\
"innerError":{"request-id":"6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e12"}}}
"""


def text_of_logs(folder: Path, product: Product, texts: Texts) -> str:
    log = folder / "transporter.log"
    log.write_text(LOG, encoding="utf-8")
    diagnosis = diagnosed(
        folder, Behaviour(), credentials=Credentials(), client_id=None, log_paths=(str(log),)
    )
    return admin_text.make(diagnosis, product, texts)


def test_make_when_only_logs_tell_then_the_permissions_they_prove_and_no_others(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of_logs(tmp_path, product, texts)
    wanted = re.findall(r"^  (\S+\.\S+)  +GET ", told, re.MULTILINE)
    assert sorted(wanted) == ["Calendars.Read", "Files.Read.All"]
    assert "Mail.Read" not in told
    assert "NAKIVO's list" not in told
    assert "Only for restores" not in told


def test_make_when_logs_name_people_then_the_text_does_not(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of_logs(tmp_path, product, texts)
    assert "GET /users/{id}/drive/root/children" in told
    assert "{id} stands for a name that was left out" in told
    assert "joe" not in told


def test_make_when_requests_were_refused_then_each_with_its_id_and_time(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    _, _, told = text_of_logs(tmp_path, product, texts).partition("To look it up:")
    assert "Last rejected: 2026-11-24 02:21:00" in told
    assert "Last rejected: 2026-11-24 02:22:00" in told
    assert "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11" in told
    assert "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e12" in told


def test_make_when_consent_alone_is_lacking_then_nothing_is_to_be_added(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, PENDING, product, texts)
    assert "1. Grant admin consent" in told
    assert "add nothing" in told
    assert "Add a permission" not in told
    assert re.search(r"^  Files\.ReadWrite\.All ", told, re.MULTILINE)
    assert not re.search(r"^  Files\.Read\.All ", told, re.MULTILINE)


def test_make_when_no_token_came_for_want_of_consent_then_what_is_to_be_added_is_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(token_error=650056), product, texts)
    assert "1. Grant permissions to the app registration" in told
    assert "Add a permission" in told


def of_sample(scenario: str, cause: CauseId, product: Product, texts: Texts) -> str:
    with sample.open_sample(scenario, texts) as session:
        session.scope = replace(session.scope, causes=(cause,))
        return admin_text.make(session.diagnose(), product, texts)


@pytest.mark.parametrize("cause", [CauseId.PERMISSIONS, CauseId.GRAPH_FORBIDDEN])
def test_make_when_a_policy_blocks_then_asked_for_whichever_cause_was_chosen(
    cause: CauseId, product: Product, texts: Texts
) -> None:
    told = of_sample("conditional-access", cause, product, texts)
    assert "1. Let the app pass the Conditional Access" in told
    assert "ID of the policy that refused it: 9011c1e5-" in told
    assert "Workload Identities Premium" in told


def test_make_when_a_secret_has_expired_then_asked_for_whichever_cause_was_chosen(
    product: Product, texts: Texts
) -> None:
    told = of_sample("secret-expired", CauseId.GRAPH_FORBIDDEN, product, texts)
    assert "1. Renew what the app signs in with" in told


def test_make_when_a_cause_was_left_out_then_nothing_is_said_to_be_fine(
    product: Product, texts: Texts
) -> None:
    told = of_sample("graph-forbidden", CauseId.PERMISSIONS, product, texts)
    assert "The cause MS Graph Forbidden was left out" in told
    assert "There is nothing to ask of you yet." in told
    assert "Nothing was found" not in told


def test_make_when_the_secret_has_expired_then_said_once_and_of_no_grant(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(token_error=7000222), product, texts)
    assert told.count("What was found:") == 1
    assert "before the grant" not in told
    assert "A sign-in from before the grant lacks it." in text_of(tmp_path, LACKING, product, texts)


def test_make_when_a_stronger_permission_is_asked_for_then_not_the_weaker_as_well(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(roles=()), product, texts)
    assert re.search(r"^  User\.ReadWrite\.All .*Exchange Online", told, re.MULTILINE)
    assert not re.search(r"^  User\.Read\.All ", told, re.MULTILINE)


def test_make_when_a_service_is_switched_off_then_both_places_to_look_at(
    product: Product, texts: Texts
) -> None:
    told = of_sample("subscription-lapsed", CauseId.GRAPH_FORBIDDEN, product, texts)
    assert "Billing > Your products" in told
    assert "“Microsoft Applications”" in told


@pytest.mark.parametrize(
    ("scenario", "who"),
    [
        ("web-services-blocked", "Who can do it: An Exchange Administrator."),
        ("sharepoint-secret", "Who can do it: The owner of the app registration"),
    ],
)
def test_make_when_a_service_of_its_own_refuses_then_those_who_look_after_it(
    scenario: str, who: str, product: Product, texts: Texts
) -> None:
    told = of_sample(scenario, CauseId.GRAPH_FORBIDDEN, product, texts)
    told += of_sample(scenario, CauseId.PERMISSIONS, product, texts)
    assert who in told
    assert "Ask NAKIVO's support" not in told
    assert "give this program" not in told


BLOCKED_EWS = "web-services-blocked"


def letter_of_sample(scenario: str, product: Product, texts: Texts) -> tuple[str, Diagnosis]:
    with sample.open_sample(scenario, texts) as session:
        session.scope = replace(session.scope, causes=(CauseId.GRAPH_FORBIDDEN,))
        diagnosis = session.diagnose()
    return admin_text.make(diagnosis, product, texts), diagnosis


def test_make_when_exchange_web_services_are_off_then_the_pages_own_commands_and_date(
    product: Product, texts: Texts
) -> None:
    told, diagnosis = letter_of_sample(BLOCKED_EWS, product, texts)
    finding = next(r.finding for r in diagnosis.results if r.check == "exchange_web_services")
    commands = [line for line in texts.advice(finding) if "-OrganizationConfig" in line]
    assert any("Set-OrganizationConfig -EwsEnabled:$true" in line for line in commands)
    assert any("Set-OrganizationConfig -EwsAllowedAppIDs" in line for line in commands)
    assert [line for line in commands if line not in told] == []
    assert "off for good on 2027-04-01" in told
    assert "in 2027" not in told


LOCKED = GraphAnswer(423, "notAllowed", "Access to this site has been blocked, locked.")
PROTECTED = GraphAnswer(
    403, "Forbidden", "Invoked API requires Protected API access in application-only context"
)


def test_make_when_a_site_is_locked_then_no_step_is_about_mailboxes(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(graph_answers={"/sites/root": LOCKED}), product, texts)
    assert "1. Look at what keeps the app from single sites or drives" in told
    assert "A SharePoint Administrator" in told
    for word in ("MAILBOX", "Exchange Administrator", "PowerShell"):
        assert word not in told


def test_make_when_an_interface_is_protected_then_the_reason_is_not_said_to_be_untold(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(graph_answers={"/teams/": PROTECTED}), product, texts)
    assert "says no reason" not in told
    assert "1. Ask whether the app needs Microsoft's approval" in told
    assert re.search(r"Request ID: [0-9a-f-]{36}\n", told)


@pytest.mark.parametrize(
    ("behaviour", "is_told"), [(Behaviour(), False), (Behaviour(token_error=7000222), True)]
)
def test_make_when_no_secret_is_renewed_then_none_is_spoken_of_to_be_handed_over(
    behaviour: Behaviour, is_told: bool, tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, behaviour, product, texts)
    assert "This text holds no secret." in told
    assert ("hand a new secret over" in told) is is_told


@pytest.mark.parametrize(
    "said",
    [
        "denied for jo.doe@contoso.com here",
        "denied for jo.doe%40contoso.com here",
        "denied for user 'Jo Doe' here",
        "denied for https://contoso-my.sharepoint.com/personal/jo_doe_contoso_com/x",
    ],
)
def test_make_when_microsoft_names_people_then_the_text_does_not(
    said: str, tmp_path: Path, product: Product, texts: Texts
) -> None:
    named = GraphAnswer(403, "ErrorAccessDenied", said)
    told = text_of(tmp_path, Behaviour(graph_answers={"/mailFolders": named}), product, texts)
    assert "Microsoft's text: denied for " in told
    assert not re.search(r"jo.doe", told, re.IGNORECASE)


NO_SITES = tuple(role for role in TENANT.roles if not role.startswith("Sites."))


@pytest.mark.parametrize("behaviour", [LACKING, Behaviour(roles=NO_SITES)])
def test_make_when_sharepoint_is_refused_then_what_would_do_is_named_as_unconfirmed(
    tmp_path: Path, product: Product, texts: Texts, behaviour: Behaviour
) -> None:
    told = text_of(tmp_path, behaviour, product, texts)
    _, _, perhaps = told.partition("Perhaps to be granted as well")
    assert "not confirmed" in perhaps.splitlines()[0]
    assert perhaps.splitlines()[1].split()[:3] == ["Sites.Read.All", "SharePoint", "Online:"]
    assert "so not asked for here" not in told


def test_make_when_the_app_is_let_in_at_single_sites_then_no_permission_is_asked_for(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    behaviour = Behaviour(roles=(*NO_SITES, "Sites.Selected"))
    told = text_of(tmp_path, behaviour, product, texts)
    assert "Grant permissions" not in told
    assert "proves nothing about the sites that are backed up" in told


def test_make_when_the_enterprise_application_is_missing_then_one_task_and_no_list(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(token_error=7000229), product, texts)
    assert re.findall(r"^(\d)\. ", told, re.MULTILINE) == ["1"]
    assert "which makes it" in told
    assert "Permissions to grant" not in told


def test_make_when_users_tried_have_no_mailbox_then_nothing_is_asked_for_them(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = text_of(tmp_path, Behaviour(users_without_mailbox=3), product, texts)
    assert "There is nothing to ask of you yet." in told
    assert "Met at 3 of 3 mailboxes tried" in told


def test_make_when_no_request_tells_of_a_service_then_what_it_needs_is_not_known(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    roles = tuple(role for role in TENANT.roles if not role.startswith("Notes."))
    told = text_of(tmp_path, Behaviour(roles=roles), product, texts)
    assert "so not asked for here: what NAKIVO needs for SharePoint Online" in told
