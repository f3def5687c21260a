# SPDX-License-Identifier: MIT
"""Does the Transporter's own Java believe the certificates that Microsoft 365's hosts show here?

Java has a list of authorities of its own; what this computer or a browser believes says nothing of
it. So this is the question that decides what an unknown authority means for the backup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from wizard import codec
from wizard.checks.base import Check, Context, Need, could_not_check, ok, problem, warning
from wizard.checks.not_reached import distinct, not_reached
from wizard.graph import trust, words
from wizard.graph.addresses import with_port
from wizard.graph.encryption import View
from wizard.graph.java_trust import JAVA, Believed, JavaTrust, Store
from wizard.graph.network_data import TrustFailure
from wizard.model import CauseId, Evidence, Finding, Outcome, Sensitivity, Value
from wizard.nakivo.trust_store import FETCHES, Origin
from wizard.product import Product

_NOT_BELIEVED = (TrustFailure.UNTRUSTED_ISSUER, TrustFailure.UNTRACED)


def observe(context: Context) -> JavaTrust:
    """What the check of encryption looks at, too."""
    return context.java_trust()


def judge(seen: JavaTrust, _product: Product) -> Finding:
    """Only a store that a running Java uses is proof of what Java does."""
    failed = _of_store(seen) or _refused(seen) or _missed(seen)
    told = failed or _accepted(seen)
    if seen.store.origin is Origin.NOBODY:
        told = _not_running(failed, seen)
    elif seen.store.is_newer and failed is None:
        told = warning("check.java_trust.read_before", values=_values(seen.endpoints, seen))
    is_read = seen.store.origin is Origin.PROCESS and not seen.store.is_newer
    decisive = told.decisive and is_read
    return Finding(
        told.outcome, told.text, told.values, tuple(_evidence(seen)), decisive=decisive,
        source="java_trust",
    )  # fmt: skip


def _not_running(failed: Finding | None, seen: JavaTrust) -> Finding:
    """With which list Java will be started isn't known, so nothing is certain, good or bad."""
    if failed is None:
        values = _values(seen.endpoints, seen)
        return could_not_check("check.java_trust.not_running", values=values)
    if failed.outcome is Outcome.COULD_NOT_CHECK:
        return failed
    values = dict(failed.values) if "hosts" in failed.values else _values(seen.endpoints, seen)
    return could_not_check("check.java_trust.not_running_refused", values=values)


def _of_store(seen: JavaTrust) -> Finding | None:
    store = seen.store
    values = {"path": store.path, "source": store.source}
    if store.refused:
        return problem("check.java_trust.store_refused", values=values, decisive=True)
    if store.count == 0:
        word = "store_closed" if store.closed else "store_empty"
        return problem(f"check.java_trust.{word}", values=values, decisive=True)
    return None


def _refused(seen: JavaTrust) -> Finding | None:
    refused = [one for one in seen.endpoints if one.failure(JAVA)]
    if not refused:
        return None
    kinds = [one.failure(JAVA) for one in refused]
    for kind in _NOT_BELIEVED:
        if kind in kinds:
            same = [one for one in refused if one.failure(JAVA) is kind]
            return _not_believed(same, seen)
    same = [one for one in refused if one.failure(JAVA) is kinds[0]]
    if kinds[0] is TrustFailure.UNDECIDED:
        return _undecided(same, seen)
    return problem("check.java_trust.unfit", values=_values(same, seen))


def _not_believed(same: Sequence[Believed], seen: JavaTrust) -> Finding:
    """Who else believes them tells what is to be done."""
    values = _values(same, seen)
    if all(one.failure(trust.PUBLIC) is TrustFailure.INCOMPLETE_CHAIN for one in same):
        return problem("check.java_trust.incomplete", values=values, decisive=True)
    if all(one.believes(trust.STORE) for one in same):
        return problem("check.java_trust.only_computer", values=values, decisive=True)
    return problem("check.java_trust.nobody", values=values, decisive=True)


def _undecided(same: Sequence[Believed], seen: JavaTrust) -> Finding:
    waiting = [one for one in same if one.detail(JAVA) == FETCHES]
    if waiting:
        values = {**_values(waiting, seen), "reason": FETCHES}
        return could_not_check("check.java_trust.fetches", values=values)
    return could_not_check("check.java_trust.undecided", values=_values(same, seen))


def _missed(seen: JavaTrust) -> Finding | None:
    missed = [one for one in seen.endpoints if not one.views]
    elsewhere = [one for one in missed if one.missed]
    if elsewhere:
        same = [one for one in elsewhere if one.missed == elsewhere[0].missed]
        word = "way_failed" if same[0].way else "way_unseen"
        values = {**_values(same, seen), "reason": same[0].missed}
        return could_not_check(f"check.java_trust.{word}", values=values)
    return not_reached(missed) if missed else None


def _accepted(seen: JavaTrust) -> Finding:
    """Also what Java believes is told as inspection, unless it is the own cloud's authority."""
    foreign = [
        one for one in seen.endpoints if one.failure(trust.PUBLIC) is TrustFailure.UNTRUSTED_ISSUER
    ]
    if not foreign:
        return ok("check.java_trust.accepted", values=_values(seen.endpoints, seen))
    strangers = [one for one in foreign if not (seen.own_cloud and one.believes(trust.FILE))]
    if not strangers:
        return ok("check.java_trust.accepted_own", values=_values(foreign, seen))
    word = _inspection_word(strangers, seen)
    return warning(f"check.java_trust.{word}", values=_values(strangers, seen))


def _inspection_word(strangers: Sequence[Believed], seen: JavaTrust) -> str:
    """Only one authority for all of Microsoft's hosts shows that something opens them all."""
    if seen.own_cloud and not any(one.was_asked(trust.FILE) for one in strangers):
        return "accepted_own_cloud"  # which may have an authority of its own
    is_everywhere = 1 < len(strangers) == len(seen.endpoints)
    if is_everywhere and len({one.authority for one in strangers}) == 1:
        return "accepted_inspection"
    return "accepted_inspection_likely"


def _values(same: Sequence[Believed], seen: JavaTrust) -> dict[str, Value]:
    view = next((v for one in same for v in one.views if v.store == JAVA), None)
    public = next((v for one in same for v in one.views if v.store == trust.PUBLIC), None)
    return {
        "hosts": distinct(one.host for one in same),
        "count": len({one.host for one in same}),
        "authority": distinct(one.authority for one in same) or "-",
        "link": (public.detail if public else "") or "-",
        "reason": _word(view) if view else "-",
        "path": seen.store.path,
        "source": seen.store.source,
        "command": next((one.command for one in same if one.command), "-"),
        "way": distinct(one.way for one in same) or "-",
        "trusted": seen.store.count,
        "changed": _moment(seen.store.changed),
        "started": _moment(seen.store.started),
    }


def _moment(moment: datetime | None) -> str:
    return codec.to_rfc3339(moment.replace(microsecond=0)) if moment else "-"


def _word(view: View) -> str:
    if view.failure is None:
        return words.load().phrase.believed
    return words.told(words.load().encryption, view.failure, view.detail)


def _evidence(seen: JavaTrust) -> Iterator[Evidence]:
    yield from _of_list(seen.store)
    for one in seen.endpoints:
        source = f"TLS {with_port(one.host, one.port)}"
        for view in one.views:
            yield Evidence(f"view_{view.store.replace('-', '_')}", _word(view), "", source)
        if one.differs and one.way:
            yield Evidence("java_way", one.way, "", source, Sensitivity.HOST)
        if one.views:
            yield Evidence("certificate_issuer", one.authority, "", source, Sensitivity.HOST)
        if one.top and not one.top.names:
            yield Evidence("authority_fingerprint", one.top.sha256, "", source)


def _of_list(store: Store) -> Iterator[Evidence]:
    yield Evidence("java_store", store.path, "", store.source, Sensitivity.HOST)
    if store.seen_at:
        yield Evidence("java_store_seen_at", store.seen_at, "", store.source, Sensitivity.HOST)
    if store.format:
        yield Evidence("java_store_format", store.format, "", store.path)
    yield Evidence("java_store_count", store.count, "", store.path)
    if store.is_newer:
        yield Evidence("java_store_changed", _moment(store.changed), "", store.path)
        yield Evidence("java_started", _moment(store.started), "", store.source)


CHECK = Check(
    "java_trust", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, JavaTrust, observe, judge
)
