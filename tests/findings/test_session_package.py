# SPDX-License-Identifier: MIT
"""What a session knows must not leave with its package."""

from __future__ import annotations

from typing import Any

from tests.findings.made import diagnosis
from wizard.findings import session_package
from wizard.fixes import plan as arguments_plan
from wizard.host.recorded import RecordedHost
from wizard.model import Credentials, Scope, Secret
from wizard.product import Product
from wizard.session import Session
from wizard.texts import Texts


def session(product: Product, texts: Texts, environment: dict[str, str] | None) -> Session:
    recording: dict[str, Any] = {
        "facts": {"system": "windows", "os": "x", "name": "SRVMAIL7", "is_admin": False}
    }
    if environment is not None:
        recording["environment"] = environment
    credentials = Credentials(client_secret=Secret("the-client-secret"))
    scope = Scope(tenant_id="contoso.example")
    return Session(RecordedHost(recording), product, texts, scope, credentials)


def test_known_when_the_environment_holds_names_and_secrets_then_they_are_known(
    product: Product, texts: Texts
) -> None:
    environment = {
        "USERNAME": "annaroe",
        "USERDOMAIN": "CONTOSO",
        "BUILD_TOKEN": "tok3n-of-a-build",
        "HTTPS_PROXY": "http://svc:p%40ss@proxy:8080",
        "PATH": "/usr/bin",
    }
    known = session_package.known(session(product, texts, environment))
    assert known.secrets == ("the-client-secret", "tok3n-of-a-build", "p%40ss", "p@ss")
    assert (known.hosts, known.users) == (("SRVMAIL7",), ("annaroe",))
    assert known.domains == ("CONTOSO", "contoso.example")


def test_known_when_there_is_no_environment_then_the_session_s_own_is_known(
    product: Product, texts: Texts
) -> None:
    known = session_package.known(session(product, texts, None))
    assert (known.secrets, known.users) == (("the-client-secret",), ())


def test_plan_when_the_session_planned_a_change_then_it_is_in_the_package(
    product: Product, texts: Texts
) -> None:
    held = session(product, texts, {})
    held.plan = arguments_plan.make("-Xmx1g", "/data/tmp", product)
    names = [entry.name for entry in session_package.plan(held, diagnosis(product))]
    assert "arguments/after.txt" in names
