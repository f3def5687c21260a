# SPDX-License-Identifier: MIT
"""One request to the tenant's administrator in lines: why, who, what, how, where, and the ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.findings.admin_findings import Request
from wizard.findings.admin_permissions import Wanted, WantedLists
from wizard.graph import operations, permissions, words
from wizard.graph.admin_requests import RequestKind
from wizard.graph.permission_matrix import State
from wizard.graph.portal_links import Link, PortalPage
from wizard.model import Evidence, Value
from wizard.product import Confidence, Product
from wizard.texts import Texts, readable

LISTS = (
    *("certain", "rejected", "documented", "in_exchange"),
    *("perhaps", "delegated", "too_new", "restore"),
)
_EITHER = (RequestKind.MAILBOXES, RequestKind.SITES)
_DOUBTS = {Confidence.THIRD_PARTY: "unconfirmed", Confidence.INFERRED: "believed"}


def title(request: Request, texts: Texts) -> str:
    """What is asked for, in a few words."""
    return texts(f"admin_text.request.{request.kind}.title")


def who(request: Request, texts: Texts) -> str:
    """Who can do it."""
    return texts(f"admin_text.request.{request.kind}.who")


def steps(request: Request, texts: Texts) -> tuple[str, ...]:
    """What to do, one sentence each."""
    kinds = _EITHER if request.kind is RequestKind.LIMITS else (request.kind,)
    named = [f"admin_text.request.{kind}.steps" for kind in kinds]
    ours = (line for name in named for line in texts.lines(name, _values(request)))
    return (*ours, *request.advice)


def _values(request: Request) -> dict[str, Value]:
    return {"client_id": words.load().client_id(request.client_id)}


def page_name(page: PortalPage, texts: Texts) -> str:
    """What a page of the portal is called."""
    return texts(f"portal.{page}.name")


def doubt(link: Link, texts: Texts) -> str:
    """What must be said of a link that Microsoft doesn't confirm; empty for one that it does."""
    found = _DOUBTS.get(link.confidence)
    return texts(f"admin_text.{found}") if found else ""


def value(evidence: Evidence) -> str:
    """What is to be looked up; what is only believed says so."""
    told = readable(str(evidence.value))
    is_sure = evidence.source != words.load().phrase.believed
    return told if is_sure else f"{told} ({evidence.source})"


def lines(request: Request, product: Product, texts: Texts) -> Iterator[str]:
    """All of one request below its heading."""
    for found in request.found:
        yield texts("admin_text.found", found=found)
    yield texts("admin_text.who", who=who(request, texts))
    if request.wanted != WantedLists():
        yield ""
        yield from _wanted(request, product, texts)
    yield ""
    yield texts("admin_text.steps")
    for place, step in enumerate(steps(request, texts)):
        yield f"  {chr(ord('a') + place)}) {step}"
    yield from _places(request.places, texts)
    yield from _look_up(request.look_up, texts)


def _wanted(request: Request, product: Product, texts: Texts) -> Iterator[str]:
    """Each list under its heading, then where they come from and how far that reaches."""
    lists, table, documented = request.wanted, permissions.load(), operations.load().date
    for name in LISTS:
        wanted: Sequence[Wanted] = getattr(lists, name)
        if wanted:
            yield from _list(
                texts(f"admin_text.list.{name}", older=table.older_edition, date=documented),
                wanted,
                texts,
            )
            yield from texts.lines(f"admin_text.note.{name}", _values(request))
    if not lists.is_of_vendors_list:
        return
    source = product.sources[table.source]
    values = {"edition": table.edition, "date": source.date, "url": source.url}
    yield texts("admin_text.list_source", values, known_up_to=table.known_up_to)
    if lists.unlisted:
        yield texts("admin_text.unlisted", services=lists.unlisted)


def _list(heading: str, wanted: Sequence[Wanted], texts: Texts) -> Iterator[str]:
    """A state that all have in common is told once."""
    states = {one.state: _state(one.state, texts) for one in wanted}
    common = " ".join(states.values()) if len(states) == 1 else ""
    yield f"{heading}{common}:"
    width = max(len(one.permission) for one in wanted)
    for one in wanted:
        state = "" if common else states[one.state]
        yield f"  {one.permission:<{width}}  {one.purpose}{state}"


def _state(state: State, texts: Texts) -> str:
    """Why it isn't there; empty where the list's own heading says it."""
    text = f"admin_text.state.{state}"
    return texts(text) if texts.has(text) else ""


def _places(places: Sequence[tuple[PortalPage, Link | None]], texts: Texts) -> Iterator[str]:
    """Where: by hand, and by a link where there is one, with how sure it is."""
    if places:
        yield ""
        yield texts("admin_text.where")
    for page, link in places:
        yield f"  {page_name(page, texts)}: {texts(f'portal.{page}.clicks')}"
        if link:
            yield f"    {link.url}"
        if link and doubt(link, texts):
            yield f"    ({doubt(link, texts)})"


def _look_up(evidence: Sequence[Evidence], texts: Texts) -> Iterator[str]:
    if evidence:
        yield ""
        yield texts("admin_text.look_up")
    for one in evidence:
        yield f"  {texts(f'label.{one.label}')}: {value(one)}"
