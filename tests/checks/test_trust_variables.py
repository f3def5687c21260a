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
from tests.support.transporter import computer
from wizard.checks.trust_variables import CHECK, NAMES
from wizard.errors import CannotCheck
from wizard.model import Outcome
from wizard.texts import Texts


def test_judge_when_none_is_set_then_ok_and_whose_were_not_looked_at(
    tmp_path: Path, texts: Texts
) -> None:
    finding = judged(CHECK, computer(tmp_path))
    assert finding.outcome is Outcome.OK
    assert "given to a service alone were not looked at" in texts.summary(finding)


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
