# SPDX-License-Identifier: MIT
"""Secrets are found in every way they are written; everything else stays as it was."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard import resources, secret_patterns
from wizard.texts import Texts

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl-Q_x"
PEM = (
    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nMIIEow=\n"
    "-----END RSA PRIVATE KEY-----"
)
C = "Xy7~c4n4ryQ"  # a secret that is nowhere else
ENTRA = "abC8Q~iK2ZWeqhFWCEPyYngFb51yBMWXaSCrUZoL"  # in Microsoft's form, of nobody
WRITTEN = {
    "query": f"grant_type=x&client_secret={C}&scope=y",
    "json": f'{{"client_secret": "{C}", "a": 1}}',
    "json_quote_inside": f'{{"password": "a\\"{C}"}}',
    "json_in_json": json.dumps({"body": json.dumps({"password": C})}),
    "json_number": '{"password": 91827364}',
    "python": f"{{'password': '{C}'}}",
    "properties": f"proxy.password = with blanks {C}\nnext=1",
    "properties_semicolon": f"javax.net.ssl.keyStorePassword=ab;&{C}",
    "java_argument": f"-Dhttps.proxyPassword={C} -Xmx2g",
    "quoted": f'password="with blanks {C}" user=x',
    "option": f"cli.sh -u admin -pwd {C} -jl",
    "long_option": f"tool --password {C}",
    "environment": f"AZURE_CLIENT_SECRET={C}",
    "connection_string": f"Server=x;Password={C};Database=y",
    "account_key": f"AccountName=a;AccountKey={C}==;Suffix=b",
    "token_colon": f"token: {C}",
    "password_colon": f"Password: {C}",
    "xml": f"<password>{C}</password>",
    "xml_attribute": f'<add key="password" value="{C}"/>',
    "colon": f"client secret value: x, client-secret: {C}",
    "jwt": f"token was {JWT.replace('c2lnbmF0dXJl', C.replace('~', '-'))} there",
    "jwt_after_escape": json.dumps(
        {"log": f"line\n{JWT.replace('c2lnbmF0dXJl', C.replace('~', '-'))}"}
    ),
    "bearer": f"Authorization: Bearer {C}",
    "bearer_opaque": f"sent Bearer 0.AX{C}9 to host",
    "basic": "proxy said Basic dXNlcjpDNG40cnk= no",
    "proxy_header": f"Proxy-Authorization: Basic {C}==",
    "header_json": f'{{"Authorization": "Bearer {C}"}}',
    "url": f"http://svc:{C}@proxy.example:8080/",
    "url_at": f"http://svc:p@{C}@proxy.example:8080/",
    "url_json": f'{{"proxy": "http:\\/\\/svc:{C}@proxy"}}',
    "proxy_without_scheme": f"proxy joe:{C}@proxy.example:3128 refused",
    "proxy_option": f"-Dproxy=joe:{C}@10.0.0.1:3128",
    "secret_in_quotes": f"secret '{C}' for app 1 is wrong",
    "secret_in_quotes_json": json.dumps({"log": f'the secret "{C}" of the app'}),
    "passw": f"passw: {C}",
    "german": f"Passwort={C}",
    "german_colon": f"Kennwort: {C}",
    "pass": f"user=x pass={C}",
    "pw": f"connect pw={C} now",
    "cookie": f"Set-Cookie: JSESSIONID={C}; Path=/",
    "cookie_json": f'{{"Cookie": "a=b; s={C}"}}',
    "sas": f"https://x.blob.example/c?sv=2022&sig={C.replace('~', '%')}abc&se=z",
    "entra_secret": f"expired: {ENTRA}.",
    "entra_secret_json": json.dumps({"log": f"tried\n{ENTRA}"}),
    "entra_secret_in_url": f"POST /x?a={ENTRA.replace('~', '%7E')}&b=c",
    "java_argument_blank": f"java -Djavax.net.ssl.keyStorePassword {C} -Xmx2g",
    "long_option_of_words": f"tool --proxy-password {C}",
    "shared_secret": f"sharedSecret='with blanks {C}' next",
    "secret_in_camel_case": f'{{"signingSecret": "with blanks {C}"}}',
    "paging_token": f"GET /v1.0/users/delta?$skiptoken={C} 403",
    "paging_token_escaped": f"GET /users?%24deltatoken%3D{C}&$top=1",
    "paging_token_json": f'{{"next": "https://x/y?$skipToken\\u003d{C}\\u0026a"}}',
    "download_token_in_parts": f"GET /x?tempauth=v1.{JWT}.x{C}&a=b",
    "download_token": f"GET /download.aspx?UniqueId=1&tempauth={C} 403",
    "private_key": PEM.replace("MIIEow", f"MIIEow{C}"),
    "private_key_json": json.dumps({"key": PEM.replace("MIIEow", f"MIIEow{C}")}),
    "private_key_cut": f"-----BEGIN PRIVATE KEY-----MIIE{C}",
}
CANARIES = (
    C,
    "iK2ZWeqhFWCEPyYngFb51yBMWXaSCrUZoL",
    C.replace("~", "-"),
    C.replace("~", "%"),
    "91827364",
    "dXNlcjpDNG40cnk",
)


@pytest.mark.parametrize("name", WRITTEN)
def test_mask_when_a_secret_is_written_in_some_way_then_it_is_gone(name: str) -> None:
    masked = secret_patterns.mask(WRITTEN[name])
    assert not any(canary in masked for canary in CANARIES), masked
    assert "[masked:" in masked


@pytest.mark.parametrize("name", WRITTEN)
def test_find_when_a_text_was_masked_then_nothing_is_left_to_find(name: str) -> None:
    assert list(secret_patterns.find(WRITTEN[name]))
    assert not list(secret_patterns.find(secret_patterns.mask(WRITTEN[name])))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 02:14:07,123 ERROR The password has expired.",
        "AADSTS7000215: Invalid client secret provided.",
        "CompactToken parsing failed with error code: 80049217",
        '"code": "Authorization_RequestDenied"',
        'WWW-Authenticate: Bearer realm="", authorization_uri="https://login.example/authorize"',
        "Basic authentication is disabled. Bearer of bad news.",
        "https://graph.microsoft.com/v1.0/users/delta?$deltatoken=latest",
        "Parameter 'DeltaToken' not supported, badly formed skiptoken",
        "abC8Q~short and aQ~bcdefghijklmnopqrstuvwxyz0123456789abcd",
        "abCdQ~iK2ZWeqhFWCEPyYngFb51yBMWXaSCrUZoL has no number before it",
        "commit 3f4e99628c0b5140ef2d439fb084c8021a0252b7",
        "x -Djavax.net.ssl.keyStorePassword -Xmx2g, secretly: fine, noSecretHere",
        "GET https://host:443/path@version HTTP/1.1",
        '{"password": null, "token": true, "secret": ""}',
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "1 permission is missing from the token: Files.Read.All",
        "SMTP:joe@contoso.com and mailto:joe@contoso.com",
        "12:30:05 joe@contoso.com:443 connected, https://graph.microsoft.com:443/a@b",
        "bypass=1, first pass: 3 items, 2 passes",
        "Set AZURE_CLIENT_SECRET, AZURE_CLIENT_ID and run again.",
    ],
)
def test_mask_when_nothing_secret_is_there_then_the_text_is_the_same(text: str) -> None:
    assert secret_patterns.mask(text) == text


def test_mask_when_the_rest_of_the_line_matters_then_it_stays() -> None:
    masked = secret_patterns.mask(f"GET /x?client_secret={C}&scope=y failed: 403 Forbidden")
    assert masked == "GET /x?client_secret=[masked:password]&scope=y failed: 403 Forbidden"


@pytest.mark.parametrize("name", ["password", "proxyPassword", "client_secret", "x-api-key"])
def test_is_secret_key_when_the_name_says_so_then_true(name: str) -> None:
    assert secret_patterns.is_secret_key(name)


@pytest.mark.parametrize("name", ["path", "tokens_per_task", "passed", "monkey"])
def test_is_secret_key_when_the_name_is_harmless_then_false(name: str) -> None:
    assert not secret_patterns.is_secret_key(name)


FRAGMENTS = st.sampled_from(
    [
        *("password", "client_secret", "token", "cookie", "-pwd ", "Authorization", "://", "u:p@"),
        *(
            "Bearer ",
            "Basic ",
            "eyJhbGciOi",
            "&sig=",
            "?code=",
            "$skiptoken=",
            ENTRA,
            "-DkeyPassword ",
            "latest",
            "-----BEGIN PRIVATE KEY-----",
        ),
        *("-----END PRIVATE KEY-----", "[masked:password]", "[masked:", "ABCDEFGHIJ==", "abc123"),
        *('"', "\\", '\\"', "'", "=", ":", " ", "\n", "\r\n", "{", "}", "[", "]", ",", "<", "</"),
        *("&", ";", "@", ".", "#", "é", "\u2028", "1234", "value="),
    ]
)
TEXT = st.lists(FRAGMENTS, max_size=12).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(TEXT)
def test_mask_when_done_twice_then_nothing_changes(text: str) -> None:
    once = secret_patterns.mask(text)
    assert secret_patterns.mask(once) == once
    assert not list(secret_patterns.find(once))


@settings(max_examples=400, deadline=None)
@given(JSON, st.sampled_from([None, 2]), st.booleans())
def test_mask_when_given_json_then_it_stays_json(thing: object, indent: int, ascii_: bool) -> None:
    plain = json.dumps(thing, indent=indent, ensure_ascii=ascii_)
    json.loads(secret_patterns.mask(plain))
    json.loads(secret_patterns.mask(json.dumps({"body": plain})))


@pytest.mark.parametrize(
    "line",
    [
        *("a" * 20_000, "password" * 2_500, "://" + "a:" * 10_000, "Bearer " * 3_000),
        *("eyJ" + "a." * 10_000, "-----BEGIN PRIVATE KEY-----" + "-" * 20_000, '"' * 20_000),
        *(
            "authorization: " * 1_400,
            "password='" + "\\a" * 10_000,
            "a:@" * 7_000,
            "cookie=" * 3_000,
            "$skiptoken=" * 2_000,
            "a1Q~" * 5_000,
            "-a" * 10_000 + " -" + "password-" * 2_000,
            " --x" * 5_000,
        ),
    ],
)
def test_mask_when_the_line_is_built_to_be_slow_then_it_still_ends_soon(line: str) -> None:
    started = time.perf_counter()
    secret_patterns.mask(line)
    assert time.perf_counter() - started < 1.0


def strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for part in tree.values() if isinstance(tree, dict) else tree:
            yield from strings(part)


def test_shipped_texts_when_searched_then_no_sentence_looks_like_a_secret(texts: Texts) -> None:
    shipped = [*strings(texts.tree), resources.path("report.html.jinja").read_text()]
    assert [text for text in shipped if list(secret_patterns.find(text))] == []
