# SPDX-License-Identifier: MIT
"""The diagnosis as one page: complete, harmless, readable without colour."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.findings.made import diagnosis, of_sample, row
from tests.support.microsoft365 import running
from wizard import engine
from wizard.checks import CHECKS, token_roles
from wizard.demo.microsoft365 import Behaviour
from wizard.errors import BadInput
from wizard.findings import as_html
from wizard.model import CauseId, Evidence, Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts


class Page(HTMLParser):
    """Tags, attributes and text of a page; every opened tag must be closed."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def html(product: Product, texts: Texts) -> str:
    return as_html.diagnosis_to_html(diagnosis(product), product, texts)


def test_page_when_made_then_it_needs_nothing_from_outside(html: str) -> None:
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html


def test_page_when_made_then_landmarks_headings_and_tables_are_sound(html: str) -> None:
    page = Page(html)
    for tag in ("header", "main", "nav", "h1", "h2", "h3", "caption"):
        assert tag in page.tags
    assert page.tags.count("h1") == 1
    assert page.tags.count("table") == page.tags.count("caption") == page.tags.count("thead")
    assert len(set(page.ids)) == len(page.ids)
    wanted = {value for name, value in page.attributes if name == "aria-labelledby"}
    assert wanted <= set(page.ids)
    assert ("lang", "en") in page.attributes


def test_page_when_made_then_all_causes_and_outcome_words_are_on_it(html: str) -> None:
    words = Page(html).words
    for word in ("Permissions and credentials", "MS Graph Forbidden", "Timed out", "3.1 GB"):
        assert word in words
    assert "prefers-color-scheme: dark" in html
    assert "@page { size: A4" in html


def test_page_when_values_hold_markup_then_it_is_shown_and_not_run(
    product: Product, texts: Texts
) -> None:
    evil = "<script>alert(1)</script>\"'&"
    finding = Finding(
        Outcome.PROBLEM,
        "engine.crashed",
        {"kind": evil, "place": evil},
        (Evidence("log_line", evil, "", evil),),
    )
    told = diagnosis(product, (row("memory", CauseId.MEMORY, finding),))
    html = as_html.diagnosis_to_html(told, product, texts)
    assert "<script" not in html
    assert Page(html).words.count(evil) >= 4


def test_page_when_on_a_sample_then_it_is_marked(product: Product, texts: Texts) -> None:
    html = as_html.diagnosis_to_html(of_sample(diagnosis(product)), product, texts)
    assert "SAMPLE SERVER “several”" in Page(html).words


def test_compile_template_when_it_is_broken_then_file_and_line_are_named(tmp_path: Path) -> None:
    template = tmp_path / "page.jinja"
    template.write_text("ok\n{% if x %}\n")
    with pytest.raises(BadInput, match=r"page\.jinja.*line"):
        as_html.compile_template(template)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_page_when_light_dark_or_printed_then_every_colour_can_be_read(html: str) -> None:
    palettes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{([^}]*)\}", html)
    ]
    assert len(palettes) == 3
    for palette in palettes:
        for ground in (palette["page"], palette["band"]):
            for name in ("ink", "soft", "problem", "warning", "ok", "unknown", "link"):
                light, dark = sorted((luminance(palette[name]), luminance(ground)), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


def test_page_when_the_way_is_broken_then_a_table_of_stations_that_needs_no_colour(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    with running(Behaviour(listening=False), tmp_path) as m365:
        chosen = [check for check in CHECKS if check.cause is CauseId.CONNECTIVITY]
        results = engine.run(chosen, m365.context()).results
    html = as_html.diagnosis_to_html(diagnosis(product, results), product, texts)
    page = Page(html)
    table = html[html.index('<table class="way">') : html.index("</table>", html.index("way"))]
    heads = re.findall(r'<th scope="col">(.*?)</th>', table)
    assert heads == ["Endpoint", "Name", "Connection", "Proxy", "Encryption", "Answer"]
    assert table.count('<th scope="row">') == 5
    broken = re.findall(
        r'<td class="problem"><span aria-hidden="true">(.)</span> (.*?)</td>', table
    )
    assert broken == [("✗", "refused")] * 5
    assert "broken at Connection" in page.words
    assert "The Transporter's service may use another proxy" in page.words


def test_page_when_a_permission_lacks_then_a_table_by_service_that_needs_no_colour(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    roles = tuple(
        role for role in Behaviour().roles or () if not role.startswith(("Files.", "Sites."))
    )
    with running(Behaviour(roles=roles), tmp_path) as m365:
        results = engine.run([token_roles.CHECK], m365.context()).results
    html = as_html.diagnosis_to_html(diagnosis(product, results), product, texts)
    page = Page(html)
    begin = html.index('<table class="way">')
    table = html[begin : html.index("</table>", begin)]
    heads = re.findall(r'<th scope="col">(.*?)</th>', table)
    assert heads == ["Service", "Discovery", "Backup", "Recovery"]
    assert table.count('<th scope="row">') == 5
    problems = re.findall(
        r'<li class="problem"><span aria-hidden="true">(.)</span> (.*?)</li>', table
    )
    assert problems == [("✗", "Files.Read.All: not requested")] * 4
    assert "User.Read.All: covered (by User.ReadWrite.All)" in page.words
    assert "Not requested: the owner of the app registration adds it" in page.words
