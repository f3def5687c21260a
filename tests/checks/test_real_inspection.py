# SPDX-License-Identifier: MIT
"""A real inspecting proxy, trusted by nobody, some or all; a real Java agrees each time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.checks.told import assert_told
from tests.support import java, transporter
from tests.support.inspecting_proxy import InspectingProxy, inspecting, needs_mitmproxy
from tests.support.microsoft365 import Running, running
from wizard.checks import java_trust, tls
from wizard.demo import java_list
from wizard.demo.microsoft365 import Behaviour
from wizard.model import Finding, Outcome
from wizard.product import Product
from wizard.texts import Texts

pytestmark = [java.needs_java, needs_mitmproxy]

AUTHORITY = "mitmproxy"


@dataclass(frozen=True)
class Inspected:
    """A stand-in behind the proxy, on a computer with an installation."""

    m365: Running
    proxy: InspectingProxy
    folder: Path

    def this_computer_trusts_it(self) -> None:
        """OpenSSL reads this file for each connection."""
        shutil.copy(self.proxy.authority, self.folder / "no-authorities.pem")

    def java_trusts(self, *files: str | Path) -> None:
        whole = self.folder / "trusted.pem"
        whole.write_bytes(b"".join(Path(file).read_bytes() for file in files))
        shutil.rmtree(transporter.java_home(self.folder), ignore_errors=True)
        java_list.write(transporter.java_home(self.folder), str(whole))

    def findings(
        self, product: Product, *, ours: bool = True, javas: bool = True
    ) -> tuple[Finding, Finding]:
        """What the checks of encryption and of Java say; who goes through the proxy?"""
        options = [f"-D{name}={value}" for name, value in self.of_proxy().items()] if javas else ()
        running = transporter.process(self.folder, tuple(options))
        m365 = replace(self.m365, computer=transporter.computer(self.folder, running))
        context = m365.context(
            install_dir=str(self.folder / "nakivo"), proxy=self.proxy.address if ours else None
        )
        found = (
            tls.judge(tls.CHECK.observe(context), product),
            java_trust.judge(java_trust.CHECK.observe(context), product),
        )
        for finding in found:
            assert_told(finding, product)
        return found

    def of_proxy(self) -> dict[str, str]:
        """The properties that send Java through the proxy."""
        return {
            "https.proxyHost": "127.0.0.1",
            "https.proxyPort": str(self.proxy.port),
            "http.nonProxyHosts": "",
        }

    def java_believes(self, judge: Path, *, by_proxy: bool = True) -> bool:
        """What a real Java says with that list, on that way."""
        store = transporter.java_home(self.folder) / "lib" / "security" / "cacerts"
        properties = {"javax.net.ssl.trustStore": str(store)}
        properties |= self.of_proxy() if by_proxy else {}
        return java.believes(java.ask(judge, [self.m365.stand_in.graph], properties)[0])


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return java.compiled(tmp_path_factory.mktemp("judge"))


@pytest.fixture
def inspected(tmp_path: Path) -> Iterator[Inspected]:
    host = transporter.computer(tmp_path, transporter.process(tmp_path, ()))
    (tmp_path / "nakivo" / "transporter" / "java" / "tmp").mkdir(parents=True)
    settings = tmp_path / "mitmproxy"
    settings.mkdir()
    with (
        running(Behaviour(), tmp_path, host) as m365,
        inspecting(settings, m365.stand_in.ca_file) as proxy,
    ):
        yield Inspected(m365, proxy, tmp_path)


def test_inspection_when_trusted_by_some_then_each_view_is_told_as_java_has_it(
    inspected: Inspected, judge: Path, product: Product, texts: Texts
) -> None:
    sample = inspected.m365.stand_in.ca_file

    inspected.java_trusts(sample)
    encryption, decides = inspected.findings(product)
    assert (encryption.text, decides.text) == (
        "check.tls.untrusted_everywhere",
        "check.java_trust.nobody",
    )
    assert AUTHORITY in texts.summary(encryption)
    assert (decides.outcome, decides.decisive) == (Outcome.PROBLEM, True)
    assert not inspected.java_believes(judge)

    inspected.this_computer_trusts_it()
    encryption, decides = inspected.findings(product)
    assert (encryption.text, decides.text) == (
        "check.tls.inspected_refused",
        "check.java_trust.only_computer",
    )
    assert decides.decisive
    assert f"lacks {AUTHORITY}" in texts.summary(decides)
    assert not inspected.java_believes(judge)

    inspected.java_trusts(sample, inspected.proxy.authority)
    encryption, decides = inspected.findings(product)
    assert (encryption.text, decides.text) == (
        "check.tls.inspected_accepted",
        "check.java_trust.accepted_inspection",
    )
    assert (encryption.outcome, decides.outcome) == (Outcome.WARNING, Outcome.WARNING)
    assert inspected.java_believes(judge)


def test_inspection_when_only_javas_way_is_inspected_then_told_for_that_way(
    inspected: Inspected, judge: Path, product: Product, texts: Texts
) -> None:
    inspected.java_trusts(inspected.m365.stand_in.ca_file)
    encryption, decides = inspected.findings(product, ours=False)
    assert encryption.outcome is Outcome.OK
    assert (decides.outcome, decides.decisive) == (Outcome.PROBLEM, True)
    assert AUTHORITY in texts.summary(decides)
    assert not inspected.java_believes(judge)


def test_inspection_when_java_accepts_what_only_its_way_shows_then_warning_with_the_authority(
    inspected: Inspected, judge: Path, product: Product, texts: Texts
) -> None:
    inspected.java_trusts(inspected.m365.stand_in.ca_file, inspected.proxy.authority)
    encryption, decides = inspected.findings(product, ours=False)
    assert encryption.outcome is Outcome.OK
    assert (decides.outcome, decides.text) == (
        Outcome.WARNING,
        "check.java_trust.accepted_inspection",
    )
    assert f"{AUTHORITY}: something on that way" in texts.summary(decides)
    assert inspected.java_believes(judge)


def test_inspection_when_java_alone_accepts_it_then_the_word_stands_in_both(
    inspected: Inspected, product: Product, texts: Texts
) -> None:
    inspected.java_trusts(inspected.m365.stand_in.ca_file, inspected.proxy.authority)
    for finding in inspected.findings(product):
        assert finding.outcome is Outcome.WARNING
        assert "inspection)" in texts.summary(finding)
        assert AUTHORITY in texts.summary(finding)


def test_inspection_when_only_our_way_is_inspected_then_java_is_well(
    inspected: Inspected, judge: Path, product: Product
) -> None:
    inspected.java_trusts(inspected.m365.stand_in.ca_file)
    _, decides = inspected.findings(product, javas=False)
    assert (decides.outcome, decides.text) == (Outcome.OK, "check.java_trust.accepted_own")
    assert inspected.java_believes(judge, by_proxy=False)


def test_inspection_when_javas_proxy_is_not_there_then_could_not_check(
    inspected: Inspected, product: Product
) -> None:
    inspected.java_trusts(inspected.m365.stand_in.ca_file)
    gone = replace(inspected, proxy=replace(inspected.proxy, port=1))
    _, decides = gone.findings(product, ours=False)
    assert (decides.outcome, decides.text) == (
        Outcome.COULD_NOT_CHECK,
        "check.java_trust.way_failed",
    )
