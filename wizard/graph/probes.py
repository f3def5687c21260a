# SPDX-License-Identifier: MIT
"""One read-only call per service, to see whether Graph answers the app: one id, no content."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import quote, urlsplit

from wizard import codec, resources
from wizard.graph import access_token, answer, graph_errors, network_data, permissions, proxies
from wizard.graph.access_token import Claims
from wizard.graph.clouds import Cloud
from wizard.graph.deadline import Deadline
from wizard.graph.graph_errors import GraphError, Kind
from wizard.graph.http import SERVER_FAULTS, Http, NoAnswer, Reply
from wizard.host.base import Host
from wizard.model import Scope, Secret, Workload

OK_STATUSES = range(200, 300)
FORBIDDEN = 403
_USABLE = ("Enabled", "Warning")  # of plans; a warning is the time of grace after its end
NOT_MICROSOFT = "not-microsoft"
NOTHING_LISTED = "nothing-listed"  # no object was named, though there may be some
NOTHING_THERE = "nothing-there"  # there is no object of this kind


@dataclass(frozen=True)
class Listing:
    """Where the ids come from that a call needs."""

    id: str
    path: str
    any_of: tuple[str, ...]
    tries: int
    plans: str = ""  # the same path, with each user's plans
    plans_any_of: tuple[str, ...] = ()

    def path_for(self, roles: Iterable[str] | None) -> str:
        """With the plans where the app may read them."""
        return self.plans if has_role(roles, self.plans_any_of) else self.path


@dataclass(frozen=True)
class Probe:
    """The call that stands for a service; `ids_from` is the id of a Listing, or empty."""

    workload: Workload
    name: str  # as Microsoft calls the service
    objects: str
    ids_from: str
    path: str
    any_of: tuple[str, ...]
    of_one: bool = False  # asks for one object, and not for a list
    plan: str = ""  # what users have of the service, as Graph names it


@dataclass(frozen=True)
class Probes:
    """All of the file."""

    source: str
    date: str
    lists: tuple[Listing, ...]
    probes: tuple[Probe, ...]

    def name(self, workload: Workload) -> str:
        """What Microsoft calls a service."""
        return self.of(workload).name

    def of(self, workload: Workload) -> Probe:
        """The call that stands for a service."""
        return next(probe for probe in self.probes if probe.workload == workload)

    def listing(self, probe: Probe) -> Listing | None:
        """Where a probe's ids come from, None when it needs none."""
        return next((listing for listing in self.lists if listing.id == probe.ids_from), None)


@dataclass(frozen=True)
class Call:
    """One call and its answer. The path shows {id} in place of an id."""

    workload: Workload
    path: str
    any_of: tuple[str, ...]
    status: int | None
    objects: int = 0
    error: GraphError | None = None
    no_answer: str = ""
    detail: str = ""
    client_request_id: str = ""
    time: str = ""  # RFC 3339, by this computer's clock
    duration_ms: float = 0.0

    @property
    def is_ok(self) -> bool:
        """Whether Graph granted the call."""
        return self.status in OK_STATUSES and not self.no_answer


@cache
def load() -> Probes:
    """Read and check the shipped file."""
    return codec.from_plain(resources.read_toml("graph", "probes.toml"), Probes)


def run(
    cloud: Cloud,
    scope: Scope,
    host: Host,
    token: Secret,
    cancel: threading.Event,
    *,
    claims: Claims = access_token.UNREADABLE,
    seconds: float | None = None,
) -> tuple[Call, ...]:
    """The calls for the chosen services, one after the other.

    A service may have several, each for another object: the last one decides. `claims` are those
    of the token: they tell whether a refusal can be about one object at all. `seconds` are for all
    calls together.
    """
    route = proxies.choose(scope, host, urlsplit(cloud.graph).hostname or "")
    with Http(route, scope.ca_file) as http:
        caller = _Caller(cloud.graph, http, token, claims, cancel)
        if seconds is not None:
            caller.deadline = Deadline(seconds)
        return tuple(caller.all(scope.workloads))


def has_role(roles: Iterable[str] | None, any_of: Iterable[str]) -> bool:
    """Whether one of these roles is one of the permissions, or covers one."""
    return not permissions.load().granted(roles or ()).isdisjoint(any_of)


class _Caller:
    """Makes the calls, with one deadline for all of them."""

    def __init__(
        self, base: str, http: Http, token: Secret, claims: Claims, cancel: threading.Event
    ) -> None:
        self.base, self.http, self.token, self.claims = base, http, token, claims
        self.cancel = cancel
        self.limits = network_data.load().limits
        self.deadline = Deadline(self.limits.calls_s)

    def all(self, workloads: Iterable[Workload]) -> Iterator[Call]:
        """The calls of each service, the one that decides last."""
        wanted = set(workloads)
        for probe in load().probes:
            if probe.workload in wanted and not self.cancel.is_set():
                yield from self._probe(probe)

    def _probe(self, probe: Probe) -> list[Call]:
        listing = load().listing(probe)
        if listing is None:
            call, reply = self._call(probe.workload, probe.path, probe.any_of)
            return [replace(call, no_answer=NOTHING_THERE) if _is_all(call, reply) else call]
        return self._probe_ids(probe, listing)

    def _probe_ids(self, probe: Probe, listing: Listing) -> list[Call]:
        """Try one id after the other, as long as it may be the object that is refused."""
        at, made, reply = listing.path_for(self.claims.roles), list[Call](), None
        listed = Call(probe.workload, listing.path, listing.any_of, None)
        for _ in range(listing.tries):
            listed, reply = self._call(probe.workload, at, listing.any_of, shown=listing.path)
            ids, at = self._ids(reply, probe.plan)
            made += self._try(probe, ids[: listing.tries - len(made)])
            is_done = bool(made) and not self._may_be_the_object(made[-1])
            if not at or self.cancel.is_set() or is_done or len(made) == listing.tries:
                break
        if made or not listed.is_ok:
            return made or [listed]
        nothing = NOTHING_THERE if _is_all(listed, reply) else NOTHING_LISTED
        return [replace(listed, no_answer=nothing)]

    def _try(self, probe: Probe, ids: Iterable[str]) -> list[Call]:
        """One after the other, until another could tell no more."""
        made: list[Call] = []
        for one in ids:
            path = probe.path.replace("{id}", quote(one, safe=""))
            made.append(self._call(probe.workload, path, probe.any_of, shown=probe.path)[0])
            if self.cancel.is_set() or not self._may_be_the_object(made[-1]):
                break
        return made

    def _may_be_the_object(self, call: Call) -> bool:
        """Whether another object may fare better.

        A plain refusal is about one object only where the permission is there; mailboxes may be
        granted one by one, without a permission in the token.
        """
        if call.error is None or call.no_answer:
            return False
        kind = graph_errors.load().reading(call.error).kind
        if kind is Kind.PERMISSION or (kind is Kind.UNKNOWN and call.status == FORBIDDEN):
            one_by_one = call.workload is Workload.EXCHANGE or not self.claims.readable
            return one_by_one or has_role(self.claims.roles, call.any_of)
        return kind in (Kind.LICENCE, Kind.ITEM, Kind.OBJECT_LEVEL)

    def _call(
        self, workload: Workload, path: str, any_of: tuple[str, ...], *, shown: str = ""
    ) -> tuple[Call, Reply | None]:
        headers = {
            "Accept": "application/json",
            "Authorization": f"Bearer {self.token.reveal()}",
        }
        unanswered = Call(workload, shown or path, any_of, None)
        try:
            reply = self.http.get(self.base + path, headers, self.deadline.left(self.limits.call_s))
        except NoAnswer as broken:
            return replace(unanswered, no_answer=str(broken.kind), detail=broken.detail), None
        return _answered(unanswered, reply), reply

    def _ids(self, reply: Reply | None, plan: str) -> tuple[list[str], str]:
        """The ids of a listing, and the path of its next page on the same host.

        Users who have the plan stand first: others have nothing that could be asked for.
        """
        if reply is None or reply.status_code not in OK_STATUSES or not _is_answer(reply):
            return [], ""
        entries = sorted(_values(reply), key=lambda entry: not _has_plan(entry, plan))
        ids = [str(entry["id"]) for entry in entries if _has_id(entry)]
        following = str(_body(reply).get("@odata.nextLink") or "")
        own = following.startswith(f"{self.base}/")
        return ids, following.removeprefix(self.base) if own else ""


def _is_all(listed: Call, reply: Reply | None) -> bool:
    """Whether a granted listing is at its end without a single object."""
    is_end = reply is not None and not _body(reply).get("@odata.nextLink")
    return listed.is_ok and not listed.objects and is_end


def _answered(call: Call, reply: Reply) -> Call:
    good = reply.status_code in OK_STATUSES
    error = None if good else graph_errors.of_reply(reply)
    from_graph = _is_answer(reply) if good else _is_from_graph(reply, error)
    return replace(
        call,
        status=reply.status_code,
        objects=len(_values(reply)),
        error=error,
        no_answer="" if from_graph else NOT_MICROSOFT,
        client_request_id=reply.client_request_id,
        time=codec.to_rfc3339(answer.moment(reply)),
        duration_ms=reply.duration_ms,
    )


def _is_answer(reply: Reply) -> bool:
    """Whether a granted call was answered by Graph, and not by something in between."""
    body = _body(reply)
    told = isinstance(body.get("value", []), list) and ("value" in body or _has_id(body))
    return told and "error" not in body and bool(reply.header("request-id"))


def _has_plan(user: dict[str, object], plan: str) -> bool:
    plans = user.get("assignedPlans")
    return isinstance(plans, list) and any(_is_plan(one, plan) for one in plans)


def _is_plan(entry: object, plan: str) -> bool:
    if not isinstance(entry, dict):
        return False
    service, status = str(entry.get("service")), entry.get("capabilityStatus")
    return service.lower() == plan.lower() and status in _USABLE


def _has_id(entry: dict[str, object]) -> bool:
    return isinstance(entry.get("id"), str) and bool(entry["id"])


def _is_from_graph(reply: Reply, error: GraphError | None) -> bool:
    """Whether a refusal is Graph's own, as far as that can be told.

    A fault of the service or a throttled answer may come without its marks.
    """
    own = error is not None and error.is_graphs_own
    return own or reply.status_code == 429 or reply.status_code in SERVER_FAULTS


def _body(reply: Reply) -> dict[str, object]:
    try:
        body = codec.load_json(reply.text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _values(reply: Reply) -> list[dict[str, object]]:
    """The objects of an answer: those of a list, or the one it is."""
    body = _body(reply)
    listed = body.get("value")
    if isinstance(listed, list):
        return [entry for entry in listed if isinstance(entry, dict)]
    return [body] if "id" in body else []
