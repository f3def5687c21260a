# SPDX-License-Identifier: MIT
"""What the sign-in library stumbles over, each met by real msal over real HTTPS."""

from __future__ import annotations

import json
import logging
import time
import traceback
from pathlib import Path

import pytest

from tests.support import real_proxies
from tests.support.certificates import pair
from tests.support.entra import CLIENT, entra, error, usual_port
from tests.support.microsoft365 import host, running
from wizard.demo.loopback import Response
from wizard.demo.microsoft365 import Behaviour
from wizard.errors import CannotCheck
from wizard.graph import clouds
from wizard.graph.sign_in import SignIn
from wizard.graph.sign_in_report import Failure
from wizard.model import Credentials, Secret

HUNG_S = 30.0


def codes(found: SignIn) -> tuple[int, ...]:
    return found.report.error.codes if found.report.error else ()


def test_sign_in_when_the_first_request_hangs_then_ends_in_its_time(tmp_path: Path) -> None:
    started = time.monotonic()
    with entra(tmp_path) as server:
        server.document = Response(200, "{}", seconds=HUNG_S)
        report = server.sign_in(timeout_s=2.0).report
    assert (report.failure, report.detail.partition(":")[0]) == (Failure.NETWORK, "timeout")
    assert time.monotonic() - started < 5
    assert not server.forms


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_sign_in_when_the_tenant_answers_with_faults_then_microsofts_fault(
    tmp_path: Path, status: int
) -> None:
    with entra(tmp_path) as server:
        server.document = Response(status, "<html>", "text/html")
        report = server.sign_in().report
    assert (report.failure, report.detail) == (Failure.SERVICE_FAULT, str(status))


@pytest.mark.parametrize(
    "reply",
    [Response(200, "[]"), Response(200, "{}"), Response(200, '{"token_endpoint": 5}')],
)
def test_sign_in_when_the_first_answer_is_no_document_then_not_microsoft(
    tmp_path: Path, reply: Response
) -> None:
    with entra(tmp_path) as server:
        server.document = reply
        assert server.sign_in().report.failure is Failure.NOT_MICROSOFT


@pytest.mark.parametrize("body", ["", "{}", '{"access_token": null}', '{"error": "x"}', '"text"'])
def test_sign_in_when_the_token_answer_says_nothing_then_never_signed_in(
    tmp_path: Path, body: str
) -> None:
    with entra(tmp_path) as server:
        server.token = lambda _: Response(200, body)
        found = server.sign_in()
    assert found.token is None
    assert not found.report.signed_in
    assert found.report.failure is Failure.NOT_MICROSOFT


def test_sign_in_when_refused_with_400_and_mended_then_the_next_attempt_really_asks_again(
    tmp_path: Path,
) -> None:
    """The library keeps answers with 400 for a minute."""
    with entra(tmp_path) as server:
        server.token = lambda _: error(700016, "unauthorized_client", "Application not found")
        assert codes(server.sign_in()) == (700016,)
        assert codes(server.sign_in()) == (700016,)
        server.token = None
        assert server.sign_in().report.signed_in
    assert len(server.forms) == 3


def test_sign_in_when_asked_to_wait_then_the_next_attempt_really_asks_again(
    tmp_path: Path,
) -> None:
    with entra(tmp_path) as server:
        server.token = lambda _: Response(429, "", headers={"Retry-After": "3600"})
        assert server.sign_in().report.failure is Failure.THROTTLED
        server.token = None
        assert server.sign_in().report.signed_in


def test_sign_in_when_granted_then_the_next_attempt_asks_for_a_new_token(tmp_path: Path) -> None:
    with entra(tmp_path) as server:
        assert all(server.sign_in().report.signed_in for _ in range(2))
    assert len(server.forms) == 2


@pytest.mark.parametrize("code", [999999, 70011])
def test_sign_in_when_our_own_words_are_refused_then_asked_once_more_without_them(
    tmp_path: Path, code: int
) -> None:
    def reply(form: dict[str, str]) -> Response:
        refused = error(code, "invalid_request", "The parameter 'claims' is not supported.")
        return refused if "claims" in form else server.granted(form)

    with entra(tmp_path) as server:
        server.token = reply
        assert server.sign_in().report.signed_in
    assert ["claims" in form for form in server.forms] == [True, False]


def test_sign_in_when_both_ways_are_refused_then_the_first_refusal_is_told(tmp_path: Path) -> None:
    def reply(form: dict[str, str]) -> Response:
        return error(999999 if "claims" in form else 888888, "invalid_request", "No.")

    with entra(tmp_path) as server:
        server.token = reply
        assert codes(server.sign_in()) == (999999,)


def test_sign_in_when_the_secret_is_wrong_then_it_is_sent_once(tmp_path: Path) -> None:
    with entra(tmp_path) as server:
        server.token = lambda _: error(7000215, "invalid_client", "Invalid client secret.")
        server.sign_in()
    assert len(server.forms) == 1


@pytest.mark.parametrize(("ahead_s", "code"), [(-600, (700024,)), (0, ()), (600, ())])
def test_sign_in_when_the_clocks_are_ten_minutes_apart_then_only_an_assertion_of_the_future_fails(
    tmp_path: Path, ahead_s: float, code: tuple[int, ...]
) -> None:
    """An assertion lives for ten minutes, and the sample forgives five more."""
    behaviour = Behaviour(registered_certificate=pair().public_pem, clock_offset_s=ahead_s)
    file = pair().written(tmp_path / "app.pem")
    with running(behaviour, tmp_path) as m365:
        assert codes(m365.sign_in(certificate=file, credentials=Credentials())) == code


@pytest.mark.parametrize(
    "names",
    [
        {"MSAL_FORCE_REGION": "westeurope"},
        {"REGION_NAME": "westeurope"},
        {"AZURE_AUTHORITY_HOST": "https://login.elsewhere.test"},
        {"HTTPS_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9"},
        {"REQUESTS_CA_BUNDLE": "/nowhere.pem", "CURL_CA_BUNDLE": "/nowhere.pem"},
    ],
)
def test_sign_in_when_the_environment_would_change_the_request_then_it_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: dict[str, str]
) -> None:
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    with entra(tmp_path) as server:
        found = server.sign_in()
    assert found.report.signed_in
    hosts = {request.headers["host"] for request in server.asked}
    assert hosts == {f"localhost:{server.port}"}


def test_sign_in_when_asked_then_one_resource_and_only_what_the_flow_needs(tmp_path: Path) -> None:
    with entra(tmp_path) as server:
        server.sign_in()
    form = server.forms[0]
    assert form["scope"] == f"https://localhost:{server.port}/.default"
    assert form["grant_type"] == "client_credentials"
    assert form["client_id"] == CLIENT
    assert all(request.headers["client-request-id"] for request in server.asked)


ADDRESS = "127.77.0.1"


@pytest.mark.parametrize("name", ["global", "usgov", "dod", "china", "france"])
def test_sign_in_when_a_cloud_of_its_own_then_its_hosts_and_a_token_for_its_graph(
    tmp_path: Path, name: str
) -> None:
    cloud = clouds.choose(name)
    login = cloud.authority.removeprefix("https://")
    with (
        entra(tmp_path, login) as server,
        usual_port(ADDRESS, server.port),
        real_proxies.squid((), {login: ADDRESS}) as proxy,
    ):
        found = server.sign_in(cloud, proxy=proxy.address)
    assert found.report.signed_in, found.report
    assert {request.headers["host"] for request in server.asked} == {login}
    assert found.claims.audience == cloud.graph
    assert [form["scope"] for form in server.forms] == [f"{cloud.graph}/.default"]


@pytest.mark.parametrize("echo", ["PLANTED secret+/=", "plain"])
@pytest.mark.parametrize("quoted", [True, False])
def test_sign_in_when_something_sends_the_secret_back_then_it_is_told_nowhere(
    tmp_path: Path, echo: str, quoted: bool
) -> None:
    def reply(form: dict[str, str]) -> Response:
        sent = server.asked[-1].body.decode() if quoted else form["client_secret"]
        return error(900144, "invalid_request", f"The request body was: {sent}")

    with entra(tmp_path) as server:
        server.token = reply
        found = server.sign_in(credentials=Credentials(Secret(echo)))
    assert found.report.error is not None
    shown = repr(found)
    assert echo not in shown
    assert server.asked[-1].body.decode().partition("client_secret=")[2].split("&")[0] not in shown


def test_sign_in_when_the_password_is_wrong_then_no_traceback_holds_it(tmp_path: Path) -> None:
    file = pair().written(tmp_path / "app.pfx", "right")
    secrets = Credentials(certificate_password=Secret("PLANTED"))
    with entra(tmp_path) as server, pytest.raises(CannotCheck) as caught:
        server.sign_in(certificate=file, credentials=secrets)
    assert not server.asked
    told = "".join(traceback.format_exception(caught.value))
    assert "certificate_password" in told
    assert "PLANTED" not in told


def test_sign_in_when_the_library_itself_fails_then_no_traceback_holds_what_was_sent(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file = pair().written(tmp_path / "app.pem")
    secrets = Credentials(Secret("PLANTED"))
    with entra(tmp_path) as server:
        server.document = Response(200, '{"token_endpoint": "no address"}')
        for given in ({"credentials": secrets}, {"certificate": file}):
            found = server.sign_in(**given)
            assert not found.report.signed_in
            assert "PLANTED" not in repr(found) + caplog.text
            assert "PRIVATE KEY" not in repr(found) + caplog.text
            assert "eyJ" not in repr(found) + caplog.text


def test_sign_in_when_a_real_proxy_wants_a_password_then_with_it_and_else_its_refusal(
    tmp_path: Path,
) -> None:
    with entra(tmp_path) as server, real_proxies.squid(("basic",)) as proxy:
        signed_in = server.sign_in(computer=host({"HTTPS_PROXY": proxy.signed_in()}))
        refused = server.sign_in(computer=host({"HTTPS_PROXY": proxy.address}))
    assert signed_in.report.signed_in
    assert refused.report.detail.startswith("proxy")
    assert real_proxies.PASSWORD not in repr(signed_in) + repr(refused)


@pytest.mark.parametrize(
    ("odd", "wait"), [("\xb2", ""), ("9" * 5000, ""), ("", ""), ("SECRET", ""), ("90", "90")]
)
def test_sign_in_when_retry_after_is_odd_then_nothing_of_it(
    tmp_path: Path, odd: str, wait: str
) -> None:
    def throttled(form: dict[str, str]) -> Response:
        told = form["client_secret"] if odd == "SECRET" else odd
        return Response(429, "", headers={"Retry-After": told})

    with entra(tmp_path) as server:
        server.token = throttled
        report = server.sign_in().report
    assert (report.failure, report.retry_after) == (Failure.THROTTLED, wait)


@pytest.mark.parametrize(
    "odd",
    [
        {"expires_in": None},
        {"expires_in": [1]},
        {"expires_in": "zz"},
        {"refresh_in": "x"},
        {"token_type": 5},
        {"scope": 7},
        {"id_token": 5},
        {"access_token": ["x"]},
        {"access_token": "ab\ud800PLANTED.c"},
        {"access_token": "PLANTED\r\nX: y"},
    ],
)
def test_sign_in_when_the_token_answer_is_odd_then_not_microsoft(
    tmp_path: Path, odd: dict[str, object]
) -> None:
    plain = {"token_type": "Bearer", "expires_in": 3599, "access_token": "e30.e30.e30", **odd}
    with entra(tmp_path) as server:
        server.token = lambda _: Response(200, json.dumps(plain))
        found = server.sign_in()
    assert (found.token, found.report.failure) == (None, Failure.NOT_MICROSOFT)
    assert "PLANTED" not in repr(found)


@pytest.mark.parametrize("where", [5, ["x"], None])
def test_sign_in_when_the_document_is_odd_then_not_microsoft(tmp_path: Path, where: object) -> None:
    document = {"issuer": "https://x/v2.0", "authorization_endpoint": "https://x/a"}
    with entra(tmp_path) as server:
        server.document = Response(200, json.dumps({**document, "token_endpoint": where}))
        report = server.sign_in().report
    assert (report.failure, report.signed_in) == (Failure.NOT_MICROSOFT, False)


OTHER = "99999999-9999-4999-8999-999999999999"


@pytest.mark.parametrize(
    "odd",
    [
        {"tid": OTHER},
        {"appid": OTHER},
        {"aud": "https://elsewhere.test"},
        {"idtyp": "user"},
        {"exp": 1_600_000_000},
    ],
)
def test_sign_in_when_the_token_is_not_the_one_asked_for_then_none(
    tmp_path: Path, odd: dict[str, object]
) -> None:
    with entra(tmp_path) as server:

        def granted(_: dict[str, str]) -> Response:
            audience = f"https://localhost:{server.port}"
            token = server.issuer.issue(audience, (), "1", **odd)
            answer = {"token_type": "Bearer", "expires_in": 3599, "access_token": token}
            return Response(200, json.dumps(answer))

        server.token = granted
        found = server.sign_in()
    assert (found.token, found.report.failure) == (None, Failure.NOT_MICROSOFT)
    assert found.report.detail == "foreign-token"
