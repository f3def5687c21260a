# SPDX-License-Identifier: MIT
"""Registered secrets and certificates: ends, names, and nothing of the secret itself."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from wizard import codec
from wizard.graph import registered_credentials
from wizard.graph.app_registration import AppCredential
from wizard.graph.sign_in_report import Credential
from wizard.model import Secret

SECRET_ID = "11111111-AAAA-4bbb-8ccc-222222222222"
PRINT = "52ED9B5038A47B9E2E2190715CC238359D4F8F73"


def secret(hint: str | None = "Zq8", end: str = "2027-03-01T00:00:00Z") -> dict[str, Any]:
    return {
        "keyId": SECRET_ID,
        "hint": hint,
        "startDateTime": "2025-03-01T00:00:00Z",
        "endDateTime": end,
        "secretText": None,
        "displayName": "Zq8 of the backup",
    }


def certificate(identifier: str | None, **more: Any) -> dict[str, Any]:
    return {
        "keyId": SECRET_ID,
        "customKeyIdentifier": identifier,
        "endDateTime": "2027-03-01T00:00:00Z",
        "type": "AsymmetricX509Cert",
        "usage": "Verify",
        **more,
    }


def of(*entries: dict[str, Any], given: str | None = None) -> tuple[AppCredential, ...]:
    secrets = [entry for entry in entries if "hint" in entry]
    keys = [entry for entry in entries if "hint" not in entry]
    told = {"passwordCredentials": secrets, "keyCredentials": keys}
    return registered_credentials.of(told, Secret(given) if given else None)


def test_of_when_a_secret_is_registered_then_its_dates_and_id() -> None:
    begins, ends = datetime(2025, 3, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)
    assert of(secret()) == (AppCredential(Credential.SECRET, begins, ends, SECRET_ID.lower()),)


def test_of_when_it_begins_as_ours_then_it_is_ours_and_nothing_of_it_is_kept() -> None:
    found = of(secret(), secret("abc"), given="Zq8~and-so-on")
    assert [known.ours for known in found] == [True, False]
    assert "Zq8" not in json.dumps(codec.to_plain(found)) + repr(found)


@pytest.mark.parametrize("hint", ["zq8", "", None, "Zq9"])
def test_of_when_none_begins_as_ours_then_none_is(hint: str | None) -> None:
    assert not of(secret(hint), given="Zq8~and-so-on")[0].ours


def test_of_when_two_begin_as_ours_then_neither_is_taken_for_it() -> None:
    assert [known.ours for known in of(secret(), secret(), given="Zq8~and-so-on")] == [False] * 2


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        (PRINT, PRINT),
        (PRINT.lower(), PRINT),
        (base64.b64encode(bytes.fromhex(PRINT)).decode(), PRINT),
        (base64.b64encode(b"backup").decode(), SECRET_ID.lower()),
        ("not base64!", SECRET_ID.lower()),
        (None, SECRET_ID.lower()),
    ],
)
def test_of_when_a_certificate_has_a_thumbprint_then_it_is_its_name(
    identifier: str | None, name: str
) -> None:
    (known,) = of(certificate(identifier))
    assert (known.kind, known.hint) == (Credential.CERTIFICATE, name)


@pytest.mark.parametrize("more", [{"usage": "Sign"}, {"type": "Symmetric"}])
def test_of_when_a_key_is_not_for_signing_in_then_it_is_left_out(more: dict[str, str]) -> None:
    assert of(certificate(PRINT, **more)) == ()


def test_of_when_an_end_cannot_be_read_then_none() -> None:
    assert of(secret(end="soon"))[0].expires is None
