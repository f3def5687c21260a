# SPDX-License-Identifier: MIT
"""The list of refused requests in the text and on the page of a real diagnosis."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.hosts import bare_context
from wizard import engine
from wizard.checks import rejected_operations
from wizard.findings import as_html, as_text
from wizard.model import Diagnosis, Scope
from wizard.product import Product
from wizard.texts import Texts

GRAPH = "https://graph.microsoft.com/v1.0"
REFUSED = f"2026-11-23 02:14:07 ERROR GET {GRAPH}/users/jo@contoso.com/drive 403 Forbidden\n"
SITES = REFUSED.replace("users/jo@contoso.com/drive", "sites/root").replace("07 E", "08 E")


@pytest.fixture
def diagnosis(tmp_path: Path) -> Diagnosis:
    log = tmp_path / "a.log"
    log.write_text(REFUSED + SITES + SITES.replace("02:14", "02:15"))
    return engine.run([rejected_operations.CHECK], bare_context(Scope(log_paths=(str(log),))))


def test_text_when_requests_were_refused_then_each_is_listed_with_its_own_numbers(
    diagnosis: Diagnosis, product: Product, texts: Texts
) -> None:
    told = as_text.diagnosis_to_text(diagnosis, product, texts)
    listed = told.partition("Rejected requests:\n")[2]
    first, second = listed.index("GET /sites/root: 403"), listed.index("/users/{id}/drive: 403")
    assert "2 times in the newest run, 2 in all logs" in listed[first:second]
    assert "Any one of: Sites.Read.All, Sites.ReadWrite.All" in listed[first:second]
    assert "Once, 2026-11-23 02:14:07." in listed[second:]


def test_page_when_requests_were_refused_then_they_are_a_table(
    diagnosis: Diagnosis, product: Product, texts: Texts
) -> None:
    page = as_html.diagnosis_to_html(diagnosis, product, texts)
    table = page.partition("<caption>Rejected requests. ")[2].partition("</table>")[0]
    assert table.count("<tr>") == 3
    assert "GET /sites/root<br>403" in table
    assert "Any one of: Sites.Read.All, Sites.ReadWrite.All" in table


def test_text_when_nothing_was_refused_then_there_is_no_list(
    diagnosis: Diagnosis, product: Product, texts: Texts
) -> None:
    blank = tuple(replace(row, observation=None) for row in diagnosis.results)
    without = replace(diagnosis, results=blank)
    assert "Rejected requests:" not in as_text.diagnosis_to_text(without, product, texts)
    assert "<caption>Rejected requests." not in as_html.diagnosis_to_html(without, product, texts)
