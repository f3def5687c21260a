# SPDX-License-Identifier: MIT
"""One walk to one endpoint: each layer needs the one before, and is told when it is passed."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import Any
from urllib.parse import quote, urlsplit

from wizard import failure_words
from wizard.errors import CannotCheck, WizardError
from wizard.graph import answer as answers
from wizard.graph import (
    connections,
    encryption,
    name_servers,
    names,
    network_data,
    proxies,
    tunnel,
    words,
)
from wizard.graph.addresses import HTTPS_PORT
from wizard.graph.answer import Answer
from wizard.graph.deadline import Deadline, side_by_side
from wizard.graph.encryption import Greeting, Target
from wizard.graph.http import Http, NoAnswer, Reply
from wizard.graph.names import Lookup
from wizard.graph.network_data import Endpoint, Method
from wizard.graph.network_path import WALK_FAILED, Layer, LeftOut, NetworkPath
from wizard.graph.proxies import Route
from wizard.graph.tunnel import Tunnel
from wizard.host.base import Host
from wizard.host.deadline import Call
from wizard.model import Scope

log = logging.getLogger(__name__)

NO_TENANT = "common"
# A walk ends a little before the checks that wait for it would be given up.
SHARE_OF_TIMEOUT = 0.85
# What proxies say of a host that they can't find or reach.
NO_WAY_OUT = (404, 500, 502, 503, 504)


class NobodyKnows(CannotCheck):
    """The endpoint's host isn't known, so nobody can walk there."""


@dataclass(frozen=True)
class Base:
    """The beginning of an endpoint's address; a guess may lead nowhere without any fault."""

    url: str
    is_guess: bool = False


FindBase = Callable[[float], Base]  # within these seconds; NobodyKnows says why not


@dataclass(frozen=True)
class _Way:
    """Where a walk leads, and through what."""

    url: str
    host: str
    port: int
    route: Route

    @property
    def first_host(self) -> str:
        """The host to which the first connection goes: the proxy, or the endpoint itself."""
        return self.route.choice.host if self.route.choice.address else self.host

    @property
    def first_port(self) -> int:
        """Its port."""
        return self.route.choice.port if self.route.choice.address else self.port


class Walk:
    """A walk that begins at once and goes on by itself."""

    def __init__(
        self,
        scope: Scope,
        host: Host,
        cancel: threading.Event,
        endpoint: Endpoint,
        find_base: FindBase,
        *,
        spent_s: float = 0.0,
    ) -> None:
        """`spent_s` of its time went by before it began."""
        self._scope, self._host, self._cancel = scope, host, cancel
        self._endpoint, self._find_base = endpoint, find_base
        self._limits = network_data.load().limits
        given = (scope.timeout_s or self._limits.walk_s) * SHARE_OF_TIMEOUT
        self._deadline = Deadline(min(self._limits.walk_s, given) - spent_s)
        self._changed = threading.Condition()
        self._passed: set[Layer] = set()
        self._path: NetworkPath | None = None
        self._left_out: LeftOut | None = None
        self._error: WizardError | None = None
        Call(self._go)

    def path(self, last: Layer) -> NetworkPath | None:
        """The path once this layer and those before are passed; None when nobody walked.

        Raises:
            CannotCheck: the run was stopped, or what was given to verify with can't be read.
        """
        wanted = set(tuple(Layer)[: tuple(Layer).index(last) + 1])
        with self._changed:
            self._changed.wait_for(lambda: self._error or wanted <= self._passed)
            if not wanted <= self._passed and self._error:
                raise self._error
            return self._path

    def left_out(self) -> LeftOut | None:
        """Why nobody walked, or not to the end."""
        self.path(Layer.NAME)
        return self._left_out

    def _go(self) -> None:
        try:
            self._walk(self._find_base(self._seconds(self._limits.tenant_hosts_s)))
            self._tell(*Layer)
        except NobodyKnows as error:
            with self._changed:
                self._path = None
            self._left_out = LeftOut(self._endpoint.id, error.text, error.values)
            self._tell(*Layer)
        except WizardError as error:  # concerns all endpoints alike
            with self._changed:
                self._error = error
                self._changed.notify_all()
        except Exception as error:  # noqa: BLE001 - of this endpoint alone, and told as its own
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{PurePath(last.filename).name}:{last.lineno}"
            log.error("walk to %s: %s at %s", self._endpoint.id, type(error).__name__, place)
            name = words.told(words.load().endpoint, self._endpoint.id)
            values = {"endpoint": name, "error": failure_words.of(error), "place": place}
            self._left_out = LeftOut(self._endpoint.id, WALK_FAILED, values)
            self._tell(*Layer)

    def _tell(self, *layers: Layer, **known: Any) -> None:
        """Add what became known to the path, and wake those who wait for the layers."""
        with self._changed:
            if self._path is not None:
                self._path = replace(self._path, **known)
            self._passed.update(layers)
            self._changed.notify_all()

    def _walk(self, base: Base) -> None:
        way = self._way(base)
        servers = Call(partial(self._ask_servers, way.first_host))
        self._names(way, base)
        joined = Call(lambda: self._tell(Layer.NAME, **servers.wait(threading.TIMEOUT_MAX)))
        if self._path and not self._path.broken_by(Layer.NAME) and not way.route.choice.blocked:
            self._from_connection_on(way, self._path.first_lookup)
        joined.wait(threading.TIMEOUT_MAX)

    def _from_connection_on(self, way: _Way, first: Lookup) -> None:
        tried = connections.connect(
            first.host, way.first_port, first.addresses, self._seconds(self._limits.connection_s)
        )
        self._tell(Layer.CONNECTION, connections=tried)
        if tried.best is None:
            return
        asked = self._ask_proxy(way, tried.best)
        if asked and asked.status in NO_WAY_OUT and self._path and self._path.is_guess:
            raise NobodyKnows("sharepoint_host.guess_not_found", host=way.host)
        self._tell(Layer.PROXY, tunnel=asked)
        if asked and not asked.is_open:
            return
        greeting = self._shake_hands(way, tried.best)
        shaken = greeting.encryption
        self._tell(Layer.ENCRYPTION, encryption=shaken, sent=greeting.sent)
        if not shaken.failure:
            round_trip = asked.duration_ms if asked else tried.quickest_ms
            self._tell(Layer.ANSWER, answer=self._answer(way, round_trip))

    def _seconds(self, at_most: float) -> float:
        if self._cancel.is_set():
            raise CannotCheck("error.stopped")
        return self._deadline.left(at_most)

    def _way(self, base: Base) -> _Way:
        tenant = quote(self._scope.tenant_id or NO_TENANT, safe="")
        parts = urlsplit(base.url)
        host, port = parts.hostname or "", parts.port or HTTPS_PORT
        url = base.url + self._endpoint.path.replace("{tenant}", tenant)
        return _Way(url, host, port, proxies.choose(self._scope, self._host, host))

    def _names(self, way: _Way, base: Base) -> None:
        """Look up what must be found; of a guess that isn't, nothing is told as a fault."""
        seconds = self._seconds(self._limits.names_s)
        hosts = dict.fromkeys([way.host, way.first_host])
        found = side_by_side([partial(names.look_up, host, seconds) for host in hosts])
        if base.is_guess and found[0].failure and not way.route.choice.address:
            raise NobodyKnows("sharepoint_host.guess_not_found", host=way.host)
        self._path = NetworkPath(
            self._endpoint.id,
            way.url,
            way.host,
            way.port,
            way.route.choice,
            found[0],
            found[-1] if way.route.choice.address else None,
            is_guess=base.is_guess,
        )

    def _ask_servers(self, host: str) -> dict[str, Any]:
        """What each name server says by itself, where the name is one that they know."""
        if not name_servers.can_be_asked(host):
            return {}
        try:
            servers = self._host.name_servers()
        except CannotCheck as error:
            return {"servers_unknown": error.text}
        seconds = self._deadline.left(self._limits.servers_s)
        return {"servers": name_servers.ask_all(servers, host, seconds)}

    def _ask_proxy(self, way: _Way, address: str) -> Tunnel | None:
        if not way.route.choice.address:
            return None
        seconds = self._seconds(self._limits.tunnel_s)
        return tunnel.ask(way.route, address, way.host, way.port, seconds)

    def _shake_hands(self, way: _Way, address: str) -> Greeting:
        target = Target(way.route, address, way.host, way.port)
        seconds = self._seconds(self._limits.encryption_s)
        return encryption.shake_hands(target, self._scope.ca_file, seconds)

    def _answer(self, way: _Way, round_trip_ms: float) -> Answer:
        with Http(way.route, self._scope.ca_file) as http:
            try:
                reply = self._ask(http, way.url, self._seconds(self._limits.answer_s))
            except NoAnswer as error:
                return answers.none(way.url, error)
        return answers.read(reply, self._endpoint.expects, round_trip_ms)

    def _ask(self, http: Http, url: str, seconds: float) -> Reply:
        headers = {"Accept": "application/json"}
        if self._endpoint.method is Method.GET:
            return http.get(url, headers, seconds)
        # The empty sign-in makes SharePoint name the tenant whose it is.
        return http.post(url, {}, {**headers, "Authorization": "Bearer"}, seconds)
