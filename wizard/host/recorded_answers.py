# SPDX-License-Identifier: MIT
"""What does a recording hold for a question, and what reason stands there when it holds none?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from wizard import codec
from wizard.errors import CannotCheck

T = TypeVar("T")

Recording = Mapping[str, Any]
NOTHING = object()


def answer(recording: Recording, question: str, kind: type[T], *keys: str) -> T:
    """The answer to a question, found below these keys where it has several; errors as in raw."""
    return codec.from_plain(raw(recording, question, *keys), kind)


def raw(recording: Recording, question: str, *keys: str) -> Any:
    """The plain value of an answer.

    Raises:
        CannotCheck: that is what was recorded, or nothing was.
    """
    found: Any = recording.get(question, NOTHING)
    for key in keys:
        raise_recorded(found)
        found = found.get(key, NOTHING) if isinstance(found, Mapping) else NOTHING
    if found is NOTHING:
        raise CannotCheck("error.not_recorded", what=" ".join((question, *keys)))
    raise_recorded(found)
    return found


def raise_recorded(found: Any) -> None:
    """Raise the CannotCheck that was recorded in the place of an answer."""
    if isinstance(found, dict) and "error" in found and set(found) <= {"error", "values"}:
        raise CannotCheck(found["error"], **found.get("values", {}))
