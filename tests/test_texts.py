# SPDX-License-Identifier: MIT
"""Sentences by id: values, plurals, and that every language is whole."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from wizard import texts as texts_module
from wizard.checks import CHECKS
from wizard.errors import BadInput
from wizard.model import CauseId, Outcome, Status
from wizard.product import Product
from wizard.texts import Texts


def leaves(tree: dict[str, Any], where: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in tree.items():
        place = f"{where}{key}"
        found.update(leaves(value, f"{place}.") if isinstance(value, dict) else {place: value})
    return found


@pytest.mark.parametrize(("count", "word"), [(0, "files"), (1, "file"), (2, "files")])
def test_plural_when_counted_then_word_fits(count: int, word: str) -> None:
    made = Texts("en", {"a": "{count} {count:|file|files}"})
    assert made("a", count=count) == f"{count} {word}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-11-24T02:07:00", "2026-11-24 02:07:00"),
        ("2026-11-24T06:47:35.999Z", "2026-11-24 06:47:35 UTC"),
        ("2026-11-24T02:07:00+01:00", "2026-11-24 02:07:00 +01:00"),
        ("T02:07", "T02:07"),
        ("at 2026-11-24T02:07:00", "at 2026-11-24T02:07:00"),
    ],
)
def test_moment_when_shown_then_is_readable(value: str, shown: str) -> None:
    assert Texts("en", {"a": "{when}"})("a", when=value) == shown


@pytest.mark.parametrize(("free", "shown"), [(640.0, "640"), (3.1, "3.1"), (0.0, "0")])
def test_number_when_whole_then_has_no_decimals(free: float, shown: str) -> None:
    assert Texts("en", {"a": "{free} GB"})("a", free=free) == f"{shown} GB"


def test_load_when_language_is_unknown_then_names_the_known_ones() -> None:
    with pytest.raises(BadInput) as caught:
        Texts.load("xx")
    assert "en" in str(caught.value.values["known"])


def test_texts_when_read_then_every_leaf_is_a_sentence_or_a_list_of_them(texts: Texts) -> None:
    for place, value in leaves(texts.tree).items():
        lines = value if isinstance(value, list) else [value]
        assert any(lines), place  # a list may have empty lines between paragraphs
        assert all(isinstance(line, str) and line == line.strip("\n") for line in lines), place


def test_texts_when_a_command_is_about_the_app_then_its_id_is_put_in(texts: Texts) -> None:
    lines = [
        line
        for leaf in leaves(texts.tree).values()
        for line in (leaf if isinstance(leaf, list) else [leaf])
    ]
    commands = {
        "Test-ApplicationAccessPolicy": " -Identity MAILBOX -AppId {client_id}",
        "Test-ServicePrincipalAuthorization": " -Identity {client_id}",
    }
    for command, then in commands.items():
        shown = [part for line in lines for part in line.split(command)[1:]]
        assert len(shown) >= 4
        assert all(part.startswith(then) for part in shown)


def test_texts_when_languages_differ_then_ids_do_not(texts: Texts) -> None:
    for language in texts_module.languages():
        assert leaves(Texts.load(language).tree).keys() == leaves(texts.tree).keys()


def test_texts_when_shown_then_enums_causes_and_checks_have_words(
    texts: Texts, product: Product
) -> None:
    wanted = [f"outcome.{o}" for o in Outcome] + [f"status.{s}" for s in Status]
    wanted += [f"check.{check.id}.title" for check in CHECKS]
    for cause in CauseId:
        wanted += [f"cause.{cause}.title", f"cause.{cause}.explanation"]
        wanted += [f"cause.{cause}.steps.{step.id}" for step in product.cause(cause).steps]
    assert [text for text in wanted if not texts.has(text)] == []


ASK = (
    "from datetime import UTC, datetime; from wizard import texts; "
    "print(texts.local_time(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)))"
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no zone by a variable")
@pytest.mark.parametrize(
    ("zone", "told"), [("UTC0", "2026-01-02 03:04:05 UTC"), ("CET-1", "2026-01-02 04:04:05 +01:00")]
)
def test_local_time_when_shown_then_names_its_zone(zone: str, told: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ASK], env={"TZ": zone}, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == told


def test_local_time_when_shown_here_then_has_a_zone() -> None:
    assert re.search(r" (UTC|[+-]\d\d:\d\d)$", texts_module.local_time(datetime.now(UTC)))
