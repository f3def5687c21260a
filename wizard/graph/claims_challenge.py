# SPDX-License-Identifier: MIT
"""What a service asks for when a policy doesn't let it accept a token (claims challenge).

It stands in the header WWW-Authenticate: a word, and the claims that a new token must have.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wizard import codec
from wizard.graph import bounded

CLAIMS_LENGTH = 2000
NEWER_THAN, ADDRESS = "nbf", "xms_rp_ipaddr"
_IN_WORDS = (NEWER_THAN, ADDRESS)
_WORD = re.compile(r'\berror="([^"]{1,80})"')
_CLAIMS = re.compile(r'\bclaims="([^"]{1,4000})"')


@dataclass(frozen=True)
class Challenge:
    """The word, and the claims as JSON; each empty when there is none that can be read."""

    word: str = ""
    claims: str = ""


def read(header: str) -> Challenge:
    """The challenge in a WWW-Authenticate header."""
    word, claims = _WORD.search(header), _CLAIMS.search(header)
    told = bounded.name(word.group(1)) if word else ""
    return Challenge(told, _decoded(claims.group(1)) if claims else "")


def newer_than(claims: str) -> datetime | None:
    """From when on a token must be issued, where that is asked for."""
    try:
        return datetime.fromtimestamp(int(value(claims, NEWER_THAN)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def value(claims: str, name: str) -> str:
    """The value that a claim of the access token must have, empty when it isn't asked for."""
    found = _entry(claims, name).get("value")
    return found if isinstance(found, str) else ""


def values(claims: str, name: str) -> tuple[str, ...]:
    """The values of which a claim of the access token must have one."""
    found = _entry(claims, name).get("values")
    listed = found if isinstance(found, list) else []
    return tuple(one for one in listed if isinstance(one, str))


def further(claims: str) -> tuple[str, ...]:
    """The names of the claims that nobody here puts into words."""
    wanted = _object(claims).get("access_token")
    names = wanted if isinstance(wanted, dict) else {}
    return tuple(bounded.name(name) for name in names if name not in _IN_WORDS)


def _entry(claims: str, name: str) -> dict[str, Any]:
    wanted = _object(claims).get("access_token")
    entry = wanted.get(name) if isinstance(wanted, dict) else None
    return entry if isinstance(entry, dict) else {}


def _decoded(encoded: str) -> str:
    """Base64 in either alphabet, with or without its padding."""
    plain = encoded.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        text = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode()
    except ValueError:
        return ""
    asked = _object(text)
    if not isinstance(asked.get("access_token", {}), dict):
        return ""  # nothing that a token could be asked for with
    told = json.dumps(asked, separators=(",", ":"))
    return told if told != "{}" and len(told) <= CLAIMS_LENGTH else ""


def _object(text: str) -> dict[str, Any]:
    try:
        body = codec.load_json(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
