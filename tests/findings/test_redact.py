# SPDX-License-Identifier: MIT
"""Names get false names, secrets go, everything else stays; twice is the same as once."""

from __future__ import annotations

import base64
import json
import re
import time
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard import resources
from wizard.findings import redact
from wizard.findings.redact import Known, Masking, Redactor

KNOWN = Known(
    secrets=('s3cr"et/val+ue',), hosts=("SRV01",), users=("jdoe",), domains=("corp.example",)
)
GUID = "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11"
NAMES = {
    "e-mail": ("mail to jo.doe@contoso.com", "jo.doe"),
    "e-mail in a URL": ("GET https://graph.microsoft.com/v1.0/users/jo%40contoso.com/x", "contoso"),
    "guest": ("jo_contoso.com#EXT#@fabrikam.onmicrosoft.com", "jo_contoso"),
    "private address": ("from 10.1.2.3 to", "10.1.2.3"),
    "public address": ("from 93.184.216.34:443", "93.184"),
    "IPv6": ("at fe80::a1b2:c3d4 port 1", "a1b2"),
    "IPv6 in letters": ("own fdab:cafe::beef here", "cafe"),
    "whole IPv6 in letters": ("own fdab:cafe:dead:beef:fa:ce:ab:cd here", "cafe"),
    "all hosts of a domain": ("certificate for *.fabrikam.lan, valid", "fabrikam"),
    "all hosts as the whole": ("*.fabrikam.lan", "fabrikam"),
    "MAC": ("nic 00:1A:2b:3c:4d:5e up", "3c:4d"),
    "SID": ("owner S-1-5-21-111-222-333-1001", "111-222"),
    "Windows home": (r"C:\Users\annaroe\AppData\x", "annaroe"),
    "Linux home": ("/home/annaroe/x", "annaroe"),
    "SharePoint tenant": ("https://contoso-my.sharepoint.com/x", "contoso"),
    "SharePoint site": ("https://x.sharepoint.com/sites/Secret-Board/Docs", "Secret-Board"),
    "personal site": ("https://x.sharepoint.com/personal/jo_contoso_com/Docs", "jo_contoso"),
    "quoted mailbox": ('backing up the "Anna Müller" mailbox', "Anna"),
    "quoted job": ("Job 'Vorstand Kontrolle' failed", "Vorstand"),
    "quoted with apostrophe": ('user "O\'Brien, Pat" has no', "Brien"),
    "quoted in JSON": (r'{"text": "the \"Anna Müller\" drive"}', "Anna"),
    "document in a path": ("/java/tmp/Kuendigung Schmidt.docx: No space", "Schmidt"),
    "folder of a drive": (
        "GET https://graph.microsoft.com/v1.0/users/x/drive/root:/Salary Jane Doe/a:/content 403",
        "Jane",
    ),
    "folder at the end": ("GET /drives/b!x/root:/Salary Jane Doe 403 Forbidden", "Jane"),
    "folder with an apostrophe": ("/drives/x/items/01A!7:/O'Neil Jane/b:/content", "Jane"),
    "folder in JSON": (r'{"url": "/drives/x/root:/Salary Jane\nnext"}', "Jane"),
    "document bare": ("could not read Kuendigung Schmidt.docx now", "Kuendigung"),
    "document with underscores": ("lost Kuendigung_Schmidt.PDF", "Schmidt"),
    "host with its domain": ("to fileserver.corp.example.com:443", "fileserver"),
    "local host name": ("UnknownHostException: srv-backup02.contoso.local", "backup02"),
    "host in a URL": ("https://proxy.firma.example/x", "firma"),
    "computer by its form": ("cannot reach SRV-BACKUP02 today", "BACKUP02"),
    "computer in a share": (r"open \\fileserv\share\x", "fileserv"),
    "computer after a word": ("host=mailgate2 is down", "mailgate2"),
    "known host": (r"\\SRV01\share and srv01.corp.example", "srv01"),
    "known user": (r"CORP\jdoe ran it", "jdoe"),
    "known domain": ("joined to CORP.EXAMPLE today", "corp.example"),
}


@pytest.mark.parametrize("kind", NAMES)
def test_text_when_it_names_somebody_then_the_name_is_false_and_can_be_seen_to_be(
    kind: str,
) -> None:
    text, telling = NAMES[kind]
    masked = Redactor(known=KNOWN).text(text)
    assert telling.lower() not in masked.lower()
    assert redact.spans(masked)


@pytest.mark.parametrize("kind", NAMES)
def test_text_when_names_may_stay_then_they_do(kind: str) -> None:
    text, _ = NAMES[kind]
    assert Redactor(Masking(names=False), KNOWN).text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "https://graph.microsoft.com/v1.0/sites/root and login.microsoftonline.com",
        "write to support@nakivo.com",
        "127.0.0.1 and 0.0.0.0 and ::1",
        "version 11.2.1.104592, build 10.0.20348.2227",
        "2026-11-23 02:14:07,123 ERROR at a::b std::vector",
        r"C:\Users\Public\x C:\Users\Administrator\x /home/bhsvc",
        f"request {GUID}",
        "NAKIVO Backup & Replication, 3.1 GB free",
        "GET https://graph.microsoft.com/v1.0/users/{id}/drive",
        "java.net.UnknownHostException: graph.microsoft.com at java.io.File.open0(Native)",
        "system.transporter.modern.arguments com.example.transporter.Job Mail.Read Sites.Read.All",
        "UTF-8 ISO-8859-1 CVE-2024-48248 SHA-256 HTTP-2 AADSTS700024 WINDOWS-1252",
        "server returned 500, host not found, transporter.log, nkv-bhsvc.service, item-7.part",
        '{"user": "x", "a": "user ", "b": "group"}',
        r'{"file":"C:\\Program Files\\x","site":"y"}',
    ],
)
def test_text_when_it_names_nobody_then_it_is_the_same(text: str) -> None:
    assert Redactor(known=KNOWN).text(text) == text


def test_text_when_one_name_is_written_in_several_ways_then_it_has_one_false_name() -> None:
    redactor = Redactor(known=KNOWN)
    assert redactor.text("Jo@Contoso.com jo%40contoso.com") == (
        "user-1@masked.invalid user-1@masked.invalid"
    )
    assert redactor.text("ann@contoso.com jo@contoso.com") == (
        "user-2@masked.invalid user-1@masked.invalid"
    )
    assert redactor.text("srv01 SRV01.corp.example") == (
        "host-1.masked.invalid host-1.masked.invalid"
    )


def test_text_when_addresses_are_masked_then_private_and_public_can_be_told_apart() -> None:
    masked = Redactor().text("10.0.0.1 8.8.8.8 10.0.0.1").split()
    assert masked[0] == masked[2] == "300.300.300.301"
    assert masked[1].startswith("400.")
    assert all(int(part) >= 300 for part in ".".join(masked).split("."))


def test_text_when_ids_shall_go_then_they_go_consistently() -> None:
    redactor = Redactor(Masking(ids=True))
    masked = redactor.text(f"tenant {GUID} request {GUID.upper()}")
    assert masked == "tenant id-1.masked.invalid request id-1.masked.invalid"


def test_learn_when_a_domain_is_seen_in_an_address_then_it_is_masked_bare_too() -> None:
    redactor = Redactor()
    redactor.learn(["jo@contoso.com", r"C:\Users\annaroe\x"])
    assert redactor.text("contoso.com is federated by annaroe") == (
        "domain-1.masked.invalid is federated by name-1.masked.invalid"
    )


@pytest.mark.parametrize(
    ("value", "telling"),
    [
        ("proxy.corp.local:8080", "proxy.corp"),
        ("http://proxy:8080", "proxy:"),
        (r"CONTOSO\svc_backup", "svc_backup"),
        ("contoso.com", "contoso"),
    ],
)
def test_learn_whole_when_a_value_is_a_name_then_it_is_masked_everywhere(
    value: str, telling: str
) -> None:
    redactor = Redactor()
    redactor.learn_whole("host", value)
    assert telling not in redactor.text(f"used {value} again")


@pytest.mark.parametrize("value", ["Forbidden", GUID, "10.0.0.1", "Contoso Proxy CA", "/a/b.log"])
def test_learn_whole_when_a_value_is_no_name_then_nothing_is_learned(value: str) -> None:
    redactor = Redactor()
    redactor.learn_whole("host", value)
    assert redactor.text("Forbidden Contoso Proxy CA a b.log") == (
        "Forbidden Contoso Proxy CA a b.log"
    )


SECRET = KNOWN.secrets[0]
FORMS = {
    "bare": SECRET,
    "JSON": json.dumps({"x": SECRET}),
    "URL": quote(SECRET, safe=""),
    **{
        f"base64, {shift} bytes before": base64.b64encode(b"x" * shift + SECRET.encode()).decode()
        for shift in range(3)
    },
    "URL-safe base64": base64.urlsafe_b64encode(b"??" + SECRET.encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_text_when_a_known_secret_is_there_in_any_form_then_it_is_gone(form: str) -> None:
    masked = Redactor(Masking(names=False), KNOWN).text(f"see {FORMS[form]} there")
    assert "[masked:known-secret]" in masked
    assert SECRET not in masked
    assert len(masked) <= len("see [masked:known-secret] there") + 12


def test_plain_when_a_field_is_called_secret_then_its_value_goes_whole() -> None:
    told = {"password": "abc", "pin": 1, "proxy_password": 1234, "has_secret": True, "token": ""}
    assert Redactor().plain(told) == {
        "password": "[masked:password]",
        "pin": 1,
        "proxy_password": "[masked:password]",
        "has_secret": True,
        "token": "",
    }


def test_plain_when_values_are_nested_then_all_strings_are_masked() -> None:
    told = {"a": [{"b": "jo@contoso.com"}, 3, None, True]}
    assert Redactor().plain(told) == {"a": [{"b": "user-1@masked.invalid"}, 3, None, True]}


def test_counts_when_a_text_is_masked_then_places_are_counted_by_kind() -> None:
    redactor = Redactor()
    masked = redactor.text("jo@a.com ann@a.com 10.0.0.1 password=abcdef")
    assert redact.counts(masked) == {"ip": 1, "password": 1, "user": 2}
    first = redact.spans(masked)[0]
    assert (first.kind, masked[first.start : first.end]) == ("user", "user-1@masked.invalid")


FRAGMENTS = st.sampled_from(
    [
        *("user@contoso.com", "jo%40contoso.com", "@", "contoso.com", "10.0.0.1", "8.8.8.8", ".1"),
        *("fe80::1", "::1", "00:1A:2b:3c:4d:5e", "C:\\Users\\jdoe\\x", "/home/jdoe/", "\\", "\\\\"),
        *("SRV01", "srv01", "CONTOSO\\jdoe", "jdoe", "contoso-my.sharepoint.com", "é", "u", "n"),
        *("/sites/Secret-Site", "/personal/jo_contoso_com", "S-1-5-21-1-2-3-500", GUID, SECRET),
        *("host-1.masked.invalid", "user-3@masked.invalid", "300.300.300.301", "tenant-1-masked"),
        *(
            "mailbox ",
            " drive",
            '\\"',
            "'",
            "Anna Müller",
            "Brief Müller.docx",
            "srv7.contoso.local",
        ),
        *("SRV-DB7", "host=", "\\\\fs1\\x", ".com", "//"),
        *("password=", "hunter22", '"', " ", "\n", ":", "{", "}", ",", "masked"),
    ]
)
TEXT = st.lists(FRAGMENTS, max_size=9).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=250, deadline=None)
@given(TEXT, st.booleans())
def test_text_when_masked_twice_then_nothing_changes(text: str, ids: bool) -> None:
    redactor = Redactor(Masking(ids=ids), KNOWN)
    once = redactor.text(text)
    assert redactor.text(once) == once
    assert Redactor(Masking(ids=ids), KNOWN).text(once) == once


@settings(max_examples=250, deadline=None)
@given(JSON, st.booleans())
def test_text_when_given_json_then_it_stays_json(thing: Any, is_ascii: bool) -> None:
    json.loads(Redactor(Masking(ids=True), KNOWN).text(json.dumps(thing, ensure_ascii=is_ascii)))


@pytest.mark.parametrize(
    "line", ["a" * 20_000, "a@" * 10_000, "1." * 10_000, "::" * 10_000, "a-" * 10_000, "/" * 20_000]
)
def test_text_when_a_line_is_built_to_be_slow_then_it_still_ends_soon(line: str) -> None:
    started = time.perf_counter()
    Redactor(known=KNOWN).text(line)
    assert time.perf_counter() - started < 2.0


def test_text_when_a_cloud_of_microsoft_is_named_then_its_hosts_stay_readable() -> None:
    shipped = "\n".join(p.read_text() for p in (resources.path() / "graph").glob("*.toml"))
    hosts = set(re.findall(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", shipped))
    tops = (".com", ".us", ".cn", ".de", ".fr", ".net")
    microsofts = sorted(host for host in hosts if host.endswith(tops))
    assert len(microsofts) > 10
    assert [host for host in microsofts if Redactor().text(host) != host] == []


def test_learn_when_a_name_stood_in_quotes_once_then_it_is_masked_without_them_too() -> None:
    redactor = Redactor()
    redactor.learn(['the "Anna Müller" mailbox', "at srv-db7.contoso.local"])
    assert redactor.text("Anna Müller on SRV-DB7 and srv-db7.contoso.local") == (
        "name-1.masked.invalid on host-1.masked.invalid and host-1.masked.invalid"
    )
