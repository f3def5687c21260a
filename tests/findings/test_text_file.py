# SPDX-License-Identifier: MIT
"""A text's file: new, there already, or at a place that is no good."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.errors import BadInput
from wizard.findings import text_file
from wizard.texts import Texts


def test_write_when_new_then_written_and_nothing_left_beside_it(tmp_path: Path) -> None:
    output = tmp_path / "way.txt"
    assert text_file.write("→ a\nb\n", output) == output
    assert output.read_bytes() == "→ a\nb\n".encode()
    assert list(tmp_path.iterdir()) == [output]


def test_write_when_there_already_then_left_as_it_is_until_asked(tmp_path: Path) -> None:
    output = tmp_path / "way.txt"
    output.write_text("theirs", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        text_file.write("ours", output)
    assert caught.value.text == text_file.EXISTS
    assert output.read_text(encoding="utf-8") == "theirs"
    text_file.write("ours", output, overwrite=True)
    assert output.read_text(encoding="utf-8") == "ours"


@pytest.mark.parametrize("place", ["none/way.txt", ".", "a\0b.txt"])
def test_write_when_the_place_is_no_good_then_told(
    tmp_path: Path, place: str, texts: Texts
) -> None:
    with pytest.raises(BadInput) as caught:
        text_file.write("x", tmp_path / place, overwrite=True)
    assert "could not be written" in texts.summary(caught.value)
    assert list(tmp_path.iterdir()) == []
