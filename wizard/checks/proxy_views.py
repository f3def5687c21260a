# SPDX-License-Identifier: MIT
"""Do this program, the Transporter's service and its Java use the same proxy, and who gets through?

A pass in this program's own view alone is never a pass for the Transporter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wizard.checks import seen_ways
from wizard.checks.base import Check, Context, Need, could_not_check, ok, problem, warning
from wizard.checks.not_reached import distinct
from wizard.checks.seen_ways import View, Way, Who
from wizard.graph import java_way, words
from wizard.graph.proxies import Unusable
from wizard.graph.tunnel import is_other_success
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Product

_SIGN_IN = 407
_BASIC = "basic"
_PROPERTY = "-D"  # what a place begins with that gives Java a host by itself


@dataclass(frozen=True)
class ProxyViews:
    """All views, Java's among them."""

    views: tuple[View, ...]

    def of(self, who: Who) -> View | None:
        """The first of a kind."""
        return next((view for view in self.views if view.who is who), None)


def observe(context: Context) -> ProxyViews:
    """Find the views and try each way."""
    return ProxyViews(seen_ways.find(context))


def judge(seen: ProxyViews, _product: Product) -> Finding:
    """What Java's own way says first, then where others differ from it."""
    told = _of_java(seen)
    evidence = tuple(_evidence(seen.views))
    return Finding(
        told.outcome, told.text, told.values, evidence, decisive=told.decisive, source="wizard"
    )


def _of_java(seen: ProxyViews) -> Finding:
    java = seen.of(Who.JAVA)
    if java is None or java.unseen:
        unseen, detail = (java.unseen, java.detail) if java else ("not-running", "")
        return could_not_check(f"check.proxy_views.java_{unseen}", values={"detail": detail})
    return (
        _proxy_fails(java, seen.views)
        or _not_tried(java)
        or _fails_without_proxy(java, seen)
        or _differs(java, seen.views)
        or _broken_for_both(java)
        or _same(java, seen)
    )


def _proxy_fails(java: View, views: Iterable[View]) -> Finding | None:
    failed = [way for way in java.ways if way.choice.address and way.failed]
    reach = failed[0].reach if failed else None
    if reach is None:
        return None
    values = {
        "proxy": failed[0].choice.address or "",
        "place": failed[0].choice.source,
        "hosts": distinct(way.host for way in failed),
        "status": reach.detail,
        "schemes": ", ".join(reach.schemes) or "-",
        "detail": words.load().no_answer_in(reach.detail),
        "besides": _besides({way.host for way in failed}, views),
    }
    values["password"] = _password(java)
    word = _failure(reach.status, reach.schemes)
    if word == "java_sign_in_basic" and java.signs_in_plainly:
        word = "java_sign_in"
    # Java may have a password that can't be seen.
    return problem(f"check.proxy_views.{word}", values=values, decisive=reach.status != _SIGN_IN)


def _password(java: View) -> str:
    known = words.load().phrase
    return known.user_named.format(user=java.user) if java.user else known.no_password


def _besides(hosts: set[str], views: Iterable[View]) -> str:
    """That the proxy isn't needed, where another's way without one leads to the same hosts."""
    for view in views:
        reached = {way.host for way in view.ways if way.passed and not way.choice.address}
        if hosts <= reached:
            known = words.load()
            return known.phrase.without_proxy_connects.format(who=known.view[view.who])
    return ""


def _failure(status: int | None, schemes: Sequence[str]) -> str:
    if status is None:
        return "java_no_answer"
    if is_other_success(status):
        return "java_other_success"
    if status != _SIGN_IN:
        return "java_refused"
    only_basic = {scheme.lower() for scheme in schemes} == {_BASIC}
    return "java_sign_in_basic" if only_basic else "java_sign_in"


def _not_tried(java: View) -> Finding | None:
    way = next((way for way in java.ways if way.choice.unusable), None)
    if way is None:
        return None
    place = way.choice.source
    if way.choice.unusable is Unusable.NOT_AN_ADDRESS and place.startswith(_PROPERTY):
        values = {"place": place, "host": f"{place.partition(' ')[0]}=HOST"}
        return problem("check.proxy_views.java_no_host", values=values, decisive=True)
    values = {"way": java_way.told(way.choice), "place": place}
    return could_not_check("check.proxy_views.java_not_tried", values=values)


def _fails_without_proxy(java: View, seen: ProxyViews) -> Finding | None:
    """Another way that passes shows that the network is there, and that this one is forbidden."""
    own = seen.of(Who.PROGRAM)
    pairs = list(zip(java.ways, own.ways if own else (), strict=False))
    failed = [way for way, other in pairs if way.failed and _unlike(way, other)]
    if not failed:
        return None
    others = [other.choice for way, other in pairs if way.failed and other.passed]
    values = {
        "hosts": distinct(way.host for way in failed),
        "detail": words.load().no_answer_in(failed[0].reach.detail if failed[0].reach else ""),
    }
    if not others:
        return problem("check.proxy_views.java_without_proxy_alone", values=values)
    more = {"proxy": others[0].address or "", "place": others[0].source}
    return problem("check.proxy_views.java_without_proxy", values={**values, **more})


def _broken_for_both(java: View) -> Finding | None:
    """What breaks this program's way as well is told by the checks of that way."""
    failed = [way for way in java.ways if way.failed]
    if not failed:
        return None
    detail = words.load().no_answer_in(failed[0].reach.detail if failed[0].reach else "")
    values = {"way": java_way.told(failed[0].choice), "detail": detail}
    hosts = distinct(way.host for way in failed)
    return could_not_check("check.proxy_views.broken_for_both", values={**values, "hosts": hosts})


def _differs(java: View, views: Iterable[View]) -> Finding | None:
    for view in views:
        pairs = [pair for pair in zip(java.ways, view.ways, strict=False) if _unlike(*pair)]
        if not pairs or (view.who is Who.SETTING and not pairs[0][1].choice.address):
            continue  # what the product adds to the string itself isn't in it
        way, other = pairs[0]
        values = {"java": java_way.told(way.choice), "proxy": other.choice.address or "-"}
        if view.who is Who.SETTING:
            return warning("check.proxy_views.after_restart", values=values)
        who, place = words.load().view[view.who], other.choice.source or view.name
        more = {"who": who, "other": java_way.told(other.choice), "place": place}
        more["where"] = java_way.where(other.choice, view.name)
        more["hosts"] = distinct(one.host for one, _ in pairs)
        return warning("check.proxy_views.differ", values={**values, **more})
    return None


def _unlike(way: Way, other: Way) -> bool:
    mine, theirs = way.choice, other.choice
    return (mine.address, mine.unusable) != (theirs.address, theirs.unusable)


def _same(java: View, seen: ProxyViews) -> Finding:
    way = next((way for way in java.ways if way.choice.address), java.ways[0])
    values = {"way": java_way.told(way.choice), "place": way.choice.source}
    unseen = [view.who for view in seen.views if view.unseen]
    if seen.of(Who.SERVICE) is None:
        unseen.append(Who.SERVICE)
    if unseen:
        names = distinct(words.load().view[who] for who in unseen)
        return ok("check.proxy_views.java_alone", values={**values, "unseen": names})
    text = "same_proxy" if way.choice.address else "same_without_proxy"
    return ok(f"check.proxy_views.{text}", values=values)


def _result(way: Way) -> str:
    known = words.load()
    if way.reach is None:
        return known.way["not-tried"]
    return known.way["connects"] if way.passed else known.no_answer_in(way.reach.detail)


def _evidence(views: Iterable[View]) -> Iterator[Evidence]:
    for view in views:
        for value, place in _rows(view):
            yield Evidence(f"way_{view.who}", value, "", place or view.name, Sensitivity.HOST)


def _rows(view: View) -> Iterator[tuple[str, str]]:
    """What is told of a view, and the place that says so: one row for hosts that fare alike."""
    if view.unseen:
        word = words.load().way[view.unseen]
        yield (f"{word} ({view.detail})" if view.detail else word), ""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for way in view.ways:
        alike.setdefault((java_way.told(way.choice), _result(way), way.choice.source), []).append(
            way.host
        )
    for (name, result, place), hosts in alike.items():
        yield f"{name}: {result} ({distinct(hosts)})", place


CHECK = Check(
    "proxy_views", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, ProxyViews, observe, judge
)
