# SPDX-License-Identifier: MIT
"""May NAKIVO still use a token that is older than the newest consent?

Permissions are fixed when a token is issued, so this program sees new consent at once and a product
that holds an older token doesn't. Its token can't be seen; since when its process runs can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from wizard import codec
from wizard.checks.base import (
    Check,
    Context,
    Need,
    could_not_check,
    not_applicable,
    ok,
    warning,
)
from wizard.errors import CannotCheck
from wizard.graph import directory, permissions, token_lifetimes
from wizard.graph.app_registration import GRANTS, Grant, Unread
from wizard.host.base import Process
from wizard.model import CauseId, Evidence, Finding, Value, Workload
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.product import Product

# One click of an administrator grants a list of permissions, one after the other. An own figure.
_ONE_CONSENT = timedelta(minutes=1)


@dataclass(frozen=True)
class NewestConsent:
    """The permissions that got consent last, of those that the chosen services need."""

    permissions: tuple[str, ...]
    granted: datetime


@dataclass(frozen=True)
class ProductToken:
    """Consent and the product's process. `started` is None where it is hidden or not running."""

    looked: datetime
    newest: NewestConsent | None
    unread: Unread | None = None
    running: bool | None = None  # None: could not be seen
    started: datetime | None = None


def observe(context: Context) -> ProductToken:
    """The shared registration, and the Transporter's Java process."""
    if context.sign_in().token is None:
        raise CannotCheck("error.not_signed_in")
    looked = datetime.now(UTC).replace(microsecond=0)
    try:
        found = context.app_registration()
    except CannotCheck as error:
        return ProductToken(looked, None, Unread(GRANTS, error.text, error.values))
    unread = found.why_unread(GRANTS)
    newest = _newest(found.grants or (), context.scope.workloads)
    return ProductToken(looked, newest, unread, *_process(context))


def _newest(grants: Iterable[Grant], workloads: Iterable[Workload]) -> NewestConsent | None:
    table = permissions.load()
    wanted = {need.permission for need in table.application_needs(workloads)}
    needed = [
        (grant.granted, grant.permission)
        for grant in grants
        if grant.granted and wanted & table.granted([grant.permission])
    ]
    if not needed:
        return None
    last = max(granted for granted, _ in needed)
    given = sorted(name for granted, name in needed if last - granted <= _ONE_CONSENT)
    return NewestConsent(tuple(given), last)


def _process(context: Context) -> tuple[bool | None, datetime | None]:
    """Whether the Transporter's Java runs, and since when."""
    try:
        processes = context.host.processes()
        found = java.among(processes, context.host, context.product, _installation(context))
    except CannotCheck:
        return None, None
    if not found:
        return _nobody(processes), None
    return True, max(found, key=java.start).started


def _nobody(processes: Iterable[Process]) -> bool | None:
    return None if java.hidden_among(processes) else False


def _installation(context: Context) -> Installation | None:
    try:
        return context.installation()
    except CannotCheck:
        return None


def judge(seen: ProductToken, _product: Product) -> Finding:
    """By the age of the consent, and by whether the product began after it."""
    if seen.newest is None:
        return _no_consent(seen)
    lives = token_lifetimes.load()
    more: dict[str, Any] = {
        "values": _values(seen, seen.newest),
        "evidence": tuple(_evidence(seen, seen.newest)),
        "source": lives.source,
    }
    age = seen.looked - seen.newest.granted
    if age >= lives.longest:
        return ok("check.product_token.long_ago", **more)
    if seen.running is False:
        return ok("check.product_token.not_running", **more)
    if seen.started and seen.started > seen.newest.granted:
        return ok("check.product_token.began_after", **more)
    if age >= lives.usual:
        return ok("check.product_token.usually_over", **more)
    text = "began_before" if seen.started else "began_unseen"
    return warning(f"check.product_token.{text}", **more)


def _no_consent(seen: ProductToken) -> Finding:
    """A backup's app mostly lacks the right to read this: not a word against a healthy server."""
    lives = token_lifetimes.load()
    if seen.unread is None:
        return not_applicable("check.product_token.none", source=lives.source)
    values: dict[str, Value] = {**seen.unread.values, **lives.values}
    if seen.unread.reason != directory.NO_RIGHT:
        return could_not_check(seen.unread.reason, values=values)
    return not_applicable("check.product_token.no_right", values=values, source=lives.source)


def _values(seen: ProductToken, newest: NewestConsent) -> dict[str, Value]:
    lives = token_lifetimes.load()
    return {
        "permissions": ", ".join(newest.permissions),
        "count": len(newest.permissions),
        "granted": codec.to_rfc3339(newest.granted),
        "started": codec.to_rfc3339(seen.started) if seen.started else "",
        "until": codec.to_rfc3339(newest.granted + lives.usual),
        **lives.values,
    }


def _evidence(seen: ProductToken, newest: NewestConsent) -> Iterator[Evidence]:
    for name in newest.permissions:
        yield Evidence("consent_newest", name, "", "GET /appRoleAssignments")
    granted = codec.to_rfc3339(newest.granted)
    yield Evidence("consent_given", granted, "", "GET /appRoleAssignments")
    if seen.started:
        yield Evidence("transporter_started", codec.to_rfc3339(seen.started), "", "Java process")


CHECK = Check(
    "product_token",
    CauseId.PERMISSIONS,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    60.0,
    ProductToken,
    observe,
    judge,
)
