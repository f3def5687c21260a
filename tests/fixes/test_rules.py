# SPDX-License-Identifier: MIT
"""The shipped rules of the argument string."""

from __future__ import annotations

from wizard.fixes import rules
from wizard.texts import Texts


def test_every_rule_names_a_source_that_there_is() -> None:
    known = rules.load()
    named = [rule.source for rule in known.characters]
    named += [known.reserved_names.source, known.longest.source]
    assert set(named) == set(known.sources)


def test_every_rule_has_a_sentence_and_advice(texts: Texts) -> None:
    for rule in rules.load().characters:
        assert texts.has(f"arguments.refused.{rule.reason}.summary")
        assert texts.has(f"arguments.refused.{rule.reason}.advice")


def test_no_character_stands_in_two_rules() -> None:
    characters = "".join(rule.characters for rule in rules.load().characters)
    assert len(set(characters)) == len(characters)
