# SPDX-License-Identifier: MIT
"""Reads objects of a tenant's directory through Graph: bounded, page by page, and never writes."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime

from wizard import codec
from wizard.errors import CannotCheck
from wizard.graph import graph_errors, network_data, words
from wizard.graph.deadline import Deadline
from wizard.graph.graph_errors import GraphError, Kind
from wizard.graph.http import SERVER_FAULTS, Http, NoAnswer, Reply
from wizard.model import Secret, Value

MOST_PAGES = 20
OK, NOT_FOUND, TOO_MANY = 200, 404, 429
NO_RIGHT, NOT_THERE = "app_registration.no_right", "app_registration.not_there"
DISABLED, ELSEWHERE = "app_registration.disabled", "app_registration.elsewhere"
NO_SUCH_OBJECT = "request_resourcenotfound"
# Answers of the catalogue that say what the app itself is, whatever was asked for.
_OF_THE_APP = {"identity_not_found": NOT_THERE, "identity_disabled": DISABLED}

Object = Mapping[str, object]


class NotRead(Exception):
    """There is no answer to use; carries the id of the sentence that says why."""

    def __init__(self, reason: str, **values: Value) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


class Directory:
    """Graph's directory, with one deadline for all that is asked of it.

    A way that broke is not tried again: the answer would be the same, and later.
    """

    def __init__(
        self, base: str, http: Http, token: Secret, cancel: threading.Event, seconds: float
    ) -> None:
        self._base, self._http, self._token, self._cancel = base, http, token, cancel
        self._seconds, self._deadline = seconds, Deadline(seconds)
        self._broken: NotRead | None = None
        self.answered = False

    def one(self, path: str, key: str, any_of: Sequence[str] = ()) -> Object:
        """One object, known by a key of it; any one of the permissions would suffice.

        Raises:
            NotRead: Graph refuses, doesn't know it or doesn't answer.
            CannotCheck: nobody waits for the answer any more.
        """
        body = self._body(path, any_of)
        if key not in body:
            raise NotRead("app_registration.foreign")
        return body

    def all(self, path: str, any_of: Sequence[str] = ()) -> list[Object]:
        """All objects of a list, over its pages; NotRead rather than a part of them."""
        found: list[Object] = []
        at = path
        for _ in range(MOST_PAGES):
            body = self._body(at, any_of)
            page = body.get("value")
            if not isinstance(page, list):
                raise NotRead("app_registration.foreign")
            found += [entry for entry in page if isinstance(entry, dict)]
            following = body.get("@odata.nextLink")
            if not following:
                return found
            at = self._next(str(following))
        raise NotRead("app_registration.too_many", pages=MOST_PAGES)

    def _next(self, address: str) -> str:
        """The path of the next page. The token goes to no other host than Graph's."""
        if not address.startswith(f"{self._base}/"):
            raise NotRead("app_registration.foreign")
        return address.removeprefix(self._base)

    def _body(self, path: str, any_of: Sequence[str]) -> Object:
        if self._broken:
            raise self._broken
        if self._cancel.is_set():
            raise CannotCheck("error.stopped")
        if self._deadline.over:
            raise NotRead("app_registration.late", seconds=self._seconds)
        return self._read(self._ask(path), any_of)

    def _ask(self, path: str) -> Reply:
        headers = {
            "Accept": "application/json",
            "Authorization": f"Bearer {self._token.reveal()}",
        }
        limit = network_data.load().limits.call_s
        broken: NotRead
        try:
            return self._http.get(self._base + path, headers, self._deadline.left(limit))
        except NoAnswer as error:
            detail = words.load().no_answer_in(f"{error.kind}: {error.detail}")
            broken = NotRead("app_registration.no_answer", detail=detail)
        self._broken = broken
        raise broken

    def _read(self, reply: Reply, any_of: Sequence[str]) -> Object:
        if reply.status_code != OK:
            raise self._refusal(graph_errors.of_reply(reply), any_of)
        try:
            body = codec.load_json(reply.text)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            reason = "too_long" if reply.cut_off else "foreign"
            raise NotRead(f"app_registration.{reason}")
        self.answered = True
        return body

    def _refusal(self, error: GraphError, any_of: Sequence[str]) -> NotRead:
        if error.status == TOO_MANY:
            wait = words.load().wait(error.retry_after)
            return NotRead("app_registration.throttled", wait=wait)
        if error.status in SERVER_FAULTS:
            return NotRead("app_registration.service_fault", status=error.status)
        if not error.is_graphs_own:
            return NotRead("app_registration.foreign")
        self.answered = True
        reading = graph_errors.load().reading(error)
        if error.status == NOT_FOUND and NO_SUCH_OBJECT in error.codes:
            return NotRead(NOT_THERE)
        if reading.id in _OF_THE_APP:
            return NotRead(_OF_THE_APP[reading.id])
        if reading.kind is Kind.PERMISSION:
            return NotRead(NO_RIGHT, wanted=", ".join(any_of))
        return NotRead("app_registration.refused", answer=f"{error.status} {error.code}".strip())


def moment(told: Object, key: str) -> datetime | None:
    """A moment of an object in whole seconds, None when it has none that can be read."""
    try:
        return codec.from_rfc3339(str(told.get(key))).replace(microsecond=0)
    except ValueError:
        return None


def guid(told: Object, key: str) -> str:
    """An id of an object in small letters, empty when it has none."""
    return str(told.get(key) or "").lower()


def objects(told: Object, key: str) -> list[Object]:
    """The objects that an object holds under a key."""
    listed = told.get(key)
    return (
        [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    )
