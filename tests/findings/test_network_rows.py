# SPDX-License-Identifier: MIT
"""The network team gets what the network answered, and nothing of this computer's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.hosts import bare_context
from wizard import codec, engine
from wizard.checks import CHECKS
from wizard.checks.tenant_hosts import KnownHosts, TenantHost
from wizard.findings import network_rows
from wizard.model import CauseId, Diagnosis, Outcome, Scope
from wizard.texts import Texts

MINE = tuple(check for check in CHECKS if check.cause is CauseId.CONNECTIVITY)
OWN = {"own_ports", "log_connectivity", "trust_variables", "tenant_hosts", "tenant_cloud"}


@pytest.fixture(scope="module")
def offline() -> Diagnosis:
    return engine.run(MINE, bare_context(scope=Scope(offline=True)))


def with_observation(diagnosis: Diagnosis, check: str, observation: Any) -> Diagnosis:
    rows = (
        replace(row, observation=observation) if row.check == check else row
        for row in diagnosis.results
    )
    return replace(diagnosis, results=tuple(rows))


def test_theirs_when_all_was_looked_at_then_only_what_the_network_was_asked(
    offline: Diagnosis,
) -> None:
    kept = {row.check for row in network_rows.theirs(offline)}
    assert {check.id for check in MINE} - kept == OWN
    assert {"dns", "tcp", "proxy", "tls", "java_trust", "proxy_views", "http_answer"} <= kept


def test_views_when_the_transporters_was_left_out_then_nothing_is_known_of_it(
    offline: Diagnosis, texts: Texts
) -> None:
    rows = network_rows.theirs(offline)
    assert {row.finding.outcome for row in rows} == {Outcome.NOT_APPLICABLE}
    assert network_rows.views(rows, ()) == ()
    passed = tuple(replace(row, finding=replace(row.finding, outcome=Outcome.OK)) for row in rows)
    told = [network_rows.sentence(row, texts) for row in network_rows.views(passed, ())]
    assert len(told) == 2
    assert all(line.startswith("✓ OK: ") for line in told)


@pytest.mark.parametrize(
    ("observation", "guessed"),
    [
        (KnownHosts((TenantHost("sharepoint", "contoso", is_guess=True),), ()), {"sharepoint"}),
        (KnownHosts((TenantHost("sharepoint", "contoso"),), ()), set()),
        ({"of another version": 1}, set()),
        (None, set()),
    ],
)
def test_guessed_when_hosts_were_seen_then_those_made_from_a_name(
    offline: Diagnosis, observation: Any, guessed: set[str]
) -> None:
    seen = with_observation(offline, "tenant_hosts", codec.to_plain(observation))
    assert network_rows.guessed(seen) == guessed
