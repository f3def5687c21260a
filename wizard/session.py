# SPDX-License-Identifier: MIT
"""What the person told us and what is known so far: the one mutable object of the core."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from wizard import verdict
from wizard.host.base import Host
from wizard.model import CauseId, Credentials, Diagnosis, Emit, RunFinished, Scope, Secret, ignore
from wizard.product import Product
from wizard.texts import Texts

# The checks bring the network's libraries, which take longer to load than the window to appear.
# So they are loaded by whoever first needs them: a run, or the window once it is drawn.
if TYPE_CHECKING:
    from wizard.checks.base import Check
    from wizard.fixes.plan import Plan
    from wizard.fixes.receipt import Receipt
    from wizard.history import History


@dataclass
class Session:
    """One sitting with one computer, real or sample."""

    host: Host
    product: Product
    texts: Texts
    scope: Scope = field(default_factory=Scope)
    credentials: Credentials = field(default_factory=Credentials)
    only_checks: Sequence[Check[Any]] | None = None  # instead of all there are
    settings_file: str | None = None  # the sample's stand-in for the expert setting
    pasted_arguments: Secret | None = None  # the argument string, from the settings page
    find_history: Callable[[], History | None] = lambda: None  # None: nothing is kept
    second_look_s: float = 0.0  # after which a run looks at free space again; 0: it doesn't
    diagnosis: Diagnosis | None = None
    plan: Plan | None = None
    receipts: list[Receipt] = field(default_factory=list)

    @property
    def checks(self) -> Sequence[Check[Any]]:
        """The checks of a run."""
        if self.only_checks is not None:
            return self.only_checks
        from wizard.checks import CHECKS  # noqa: PLC0415 - see above

        return CHECKS

    def diagnose(self, emit: Emit = ignore, cancel: threading.Event | None = None) -> Diagnosis:
        """Run all checks and keep the diagnosis."""
        self.diagnosis = self._run(self.checks, emit, cancel)
        emit(RunFinished(self.diagnosis))
        return self.diagnosis

    def recheck(
        self,
        cause: CauseId,
        emit: Emit = ignore,
        cancel: threading.Event | None = None,
    ) -> Diagnosis:
        """Run one cause's checks again and rank anew; the other rows stay as they were."""
        if self.diagnosis is None:
            return self.diagnose(emit, cancel)
        before = self.diagnosis
        chosen = [check for check in self.checks if check.cause == cause]
        again = {row.check: row for row in self._run(chosen, emit, cancel).results}
        rows = tuple(again.get(row.check, row) for row in before.results)
        verdicts = verdict.rank(rows, self.product)
        self.diagnosis = replace(before, results=rows, verdicts=verdicts, cancelled=False)
        emit(RunFinished(self.diagnosis))
        return self.diagnosis

    def known_secrets(self) -> tuple[str, ...]:
        """Every secret in memory, for the one that must prove it is nowhere else."""
        held = (self.credentials.client_secret, self.credentials.certificate_password)
        return tuple(secret.reveal() for secret in held if secret)

    def _run(
        self,
        checks: Sequence[Check[Any]],
        emit: Emit,
        cancel: threading.Event | None,
    ) -> Diagnosis:
        from wizard import engine  # noqa: PLC0415 - see above
        from wizard.checks import space_trend  # noqa: PLC0415
        from wizard.checks.context import make_context  # noqa: PLC0415

        history = self.find_history()
        context = make_context(
            self.host,
            self.product,
            self.scope,
            self.credentials,
            pasted_arguments=self.pasted_arguments,
            history=history,
            second_look_s=self.second_look_s,
            emit=emit,
        )
        diagnosis = engine.run(checks, context, emit, cancel)
        if history is not None:
            space_trend.remember(diagnosis, history)
        return diagnosis
