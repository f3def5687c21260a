# SPDX-License-Identifier: MIT
"""A text for somebody else, such as the network team, as a file."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from wizard import failure_words
from wizard.errors import BadInput

EXISTS = "error.text_exists"


def write(text: str, output: Path, *, overwrite: bool = False) -> Path:
    """Write the text to a file that isn't there yet, or may be replaced.

    Raises:
        BadInput: the file is there already, or the disk refuses.
    """
    partial = output.with_name(f".{secrets.token_hex(8)}.partial")
    try:
        if not overwrite:
            must_be_new(output)
        with partial.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        partial.replace(output)
    except (OSError, ValueError) as error:
        reason = failure_words.of(error)
        raise BadInput("error.text_not_written", path=str(output), reason=reason) from error
    finally:
        with suppress(OSError, ValueError):
            partial.unlink()
    return output


def must_be_new(output: Path) -> None:
    """Refuse a file that is there already.

    Raises:
        BadInput: it is.
    """
    if os.path.lexists(output):
        raise BadInput(EXISTS, path=str(output))
