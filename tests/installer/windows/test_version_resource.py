# SPDX-License-Identifier: MIT
"""What the two Windows programs are called in a file's properties."""

from __future__ import annotations

from installer import contents
from installer.windows import version_resource


def test_description_when_the_programs_differ_then_only_one_is_the_console() -> None:
    window = version_resource.description(contents.WINDOW_PROGRAM)
    assert version_resource.description(contents.CONSOLE_PROGRAM) == f"{window} (console)"
