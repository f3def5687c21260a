# SPDX-License-Identifier: MIT
"""When an answer was sent, from the forms in which HTTP and Microsoft's sign-in write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from wizard import codec

_SECONDS = re.compile("[0-9]{1,9}")
_SIGN_IN = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)Z")


def of_http(header: str) -> datetime | None:
    """The moment in a Date header, in UTC; None when it holds none, or one of no calendar."""
    try:
        moment = parsedate_to_datetime(header)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def http_to_rfc3339(header: str) -> str:
    """A Date header in RFC 3339; as it is where it holds no moment."""
    moment = of_http(header)
    return codec.to_rfc3339(moment) if moment else header


def wait_of(header: str) -> str:
    """How long a Retry-After header asks to wait: seconds or a moment in RFC 3339, else nothing.

    Whatever else stands there may be what was sent, and is not taken over.
    """
    told = header.strip()
    if seconds_of(told) is not None:
        return told
    moment = of_http(told)
    return codec.to_rfc3339(moment) if moment else ""


def seconds_of(wait: str) -> int | None:
    """The seconds to wait, None where a moment or nothing is told."""
    return int(wait) if _SECONDS.fullmatch(wait) else None


def sign_in_to_rfc3339(text: str) -> str:
    """`2026-11-24 06:47:35Z`, as sign-in answers have it, in RFC 3339; anything else as it is."""
    return _SIGN_IN.sub(r"\1T\2Z", text)
