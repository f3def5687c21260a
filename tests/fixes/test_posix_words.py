# SPDX-License-Identifier: MIT
"""The shell's words compared with those of the real shell on this computer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixes.strings import MANY
from wizard.fixes.posix_words import split_posix

SHELL = Path("/bin/sh")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no POSIX shell")
def test_split_posix_gives_the_words_that_the_real_shell_gives() -> None:
    texts: list[str] = []

    @MANY
    @given(st.text(alphabet="ab\"' \t\\#-", max_size=10))
    def collect(text: str) -> None:
        if split_posix(text).arguments is not None:
            texts.append(text)

    collect()
    script = "\n".join(f"printf '%s\\1' word {text}\nprintf '\\2'" for text in texts)
    ran = subprocess.run([SHELL], input=script.encode(), capture_output=True, check=True)
    seen = [block.split("\1")[1:-1] for block in ran.stdout.decode().split("\2")[:-1]]
    assert len(seen) == len(texts) > 50
    assert seen == [list(split_posix(text).arguments or ()) for text in texts]


@pytest.mark.parametrize("text", ["-Da=$b", "-Da=`b`", "-Da=b;c", "-Da=b&", "-Da=[b]", "-Da=(b)"])
def test_split_posix_tells_what_a_shell_would_act_upon(text: str) -> None:
    assert split_posix(text).problem is not None
    assert split_posix(f"'{text}'").problem is None
