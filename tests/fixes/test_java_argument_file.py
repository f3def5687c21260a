# SPDX-License-Identifier: MIT
"""The java launcher's argument file, line by line."""

from __future__ import annotations

import pytest

from wizard.fixes.java_argument_file import split_argument_file


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-Da\n-Db\r\n\n\f-Dc", ("-Da", "-Db", "-Dc")),
        ("# all of this\n-Da # and this\n-Db", ("-Da", "-Db")),
        ('"-Da=b\\\n   c" -Dd', ("-Da=bc", "-Dd")),
        ('"-Da=b\n-Dc" -Dd', ("-Da=b", "-Dc -Dd")),
        ("'-Da=\"b c\"'", ('-Da="b c"',)),
        ('"-Da=\\"b\\\\c\\td\\q"', ('-Da="b\\c\tdq',)),
        ('-Da="b"c"d e"', ("-Da=bcd e",)),
    ],
)
def test_split_argument_file_follows_the_launcher(text: str, words: tuple[str, ...]) -> None:
    assert split_argument_file(text).arguments == words


def test_split_argument_file_without_trouble_has_no_problem() -> None:
    assert split_argument_file('-Da="b c" -Dd=C:\\x').problem is None
