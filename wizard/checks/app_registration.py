# SPDX-License-Identifier: MIT
"""Is the app that the backup signs in with there in the tenant, and enabled?

Where its registration may not be read, the sign-in answers just as well: Microsoft gives no token
to an app that is disabled or unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wizard.checks.base import Check, Context, Need, could_not_check, not_applicable, ok, problem
from wizard.errors import CannotCheck
from wizard.graph import app_registration, app_roles, directory, sign_in_errors
from wizard.graph.app_registration import SERVICE_PRINCIPAL, AppRegistration, Unread
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Product

SOURCE = "app_registration"
# Sign-in errors (by their text) that say what the app is.
OF_APP = ("app_disabled", "app_not_in_tenant", "no_service_principal")


@dataclass(frozen=True)
class AppState:
    """The app in the tenant; `unread` says why its own entry was not seen."""

    client_id: str
    request: str  # the sign-in
    signed_in: bool
    codes: tuple[int, ...]
    enabled: bool | None = None
    single_tenant: bool | None = None
    elsewhere: bool = False  # made in another tenant
    unread: Unread | None = None


def observe(context: Context) -> AppState:
    """The shared sign-in, and the registration where it can be read."""
    signed_in = context.sign_in()
    report = signed_in.report
    codes = report.error.codes if report.error else ()
    state = AppState(report.client_id, report.request, report.signed_in, codes)
    if signed_in.token is None:
        return state
    try:
        return _with(state, context.app_registration())
    except CannotCheck as error:
        return replace(state, unread=Unread(SERVICE_PRINCIPAL, error.text, error.values))


def _with(state: AppState, found: AppRegistration) -> AppState:
    application = found.why_unread(app_registration.APPLICATION)
    return replace(
        state,
        enabled=found.enabled,
        single_tenant=found.single_tenant,
        elsewhere=application is not None and application.reason == directory.ELSEWHERE,
        unread=found.why_unread(SERVICE_PRINCIPAL),
    )


def judge(seen: AppState, _product: Product) -> Finding:
    """The directory's word first, then that of the sign-in."""
    if not seen.signed_in:
        return _refused(seen)
    evidence = tuple(_evidence(seen))
    reason = seen.unread.reason if seen.unread else ""
    if seen.enabled is False or reason == directory.DISABLED:
        text = "check.app_registration.disabled"
        return problem(text, evidence=evidence, source=SOURCE, decisive=True)
    if reason == directory.NOT_THERE:
        return problem("check.app_registration.not_there", evidence=evidence, source=SOURCE)
    if seen.enabled is None:
        return ok("check.app_registration.signed_in", evidence=evidence, source="sign_in_errors")
    return ok(f"check.app_registration.{_kind(seen)}", evidence=evidence, source=SOURCE)


def _refused(seen: AppState) -> Finding:
    found = sign_in_errors.load().known(seen.codes)
    if found is None or found[1].text not in OF_APP:
        return could_not_check("error.not_signed_in")
    text = f"check.app_registration.{found[1].text}"
    evidence, values = tuple(_evidence(seen)), {"code": found[0]}
    # The check of the sign-in tells it in full: one refusal is one fault.
    return not_applicable(text, values=values, evidence=evidence, source="sign_in_errors")


def _kind(seen: AppState) -> str:
    if seen.elsewhere:
        return "enabled_elsewhere"
    if seen.single_tenant is None:
        return "enabled"
    return "enabled_single" if seen.single_tenant else "enabled_several"


def _evidence(seen: AppState) -> Iterator[Evidence]:
    yield Evidence("client_id", seen.client_id, "", seen.request, Sensitivity.IDENTITY)
    source = f"GET {app_roles.load().part(SERVICE_PRINCIPAL).path.partition('?')[0]}"
    if seen.enabled is not None:
        yield Evidence("app_account_enabled", seen.enabled, "", source)
    wanted = seen.unread.values.get("wanted") if seen.unread else None
    if wanted:
        yield Evidence("app_unread_right", wanted, "", source)


CHECK = Check(
    "app_registration",
    CauseId.PERMISSIONS,
    frozenset({Need.NETWORK, Need.CREDENTIALS}),
    40.0,
    AppState,
    observe,
    judge,
)
