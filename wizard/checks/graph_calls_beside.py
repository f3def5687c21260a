# SPDX-License-Identifier: MIT
"""What else is known of refused calls: by the logs of the backup, and by the services' own tokens.

A call is made for objects that nobody may back up. Only where the newest run met a refusal of the
same request is such a refusal more than a hint.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from wizard.checks import rejected_operations_evidence
from wizard.checks.base import Context
from wizard.checks.graph_call_numbers import is_of_one
from wizard.errors import WizardError
from wizard.graph import graph_errors, operations, resource_tokens
from wizard.graph.probes import Call
from wizard.model import Workload
from wizard.nakivo.log_operations import RejectedOperation, Standing

SERVICE_DISABLED = "service_disabled"  # the row of the catalogue
# Meanings of refused tokens that say the same of a service.
_SWITCHED_OFF = ("resource_disabled", "no_subscription")
# Nothing of the kind was answered well after the refusal, as far as the logs go.
_THROUGHOUT = (Standing.SINCE, Standing.WITHIN, Standing.CLEAN_RUN, Standing.NOT_SEEN)


def logged(context: Context, calls: Iterable[Call]) -> tuple[Workload, ...] | None:
    """The services whose request the newest run saw refused, too; None where no log tells.

    The logs are waited for only where a refusal may be about single objects.
    """
    refused = [call for call in calls if call.error and is_of_one(call)]
    if not refused:
        return None
    with suppress(WizardError):
        evidence = context.logs()
        if evidence.answered_well or evidence.rejected:
            return _seen_by(evidence.rejected, refused)
    return None


def _seen_by(
    rejected: Sequence[RejectedOperation], refused: Iterable[Call]
) -> tuple[Workload, ...]:
    lasting = [one for one in rejected if _lasts(one)]
    return tuple(
        dict.fromkeys(
            call.workload
            for call in refused
            if any(
                (one.method, one.path) == ("GET", operations.place_of(call.path)) for one in lasting
            )
        )
    )


def _lasts(one: RejectedOperation) -> bool:
    """Whether the newest run met it, for a reason that stays, and to the end."""
    is_throughout = bool(one.recent) and one.standing in _THROUGHOUT
    return is_throughout and rejected_operations_evidence.read(one, None).explains


def switched_off(context: Context, calls: Iterable[Call]) -> tuple[Workload, ...]:
    """The refused services to which no token is issued either, as the check of services tells."""
    catalogue = graph_errors.load()
    refused = [
        call.workload
        for call in calls
        if call.error and catalogue.reading(call.error).id == SERVICE_DISABLED
    ]
    return tuple(one for one in dict.fromkeys(refused) if _has_no_token(context, one))


def _has_no_token(context: Context, workload: Workload) -> bool:
    for resource in resource_tokens.load().of((workload,)):
        with suppress(WizardError):
            token = resource_tokens.recorded(resource, context.resource_tokens[resource]())
            if token.meaning in _SWITCHED_OFF:
                return True
    return False
