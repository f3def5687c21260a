# SPDX-License-Identifier: MIT
"""Variables that bend other programs' trust are told, and bend nothing here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks.told import judged
from tests.support.hosts import bare_host
from tests.support.transporter import computer, install, process
from wizard import codec
from wizard.checks.trust_variables import CHECK, NAMES
from wizard.errors import CannotCheck
from wizard.host.base import JavaOptions, Service, ServiceState, ServiceVariable
from wizard.host.recorded import RecordedHost
from wizard.model import Finding, Outcome
from wizard.texts import Texts

UNIT = "nkv-bhsvc.service"
STORE = "-Djavax.net.ssl.trustStore=/etc/own.jks"


def served(root: Path, *given: tuple[str, str], running: str | None = None) -> RecordedHost:
    """A computer with the service; `running` are the options variables of its Java."""
    service = Service(UNIT, "Transporter", ServiceState.RUNNING, account="bhsvc")
    variables = [ServiceVariable(name, value, f"{UNIT} {name}") for name, value in given]
    options = () if running is None else (JavaOptions("JAVA_TOOL_OPTIONS", running),)
    install(root, b"")
    return computer(
        root,
        process(root, (), options),
        services=codec.to_plain([service]),
        service_variables={UNIT: codec.to_plain(variables)},
    )


def of_service(root: Path, *given: tuple[str, str], running: str | None = None) -> Finding:
    return judged(CHECK, served(root, *given, running=running), str(root / "nakivo"))


def test_judge_when_none_is_set_then_ok_and_no_service_was_there_to_look_at(
    tmp_path: Path, texts: Texts
) -> None:
    finding = judged(CHECK, computer(tmp_path))
    assert finding.outcome is Outcome.OK
    assert "No service of the Transporter was found" in texts.summary(finding)


def test_judge_when_neither_here_nor_for_the_service_then_ok_for_both(
    tmp_path: Path, texts: Texts
) -> None:
    finding = of_service(tmp_path, ("JAVA_TOOL_OPTIONS", "-Xmx2g"))
    assert (finding.outcome, finding.evidence) == (Outcome.OK, ())
    assert f"for the Transporter's service ({UNIT})" in texts.summary(finding)


@pytest.mark.parametrize(
    ("variable", "outcome", "part"),
    [
        (("REQUESTS_CA_BUNDLE", "/etc/own.pem"), Outcome.WARNING, "Java does not"),
        (("SSL_CERT_DIR", "/etc/ssl/certs"), Outcome.OK, "own list of authorities"),
        (("JAVA_TOOL_OPTIONS", STORE), Outcome.WARNING, "from its next start on"),
        (("JDK_JAVA_OPTIONS", "@/etc/java.options"), Outcome.WARNING, "@/etc/java.options"),
    ],
)  # fmt: skip
def test_judge_when_one_is_set_for_the_service_then_what_it_changes(
    variable: tuple[str, str], outcome: Outcome, part: str, tmp_path: Path, texts: Texts
) -> None:
    finding = of_service(tmp_path, variable)
    assert finding.outcome is outcome
    assert part in texts.summary(finding)
    told = [(one.value, one.source) for one in finding.evidence]
    assert told == [(variable[1], f"{UNIT} {variable[0]}")]


def test_judge_when_the_running_java_has_the_same_then_ok_and_who_tells_of_its_list(
    tmp_path: Path, texts: Texts
) -> None:
    finding = of_service(tmp_path, ("JAVA_TOOL_OPTIONS", STORE), running=STORE)
    assert finding.outcome is Outcome.OK
    assert "The running Java has it, too" in texts.summary(finding)
    older = of_service(tmp_path, ("JAVA_TOOL_OPTIONS", STORE), running="-Xmx2g")
    assert older.outcome is Outcome.WARNING


def test_observe_when_the_options_hold_a_password_then_it_is_nowhere(tmp_path: Path) -> None:
    secret = "-Djavax.net.ssl.trustStorePassword=canary"
    finding = of_service(tmp_path, ("JAVA_TOOL_OPTIONS", f"-Dkey=canary {STORE} {secret}"))
    (evidence,) = finding.evidence
    assert evidence.value == f"{STORE} -Djavax.net.ssl.trustStorePassword=***"


def test_judge_when_two_places_set_one_then_the_first_counts(tmp_path: Path) -> None:
    finding = of_service(tmp_path, ("SSL_CERT_FILE", "/first"), ("SSL_CERT_FILE", "/second"))
    assert [one.value for one in finding.evidence] == ["/first"]


def test_judge_when_the_services_cannot_be_read_then_could_not_check_unless_ours_mislead(
    tmp_path: Path,
) -> None:
    closed = {"error": "error.host_account_not_loaded", "values": {"account": "CONTOSO\\svc"}}
    service = Service(UNIT, "Transporter", ServiceState.STOPPED)
    answers = {"services": codec.to_plain([service]), "service_variables": {UNIT: closed}}
    finding = judged(CHECK, computer(tmp_path, **answers))
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, closed["error"])
    ours = computer(tmp_path, **answers, environment={"CURL_CA_BUNDLE": "/x"})
    assert judged(CHECK, ours).outcome is Outcome.WARNING


@pytest.mark.parametrize("name", NAMES)
def test_judge_when_one_is_set_then_warning_with_its_value(
    name: str, tmp_path: Path, texts: Texts
) -> None:
    finding = judged(CHECK, computer(tmp_path, environment={name: "/etc/own.pem"}))
    assert finding.outcome is Outcome.WARNING
    assert texts.summary(finding).startswith(f"{name} is set")
    assert [(one.value, one.source) for one in finding.evidence] == [
        ("/etc/own.pem", f"environment {name}")
    ]


def test_judge_when_it_names_the_systems_own_list_then_ok_and_still_told(
    tmp_path: Path, texts: Texts
) -> None:
    given = {"SSL_CERT_DIR": "/etc/ssl/certs/", "SSL_CERT_FILE": "/etc/pki/tls/cert.pem"}
    finding = judged(CHECK, computer(tmp_path, environment=given))
    assert (finding.outcome, len(finding.evidence)) == (Outcome.OK, 2)
    assert "own list" in texts.summary(finding)


def test_judge_when_two_are_set_then_both(tmp_path: Path, texts: Texts) -> None:
    given = {"SSL_CERT_FILE": "/a", "CURL_CA_BUNDLE": "/b"}
    finding = judged(CHECK, computer(tmp_path, environment=given))
    assert texts.summary(finding).startswith("SSL_CERT_FILE, CURL_CA_BUNDLE are set")


def test_observe_when_the_environment_is_hidden_then_could_not_check() -> None:
    with pytest.raises(CannotCheck):
        judged(CHECK, bare_host())


ASKS = """
from wizard.host import encryption_settings
import os
encryption_settings.drop(os.environ)
from wizard.host.live import live_host
print(os.environ.get("SSL_CERT_FILE"), live_host().environment().get("SSL_CERT_FILE"))
"""


def test_environment_when_the_program_left_one_out_then_still_told() -> None:
    given = {**os.environ, "SSL_CERT_FILE": "/etc/own.pem"}
    ran = subprocess.run(
        [sys.executable, "-c", ASKS],
        env=given,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["None", "/etc/own.pem"]
