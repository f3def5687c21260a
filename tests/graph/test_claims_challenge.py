# SPDX-License-Identifier: MIT
"""A claims challenge is decoded in every writing, and never guessed."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from wizard.graph import claims_challenge

WANTED = {"access_token": {"nbf": {"essential": True, "value": "1795500000"}}}


def header(claims: Any, *, urlsafe: bool = False, padded: bool = True) -> str:
    raw = (claims if isinstance(claims, str) else json.dumps(claims)).encode()
    text = (base64.urlsafe_b64encode(raw) if urlsafe else base64.b64encode(raw)).decode()
    told = text if padded else text.rstrip("=")
    return f'Bearer realm="", error="insufficient_claims", claims="{told}"'


@pytest.mark.parametrize("urlsafe", [True, False])
@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize("extra", ["", "x", "xy", "ÿþ?>"])
def test_read_when_encoded_in_any_way_then_the_claims(
    urlsafe: bool, padded: bool, extra: str
) -> None:
    wanted = {**WANTED, "note": extra}
    found = claims_challenge.read(header(wanted, urlsafe=urlsafe, padded=padded))
    assert found.word == "insufficient_claims"
    assert json.loads(found.claims) == wanted


def test_read_when_microsofts_own_example_then_its_claim() -> None:
    found = claims_challenge.read(
        'Bearer realm="", authorization_uri="https://login.test/authorize", '
        'error="insufficient_claims", '
        'claims="eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiY3AxIn19fQ=="'
    )
    assert claims_challenge.value(found.claims, "acrs") == "cp1"


@pytest.mark.parametrize(
    "text",
    ["", "Bearer", 'Bearer claims="***"', 'Bearer claims="bm90IGpzb24="', header("[1]")],
)
def test_read_when_there_is_nothing_to_decode_then_no_claims(text: str) -> None:
    assert claims_challenge.read(text).claims == ""


def test_read_when_claims_are_endless_then_none() -> None:
    assert claims_challenge.read(header({"a": "x" * 2500})).claims == ""


def test_newer_than_when_asked_for_then_the_moment() -> None:
    claims = json.dumps(WANTED)
    assert claims_challenge.newer_than(claims) == datetime.fromtimestamp(1795500000, UTC)


@pytest.mark.parametrize(
    "claims",
    [
        "",
        "{}",
        '{"access_token":{"nbf":{"value":"soon"}}}',
        '{"access_token":{"nbf":{"value":"9999999999999999"}}}',
        '{"access_token":[]}',
        '{"access_token":{"nbf":"1795500000"}}',
    ],
)
def test_newer_than_when_not_asked_for_then_none(claims: str) -> None:
    assert claims_challenge.newer_than(claims) is None


@pytest.mark.parametrize(
    ("claims", "values"),
    [
        ('{"access_token":{"capolids":{"values":["a","b"]}}}', ("a", "b")),
        ('{"access_token":{"capolids":{"values":["a",1]}}}', ("a",)),
        ('{"access_token":{"capolids":{"values":"a"}}}', ()),
        ("nonsense", ()),
    ],
)
def test_values_when_several_are_named_then_the_texts(claims: str, values: tuple[str, ...]) -> None:
    assert claims_challenge.values(claims, "capolids") == values


@pytest.mark.parametrize("asked", ["x", None, 5, ["x"]])
def test_read_when_the_token_asked_for_is_no_object_then_no_claims(asked: object) -> None:
    encoded = base64.b64encode(json.dumps({"access_token": asked}).encode()).decode()
    header = f'Bearer error="insufficient_claims", claims="{encoded}"'
    assert claims_challenge.read(header).claims == ""


def test_further_when_claims_have_no_words_of_ours_then_their_names() -> None:
    asked = '{"access_token":{"nbf":{"value":"1"},"acrs":{"value":"c1"},"xms_rp_ipaddr":{}}}'
    assert claims_challenge.further(asked) == ("acrs",)
    assert claims_challenge.further('{"access_token":{"nbf":{"value":"1"}}}') == ()
    assert claims_challenge.further("") == ()
