# SPDX-License-Identifier: MIT
"""Which rows of a diagnosis concern whoever runs the network, the worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard import codec
from wizard.checks import CHECKS, tenant_cloud, tenant_hosts
from wizard.checks.base import Need
from wizard.errors import BadInput
from wizard.findings import stations, wording
from wizard.model import CauseId, CheckResult, Diagnosis, Outcome
from wizard.texts import Texts

_NOT_REACHED = "not_reached."  # told by the check whose layer broke
_WORTH_TELLING = (Outcome.PROBLEM, Outcome.WARNING, Outcome.COULD_NOT_CHECK, Outcome.TIMED_OUT)
# Which tenant and which cloud is meant is for whoever runs the backups.
_OF_BACKUP = (tenant_hosts.CHECK.id, tenant_cloud.CHECK.id)


def theirs(diagnosis: Diagnosis) -> tuple[CheckResult, ...]:
    """What was asked of the network; what this computer told of itself is not their matter."""
    asked = {check.id for check in CHECKS if Need.NETWORK in check.needs} - {*_OF_BACKUP}
    return tuple(row for row in diagnosis.of_cause(CauseId.CONNECTIVITY) if row.check in asked)


def telling(rows: Sequence[CheckResult], *, is_broken: bool) -> Sequence[CheckResult]:
    """The rows that aren't well, the worst first; without what another row's fault made untold."""
    worth = _WORTH_TELLING[:2] if is_broken else _WORTH_TELLING
    told = [row for row in rows if row.finding.outcome in worth and not _is_by_another(row)]
    return sorted(told, key=_badness)


def views(rows: Sequence[CheckResult], told: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """What is known of the Transporter's view, beside the rows that are told already."""
    return tuple(
        row
        for row in stations.through_transporter(rows)
        if row not in told
        and row.finding.outcome is not Outcome.NOT_APPLICABLE
        and not _is_by_another(row)
    )


def sentence(row: CheckResult, texts: Texts) -> str:
    """What was found, without advice: that is for whoever looks after the server."""
    outcome = str(row.finding.outcome)
    word, title = wording.outcome_word(outcome, texts), wording.check_title(row.check, texts)
    return f"{wording.glyph(outcome)} {word}: {title}. {texts.summary(row.finding)}"


def guessed(diagnosis: Diagnosis) -> frozenset[str]:
    """The endpoints whose host was made from the tenant's name, so that it may be nobody's."""
    return frozenset(_guessed(diagnosis.of_cause(CauseId.CONNECTIVITY)))


def _guessed(rows: Sequence[CheckResult]) -> Iterator[str]:
    for row in rows:
        if row.check != tenant_hosts.CHECK.id or row.observation is None:
            continue
        try:
            seen = codec.from_plain(row.observation, tenant_hosts.KnownHosts)
        except BadInput:  # of another version
            continue
        yield from (one.endpoint for one in seen.hosts if one.is_guess)


def _is_by_another(row: CheckResult) -> bool:
    return row.finding.text.startswith(_NOT_REACHED)


def _badness(row: CheckResult) -> tuple[int, bool]:
    return _WORTH_TELLING.index(row.finding.outcome), not row.finding.decisive
