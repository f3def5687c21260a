# SPDX-License-Identifier: MIT
"""What broke a request: the causes inside the library's errors, and the innermost one's words."""

from __future__ import annotations

import re

from wizard import failure_words
from wizard.graph import tunnel

_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: (\d{3})\b")
UNREADABLE = "unreadable"


def reason(error: BaseException) -> str:
    """The innermost cause in words: nothing of what was sent is in it."""
    inner = chain(error)[-1]
    refused = _TUNNEL_REFUSED.match(str(inner)) if isinstance(inner, OSError) else None
    if refused:  # whatever else the proxy said may hold what it was sent
        return f"{refused[1]} {tunnel.standard_reason(int(refused[1]))}".strip()
    if isinstance(inner, ValueError) and not isinstance(inner, OSError):
        return UNREADABLE
    return failure_words.of(inner)


def chain(error: BaseException) -> list[BaseException]:
    """The error and the ones inside it, from the outside in."""
    found: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in found:
        found.append(link)
        inner = [part for part in (getattr(link, "reason", None), *link.args) if part]
        held = [part for part in inner if isinstance(part, BaseException)]
        link = held[0] if held else (link.__cause__ or link.__context__)
    return found
