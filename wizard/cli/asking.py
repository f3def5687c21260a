# SPDX-License-Identifier: MIT
"""How the text walk asks a person something; tests answer in a person's place."""

from __future__ import annotations

from collections.abc import Callable

from wizard.texts import Texts

Ask = Callable[[str], str]


def agrees(ask: Ask, question: str, texts: Texts) -> bool:
    """Whether the person types the whole word: nothing is done by a slip of a key."""
    return ask(question).strip().lower() == texts("walk.yes")
