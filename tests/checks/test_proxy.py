# SPDX-License-Identifier: MIT
"""The proxy: none, passing, refusing in each way, odd settings, not reached."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.told import assert_told
from tests.graph.test_pac import at, serving
from tests.support import real_proxies
from tests.support.microsoft365 import host, running
from wizard import codec
from wizard.checks.proxy import CHECK, ProxyUses, judge
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.graph.network_path import Layer
from wizard.graph.tunnel import NOT_HTTP, Tunnel
from wizard.host.base import ProxySetting, ProxyWriting
from wizard.host.recorded import RecordedHost
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts


def told(
    folder: Path, product: Product, computer: RecordedHost | None = None, proxy: str | None = None
) -> Finding:
    with running(Behaviour(), folder, computer) as m365:
        seen = CHECK.observe(m365.context(proxy=proxy))
    assert codec.from_plain(codec.to_plain(seen), ProxyUses) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def test_judge_when_none_is_set_then_ok(tmp_path: Path, product: Product) -> None:
    finding = told(tmp_path, product)
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.proxy.none")


def test_judge_when_it_passes_then_ok_with_place_and_time(tmp_path: Path, product: Product) -> None:
    with SignInProxy(ProxyBehaviour(tunnels=True)) as proxy:
        finding = told(tmp_path, product, host({"HTTPS_PROXY": proxy.address}))
    assert (finding.outcome, finding.values["place"]) == (Outcome.OK, "HTTPS_PROXY")
    used = [evidence.value for evidence in finding.evidence if evidence.label == "proxy_used"]
    assert used == [proxy.address]


def test_judge_when_windows_only_looks_by_itself_then_ok_and_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    detects = ProxySetting("HKCU Connections PAC", "WPAD", ProxyWriting.WINDOWS, decides=False)
    finding = told(tmp_path, product, host(proxies=(detects,)))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.proxy.none_but_detects")
    assert "was not tried" in texts.summary(finding)
    assert [(one.label, one.value) for one in finding.evidence] == [("proxy_detected", "WPAD")]


def test_judge_when_windows_asks_a_script_before_the_server_then_warning_with_both(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    script = ProxySetting("HKCU AutoConfigURL PAC", "http://wpad/a.pac", ProxyWriting.WINDOWS)
    with SignInProxy(ProxyBehaviour(tunnels=True)) as proxy:
        server = ProxySetting(
            "HKCU ProxyServer", proxy.address, ProxyWriting.WINDOWS, behind=script.source
        )
        finding = told(tmp_path, product, host(proxies=(server, script)))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.proxy.behind_script")
    summary = texts.summary(finding)
    assert proxy.address in summary
    assert f"({script.source}), which Windows asks first" in summary


def test_judge_when_it_wants_a_sign_in_then_problem_with_schemes(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with SignInProxy(ProxyBehaviour(schemes=("NTLM", "Basic"))) as proxy:
        finding = told(tmp_path, product, proxy=proxy.address)
    # Nobody saw which way Java goes.
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert "407" in texts.summary(finding)
    assert "NTLM, Basic" in texts.summary(finding)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (403, "refused"),
        (502, "no_way_out"),
        (504, "no_way_out"),
        (418, "other_status"),
        (201, "other_success"),
    ],
)
def test_judge_when_it_refuses_then_problem_by_status(
    tmp_path: Path, product: Product, status: int, text: str
) -> None:
    with SignInProxy(ProxyBehaviour(status=status, schemes=())) as proxy:
        finding = told(tmp_path, product, proxy=proxy.address)
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, f"check.proxy.{text}")


def test_judge_when_a_real_proxy_takes_the_sign_in_then_ok(
    tmp_path: Path, product: Product
) -> None:
    with real_proxies.squid() as proxy:
        finding = told(tmp_path, product, host({"HTTPS_PROXY": proxy.signed_in()}))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.proxy.open")


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this computer has no IPv6")
def test_walk_when_the_proxy_has_an_ipv6_address_then_the_answer_comes_through_it(
    tmp_path: Path,
) -> None:
    with real_proxies.tinyproxy(sign_in=True, host="::1") as proxy:
        computer = host({"HTTPS_PROXY": proxy.signed_in()})
        with running(Behaviour(), tmp_path, computer) as m365:
            paths = m365.walk()
    assert {path.proxy.address for path in paths.values()} == {proxy.address}
    assert {path.broken for path in paths.values()} == {None}


def test_judge_when_a_real_proxy_does_not_take_it_then_the_password_is_wrong(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with real_proxies.squid() as proxy:
        finding = told(tmp_path, product, host({"HTTPS_PROXY": proxy.signed_in("WRONG-ONE")}))
    assert (finding.outcome, finding.text) == (Outcome.PROBLEM, "check.proxy.wrong_password")
    assert "HTTPS_PROXY (407)" in texts.summary(finding)
    assert "WRONG-ONE" not in repr(finding)


def test_judge_when_it_does_not_take_basic_then_the_password_is_not_blamed(
    tmp_path: Path, product: Product
) -> None:
    with real_proxies.squid(schemes=("digest",)) as proxy:
        finding = told(tmp_path, product, host({"HTTPS_PROXY": proxy.signed_in()}))
    assert (finding.text, finding.values["schemes"]) == ("check.proxy.sign_in", "Digest")


def test_judge_when_a_proxy_says_401_of_a_wrong_password_then_told_as_such(
    tmp_path: Path, product: Product
) -> None:
    with real_proxies.tinyproxy(sign_in=True) as proxy:
        finding = told(tmp_path, product, host({"HTTPS_PROXY": proxy.signed_in("WRONG-ONE")}))
    assert (finding.text, finding.values["status"]) == ("check.proxy.wrong_password", 401)


def test_judge_when_its_name_is_not_found_then_its_name_and_all_endpoints(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        seen = CHECK.observe(m365.context(proxy="http://proxy.invalid:8080"))
    login, graph = (replace(use, host=f"{use.endpoint}.test") for use in seen.uses[:2])
    finding = judge(ProxyUses((login, graph)), product)
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, "check.proxy.name_lost")
    sentence = texts.summary(finding)
    assert "not tested for sign-in.test, graph.test" in sentence
    assert "no address came for its own host name, proxy.invalid" in sentence


def test_judge_when_it_does_not_listen_then_could_not_check(
    tmp_path: Path, product: Product
) -> None:
    finding = told(tmp_path, product, proxy="http://127.0.0.1:9")
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "check.proxy.not_connected",
    )


def test_judge_when_no_proxy_answers_there_then_words(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    tunnel = Tunnel(None, "", (), NOT_HTTP, 1.0)
    with SignInProxy() as proxy, running(Behaviour(), tmp_path) as m365:
        seen = CHECK.observe(m365.context(proxy=proxy.address))
    finding = judge(ProxyUses((replace(seen.uses[0], tunnel=tunnel),)), product)
    assert "what it sent is no answer of a proxy" in texts.summary(finding)


@pytest.mark.parametrize(
    ("value", "text"),
    [("socks5://p:1", "check.proxy.scheme"), ("http://:1", "check.proxy.not-an-address")],
)
def test_judge_when_it_cannot_be_used_then_could_not_check(
    tmp_path: Path, product: Product, value: str, text: str
) -> None:
    finding = told(tmp_path, product, host({"HTTPS_PROXY": value}))
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, text)


def test_judge_when_script_then_warning(tmp_path: Path, product: Product) -> None:
    computer = host(None, (ProxySetting("WinINET AutoConfigURL PAC", "http://wpad/p.pac"),))
    finding = told(tmp_path, product, computer)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.proxy.script")


def test_judge_when_a_script_names_proxies_then_told_and_the_one_that_passes_is_offered(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with (
        SignInProxy() as refuses,
        SignInProxy(ProxyBehaviour(tunnels=True)) as passes,
        serving(f'"PROXY {at(refuses)}; PROXY {at(passes)}"') as address,
    ):
        computer = host(None, (ProxySetting("WinINET AutoConfigURL PAC", address),))
        finding = told(tmp_path, product, computer)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.proxy.script_names")
    assert f"--proxy {passes.address}" in texts.advice(finding)[0]
    rows = [one.value for one in finding.evidence if one.label == "proxy_in_script"]
    assert rows == [
        f"{refuses.address}: 407 Proxy Authentication Required",
        f"{passes.address}: lets connections through",
    ]


def test_judge_when_excepted_then_ok(tmp_path: Path, product: Product) -> None:
    finding = told(tmp_path, product, host({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "localhost"}))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.proxy.excepted")


def test_judge_when_settings_cannot_be_read_then_never_ok(tmp_path: Path, product: Product) -> None:
    finding = told(tmp_path, product, host(proxies=None))
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, "check.proxy.unreadable")


def test_judge_when_password_then_never_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with SignInProxy() as proxy:
        address = proxy.address.replace("http://", "http://user:PLANTED@")
        finding = told(tmp_path, product, host({"HTTPS_PROXY": address}))
    shown = texts.summary(finding) + repr(finding) + "".join(texts.advice(finding))
    assert finding.outcome is Outcome.PROBLEM
    assert "PLANTED" not in shown


def test_judge_when_a_script_is_too_long_then_how_much_was_read(
    tmp_path: Path, product: Product
) -> None:
    with serving(" " * 1_100_000) as address:
        computer = host(None, (ProxySetting("WinINET AutoConfigURL PAC", address),))
        finding = told(tmp_path, product, computer)
    rows = [one.value for one in finding.evidence if one.label == "script_cut"]
    assert rows == [1.0]


def test_judge_when_a_script_needs_its_query_then_fetched_with_it_and_shown_without(
    tmp_path: Path, product: Product
) -> None:
    with SignInProxy() as proxy, serving(f'"PROXY {at(proxy)}"') as address:
        whole = f"{address}?token=PLANTED"
        computer = host(None, (ProxySetting("WinINET AutoConfigURL PAC", whole),))
        finding = told(tmp_path, product, computer)
    assert finding.values["named"] == proxy.address
    assert "PLANTED" not in repr(finding)
    assert f"{address}?..." in [one.source for one in finding.evidence]


def test_observe_when_there_is_no_proxy_then_no_connection_is_waited_for(tmp_path: Path) -> None:
    with running(Behaviour(hang_s=1.5), tmp_path) as m365:
        context = m365.context()
        context.network(Layer.NAME)
        begun = time.monotonic()
        seen = CHECK.observe(context)
        took = time.monotonic() - begun
    assert took < 0.5
    assert {use.choice.address for use in seen.uses} == {None}
