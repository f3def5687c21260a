# SPDX-License-Identifier: MIT
"""The one way in which requests to Microsoft 365 are made: bounded, traceable, never followed on.

The environment is not asked for proxies or authorities (trust_env is off): what applies was found
out before and is shown. A call ends within its seconds even when the server sends a byte at a time.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError, ReadTimeoutError

from wizard.errors import CannotCheck
from wizard.graph import broken_by, download, echoes, http_session, moments, network_data, words
from wizard.graph.deadline import Deadline, Stopwatch, within
from wizard.graph.download import Downloaded
from wizard.graph.proxies import Route

T = TypeVar("T")

SERVER_FAULTS = range(500, 600)  # HTTP knows no statuses above; what sends one is no service


class NoAnswerKind(StrEnum):
    """Where a request without an answer broke."""

    NAME = "name"
    CONNECTION = "connection"
    PROXY = "proxy"
    ENCRYPTION = "encryption"
    TIMEOUT = "timeout"


class NoAnswer(CannotCheck):
    """There was no HTTP answer; says where it broke and in whose words."""

    def __init__(self, kind: NoAnswerKind, host: str, detail: str) -> None:
        told = words.load().no_answer_in(detail)
        super().__init__(f"error.no_answer.{kind.value}", host=host, detail=told)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Reply:
    """One answer. Its text may hold a token, so it stays out of the repr."""

    url: str
    status_code: int
    headers: Mapping[str, str] = field(repr=False)  # looked up without regard to case
    text: str = field(repr=False)
    client_request_id: str
    duration_ms: float
    received: float  # seconds since 1970, by this computer's clock
    cut_off: bool = False  # longer than what was read
    token: str = field(default="", repr=False)  # that was sent; its echoes are masked in all above

    def header(self, name: str) -> str:
        """A header's value, empty when there is none."""
        return str(self.headers.get(name, ""))

    @property
    def retry_after(self) -> str:
        """How long it asks to wait, in seconds or until a moment; empty where it doesn't."""
        return moments.wait_of(self.header("Retry-After"))

    def masked(self, text: str) -> str:
        """What was decoded from the answer, without the token that was sent."""
        return echoes.without(text, self.token)


class Http:
    """Requests over one route. Make a new one for each purpose and close it."""

    def __init__(self, route: Route, ca_file: str | None) -> None:
        self._route = route
        self._session = http_session.make(route, ca_file)

    def __enter__(self) -> Http:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, url: str, headers: Mapping[str, str], seconds: float) -> Reply:
        """The answer to a GET, whatever its status.

        Raises:
            NoAnswer: none came in time.
        """
        return self.send(partial(self._session.get, url), url, headers, seconds)

    def post(
        self, url: str, data: Mapping[str, str] | bytes, headers: Mapping[str, str], seconds: float
    ) -> Reply:
        """The answer to a POST of form fields or a document, whatever its status."""
        return self.send(partial(self._session.post, url, data=data), url, headers, seconds)

    def download(self, url: str, enough_bytes: int, seconds: float) -> Downloaded:
        """A document without compression, until there is enough of it or the time is up.

        Raises:
            NoAnswer: nothing came in time.
        """
        headers = {"Accept-Encoding": "identity", "client-request-id": str(uuid.uuid4())}
        call = partial(self._session.get, url, headers=headers)
        # A read that waits for the line ends by its own time-out, after the download's end.
        return self._bounded(
            url, 2 * seconds + 1, partial(download.measure, call, enough_bytes, seconds)
        )

    def close(self) -> None:
        """Give back the connections."""
        self._session.close()

    def send(
        self,
        call: Callable[..., requests.Response],
        url: str,
        headers: Mapping[str, str],
        seconds: float,
    ) -> Reply:
        """Make one call on a thread of its own, so that it ends when its seconds are over."""
        sent = {"client-request-id": str(uuid.uuid4()), "return-client-request-id": "true"}
        read = partial(_read, call, url, {**sent, **headers}, Deadline(seconds))
        return self._bounded(url, seconds, read)

    def _bounded(self, url: str, seconds: float, read: Callable[[], T]) -> T:
        host = urlsplit(url).hostname or url
        if self._route.choice.blocked:
            raise NoAnswer(NoAnswerKind.PROXY, host, str(self._route.choice.unusable))
        broken: NoAnswer
        try:
            return within(seconds, read)
        except (requests.RequestException, HTTPError, ValueError) as error:
            broken = NoAnswer(_kind(error), host, broken_by.reason(error))
        except TimeoutError:
            broken = NoAnswer(NoAnswerKind.TIMEOUT, host, f"{seconds:.0f} s")
        # Raised out here so that it doesn't carry the library's error, which holds what was sent.
        raise broken


def _read(
    call: Callable[..., requests.Response],
    url: str,
    headers: Mapping[str, str],
    deadline: Deadline,
) -> Reply:
    watch = Stopwatch()
    seconds = deadline.left()
    with call(headers=headers, timeout=seconds, allow_redirects=False, stream=True) as response:
        received = time.time()
        body, cut_off = _body(response, deadline)
    token = echoes.sent_token(headers.get("Authorization", ""))
    kept = {name: echoes.without(text, token) for name, text in response.headers.items()}
    return Reply(
        url=url,
        status_code=response.status_code,
        headers=CaseInsensitiveDict(kept),
        text=echoes.without(body.decode("utf-8", errors="replace"), token),
        client_request_id=headers["client-request-id"],
        duration_ms=watch.ms(),
        received=received,
        cut_off=cut_off,
        token=token,
    )


def _body(response: requests.Response, deadline: Deadline) -> tuple[bytes, bool]:
    """What arrives, piece by piece as it comes, up to the limit; and whether there was more."""
    limit = network_data.load().limits.answer_bytes
    body = bytearray()
    while len(body) <= limit:
        if deadline.over:
            raise TimeoutError
        piece = response.raw.read1(download.CHUNK_BYTES, decode_content=True)
        if not piece:
            return bytes(body), False
        body += piece
    return bytes(body[:limit]), True


def _kind(error: Exception) -> NoAnswerKind:
    """Where it broke, by the library's classes; the innermost cause tells a name from a line."""
    if isinstance(error, requests.exceptions.ProxyError):
        return NoAnswerKind.PROXY
    if isinstance(error, requests.exceptions.SSLError):
        return NoAnswerKind.ENCRYPTION
    if isinstance(error, (requests.exceptions.Timeout, ReadTimeoutError)):
        return NoAnswerKind.TIMEOUT
    names = {type(link).__name__ for link in broken_by.chain(error)}
    return NoAnswerKind.NAME if "NameResolutionError" in names else NoAnswerKind.CONNECTION
