# SPDX-License-Identifier: MIT
"""What the network team is asked where only the Transporter's Java fails at a proxy."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.test_proxy_views import computer, words_for
from tests.support import real_proxies
from tests.support.microsoft365 import host, running
from wizard import engine
from wizard.checks import CHECKS
from wizard.checks.base import problem
from wizard.demo.behaviour import Behaviour
from wizard.demo.microsoft365 import NO_SUCH_HOST
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.findings import network_java, network_request, stations
from wizard.findings.network_request import Places
from wizard.host.recorded import RecordedHost
from wizard.model import CauseId
from wizard.product import Product
from wizard.texts import Texts

MINE = tuple(check for check in CHECKS if check.cause is CauseId.CONNECTIVITY)


def asked(folder: Path, server: RecordedHost, product: Product, texts: Texts) -> list[str]:
    with running(Behaviour(), folder, server) as m365:
        rows = engine.run(MINE, m365.context()).results
    paths = stations.of_results(rows, texts)
    assert not any(path.broken for path in paths)
    places = Places(frozenset(), texts)
    return list(network_request.lines(paths, rows, "backup01", product, places))


@pytest.mark.parametrize(
    ("status", "part"),
    [(407, "without a sign-in"), (403, "let backup01 pass the proxy"), (503, "to a way out")],
)
def test_asked_when_a_proxy_stops_java_alone_then_it_is_named_with_hosts_and_ports(
    tmp_path: Path, product: Product, texts: Texts, status: int, part: str
) -> None:
    with SignInProxy(ProxyBehaviour(status=status)) as proxy:
        told = asked(tmp_path, computer(*words_for(proxy.address)), product, texts)
    assert part in told[0]
    assert proxy.address in told[0]
    assert len(told) > 3
    assert all(":" in line for line in told[1:])


def test_asked_when_the_host_of_javas_proxy_is_mistyped_then_nobody_else_is_asked(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    server = computer(*words_for(f"http://{NO_SUCH_HOST}:3128"))
    assert asked(tmp_path, server, product, texts) == []


def test_asked_when_javas_proxy_has_no_host_then_nobody_else_is_asked(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    server = computer("-Dhttps.proxyHost=http://proxy:3128", "-Dhttp.nonProxyHosts=")
    assert asked(tmp_path, server, product, texts) == []


def test_lines_when_the_password_of_a_real_proxy_is_wrong_then_the_right_one_is_asked_for(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with (
        real_proxies.squid(("basic",)) as proxy,
        running(Behaviour(), tmp_path, host({"HTTPS_PROXY": proxy.signed_in("wrong")})) as m365,
    ):
        rows = engine.run(MINE, m365.context()).results
    paths = stations.of_results(rows, texts)
    places = Places(frozenset(), texts)
    first = next(network_request.lines(paths, rows, "backup01", product, places))
    assert "the right user name and password" in first
    assert proxy.address in first


@pytest.mark.parametrize(
    ("why", "kind"),
    [
        ("407", "proxy_sign_in"),
        ("403", "proxy"),
        ("not-http", "proxy_silent"),
        ("", "proxy_silent"),
    ],
)
def test_of_proxy_when_it_answers_then_what_is_asked(why: str, kind: str) -> None:
    assert network_java.of_proxy(why) == kind


def test_asked_when_java_gets_nowhere_without_a_proxy_then_that_or_the_right_one_is_asked_for(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    """This program gets through its own proxy, and Java is recorded as getting nowhere."""
    with (
        real_proxies.squid(()) as proxy,
        running(Behaviour(), tmp_path, computer()) as m365,
    ):
        rows = engine.run(MINE, m365.context(proxy=proxy.address)).results
        paths = stations.of_results(rows, texts)
        views = next(row for row in rows if row.check == "proxy_views")
        plain = json.loads(
            json.dumps(views.observation).replace('"passed": true', '"passed": false')
        )
    told = replace(views, observation=plain, finding=problem("check.proxy_views.any"))
    places = Places(frozenset(), texts)
    lines = list(network_request.lines(paths, (told,), "backup01", product, places))
    assert lines[0].startswith("Please allow TCP connections of backup01 without a proxy, or tell")
    assert len(lines) == 1 + len(paths)
