# SPDX-License-Identifier: MIT
"""The last look finds what slipped through in any encoding, and knows our own words."""

from __future__ import annotations

import base64
import json
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.findings.made import diagnosis
from wizard.findings import leaks, package
from wizard.findings.redact import Known, Masking
from wizard.product import Product
from wizard.texts import Texts

SECRET = 'Zq8~Canary/"S+V'
KNOWN = Known(secrets=(SECRET, "abc"), hosts=("SRVMAIL7",), users=("annaroe",))
CODED = {
    "UTF-8": SECRET.encode(),
    "UTF-16LE": SECRET.encode("utf-16-le"),
    "UTF-16BE": SECRET.encode("utf-16-be"),
    "JSON": json.dumps(SECRET).encode(),
    "URL": quote(SECRET, safe="").encode(),
    "upper case": SECRET.upper().encode(),
    "lower case": SECRET.lower().encode(),
    **{
        f"base64 after {shift} bytes": base64.b64encode(b"#" * shift + SECRET.encode() + b"##")
        for shift in range(3)
    },
    "URL-safe base64": base64.urlsafe_b64encode(SECRET.encode()),
}


def found(tmp_path: Path, data: bytes, name: str = "x.txt") -> list[tuple[int, str]]:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", b"nothing here")
        file.writestr(name, data)
    told = leaks.sweep(archive, Masking(), KNOWN)
    return [(leak.line, leak.kind) for leak in told if leak.entry == name]


@pytest.mark.parametrize("coding", CODED)
def test_sweep_when_a_secret_is_there_in_some_coding_then_it_is_found(
    coding: str, tmp_path: Path
) -> None:
    if coding.startswith("UTF-16"):
        line = 1  # the line feed before it has the other width
        assert (line, "known-secret") in found(tmp_path, CODED[coding])
    else:
        assert (3, "known-secret") in found(tmp_path, b"a\nb\nc " + CODED[coding] + b" d\n")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("password=hunter22", "password"),
        ("Authorization: Bearer abcdefgh1", "header"),
        ("http://u:p@host/", "url-credentials"),
        ("mail of jo@contoso.com", "user"),
        ("jo%40contoso.com", "user"),
        ("ran on srvmail7", "name"),
        ('the "Anna Roehrich" mailbox', "name"),
        ("/t/Brief Roehrich.docx", "file"),
        ("to filer.firma.example.com", "host"),
        ("to SRV-DB77 there", "host"),
        (r"C:\Users\AnnaRoe", "name"),
    ],
)
def test_sweep_when_something_by_its_form_must_not_leave_then_it_is_found(
    text: str, kind: str, tmp_path: Path
) -> None:
    assert (1, kind) in found(tmp_path, text.encode())


def test_sweep_when_all_is_masked_then_nothing_is_found(tmp_path: Path) -> None:
    clean = "password=[masked:password] user-1@masked.invalid support@nakivo.com abc"
    assert found(tmp_path, clean.encode()) == []


def test_sweep_when_names_may_stay_then_only_secrets_are_looked_for(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("x.txt", "jo@contoso.com on srvmail7")
    assert list(leaks.sweep(archive, Masking(names=False), KNOWN)) == []


@pytest.mark.parametrize("word", ["memory", "backup", "Transporter"])
def test_sweep_when_a_computer_is_called_like_our_words_then_it_is_not_frightened(
    word: str, product: Product, texts: Texts, tmp_path: Path
) -> None:
    known = Known(hosts=(word,), secrets=(word,))
    entries = package.plan(diagnosis(product), product, texts, known=known)
    package.write(entries, tmp_path / "a.zip", known=known)
    assert (tmp_path / "a.zip").exists()
