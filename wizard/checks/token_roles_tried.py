# SPDX-License-Identifier: MIT
"""What requests to Graph tell of permissions that the token doesn't show, or nobody lists.

Exchange may grant mailbox rights by itself, unseen in the token; and of SharePoint no row of the
vendor's list is known. A request that needs just such a permission tells how it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

from wizard.checks.base import Context
from wizard.checks.graph_call_numbers import deciding, is_of_one, kind_of
from wizard.errors import WizardError
from wizard.graph import permissions, probes, words
from wizard.graph.access_token import Claims
from wizard.graph.graph_errors import Kind
from wizard.graph.probes import Call
from wizard.model import Workload

_ASKED_FOR = (Workload.EXCHANGE, Workload.SHAREPOINT)


@dataclass(frozen=True)
class Tried:
    """The services that were refused for want of a permission, or granted without one."""

    refused: tuple[Workload, ...] = ()
    granted: tuple[Workload, ...] = ()
    mailboxes: int = 0


def observe(context: Context, claims: Claims) -> Tried:
    """Share the requests, where the token lacks what they need; else nobody waits for them."""
    chosen = [one for one in _ASKED_FOR if one in context.scope.workloads]
    lacking = [one for one in chosen if not _is_in_token(one, claims)]
    if not claims.readable or not claims.roles or not lacking:
        return Tried()
    with suppress(WizardError):
        return _of(lacking, context.graph_calls())
    return Tried()


def _is_in_token(workload: Workload, claims: Claims) -> bool:
    return probes.has_role(claims.roles, probes.load().of(workload).any_of)


def _of(lacking: Sequence[Workload], calls: Sequence[Call]) -> Tried:
    by_service = {one: tuple(made) for one, made in groupby(calls, key=lambda call: call.workload)}
    decided = {one: deciding(by_service[one]) for one in lacking if one in by_service}
    own = {one: call for one, call in decided.items() if is_of_one(call) and not call.no_answer}
    return Tried(
        refused=tuple(one for one, call in own.items() if _is_for_want(call)),
        granted=tuple(one for one, call in own.items() if call.is_ok),
        mailboxes=len(by_service.get(Workload.EXCHANGE, ())),
    )


def _is_for_want(call: Call) -> bool:
    return call.error is not None and kind_of(call) is Kind.PERMISSION


def by_permission(tried: Tried) -> Mapping[str, bool]:
    """The mailbox permissions of which a request tells, by whether it was granted."""
    probe, table = probes.load().of(Workload.EXCHANGE), permissions.load()
    enough = [one for one in table.granted_in_exchange if table.granted([one]) & set(probe.any_of)]
    if Workload.EXCHANGE in tried.refused:
        return dict.fromkeys(enough, False)
    is_granted = Workload.EXCHANGE in tried.granted
    return {one: True for one in enough if is_granted and one in probe.any_of}


def refused_mail(tried: Tried, missing: Sequence[str]) -> str:
    """That Exchange doesn't grant these instead, where a request shows it."""
    asked = by_permission(tried)
    names = [name for name in missing if asked.get(name) is False]
    phrase = words.load().phrase.refused_mail
    return phrase.format(missing=", ".join(names), tried=tried.mailboxes) if names else ""


def refused_sites(missing: Sequence[str], roles: Sequence[str]) -> str:
    """What was refused where the vendor's rows aren't known; nothing where nothing was."""
    if not missing:
        return ""
    phrases, single = words.load().phrase, permissions.load().single_sites
    told = phrases.single_sites if single in roles else phrases.refused_sites
    return told.format(missing=", ".join(missing), single=single)
