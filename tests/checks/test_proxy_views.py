# SPDX-License-Identifier: MIT
"""Who uses which proxy, and who gets through: this program, the service, Java, WinHTTP."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import assert_told
from tests.support import java_proxies, real_proxies
from tests.support.java import needs_java
from tests.support.microsoft365 import Running, running
from wizard import codec
from wizard.checks.base import Once
from wizard.checks.java_ways import JavaWays
from wizard.checks.proxy_views import CHECK, ProxyViews, judge
from wizard.checks.seen_ways import Who
from wizard.demo.behaviour import Behaviour
from wizard.demo.microsoft365 import NO_SUCH_HOST
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.errors import CannotCheck
from wizard.graph.network_walks import Walks
from wizard.graph.tenant_cloud import Basis, CloudChoice
from wizard.host.base import ProxySetting, ProxyWriting
from wizard.host.recorded import RecordedHost
from wizard.model import Finding, HostFacts, Outcome, Workload
from wizard.product import Product
from wizard.texts import Texts

UNIT = "nkv-bhsvc.service"
JAVA = "/opt/nakivo/transporter/java/jre/bin/java"
CLOSED = {"error": "error.host_path_unreadable", "values": {"path": "x", "reason": "denied"}}
HEALTHY = Behaviour()
NO_LIST = "-Dhttp.nonProxyHosts="  # else Java excepts the stand-in, which is on this computer


def words_for(address: str) -> tuple[str, ...]:
    """Java's arguments for a proxy."""
    name, _, port = address.removeprefix("http://").partition(":")
    return (f"-Dhttps.proxyHost={name}", f"-Dhttps.proxyPort={port}", NO_LIST)


def process(*arguments: str, **more: Any) -> dict[str, Any]:
    command = [JAVA, *arguments, "-jar", "transporter.jar"]
    return {"pid": 77, "name": "java", "executable": JAVA, "arguments": command, **more}


def computer(
    *arguments: str,
    environment: dict[str, str] | None = None,
    proxies: tuple[ProxySetting, ...] = (),
    service: tuple[ProxySetting, ...] = (),
    **more: Any,
) -> RecordedHost:
    """A server whose Java Transporter runs with these arguments."""
    facts = HostFacts("linux", "Debian GNU/Linux 12", "backup01", is_admin=True)
    unit = {"name": UNIT, "display_name": "NAKIVO Transporter", "state": "running"}
    conf = "/opt/nakivo/transporter/java/jre"
    recording = {
        "facts": codec.to_plain(facts),
        "environment": environment or {},
        "proxies": codec.to_plain(proxies),
        "services": [unit],
        "service_proxies": {UNIT: codec.to_plain(service)},
        "processes": [process(*arguments)],
        "files": {f"{conf}/conf": None, f"{conf}/lib": None},
        **more,
    }
    return RecordedHost(recording)


def told(
    folder: Path,
    product: Product,
    host: RecordedHost,
    behaviour: Behaviour = HEALTHY,
    **more: Any,
) -> tuple[Finding, ProxyViews]:
    with running(behaviour, folder, host) as m365:
        seen = CHECK.observe(m365.context(**more))
    assert codec.from_plain(codec.to_plain(seen), ProxyViews) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding, seen


def rows(finding: Finding, who: Who) -> list[tuple[Any, str]]:
    return [(one.value, one.source) for one in finding.evidence if one.label == f"way_{who}"]


def test_judge_when_all_go_straight_then_ok_and_each_was_tried(
    tmp_path: Path, product: Product
) -> None:
    finding, seen = told(tmp_path, product, computer())
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.proxy_views.same_without_proxy")
    assert [view.who for view in seen.views] == [Who.PROGRAM, Who.SERVICE, Who.JAVA]
    assert all(way.passed for view in seen.views for way in view.ways)
    assert rows(finding, Who.JAVA) == [
        ("without a proxy: lets connections through (localhost)", "process 77")
    ]


def test_judge_when_all_use_one_proxy_then_ok_with_javas_place(
    tmp_path: Path, product: Product
) -> None:
    with real_proxies.squid(schemes=()) as proxy:
        place = ProxySetting(f"{UNIT} HTTPS_PROXY", proxy.address)
        host = computer(
            *words_for(proxy.address),
            environment={"HTTPS_PROXY": proxy.address},
            service=(place,),
        )
        finding, _ = told(tmp_path, product, host)
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.proxy_views.same_proxy")
    assert finding.values["place"] == "-Dhttps.proxyHost of process 77"


def test_judge_when_ours_passes_and_javas_proxy_wants_a_sign_in_then_problem(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with real_proxies.squid() as proxy:
        finding, seen = told(tmp_path, product, computer(*words_for(proxy.address)))
    # This program sends no password; Java may have one.
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)
    assert "cannot see whether Java has one" in texts.summary(finding)
    assert "407" in texts.summary(finding)
    assert "Digest, Basic" in texts.summary(finding)
    own = seen.of(Who.PROGRAM)
    assert own is not None
    assert all(way.passed for way in own.ways)


def test_judge_when_javas_proxy_wants_a_sign_in_and_straight_connects_then_that_is_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with SignInProxy(ProxyBehaviour(status=407)) as proxy:
        places = (ProxySetting("system settings", proxy.address),)
        host = computer(*words_for(proxy.address), proxies=places)
        finding, _ = told(tmp_path, product, host)
    assert "as the Transporter's service is set to make them come about" in texts.summary(finding)
    assert any("may go without this proxy" in step for step in texts.advice(finding))


def test_judge_when_no_way_goes_straight_then_nothing_is_said_of_it(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with SignInProxy(ProxyBehaviour(status=407)) as proxy:
        place = ProxySetting("HTTPS_PROXY", proxy.address)
        host = computer(
            *words_for(proxy.address), environment={"HTTPS_PROXY": proxy.address}, service=(place,)
        )
        finding, _ = told(tmp_path, product, host)
    assert "Without a proxy" not in texts.summary(finding)


def test_judge_when_javas_proxy_takes_basic_alone_then_javas_own_rule_is_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with real_proxies.tinyproxy(sign_in=True) as proxy:
        finding, _ = told(tmp_path, product, computer(*words_for(proxy.address)))
    assert finding.text == "check.proxy_views.java_sign_in_basic"
    assert "jdk.http.auth.tunneling.disabledSchemes" in " ".join(texts.advice(finding))


def test_judge_when_java_is_told_to_allow_basic_then_no_step_asks_for_that_again(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    allows = ("-Djdk.http.auth.tunneling.disabledSchemes=", "-Dhttps.proxyUser=backup")
    with SignInProxy(ProxyBehaviour(status=407, schemes=("Basic",))) as proxy:
        finding, _ = told(tmp_path, product, computer(*words_for(proxy.address), *allows))
    assert (finding.text, finding.decisive) == ("check.proxy_views.java_sign_in", False)
    assert "disabledSchemes" not in " ".join(texts.advice(finding))
    assert "(-Dhttps.proxyUser of process 77)" in texts.summary(finding)


@needs_java
@pytest.mark.parametrize(
    ("schemes", "options", "expected"),
    [
        (("basic",), (), "407"),
        (("basic",), ("-Djdk.http.auth.tunneling.disabledSchemes=",), "passed"),
        (("digest",), (), "passed"),
    ],
)
def test_advice_when_a_proxy_takes_basic_alone_then_a_real_java_does_not_use_it(
    tmp_path: Path, schemes: tuple[str, ...], options: tuple[str, ...], expected: str
) -> None:
    """What the advice says of Java, with the right password at hand."""
    with real_proxies.squid(schemes) as proxy, closing_at_once() as port:
        assert java_proxies.signs_in(tmp_path, proxy, port, *options) == expected


@contextmanager
def closing_at_once() -> Iterator[int]:
    """Somebody who takes connections and ends them."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):  # closed at the end
                while True:
                    server.accept()[0].close()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def test_judge_when_javas_proxy_forbids_it_then_its_status(
    tmp_path: Path, product: Product
) -> None:
    with SignInProxy(ProxyBehaviour(status=403, schemes=())) as proxy:
        finding, _ = told(tmp_path, product, computer(*words_for(proxy.address)))
    assert (finding.outcome, finding.text) == (
        Outcome.PROBLEM,
        "check.proxy_views.java_refused",
    )
    assert str(finding.values["status"]).startswith("403")


def test_judge_when_javas_proxy_says_yes_in_a_way_that_java_does_not_take_then_not_refused(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with SignInProxy(ProxyBehaviour(status=201, schemes=())) as proxy:
        finding, _ = told(tmp_path, product, computer(*words_for(proxy.address)))
    assert finding.text == "check.proxy_views.java_other_success"
    assert "with 201 Created, where Java takes only 200" in texts.summary(finding)


def test_judge_when_javas_proxy_is_gone_then_problem(tmp_path: Path, product: Product) -> None:
    finding, _ = told(tmp_path, product, computer(*words_for("http://127.0.0.1:9")))
    assert (finding.outcome, finding.text, finding.decisive) == (
        Outcome.PROBLEM,
        "check.proxy_views.java_no_answer",
        True,
    )


def test_judge_when_only_a_proxy_leads_out_and_java_has_none_then_problem(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    """The names of Microsoft 365 are known to the proxy alone, as in many a network."""
    with real_proxies.squid(schemes=(), hosts={NO_SUCH_HOST: "127.0.0.1"}) as proxy:
        host = computer(environment={"HTTPS_PROXY": proxy.address})
        finding, _ = told(tmp_path, product, host, Behaviour(name_resolves=False))
    assert (finding.outcome, finding.text) == (
        Outcome.PROBLEM,
        "check.proxy_views.java_without_proxy",
    )
    assert proxy.address in texts.summary(finding)
    assert NO_SUCH_HOST in texts.summary(finding)
    ((ours, place),) = rows(finding, Who.PROGRAM)
    assert (ours, place) == (
        f"through {proxy.address}: lets connections through ({NO_SUCH_HOST})",
        "HTTPS_PROXY",
    )


def test_judge_when_the_same_way_fails_for_both_then_left_to_the_checks_of_that_way(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding, _ = told(tmp_path, product, computer(), Behaviour(listening=False))
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "check.proxy_views.broken_for_both",
    )
    assert "goes without a proxy to localhost, as this program does" in texts.summary(finding)
    assert "Connection refused" in texts.summary(finding)


def test_judge_when_javas_way_fails_and_ours_is_another_that_fails_too_then_problem(
    tmp_path: Path, product: Product
) -> None:
    host = computer(environment={"HTTPS_PROXY": "http://127.0.0.1:9"})
    finding, _ = told(tmp_path, product, host, Behaviour(listening=False))
    assert (finding.outcome, finding.text, finding.values["hosts"]) == (
        Outcome.PROBLEM,
        "check.proxy_views.java_without_proxy_alone",
        "localhost",
    )


@contextmanager
def own_cloud(folder: Path, **hosts: str) -> Iterator[Running]:
    """A stand-in whose cloud file names other hosts for some of its services."""
    with running(HEALTHY, folder, computer()) as m365:
        text = Path(m365.stand_in.cloud_file).read_text()
        for service, host in hosts.items():
            text = re.sub(rf'(?m)^({service} = ".*?://)[^:/"]+', rf"\g<1>{host}", text)
        file = folder / "other.toml"
        file.write_text(text)
        yield replace(m365, scope=replace(m365.scope, cloud=str(file)))


@pytest.mark.parametrize("service", ["exchange", "sharepoint", "onedrive"])
def test_find_when_a_service_has_a_host_of_its_own_then_javas_way_there_is_tried(
    tmp_path: Path, product: Product, service: str
) -> None:
    with own_cloud(tmp_path, **{service: NO_SUCH_HOST}) as m365:
        finding = judge(CHECK.observe(m365.context()), product)
    assert (finding.outcome, finding.values["hosts"]) == (Outcome.COULD_NOT_CHECK, NO_SUCH_HOST)


def test_find_when_the_cloud_is_not_known_yet_then_javas_way_is_tried_meanwhile(
    tmp_path: Path,
) -> None:
    tried, seen = threading.Event(), []
    with running(Behaviour(), tmp_path, computer()) as m365:

        def find_cloud() -> CloudChoice:
            seen.append(tried.wait(5))
            return CloudChoice(m365.cloud, Basis.DOCUMENT)

        def find_ways() -> JavaWays:
            tried.set()
            return JavaWays("process 77")

        asked = (lambda: m365.cloud, m365.scope, m365.computer, threading.Event(), no_host)
        context = replace(
            m365.context(),
            network=Walks(*asked, guess=m365.cloud),
            cloud=Once(find_cloud),
            java_ways=Once(find_ways),
        )
        CHECK.observe(context)
    assert seen == [True]


def no_host() -> str:
    raise CannotCheck("sharepoint_host.no_sign_in")


def test_find_when_no_chosen_service_needs_a_host_then_no_way_there_is_tried(
    tmp_path: Path, product: Product
) -> None:
    with own_cloud(tmp_path, exchange=NO_SUCH_HOST) as m365:
        context = m365.context(workloads=(Workload.ONEDRIVE,))
        finding = judge(CHECK.observe(context), product)
    assert finding.outcome is Outcome.OK


def test_judge_when_ours_goes_through_a_proxy_and_java_without_proxy_then_they_differ(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with SignInProxy(ProxyBehaviour(tunnels=True)) as proxy:
        host = computer(environment={"HTTPS_PROXY": proxy.address})
        finding, _ = told(tmp_path, product, host)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.proxy_views.differ")
    assert "Java goes without a proxy, but this program through" in texts.summary(finding)
    assert "(set in HTTPS_PROXY)" in texts.summary(finding)


def test_judge_when_ours_has_no_proxy_then_no_place_is_said_to_name_it(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with SignInProxy(ProxyBehaviour(tunnels=True)) as proxy:
        finding, _ = told(tmp_path, product, computer(*words_for(proxy.address)))
    assert finding.text == "check.proxy_views.differ"
    assert "(none is set in --proxy, HTTPS_PROXY, system settings)" in texts.summary(finding)


def test_judge_when_the_service_has_a_proxy_and_java_none_then_they_differ(
    tmp_path: Path, product: Product
) -> None:
    with SignInProxy(ProxyBehaviour(tunnels=True)) as proxy:
        host = computer(service=(ProxySetting(f"{UNIT} HTTPS_PROXY", proxy.address),))
        finding, _ = told(tmp_path, product, host)
    assert (finding.text, finding.values["place"]) == (
        "check.proxy_views.differ",
        f"{UNIT} HTTPS_PROXY",
    )


def test_judge_when_winhttp_names_another_then_a_row_of_its_own_and_they_differ(
    tmp_path: Path, product: Product
) -> None:
    with SignInProxy() as ours, SignInProxy(ProxyBehaviour(tunnels=True)) as passes:
        account = ProxySetting("HKCU ProxyServer", passes.address, ProxyWriting.WINDOWS)
        winhttp = ProxySetting("WinHttpSettings", ours.address, ProxyWriting.WINDOWS)
        host = computer(*words_for(passes.address), proxies=(account, winhttp))
        finding, _ = told(tmp_path, product, host)
    ((row, place),) = rows(finding, Who.SYSTEM)
    assert place == "WinHttpSettings"
    assert row.startswith(f"through {ours.address}: 407")
    assert finding.text == "check.proxy_views.differ"


def test_judge_when_java_excepts_the_hosts_then_it_goes_straight(
    tmp_path: Path, product: Product
) -> None:
    proxy = "-Dhttps.proxyHost=127.0.0.1"
    finding, _ = told(tmp_path, product, computer(proxy, "-Dhttp.nonProxyHosts=local*"))
    assert finding.outcome is Outcome.OK
    assert rows(finding, Who.JAVA) == [
        (
            "without a proxy: lets connections through (localhost)",
            "-Dhttp.nonProxyHosts of process 77",
        )
    ]


def test_judge_when_java_follows_the_system_then_the_services_account_counts(
    tmp_path: Path, product: Product
) -> None:
    with SignInProxy() as proxy:
        variable = ProxySetting(f"{UNIT} HTTPS_PROXY", "http://127.0.0.1:9")
        account = ProxySetting("HKU ProxyServer", proxy.address, ProxyWriting.WINDOWS)
        host = computer("-Djava.net.useSystemProxies=true", service=(variable, account))
        finding, _ = told(tmp_path, product, host)
    assert (finding.outcome, finding.values["place"]) == (Outcome.PROBLEM, "HKU ProxyServer")


def test_judge_when_java_follows_a_system_that_is_closed_then_could_not_check(
    tmp_path: Path, product: Product
) -> None:
    host = computer("-Djava.net.useSystemProxies=true", service_proxies=CLOSED)
    finding, _ = told(tmp_path, product, host)
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "check.proxy_views.java_closed",
    )


@pytest.mark.parametrize("more", [{"decides": False}, {"behind": "HKU AutoConfigURL PAC"}])
def test_judge_when_java_follows_a_system_that_leaves_it_open_then_could_not_check(
    more: dict[str, Any], tmp_path: Path, product: Product
) -> None:
    """Whether it looks for a script, asks it, or takes the server depends on its version."""
    place = ProxySetting("HKU place", "127.0.0.1:9", ProxyWriting.WINDOWS, **more)
    host = computer("-Djava.net.useSystemProxies=true", service=(place,))
    finding, _ = told(tmp_path, product, host)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert finding.text == "check.proxy_views.java_depends"
    assert "HKU place" in str(finding.values)
    plain, _ = told(tmp_path, product, computer(service=(place,)))
    assert plain.text != finding.text


def test_judge_when_the_services_settings_are_closed_then_not_said_of_it(
    tmp_path: Path, product: Product
) -> None:
    finding, _ = told(tmp_path, product, computer(service_proxies=CLOSED))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.proxy_views.java_alone")
    assert rows(finding, Who.SERVICE) == [("could not be read (denied)", UNIT)]


def test_judge_when_java_uses_socks_then_could_not_check(tmp_path: Path, product: Product) -> None:
    finding, _ = told(tmp_path, product, computer("-DsocksProxyHost=s.test"))
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "check.proxy_views.java_not_tried",
    )


@pytest.mark.parametrize("host", ["http://u:PLANTED@127.0.0.1", "127.0.0.1:3128", "127.0.0.1/"])
def test_judge_when_java_is_given_an_address_for_a_host_name_then_problem_with_the_right_form(
    tmp_path: Path, product: Product, texts: Texts, host: str
) -> None:
    given = computer(f"-Dhttps.proxyHost={host}", NO_LIST)
    finding, _ = told(tmp_path, product, given)
    assert (finding.outcome, finding.text, finding.decisive) == (
        Outcome.PROBLEM,
        "check.proxy_views.java_no_host",
        True,
    )
    assert "Write -Dhttps.proxyHost=HOST, with" in texts.advice(finding)[0]
    assert "PLANTED" not in repr(finding)


@needs_java
@pytest.mark.parametrize("host", ["http://127.0.0.1", "127.0.0.1:3128", "127.0.0.1/"])
def test_summary_when_java_is_given_an_address_then_a_real_java_finds_no_such_host(
    tmp_path: Path, host: str
) -> None:
    assert "UnknownHostException" in java_proxies.fails_by(tmp_path, host)


@pytest.mark.parametrize(
    ("processes", "text"),
    [
        ([], "java_not-running"),
        ([process(arguments=None)], "java_hidden"),
        ([process(arguments=None, executable=None)], "java_hidden"),
        (CLOSED, "java_hidden"),
        ([process("@/etc/options")], "java_unclear"),
    ],
)
def test_judge_when_java_cannot_be_seen_then_never_ok(
    tmp_path: Path, product: Product, processes: Any, text: str
) -> None:
    finding, _ = told(tmp_path, product, computer(processes=processes))
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        f"check.proxy_views.{text}",
    )


def test_judge_when_our_own_settings_are_closed_then_our_way_is_not_guessed(
    tmp_path: Path, product: Product
) -> None:
    finding, seen = told(tmp_path, product, computer(proxies=CLOSED))  # type: ignore[arg-type]
    own = seen.of(Who.PROGRAM)
    assert own is not None
    assert (own.ways, own.unseen) == ((), "closed")
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.proxy_views.java_alone")
    assert finding.values["unseen"] == "this program"


def test_judge_when_the_argument_string_names_one_that_runs_not_yet_then_warning(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    file = tmp_path / "settings"
    with SignInProxy(ProxyBehaviour(tunnels=True)) as proxy:
        file.write_text(" ".join(words_for(proxy.address)))
        finding, _ = told(tmp_path, product, computer(), arguments_file=str(file))
    assert (finding.outcome, finding.text) == (
        Outcome.WARNING,
        "check.proxy_views.after_restart",
    )
    assert proxy.address in texts.summary(finding)


def test_judge_when_the_string_names_none_and_java_has_one_then_not_held_against_it(
    tmp_path: Path, product: Product
) -> None:
    """What the product itself adds to the string isn't in it."""
    file = tmp_path / "settings"
    file.write_text("-Xmx1g")
    with SignInProxy(ProxyBehaviour(tunnels=True)) as proxy:
        place = ProxySetting(f"{UNIT} HTTPS_PROXY", proxy.address)
        environment = {"HTTPS_PROXY": proxy.address}
        host = computer(*words_for(proxy.address), environment=environment, service=(place,))
        finding, _ = told(tmp_path, product, host, arguments_file=str(file))
    assert finding.text == "check.proxy_views.same_proxy"


def test_judge_when_passwords_are_about_then_none_is_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with SignInProxy() as proxy:
        address = proxy.address.replace("http://", "http://u:PLANTED@")
        host = computer(environment={"HTTPS_PROXY": address})
        finding, seen = told(tmp_path, product, host)
    shown = repr(finding) + repr(codec.to_plain(seen)) + texts.summary(finding)
    assert "PLANTED" not in shown
