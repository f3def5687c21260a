# SPDX-License-Identifier: MIT
"""When do the secret and the certificate end that the app signs in with?

A certificate says it itself. When a secret ends is told by nothing but the app registration, which
an app may read only with a right that backups don't need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    problem,
    warning,
)
from wizard.errors import CannotCheck
from wizard.graph import app_roles, directory, sign_in_errors
from wizard.graph.app_registration import APPLICATION, AppCredential, Unread
from wizard.graph.sign_in_report import Credential
from wizard.model import CauseId, Evidence, Finding, Value
from wizard.product import Product

SOURCE = "app_registration"
# Sign-in errors (by their text) that say that the credential's time is over.
OVER = ("secret_expired", "certificate_dates")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class AppCredentials:
    """What the app signs in with, and what is registered for it: None where that was not read."""

    looked: datetime
    kind: Credential
    signed_in: bool
    codes: tuple[int, ...]
    file_ends: datetime | None
    thumbprint: str
    registered: tuple[AppCredential, ...] | None = None
    unread: Unread | None = None


def observe(context: Context) -> AppCredentials:
    """The shared sign-in, and the registration where it can be read."""
    signed_in = context.sign_in()
    report = signed_in.report
    registered, unread = None, None
    if signed_in.token is not None:
        registered, unread = _registered(context)
    return AppCredentials(
        looked=datetime.now(UTC).replace(microsecond=0),
        kind=report.credential,
        signed_in=report.signed_in,
        codes=report.error.codes if report.error else (),
        file_ends=report.certificate_expires,
        thumbprint=report.certificate_thumbprint,
        registered=registered,
        unread=unread,
    )


def _registered(context: Context) -> tuple[tuple[AppCredential, ...] | None, Unread | None]:
    try:
        found = context.app_registration()
    except CannotCheck as error:
        return None, Unread(APPLICATION, error.text, error.values)
    return found.credentials, found.why_unread(APPLICATION)


def judge(seen: AppCredentials, product: Product) -> Finding:
    """By the earliest end that counts; a refusal for being over is proof whatever is known."""
    evidence = tuple(_evidence(seen))
    more: dict[str, Any] = {"evidence": evidence, "source": SOURCE}
    found = sign_in_errors.load().known(seen.codes)
    if found and found[1].text in OVER:
        text = f"check.app_credentials.{found[1].text}"
        # The check of the sign-in tells it in full: one refusal is one fault.
        return not_applicable(text, values={"code": found[0]}, **more)
    soon = product.facts.credential_soon_days.value
    if seen.kind is Credential.CERTIFICATE:
        return _certificate(seen, soon, more)
    if not seen.signed_in:
        return could_not_check("error.not_signed_in")
    if seen.registered is None:
        return _unread(seen.unread, more)
    return _secret(seen, soon, more)


def _certificate(seen: AppCredentials, soon: int, more: dict[str, Any]) -> Finding:
    """The file's own date, by this computer's clock."""
    if seen.file_ends is None:
        return could_not_check("check.app_credentials.certificate_without_end", **more)
    values = _told(seen.file_ends, seen.looked, soon)
    if seen.file_ends > seen.looked:
        return _soon_or_valid("certificate", values, more)
    if seen.signed_in:  # Microsoft's clock is the one that counts
        return warning("check.app_credentials.certificate_over_and_accepted", values=values, **more)
    text = "check.app_credentials.certificate_over"
    return problem(text, values=values, decisive=True, **more)


def _unread(unread: Unread | None, more: dict[str, Any]) -> Finding:
    """The secret was accepted just now; only its end is unknown.

    A backup's app needs no right to read it, so its lack leaves nothing open about the backup.
    """
    reason = unread.reason if unread else directory.NOT_THERE
    values = dict(unread.values) if unread else {}
    if reason in (directory.NO_RIGHT, directory.ELSEWHERE):
        text = f"check.app_credentials.{reason.rpartition('.')[2]}"
        return not_applicable(text, values=values, **more)
    return could_not_check(reason, values=values, **more)


def _secret(seen: AppCredentials, soon: int, more: dict[str, Any]) -> Finding:
    """Of several valid secrets it may not be known which one is used; all of them then count."""
    valid = _valid(seen)
    ours = [secret for secret in valid if secret.ours] or valid
    ends = sorted(secret.expires for secret in ours if secret.expires)
    if not ends:
        return could_not_check("check.app_credentials.no_valid_secret", **more)
    first, last = _told(ends[0], seen.looked, soon), _told(ends[-1], seen.looked, soon)
    if len(ours) == 1 or last["days"] < soon:
        word = "secret" if len(ours) == 1 else "every_secret"
        return _soon_or_valid(word, last | {"count": len(ours)}, more)
    return _soon_or_valid("first_secret", first | {"count": len(ours)}, more)


def _valid(seen: AppCredentials) -> list[AppCredential]:
    """The secrets of which one was just accepted."""
    return [
        known
        for known in seen.registered or ()
        if known.kind is Credential.SECRET
        and (known.expires is None or known.expires > seen.looked)
        and (known.begins is None or known.begins <= seen.looked)
    ]


def _soon_or_valid(word: str, values: dict[str, Any], more: dict[str, Any]) -> Finding:
    if values["days"] < values["soon"]:
        return warning(f"check.app_credentials.{word}_soon", values=values, **more)
    return ok(f"check.app_credentials.{word}_valid", values=values, **more)


def _told(ends: datetime, looked: datetime, soon: int) -> dict[str, Any]:
    """Whole days; the last one counts as none, since backups may fail before it is over."""
    days = abs(ends - looked) // DAY
    values: dict[str, Value] = {"days": days, "soon": soon, "ends": codec.to_rfc3339(ends)}
    return values


def _evidence(seen: AppCredentials) -> Iterator[Evidence]:
    if seen.file_ends:
        ends = codec.to_rfc3339(seen.file_ends)
        yield Evidence("certificate_valid_to", ends, "", "--certificate")
        yield Evidence("certificate_thumbprint", seen.thumbprint, "", "--certificate")
    yield from _registered_evidence(seen.registered or ())
    wanted = seen.unread.values.get("wanted") if seen.unread else None
    if wanted:
        yield Evidence("app_unread_right", wanted, "", _asked())


def _registered_evidence(registered: Sequence[AppCredential]) -> Iterator[Evidence]:
    """The soonest end first; an id tells which one it is on the portal's page."""
    known = [credential for credential in registered if credential.expires]
    for credential in sorted(known, key=lambda one: (one.expires, one.hint)):
        label = "secret_in_use_valid_to" if credential.ours else f"{credential.kind}_registered_to"
        ends = codec.to_rfc3339(credential.expires) if credential.expires else ""
        yield Evidence(label, ends, "", f"{_asked()}, id {credential.hint}")


def _asked() -> str:
    return f"GET {app_roles.load().part(APPLICATION).path.partition('?')[0]}"


CHECK = Check(
    "app_credentials",
    CauseId.PERMISSIONS,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    40.0,
    AppCredentials,
    observe,
    judge,
)
