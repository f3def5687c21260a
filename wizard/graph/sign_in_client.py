# SPDX-License-Identifier: MIT
"""The HTTP client that the sign-in library is given: bounded, and it keeps the last reply.

The library has no time-out of its own, hides some of Microsoft's answers in a general error, and
stumbles over answers that aren't JSON. All of that is met here, before it sees them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from wizard import codec
from wizard.graph.http import Http, Reply

# What the library takes for text or for seconds without looking.
_TEXTS = (
    *("token_endpoint", "issuer", "authorization_endpoint", "token_type", "scope", "id_token"),
    *("client_info", "refresh_token"),
)
_COUNTS = ("expires_in", "ext_expires_in", "refresh_in")
_COUNT = re.compile("[0-9]{1,9}")
_TOKEN = re.compile("[!-~]+")


class UnusableReply(Exception):
    """The reply is no answer to a sign-in: throttled, a fault, or not JSON. See `last`."""


class SignInClient:
    """Has the methods that the library calls."""

    def __init__(self, http: Http, seconds: float) -> None:
        self._http = http
        self._seconds = seconds
        self.last: Reply | None = None
        self.last_url = ""

    @property
    def last_status(self) -> int:
        """The status of the last reply, 0 without one."""
        return self.last.status_code if self.last else 0

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> Reply:
        """A GET for the library."""
        return self._keep(self._http.get(self._at(url, params), headers or {}, self._seconds))

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> Reply:
        """A POST for the library."""
        where = self._at(url, params)
        return self._keep(self._http.post(where, data or {}, headers or {}, self._seconds))

    def close(self) -> None:
        """The library closes its client; ours is closed by whoever made it."""

    def _at(self, url: str, params: Mapping[str, str] | None) -> str:
        self.last, self.last_url = None, url
        return f"{url}?{urlencode(params)}" if params else url

    def _keep(self, reply: Reply) -> Reply:
        self.last = reply
        if reply.status_code == 429 or reply.status_code >= 500 or not _is_usable(reply.text):
            raise UnusableReply
        return reply


def _is_usable(text: str) -> bool:
    """Whether it is an object whose fields have the kinds that the library relies on."""
    try:
        body = codec.load_json(text)
    except ValueError:
        return False
    if not isinstance(body, dict):
        return False
    texts_fit = all(isinstance(body.get(name, ""), str) for name in _TEXTS)
    return texts_fit and all(_is_count(body.get(name, 0)) for name in _COUNTS) and _is_token(body)


def _is_count(value: object) -> bool:
    """Whether it is a number of seconds, which some services write as text."""
    return _COUNT.fullmatch(str(value)) is not None


def _is_token(body: Mapping[str, object]) -> bool:
    """Whether there is no token, or one that can stand in a header."""
    token = body.get("access_token", "none")
    return isinstance(token, str) and _TOKEN.fullmatch(token) is not None
