# SPDX-License-Identifier: MIT
"""Which proxy does Java use? A real Java, where there is one, must say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.host.samples import ROOT, TEMP, closed, file, java, windows_server
from tests.support import java_proxies
from tests.support.java import needs_java
from tests.support.java_proxies import Chooser
from wizard.graph import proxies
from wizard.nakivo import java as java_processes
from wizard.nakivo import java_proxy
from wizard.nakivo.java_properties import Told
from wizard.nakivo.java_proxy import JavaProxy
from wizard.product import Product

HOST = "login.microsoftonline.com"
JRE = ROOT + r"\transporter\java\jre"
P = {"https.proxyHost": "p.test"}


@pytest.fixture(scope="module")
def chooser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chooser]:
    with java_proxies.chooser(tmp_path_factory.mktemp("java")) as running:
        yield running


def read(properties: Mapping[str, str]) -> JavaProxy:
    return java_proxy.read(
        lambda name: Told(None, (properties[name],)) if name in properties else Told(None, ()),
        "a test",
    )


def way(properties: Mapping[str, str], host: str) -> str:
    """What we say, in Java's own words."""
    setting = read(properties).setting
    if setting is None:
        return "DIRECT"
    if setting.value.startswith("socks"):
        return f"SOCKS @ {setting.value.removeprefix('socks://')}"
    choice = proxies.pick((setting,), host).choice
    return f"HTTP @ {choice.host}:{choice.port}" if choice.address else "DIRECT"


@needs_java
@pytest.mark.parametrize(
    ("properties", "host", "expected"),
    [
        ({}, HOST, "DIRECT"),
        (P, HOST, "HTTP @ p.test:443"),
        ({**P, "https.proxyPort": "3128"}, HOST, "HTTP @ p.test:3128"),
        ({**P, "https.proxyPort": "none"}, HOST, "HTTP @ p.test:443"),
        ({**P, "proxyPort": "8080"}, HOST, "HTTP @ p.test:8080"),
        ({**P, "http.proxyPort": "8080"}, HOST, "HTTP @ p.test:443"),
        ({"http.proxyHost": "p.test"}, HOST, "DIRECT"),
        ({"proxyHost": "p.test"}, HOST, "HTTP @ p.test:443"),
        ({"https.proxyHost": "", "proxyHost": "q.test"}, HOST, "HTTP @ q.test:443"),
        ({"socksProxyHost": "s.test"}, HOST, "SOCKS @ s.test:1080"),
        ({"socksProxyHost": "s.test", **P}, HOST, "HTTP @ p.test:443"),
        ({**P, "http.nonProxyHosts": HOST}, HOST, "DIRECT"),
        ({**P, "http.nonProxyHosts": "*.microsoftonline.com"}, HOST, "DIRECT"),
        ({**P, "http.nonProxyHosts": "login.*"}, HOST, "DIRECT"),
        ({**P, "http.nonProxyHosts": "*MICROSOFT*|other"}, HOST, "DIRECT"),
        ({**P, "http.nonProxyHosts": "*"}, HOST, "DIRECT"),
        ({**P, "http.nonProxyHosts": "login.*.com"}, HOST, "HTTP @ p.test:443"),
        ({**P, "http.nonProxyHosts": ".microsoftonline.com"}, HOST, "HTTP @ p.test:443"),
        ({**P, "http.nonProxyHosts": "a.test, " + HOST}, HOST, "HTTP @ p.test:443"),
        ({**P, "https.nonProxyHosts": HOST}, HOST, "HTTP @ p.test:443"),
        (P, "localhost", "DIRECT"),
        ({**P, "http.nonProxyHosts": "x"}, "localhost", "DIRECT"),
        ({**P, "http.nonProxyHosts": ""}, "localhost", "HTTP @ p.test:443"),
        (P, "127.0.0.9", "DIRECT"),
    ],
)
def test_read_when_set_so_then_java_says_the_same(
    chooser: Chooser, properties: dict[str, str], host: str, expected: str
) -> None:
    assert way(properties, host) == expected
    assert chooser.proxy(f"https://{host}/", properties) == expected


def of_process(*arguments: str, product: Product, **changes: Any) -> JavaProxy | None:
    more = changes.pop("process", {})
    host = windows_server(processes=[java(*arguments, **more)], **changes)
    (process,) = java_processes.find(host, product)
    return java_proxy.of_process(process, host)


def told_files(**more: Any) -> dict[str, Any]:
    folder = JRE + r"\conf"
    name = folder + r"\net.properties"
    return {JRE: [file(folder, folder=True)], folder: [file(name)], name: "", TEMP: [], **more}


def test_of_process_when_arguments_name_one_then_with_its_place(product: Product) -> None:
    found = of_process("-Dhttps.proxyHost=p", "-Dhttps.proxyPort=1", product=product)
    assert found is not None
    assert found.setting is not None
    assert (found.setting.source, found.setting.value) == (
        "-Dhttps.proxyHost of process 4100",
        "http://p:1",
    )


def test_of_process_when_only_the_javas_own_file_names_one_then_that(product: Product) -> None:
    name = JRE + r"\conf\net.properties"
    text = "# x\nhttps.proxyHost=p\nhttps.proxyPort = 8080\nhttp.nonProxyHosts=a|\\\nb\n"
    found = of_process(product=product, files=told_files(**{name: text}))
    assert found is not None
    assert found.setting is not None
    assert found.setting.value == "http://p:8080"
    assert found.setting.exceptions[0].hosts == "a|b"


def test_of_process_when_arguments_and_file_differ_then_the_arguments(product: Product) -> None:
    name = JRE + r"\conf\net.properties"
    files = told_files(**{name: "https.proxyHost=in-file\n"})
    found = of_process("-Dhttps.proxyHost=p", product=product, files=files)
    assert found is not None
    assert found.setting is not None
    assert found.setting.value == "http://p:443"


def test_of_process_when_nothing_is_set_then_straight_for_sure(product: Product) -> None:
    assert of_process(product=product, files=told_files()) == JavaProxy(None)


def test_of_process_when_it_follows_the_system_then_told(product: Product) -> None:
    found = of_process("-Djava.net.useSystemProxies=true", product=product, files=told_files())
    assert found == JavaProxy(None, by_system=True)


@pytest.mark.parametrize(
    ("words", "user", "plainly"),
    [
        (("-Dhttp.proxyUser=u",), "-Dhttp.proxyUser of process 4100", False),
        (("-Djdk.http.auth.tunneling.disabledSchemes=",), "", True),
        (("-Djdk.http.auth.tunneling.disabledSchemes=Digest, Basic",), "", False),
    ],
)
def test_of_process_when_a_sign_in_is_prepared_then_told(
    product: Product, words: tuple[str, ...], user: str, *, plainly: bool
) -> None:
    found = of_process("-Dhttps.proxyHost=p", *words, product=product, files=told_files())
    assert found is not None
    assert (found.user, found.signs_in_plainly) == (user, plainly)


def test_of_process_when_its_file_is_closed_then_unseen(product: Product) -> None:
    name = JRE + r"\conf\net.properties"
    found = of_process(product=product, files=told_files(**{name: closed()}))
    assert found == JavaProxy(None, unseen=(name,))


def test_of_process_when_arguments_stand_in_a_file_then_unseen(product: Product) -> None:
    found = of_process("@C:\\options", product=product, files=told_files())
    assert found == JavaProxy(None, unseen=("@C:\\options",))


def test_of_process_when_arguments_are_hidden_then_none(product: Product) -> None:
    assert of_process(product=product, process={"arguments": None}) is None
