# SPDX-License-Identifier: MIT
"""Frozen dataclasses to plain JSON values and back; unknown or missing keys are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin

from cattrs import Converter
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from wizard import failure_words
from wizard.errors import BadInput
from wizard.model import Value

T = TypeVar("T")


def load_json(text: str | bytes) -> Any:
    """JSON as plain values; ValueError for what isn't JSON or is nested too deep to be read."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def to_rfc3339(moment: datetime) -> str:
    """UTC, with milliseconds and Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_rfc3339(text: str) -> datetime:
    """A moment with a time zone; refuses one without."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"no time zone: {text}")
    try:
        moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"no moment of the calendar: {text}") from None
    return moment


def _value(raw: Any, _type: Any) -> Value | None:
    """A shown value is kept as it is: JSON's own types are enough."""
    if raw is not None and not isinstance(raw, str | int | float | bool):
        raise TypeError(f"not a plain value: {raw!r}")
    return raw


def _exactly(*kinds: type) -> Callable[[Any, Any], Any]:
    """No silent conversion: a list is no text, and a truth value no number."""

    def structure(raw: Any, wanted: Any) -> Any:
        if not isinstance(raw, kinds) or (isinstance(raw, bool) and bool not in kinds):
            raise TypeError(f"not of kind {wanted.__name__}: {type(raw).__name__}")
        return wanted(raw) if issubclass(wanted, Enum) else raw  # of texts, an enum comes here, too

    return structure


def _is_row(kind: Any) -> bool:
    """Whether it is a tuple of any length."""
    return get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, prefer_attrib_converters=False)
    converter.register_unstructure_hook(datetime, to_rfc3339)
    converter.register_structure_hook(datetime, lambda raw, _: from_rfc3339(raw))
    converter.register_structure_hook(str, _exactly(str))
    converter.register_structure_hook(int, _exactly(int))
    converter.register_structure_hook(float, _exactly(int, float))
    converter.register_structure_hook(bool, _exactly(bool))

    def row(raw: Any, kind: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list | tuple):
            raise TypeError(f"not a list: {type(raw).__name__}")
        return tuple(converter.structure(part, get_args(kind)[0]) for part in raw)

    converter.register_structure_hook_func(_is_row, row)
    converter.register_structure_hook(Value, _value)
    converter.register_structure_hook(Value | None, _value)
    return converter


_CONVERTER = _converter()


def to_plain(thing: Any) -> Any:
    """A dataclass as dicts, lists and plain values that json.dumps takes."""
    return _CONVERTER.unstructure(thing)


def from_plain(plain: Any, kind: type[T]) -> T:
    """Plain values as an instance of a dataclass.

    Raises:
        BadInput: a key is missing or unknown, or a value has the wrong kind.
    """
    try:
        return _CONVERTER.structure(plain, kind)
    except (BaseValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput("error.not_as_expected", reason=_reason(error)) from error


def _reason(error: BaseException) -> str:
    """What doesn't fit, by the way to it; the value itself stays untold, since it may be secret."""
    way: list[str] = []
    while isinstance(error, BaseExceptionGroup) and error.exceptions:
        error = error.exceptions[0]
        way += [str(note.name) for note in getattr(error, "__notes__", ()) if hasattr(note, "name")]
    if isinstance(error, ForbiddenExtraKeysError):
        way.append(", ".join(sorted(map(str, error.extra_fields))))
        return failure_words.form("unknown", way)
    is_missing = isinstance(error, KeyError) and bool(way) and error.args[:1] == (way[-1],)
    return failure_words.form("missing" if is_missing else "value", way)
