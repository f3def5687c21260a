# SPDX-License-Identifier: MIT
"""A failure of this program counts as hard evidence only on the way that Java takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.checks.test_proxy_views import NO_LIST, computer, process
from tests.checks.told import assert_told
from tests.support.microsoft365 import running
from wizard.checks import dns, http_answer, own_way, proxy, proxy_views, tcp
from wizard.checks.base import problem
from wizard.checks.own_way import Compared, JavasWay
from wizard.demo.behaviour import Behaviour
from wizard.demo.microsoft365 import NO_SUCH_HOST
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.findings import station_words
from wizard.graph.answer import Answer, AnswerKind
from wizard.host.recorded import RecordedHost
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

DEAD = "http://127.0.0.1:9"
NO_JAVA: dict[str, Any] = {"processes": []}


def found(check: Any, folder: Path, product: Product, host: RecordedHost, proxy: str) -> Finding:
    """What a check says when this program goes through a proxy."""
    with running(Behaviour(), folder, host) as m365:
        finding: Finding = check.CHECK.judge(
            check.CHECK.observe(m365.context(proxy=proxy)), product
        )
    assert_told(finding, product)
    return finding


@pytest.mark.parametrize(
    ("check", "address"), [(tcp, DEAD), (dns, f"http://{NO_SUCH_HOST}:80")], ids=["tcp", "dns"]
)
def test_judge_when_only_our_proxy_is_dead_then_a_warning_that_names_javas_way(
    tmp_path: Path, product: Product, texts: Texts, check: Any, address: str
) -> None:
    finding = found(check, tmp_path, product, computer(), address)
    assert (finding.outcome, finding.decisive) == (Outcome.WARNING, False)
    # Nothing is set there, so no place is said to name it.
    summary = texts.summary(finding)
    assert "goes another way (without a proxy; none is set in process 77)" in summary


def test_judge_when_only_our_proxy_refuses_then_a_warning(tmp_path: Path, product: Product) -> None:
    with SignInProxy(ProxyBehaviour(status=403)) as gate:
        finding = found(proxy, tmp_path, product, computer(), gate.address)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "own_way.other")


def test_judge_when_the_proxy_wants_a_sign_in_then_no_hard_evidence(
    tmp_path: Path, product: Product
) -> None:
    """Java goes the same way, but may have a password that can't be seen."""
    with SignInProxy(ProxyBehaviour(status=407)) as gate:
        port = gate.address.rpartition(":")[2]
        words = ("-Dhttps.proxyHost=127.0.0.1", f"-Dhttps.proxyPort={port}", NO_LIST)
        finding = found(proxy, tmp_path, product, computer(*words), gate.address)
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, "check.proxy.sign_in")
    assert not finding.decisive


def test_judge_when_java_is_not_seen_then_a_problem_without_hard_evidence(
    tmp_path: Path, product: Product
) -> None:
    finding = found(tcp, tmp_path, product, computer(**NO_JAVA), DEAD)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert "way_java" not in [evidence.label for evidence in finding.evidence]


def test_judge_when_java_is_not_seen_then_the_check_of_its_proxy_alone_says_why(
    tmp_path: Path, product: Product
) -> None:
    finding = found(proxy_views, tmp_path, product, computer(**NO_JAVA), DEAD)
    rows = [row.value for row in finding.evidence if row.label == "way_java"]
    assert rows == ["not running"]


def test_judge_when_java_goes_the_same_way_then_hard_evidence(
    tmp_path: Path, product: Product
) -> None:
    words = ("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=9", "-Dhttp.nonProxyHosts=")
    finding = found(tcp, tmp_path, product, computer(*words), DEAD)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)


def test_stations_when_java_goes_another_way_then_nothing_is_broken(
    tmp_path: Path, texts: Texts
) -> None:
    with running(Behaviour(), tmp_path, computer()) as m365:
        seen = tcp.CHECK.observe(m365.context(proxy=DEAD))
    station = station_words.connection(seen.lines[0], texts)
    assert station.outcome is Outcome.WARNING
    assert station.tried[-1].told == "the Transporter's Java goes another way: without a proxy"


def test_weighed_when_one_host_fails_on_javas_way_too_then_it_stays_a_problem() -> None:
    ways = (JavasWay(Compared.OTHER), JavasWay(Compared.SAME))
    assert own_way.weighed(problem("x"), ways, {}).outcome is Outcome.PROBLEM


def test_judge_when_java_is_in_another_network_then_could_not_check(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    host = computer(processes=[process(apart=["net", "mnt"])])
    with running(Behaviour(), tmp_path, host) as m365:
        finding = proxy_views.judge(proxy_views.CHECK.observe(m365.context()), product)
    assert_told(finding, product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "network of its own" in texts.summary(finding)


def test_judge_when_a_page_answers_on_our_way_alone_then_a_warning(product: Product) -> None:
    java = JavasWay(Compared.OTHER, "straight", "process 77")
    got = Answer("https://login.test/", AnswerKind.NOT_MICROSOFT, 200)
    one = http_answer.EndpointAnswer("sign-in", "login.test", got.url, got, None, java)
    finding = http_answer.judge(http_answer.Answers((one,), None, None), product)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "own_way.other")
