# SPDX-License-Identifier: MIT
"""Only the whole word is a yes."""

from __future__ import annotations

import pytest

from wizard.cli.asking import agrees
from wizard.texts import Texts


@pytest.mark.parametrize(
    ("answer", "is_yes"),
    [("yes", True), (" YES ", True), ("y", False), ("", False), ("no", False), ("yes!", False)],
)
def test_agrees_only_when_the_whole_word_is_typed(answer: str, is_yes: bool, texts: Texts) -> None:
    asked = []

    def ask(question: str) -> str:
        asked.append(question)
        return answer

    assert agrees(ask, "Do it?", texts) is is_yes
    assert asked == ["Do it?"]
