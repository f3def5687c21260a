# SPDX-License-Identifier: MIT
"""What comes of a claims challenge: the call again, with what it asks for, and without challenges.

Whether the product says that it understands challenges isn't known, so both ways are tried: with a
token that has the wanted claims, and with one of a program that knows nothing of them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace

from wizard.graph import probes, sign_in
from wizard.graph.clouds import Cloud
from wizard.graph.probes import Call
from wizard.graph.sign_in_report import Report
from wizard.host.base import Host
from wizard.model import Credentials, Scope

LEAST_S = 4.0  # with less time left, nothing is begun
REQUESTS_OF_A_SIGN_IN = 2


@dataclass(frozen=True)
class Again:
    """A new sign-in, and the challenged call made with it; None where no token came."""

    report: Report
    call: Call | None


@dataclass(frozen=True)
class FollowUp:
    """Both ways."""

    with_claims: Again
    without: Again


def first(calls: Iterable[Call]) -> Call | None:
    """The first call that was challenged."""
    return next((call for call in calls if call.error and call.error.claims), None)


@dataclass(frozen=True)
class Asking:
    """What signing in and calling again needs."""

    cloud: Cloud
    scope: Scope
    credentials: Credentials
    host: Host
    cancel: threading.Event

    def follow(self, call: Call, seconds: float) -> FollowUp | None:
        """Both ways within these seconds, None when there are too few."""
        if call.error is None or seconds < LEAST_S:
            return None
        each = seconds / 2
        met = self._again(call, each, claims=call.error.claims, challengeable=True)
        return FollowUp(met, self._again(call, each, claims="", challengeable=False))

    def _again(self, call: Call, seconds: float, *, claims: str, challengeable: bool) -> Again:
        half = seconds / 2
        limit = half / REQUESTS_OF_A_SIGN_IN / sign_in.SHARE_OF_TIMEOUT
        scope = replace(self.scope, workloads=(call.workload,), timeout_s=limit)
        signed_in = sign_in.sign_in(
            self.cloud,
            scope,
            self.credentials,
            self.host,
            self.cancel,
            claims=claims,
            challengeable=challengeable,
        )
        if signed_in.token is None:
            return Again(signed_in.report, None)
        calls = probes.run(
            self.cloud,
            scope,
            self.host,
            signed_in.token,
            self.cancel,
            claims=signed_in.claims,
            seconds=half,
        )
        return Again(signed_in.report, calls[-1] if calls else None)
