# SPDX-License-Identifier: MIT
"""Sign-in with real msal against a stand-in over real HTTPS."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.certificates import pair
from tests.support.microsoft365 import running
from wizard import codec
from wizard.demo.microsoft365 import Behaviour, ServerCertificate, TokenAnswer
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.errors import CannotCheck
from wizard.graph import sign_in
from wizard.graph.sign_in_report import Credential, Failure, Report
from wizard.model import Credentials, Scope, Secret

PLANTED = "PLANTED-SECRET-1234"


def codes(report: Report) -> tuple[int, ...]:
    return report.error.codes if report.error else ()


def test_sign_in_when_healthy_then_token_and_roles(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        found = m365.sign_in()
    assert found.report.signed_in
    assert found.claims.roles == Behaviour().roles
    assert found.claims.appidacr == "1"
    assert found.report.url.endswith("/oauth2/v2.0/token")
    assert found.token is not None
    assert found.token.reveal() not in repr(found)


def test_sign_in_when_no_resource_then_a_token_for_graph(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        assert m365.sign_in().claims.audience == m365.cloud.graph


def test_sign_in_when_resource_then_a_token_for_it(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        found = m365.sign_in(resource="https://outlook.office365.com")
    assert found.claims.audience == "https://outlook.office365.com"


def test_sign_in_when_consent_is_missing_then_a_token_without_roles(tmp_path: Path) -> None:
    with running(Behaviour(roles=None), tmp_path) as m365:
        found = m365.sign_in()
    assert found.report.signed_in
    assert found.claims.roles is None


@pytest.mark.parametrize("code", [7000222, 53003, 500021, 500014, 90033, 999999])
def test_sign_in_when_refused_then_code_text_and_ids(tmp_path: Path, code: int) -> None:
    with running(Behaviour(token_error=code), tmp_path) as m365:
        report = m365.sign_in().report
    assert report.error is not None
    assert report.error.codes == (code,)
    assert report.error.message.startswith(f"AADSTS{code}: ")
    assert "Trace ID" not in report.error.message
    assert report.error.trace_id
    assert report.error.correlation_id
    assert report.error.timestamp


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"credentials": Credentials(Secret("wrong"))}, 7000215),
        ({"client_id": "11111111-5555-4666-8777-888888888888"}, 700016),
        # msal hides this one in the context of a general error
        ({"tenant_id": "11111111-1111-4222-8333-444444444444"}, 90002),
    ],
)
def test_sign_in_when_something_given_is_wrong_then_its_code(
    tmp_path: Path, more: dict[str, object], code: int
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        report = m365.sign_in(**more).report
    assert codes(report) == (code,)
    assert report.failure is None


def test_sign_in_when_mended_then_the_next_attempt_really_asks_again(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        wrong = replace(m365.credentials, client_secret=Secret("wrong"))
        assert codes(m365.sign_in(credentials=wrong).report) == (7000215,)
        assert m365.sign_in().report.signed_in


@pytest.mark.parametrize(
    ("answer", "failure", "detail"),
    [
        (TokenAnswer.THROTTLED, Failure.THROTTLED, "429"),
        (TokenAnswer.FAULT, Failure.SERVICE_FAULT, "503"),
        (TokenAnswer.PAGE, Failure.NOT_MICROSOFT, "200"),
    ],
)
def test_sign_in_when_answer_is_no_json_then_named(
    tmp_path: Path, answer: TokenAnswer, failure: Failure, detail: str
) -> None:
    with running(Behaviour(token_answer=answer), tmp_path) as m365:
        report = m365.sign_in().report
    assert (report.failure, report.detail, report.error) == (failure, detail, None)


def test_sign_in_when_throttled_then_how_long_to_wait(tmp_path: Path) -> None:
    with running(Behaviour(token_answer=TokenAnswer.THROTTLED), tmp_path) as m365:
        assert m365.sign_in().report.retry_after == "30"


@pytest.mark.parametrize("answer", [TokenAnswer.HANG, TokenAnswer.DRIP])
def test_sign_in_when_token_endpoint_hangs_then_ends_in_its_time(
    tmp_path: Path, answer: TokenAnswer
) -> None:
    started = time.monotonic()
    with running(Behaviour(token_answer=answer), tmp_path) as m365:
        report = m365.sign_in(timeout_s=1.5).report
    assert report.failure is Failure.NETWORK
    assert "timeout" in report.detail
    assert time.monotonic() - started < 6


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (Behaviour(untrusted_authority=True), "encryption"),
        (Behaviour(server_certificate=ServerCertificate.EXPIRED), "encryption"),
        (Behaviour(server_certificate=ServerCertificate.OTHER_NAME), "encryption"),
        (Behaviour(listening=False), "connection"),
        (Behaviour(name_resolves=False), "name"),
    ],
)
def test_sign_in_when_the_way_is_broken_then_network(
    tmp_path: Path, behaviour: Behaviour, told: str
) -> None:
    with running(behaviour, tmp_path) as m365:
        report = m365.sign_in().report
    assert report.failure is Failure.NETWORK
    assert report.detail.startswith(told)


def test_sign_in_when_page_answers_for_the_document_then_not_microsoft(tmp_path: Path) -> None:
    with running(Behaviour(wrong_page=True), tmp_path) as m365:
        assert m365.sign_in().report.failure is Failure.NOT_MICROSOFT


def test_sign_in_when_proxy_then_through_it_or_its_refusal(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365:
        with SignInProxy(ProxyBehaviour(tunnels=True)) as proxy:
            assert m365.sign_in(proxy=proxy.address).report.signed_in
            assert proxy.targets
        with SignInProxy() as proxy:
            report = m365.sign_in(proxy=proxy.address).report
    assert report.detail.startswith("proxy")
    assert "407" in report.detail


def test_sign_in_when_environment_names_a_region_then_the_address_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MSAL_FORCE_REGION", "westeurope")
    with running(Behaviour(), tmp_path) as m365:
        assert m365.sign_in().report.signed_in


REGISTERED = Behaviour(registered_certificate=pair().public_pem)


@pytest.mark.parametrize("name", ["app.pem", "app.pfx"])
def test_sign_in_when_certificate_then_token_that_says_so(tmp_path: Path, name: str) -> None:
    file = pair().written(tmp_path / name, "right")
    secrets = Credentials(certificate_password=Secret("right"))
    with running(REGISTERED, tmp_path) as m365:
        found = m365.sign_in(certificate=file, credentials=secrets)
    assert found.report.signed_in
    assert found.claims.appidacr == "2"
    assert found.report.credential is Credential.CERTIFICATE
    assert found.report.certificate_expires == pair().certificate.not_valid_after_utc


def test_sign_in_when_certificate_is_not_registered_then_its_code(tmp_path: Path) -> None:
    file = pair().written(tmp_path / "app.pem")
    with running(Behaviour(), tmp_path) as m365:
        report = m365.sign_in(certificate=file, credentials=Credentials()).report
    assert codes(report) == (700027,)


@pytest.mark.parametrize("offset_s", [-1200, 1800])
def test_sign_in_when_certificate_and_clock_is_off_then_its_code(
    tmp_path: Path, offset_s: float
) -> None:
    file = pair().written(tmp_path / "app.pem")
    with running(replace(REGISTERED, clock_offset_s=offset_s), tmp_path) as m365:
        report = m365.sign_in(certificate=file, credentials=Credentials()).report
    assert codes(report) == (700024,)


def test_sign_in_when_secret_and_clock_is_off_then_no_matter(tmp_path: Path) -> None:
    with running(Behaviour(clock_offset_s=-1200), tmp_path) as m365:
        assert m365.sign_in().report.signed_in


def test_sign_in_when_password_of_certificate_is_wrong_then_clear(tmp_path: Path) -> None:
    file = pair().written(tmp_path / "app.pfx", "right")
    secrets = Credentials(certificate_password=Secret("wrong"))
    with running(REGISTERED, tmp_path) as m365, pytest.raises(CannotCheck) as caught:
        m365.sign_in(certificate=file, credentials=secrets)
    assert caught.value.text == "error.certificate_password"


def test_sign_in_when_nothing_to_sign_in_with_then_cannot_check(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, pytest.raises(CannotCheck):
        m365.sign_in(credentials=Credentials())


def test_sign_in_when_cancelled_then_nothing_is_sent(tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with running(Behaviour(), tmp_path) as m365, pytest.raises(CannotCheck):
        sign_in.sign_in(m365.cloud, m365.scope, m365.credentials, m365.computer, cancelled)


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(),
        Behaviour(token_error=7000222),
        Behaviour(token_answer=TokenAnswer.FAULT),
        Behaviour(token_answer=TokenAnswer.PAGE),
        Behaviour(untrusted_authority=True),
        Behaviour(listening=False),
    ],
)
def test_sign_in_when_secret_is_planted_then_it_is_seen_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, behaviour: Behaviour
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = Credentials(Secret(PLANTED), Secret(PLANTED))
    with running(behaviour, tmp_path) as m365:
        found = m365.sign_in(credentials=secrets)
    shown = repr(found) + str(codec.to_plain(found.report)) + repr(secrets) + caplog.text
    assert PLANTED not in shown


def test_sign_in_when_token_then_it_is_in_no_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file = pair().written(tmp_path / "app.pem")
    with running(REGISTERED, tmp_path) as m365:
        found = m365.sign_in(certificate=file, credentials=Credentials())
    assert found.token is not None
    shown = caplog.text + repr(found) + str(codec.to_plain(found.report))
    assert found.token.reveal() not in shown
    assert "eyJ" not in shown  # the beginning of any token or assertion
    assert "PRIVATE KEY" not in shown


def test_can_sign_in_when_something_is_missing_then_not() -> None:
    whole = Scope(tenant_id="t", client_id="c")
    secrets = Credentials(Secret("s"))
    assert sign_in.can_sign_in(whole, secrets)
    assert sign_in.can_sign_in(replace(whole, certificate="f"), Credentials())
    assert not sign_in.can_sign_in(whole, Credentials())
    assert not sign_in.can_sign_in(replace(whole, tenant_id=None), secrets)
