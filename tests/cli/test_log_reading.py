# SPDX-License-Identifier: MIT
"""What a person sees while logs are read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from wizard.cli import log_reading
from wizard.cli.terminal import Terminal
from wizard.product import Product
from wizard.texts import Texts

LINE = b"2026-11-23 02:14:07,123 INFO  Block written\n"


class Screen(io.StringIO):
    """Standard error, watched by somebody or not."""

    encoding = "utf-8"

    def __init__(self, *, watched: bool) -> None:
        super().__init__()
        self.watched = watched

    def isatty(self) -> bool:
        return self.watched


@pytest.mark.parametrize("watched", [True, False])
def test_read_when_somebody_watches_then_the_bytes_are_told_and_taken_away(
    watched: bool, tmp_path: Path, product: Product, texts: Texts
) -> None:
    (tmp_path / "a.log").write_bytes(LINE * 60_000)
    screen = Screen(watched=watched)
    evidence = log_reading.read([str(tmp_path)], product, Terminal(io.StringIO(), screen, texts))
    assert evidence.files[0].bytes == 60_000 * len(LINE)
    shown = screen.getvalue()
    assert ("Reading logs: 1 MB so far" in shown) == watched
    assert shown.endswith("\x1b[K") == watched
