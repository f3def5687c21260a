# SPDX-License-Identifier: MIT
"""The registration from a directory over real HTTPS: every part by its own right, none invented."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.certificates import pair
from tests.support.microsoft365 import running
from wizard import codec
from wizard.demo.microsoft365 import Behaviour, GraphAnswer
from wizard.demo.sample_registration import SampleKey, SampleRegistration
from wizard.errors import CannotCheck
from wizard.graph import registration_reader
from wizard.graph.app_registration import (
    APPLICATION,
    DELEGATED,
    GRANTS,
    SERVICE_PRINCIPAL,
    AppRegistration,
)
from wizard.graph.sign_in_report import Credential
from wizard.model import Credentials, Secret
from wizard.texts import Texts

READS = ("Application.Read.All", "Mail.Read")
ALL_PARTS = [SERVICE_PRINCIPAL, GRANTS, DELEGATED, APPLICATION]


def registered(
    folder: Path,
    roles: tuple[str, ...] | None = READS,
    answers: dict[str, GraphAnswer] | None = None,
    **there: object,
) -> AppRegistration:
    registration = replace(SampleRegistration(), **there)  # type: ignore[arg-type]
    behaviour = Behaviour(roles=roles, registration=registration, graph_answers=answers or {})
    with running(behaviour, folder) as m365:
        found = m365.context().app_registration()
    assert codec.from_plain(codec.to_plain(found), AppRegistration) == found
    return found


def reasons(found: AppRegistration) -> dict[str, str]:
    return {unread.part: unread.reason.rpartition(".")[2] for unread in found.unread}


def test_read_when_the_app_may_then_consent_and_its_time(tmp_path: Path) -> None:
    found = registered(tmp_path, consent_hours_ago={"Mail.Read": 0.5})
    assert found.grants
    mail = next(grant for grant in found.grants if grant.permission == "Mail.Read")
    assert mail.granted
    assert timedelta(minutes=29) < datetime.now(UTC) - mail.granted < timedelta(minutes=32)
    assert (found.enabled, found.single_tenant) == (True, True)


def test_read_when_more_is_requested_than_granted_then_both_are_seen(tmp_path: Path) -> None:
    found = registered(tmp_path, requested=(*READS, "Files.Read.All"))
    assert found.grants
    assert found.requested
    granted = {grant.permission for grant in found.grants}
    assert {asked.permission for asked in found.requested} - granted == {"Files.Read.All"}


@pytest.mark.parametrize("roles", [None, ("Mail.Read",)])
def test_read_when_the_app_may_read_nothing_then_each_part_says_which_right_it_takes(
    tmp_path: Path, roles: tuple[str, ...] | None
) -> None:
    found = registered(tmp_path, roles)
    assert reasons(found) == dict.fromkeys(ALL_PARTS, "no_right")
    assert (found.enabled, found.grants, found.requested, found.credentials) == (None,) * 4
    assert "Application.Read.All" in str(found.unread[0].values["wanted"])


def test_read_when_only_consent_of_users_is_closed_then_the_rest_is_there(tmp_path: Path) -> None:
    found = registered(tmp_path, delegated=("User.Read",))
    assert reasons(found) == {DELEGATED: "no_right"}
    assert found.delegated is None
    assert found.grants is not None


@pytest.mark.parametrize("scopes", [(), ("User.Read", "Group.Read.All")])
def test_read_when_the_directory_is_open_then_consent_of_users_too(
    tmp_path: Path, scopes: tuple[str, ...]
) -> None:
    found = registered(tmp_path, ("Directory.Read.All",), delegated=scopes)
    assert found.unread == ()
    assert found.delegated == tuple(sorted(scopes))


def test_read_when_the_app_was_made_elsewhere_then_its_application_is_said_to_be_there(
    tmp_path: Path,
) -> None:
    found = registered(tmp_path, owner_tenant="99999999-0000-4000-8000-000000000000")
    assert reasons(found)[APPLICATION] == "elsewhere"
    assert found.grants is not None


def test_read_when_the_application_was_deleted_then_it_is_not_said_to_be_elsewhere(
    tmp_path: Path,
) -> None:
    gone = GraphAnswer(404, "Request_ResourceNotFound", "Does not exist.")
    assert reasons(registered(tmp_path, answers={"/applications": gone}))[APPLICATION] == (
        "not_there"
    )


def test_read_when_there_is_no_service_principal_then_not_there(tmp_path: Path) -> None:
    found = registered(tmp_path, exists=False)
    assert reasons(found)[SERVICE_PRINCIPAL] == "not_there"
    assert found.enabled is None
    assert found.requested is not None


def test_read_when_secrets_and_certificates_then_ends_and_which_is_ours(tmp_path: Path) -> None:
    keys = (SampleKey(100), SampleKey(10, hint="xyz"))
    print_ = "52ED9B5038A47B9E2E2190715CC238359D4F8F73"
    found = registered(tmp_path, secrets=keys, certificates=(SampleKey(50, thumbprint=print_),))
    assert found.credentials
    assert [known.ours for known in found.credentials] == [True, False, False]
    assert found.credentials[2].hint == print_


def test_read_when_signed_in_with_a_certificate_then_no_secret_is_called_ours(
    tmp_path: Path,
) -> None:
    behaviour = Behaviour(registered_certificate=pair().public_pem)
    with running(behaviour, tmp_path) as m365:
        file = pair().written(tmp_path / "app.pem")
        given = Credentials(client_secret=m365.credentials.client_secret)
        found = m365.context(certificate=file, credentials=given).app_registration()
    assert found.credentials
    secrets = [known for known in found.credentials if known.kind is Credential.SECRET]
    assert [known.ours for known in secrets] == [False]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (GraphAnswer(429, "TooManyRequests", ""), "throttled"),
        (GraphAnswer(503, raw="<html></html>"), "service_fault"),
        (GraphAnswer(200, raw="<html></html>"), "foreign"),
    ],
)
def test_read_when_graph_tells_nothing_at_all_then_cannot_check(
    tmp_path: Path, answer: GraphAnswer, reason: str, texts: Texts
) -> None:
    with pytest.raises(CannotCheck) as caught:
        registered(tmp_path, answers={"/v1.0/": answer})
    assert caught.value.text == f"app_registration.{reason}"
    assert "{" not in texts.summary(caught.value) + " ".join(texts.advice(caught.value))


def test_read_when_one_part_is_throttled_then_the_others_are_there(tmp_path: Path) -> None:
    busy = {"/appRoleAssignments": GraphAnswer(429, "TooManyRequests", "")}
    found = registered(tmp_path, ("Directory.Read.All",), answers=busy)
    assert reasons(found) == {GRANTS: "throttled"}


def test_read_when_answers_hang_then_ends_in_its_share_of_the_time(tmp_path: Path) -> None:
    with running(Behaviour(hang_s=3.0), tmp_path) as m365:
        scope, begun = replace(m365.scope, timeout_s=4.0), time.monotonic()
        with pytest.raises(CannotCheck) as caught:
            registration_reader.read(
                m365.cloud, scope, m365.computer, Secret("a.b.c"), threading.Event()
            )
    assert caught.value.text == "app_registration.no_answer"
    assert time.monotonic() - begun < 2.0


def test_context_when_there_is_no_token_then_the_directory_is_not_asked(tmp_path: Path) -> None:
    expired = Behaviour(token_error=7000222)
    with running(expired, tmp_path) as m365, pytest.raises(CannotCheck) as caught:
        m365.context().app_registration()
    assert caught.value.text == "error.not_signed_in"


def test_read_when_a_part_is_unread_then_every_reason_has_its_sentence(texts: Texts) -> None:
    for reason, sentence in texts.raw("app_registration").items():
        assert sentence["summary"].endswith("."), reason
        assert sentence["advice"], reason
