# SPDX-License-Identifier: MIT
"""The ways as stations, made of what the real checks recorded of real loopback servers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks import CHECKS, dns, http_answer, proxy, tcp, tls
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.proxy import SignInProxy
from wizard.findings import stations
from wizard.findings.stations import Path as Way
from wizard.graph.network_path import Layer
from wizard.model import CauseId, CheckResult, Finding, Outcome
from wizard.texts import Texts

WALKED = (dns.CHECK, tcp.CHECK, proxy.CHECK, tls.CHECK, http_answer.CHECK)
OK, BROKEN, NONE, MISSED = (
    Outcome.OK,
    Outcome.PROBLEM,
    Outcome.NOT_APPLICABLE,
    Outcome.COULD_NOT_CHECK,
)


def observed(folder: Path, behaviour: Behaviour, **more: Any) -> dict[str, Any]:
    """What the checks record, once through JSON as a package keeps it."""
    with running(behaviour, folder) as m365:
        context = m365.context(**more)
        seen = {check.id: codec.to_plain(check.observe(context)) for check in WALKED}
    plain: dict[str, Any] = json.loads(json.dumps(seen))
    return plain


def walked(folder: Path, texts: Texts, behaviour: Behaviour, **more: Any) -> dict[str, Way]:
    paths = stations.of(observed(folder, behaviour, **more), texts)
    return {path.endpoint: path for path in paths}


def outcomes(path: Way) -> list[Outcome | None]:
    return [station.outcome for station in path.stations]


@pytest.mark.parametrize(
    ("behaviour", "broken", "seen"),
    [
        (Behaviour(), None, [OK, OK, NONE, OK, OK]),
        (Behaviour(name_resolves=False), Layer.NAME, [BROKEN, MISSED, NONE, MISSED, MISSED]),
        (Behaviour(listening=False), Layer.CONNECTION, [OK, BROKEN, NONE, MISSED, MISSED]),
        (Behaviour(untrusted_authority=True), Layer.ENCRYPTION, [OK, OK, NONE, BROKEN, MISSED]),
        (Behaviour(wrong_page=True), Layer.ANSWER, [OK, OK, NONE, OK, BROKEN]),
    ],
)
def test_of_when_a_layer_breaks_then_that_station_alone_is_broken(
    tmp_path: Path,
    texts: Texts,
    behaviour: Behaviour,
    broken: Layer | None,
    seen: list[Outcome | None],
) -> None:
    for path in walked(tmp_path, texts, behaviour).values():
        assert outcomes(path) == seen
        assert (path.broken.layer if path.broken else None) is broken
        assert path.outcome is (BROKEN if broken else OK)
        assert all(station.told for station in path.stations)


def test_of_when_a_proxy_refuses_then_name_and_connection_are_the_proxys(
    tmp_path: Path, texts: Texts
) -> None:
    with SignInProxy() as wants_sign_in:
        paths = walked(tmp_path, texts, Behaviour(), proxy=wants_sign_in.address)
    path = paths["graph"]
    assert outcomes(path) == [OK, OK, BROKEN, MISSED, MISSED]
    name, connection, asked, _, _ = path.stations
    assert name.told.endswith("(proxy)")
    assert f"port {wants_sign_in.port}" in connection.tried[0].told
    assert asked.told == "wants a sign-in (407)"
    assert f"CONNECT localhost:{path.port} sent to {wants_sign_in.address}" in asked.tried[0].told
    assert "methods of sign-in: Basic" in asked.tried[0].told


def test_together_when_ways_break_alike_then_equal_attempts_are_told_once(
    tmp_path: Path, texts: Texts
) -> None:
    paths = walked(tmp_path, texts, Behaviour(listening=False)).values()
    (merged,) = stations.together(paths, texts)
    name, connection = merged.stations[:2]
    assert [one.told.partition(":")[0] for one in name.tried] == ["lookup of localhost"]
    assert len(name.tried[0].ms) == len(paths)
    assert len(connection.tried) >= len(paths)  # each has a port of its own


def test_of_when_walked_then_hosts_ports_and_names_of_all_endpoints(
    tmp_path: Path, texts: Texts
) -> None:
    paths = walked(tmp_path, texts, Behaviour())
    assert list(paths) == ["sign-in", "graph", "exchange", "sharepoint", "onedrive"]
    assert {path.host for path in paths.values()} == {"localhost"}
    assert len({path.port for path in paths.values()}) == len(paths)
    assert [path.name for path in paths.values()][:3] == [
        "Sign-in",
        "Microsoft Graph",
        "Exchange Online",
    ]


def test_of_when_only_the_first_layer_is_known_then_the_others_are_not(
    tmp_path: Path, texts: Texts
) -> None:
    seen = observed(tmp_path, Behaviour())
    paths = stations.of({dns.CHECK.id: seen[dns.CHECK.id]}, texts)
    assert {tuple(outcomes(path)) for path in paths} == {(OK, None, None, None, None)}
    assert {path.outcome for path in paths} == {None}
    assert stations.verdict(paths[0], texts) == "not known yet"


@pytest.mark.parametrize("foreign", [None, [], {"names": [{"endpoint": 1}]}, {"other": 1}])
def test_of_when_an_observation_is_of_another_version_then_its_layer_is_not_known(
    tmp_path: Path, texts: Texts, foreign: Any
) -> None:
    seen = observed(tmp_path, Behaviour())
    paths = stations.of({**seen, dns.CHECK.id: foreign}, texts)
    assert {path.stations[0].outcome for path in paths} == {None}
    assert {path.stations[1].outcome for path in paths} == {OK}


def test_of_when_a_host_is_not_known_then_its_way_is_told_as_not_walked(
    tmp_path: Path, texts: Texts
) -> None:
    seen = observed(tmp_path, Behaviour())
    left = [{"endpoint": "onedrive", "reason": "sharepoint_host.no_sign_in", "values": {}}]
    for check in WALKED:
        for rows in seen[check.id].values():
            if isinstance(rows, list):
                rows[:] = [row for row in rows if row["endpoint"] != "onedrive"]
    seen["tenant_hosts"] = {"hosts": [], "left_out": left}
    paths = {path.endpoint: path for path in stations.of(seen, texts)}
    assert len(paths) == 5
    path = paths["onedrive"]
    assert (path.stations, path.outcome, path.broken) == ((), MISSED, None)
    assert stations.sentence(path, texts) == "OneDrive, host not known: not walked"


def test_of_when_nothing_was_walked_then_no_way(texts: Texts) -> None:
    assert stations.of({}, texts) == ()
    assert stations.of_document({"causes": []}, texts) == ()


def test_sentence_when_broken_then_the_station_is_named_in_words(
    tmp_path: Path, texts: Texts
) -> None:
    path = walked(tmp_path, texts, Behaviour(listening=False))["sign-in"]
    told = stations.sentence(path, texts)
    assert told.startswith(f"Sign-in, localhost, port {path.port}: broken at Connection. Name: ")
    assert "Connection: refused" in told
    assert told.endswith("Answer: not reached")


def test_verdict_when_open_then_only_for_this_program(tmp_path: Path, texts: Texts) -> None:
    path = walked(tmp_path, texts, Behaviour())["graph"]
    assert stations.verdict(path, texts) == "open all the way for this program"


def test_through_transporter_when_checked_then_its_own_views_alone(tmp_path: Path) -> None:
    known = {check.id for check in CHECKS}
    assert set(stations.TRANSPORTER) <= known
    finding = Finding(OK, "x")
    moment: Any = None
    row = CheckResult("dns", CauseId.CONNECTIVITY, finding, moment, 0.0)
    views = [replace(row, check=check) for check in stations.TRANSPORTER]
    assert stations.through_transporter([row, *views]) == tuple(views)


def test_address_when_the_host_is_ipv6_then_in_brackets() -> None:
    way = Way("graph", "Graph", "fd00::7", 443, (), "")
    assert stations.address(way) == "[fd00::7]:443"
