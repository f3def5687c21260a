# SPDX-License-Identifier: MIT
"""What the Transporter's Java believes decides; what others believe tells what is to be done."""

from __future__ import annotations

import json
import shlex
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.checks.told import assert_told, values_of
from tests.support import java, transporter, trust
from tests.support.chains import OVER, Kind, for_host, with_sha1
from tests.support.microsoft365 import running
from wizard import codec
from wizard.checks.java_trust import CHECK, judge
from wizard.demo.microsoft365 import Behaviour
from wizard.errors import CannotCheck
from wizard.graph.encryption import View
from wizard.graph.java_trust import Believed, JavaTrust
from wizard.graph.network_data import TrustFailure
from wizard.graph.network_path import Layer
from wizard.model import Finding, Outcome
from wizard.nakivo.trust_store import Setting
from wizard.product import Product
from wizard.texts import Texts

pytestmark = java.needs_java

BOX = Kind("Example Corp TLS Inspection").make()
OTHER = Kind("Somebody").make()
SENT = (for_host(BOX, trust.HOST).make(), BOX)


def told(seen: JavaTrust, product: Product) -> Finding:
    plain = json.loads(json.dumps(codec.to_plain(seen)))
    assert codec.from_plain(plain, JavaTrust) == seen
    finding = judge(seen, product)
    assert_told(finding, product)
    return finding


def test_judge_when_the_list_was_changed_after_java_read_it_then_restart_first(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    """As after the command that this program shows: the running Java goes on refusing."""
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    seen = trust.look(SENT, tmp_path, java_list=[BOX], started=hour_ago).java
    finding = told(seen, product)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.java_trust.read_before")
    assert values_of(finding)["java_started"] == codec.to_rfc3339(hour_ago.replace(microsecond=0))
    assert "Restart the Transporter service" in texts.advice(finding)[0]


def test_judge_when_java_began_after_the_change_then_trusted(
    tmp_path: Path, product: Product
) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    seen = trust.look(SENT, tmp_path, java_list=[BOX], started=later).java
    assert told(seen, product).text != "check.java_trust.read_before"


def test_judge_when_the_changed_list_lacks_the_authority_then_no_proof_of_what_java_read(
    tmp_path: Path, product: Product
) -> None:
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    seen = trust.look(SENT, tmp_path, java_list=[OTHER], started=hour_ago).java
    finding = told(seen, product)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, False)


def test_judge_when_only_this_computer_trusts_then_decisive_with_the_command(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    seen = trust.look(SENT, tmp_path, system=[BOX], java_list=[OTHER]).java
    finding = told(seen, product)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert finding.text == "check.java_trust.only_computer"
    assert "lacks Example Corp TLS Inspection" in texts.summary(finding)
    values = values_of(finding)
    assert values["view_operating_system"] == "believed"
    assert values["view_public_roots"] == "issuer not trusted"
    assert values["view_java"] == "issuer not trusted"
    assert values["java_store_count"] == 1
    assert values["authority_fingerprint"] == seen.endpoints[0].top.sha256  # type: ignore[union-attr]
    assert "password" not in seen.endpoints[0].command


def test_command_when_run_by_hand_then_java_trusts(tmp_path: Path, product: Product) -> None:
    before = trust.look(SENT, tmp_path, system=[BOX], java_list=[OTHER]).java
    (tmp_path / "FILE.cer").write_bytes(BOX.pem)
    words = shlex.split(before.endpoints[0].command)
    assert words[0] == str(transporter.java_home(tmp_path) / "bin" / "keytool")
    answers = ("-storepass", java.PASSWORD, "-noprompt")  # what a person types
    java.keytool(tmp_path, *words[1:], *answers)
    after = trust.look(SENT, tmp_path, system=[BOX]).java
    assert told(after, product).text == "check.java_trust.accepted_inspection_likely"
    assert after.store.count == 2


def test_command_when_a_second_authority_is_added_then_both_are_trusted(tmp_path: Path) -> None:
    second = Kind("Second TLS Inspection").make()
    java.store(transporter.install(tmp_path), [OTHER])
    for box in (BOX, second):
        sent = (for_host(box, trust.HOST).make(), box)
        (tmp_path / "FILE.cer").write_bytes(box.pem)
        line = trust.look(sent, tmp_path).java.endpoints[0].command
        answers = ("-storepass", java.PASSWORD, "-noprompt")
        java.keytool(tmp_path, *shlex.split(line)[1:], *answers)
        assert trust.look(sent, tmp_path).java.endpoints[0].failure("java") is None


def test_judge_when_nobody_trusts_then_decisive_and_says_so(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    finding = told(trust.look(SENT, tmp_path, java_list=[OTHER]).java, product)
    assert (finding.text, finding.decisive) == ("check.java_trust.nobody", True)
    assert "this computer does not either" in texts.summary(finding)


def test_judge_when_the_list_was_read_through_the_process_then_where(
    tmp_path: Path, product: Product
) -> None:
    seen = trust.look(SENT, tmp_path, java_list=[BOX]).java
    assert "java_store_seen_at" not in values_of(told(seen, product))
    inside = replace(seen, store=replace(seen.store, seen_at="/proc/7/root/cacerts"))
    assert values_of(told(inside, product))["java_store_seen_at"] == "/proc/7/root/cacerts"


def test_judge_when_java_accepts_what_nobody_public_made_then_warning_with_its_name(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    seen = trust.look(SENT, tmp_path, java_list=[BOX]).java
    assert (finding := told(seen, product)).outcome is Outcome.WARNING
    assert "by Example Corp TLS Inspection: most likely something" in texts.summary(finding)
    assert "does not by itself make backups fail" in texts.summary(finding)
    seen = replace(seen, own_cloud=True)
    assert told(seen, product).text == "check.java_trust.accepted_own_cloud"
    assert str(values_of(finding)["view_operating_system"]).startswith("issuer not trusted")


def test_judge_when_it_is_not_running_then_no_proof(tmp_path: Path, product: Product) -> None:
    refused = told(trust.look(SENT, tmp_path, java_list=[OTHER], runs=False).java, product)
    assert refused.text == "check.java_trust.not_running_refused"
    assert (refused.outcome, refused.decisive) == (Outcome.COULD_NOT_CHECK, False)
    stranger = trust.look(SENT, tmp_path, java_list=[OTHER], runs=False).java
    closed = replace(stranger, store=replace(stranger.store, count=0))
    assert told(closed, product).outcome is Outcome.COULD_NOT_CHECK
    accepted = told(trust.look(SENT, tmp_path, java_list=[BOX], runs=False).java, product)
    assert accepted.text == "check.java_trust.not_running"
    assert accepted.outcome is Outcome.COULD_NOT_CHECK
    setting = Setting({}, "settings")
    known = trust.look(SENT, tmp_path, java_list=[BOX], runs=False, setting=setting).java
    assert told(known, product).text == "check.java_trust.accepted_inspection_likely"


def test_judge_when_the_certificate_itself_is_wrong_then_the_reason(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    over = [for_host(BOX, trust.HOST, days=OVER).make()]
    finding = told(trust.look(over, tmp_path, java_list=[BOX]).java, product)
    assert (finding.text, finding.decisive) == ("check.java_trust.unfit", False)
    assert "expired" in texts.summary(finding)


def test_judge_when_javas_version_decides_then_could_not_check(
    tmp_path: Path, product: Product
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl isn't installed (Debian: apt-get install openssl)")
    old = [with_sha1(BOX, trust.HOST)]
    finding = told(trust.look(old, tmp_path, java_list=[BOX]).java, product)
    assert finding.text == "check.java_trust.undecided"


LINK = Kind("Link", BOX).make()
FETCHING = "com.sun.security.enableAIAcaIssuers"


@pytest.mark.parametrize(("says_where", "word"), [(True, "fetches"), (False, "nobody")])
def test_judge_when_java_fetches_missing_links_then_only_what_it_could_not_find_is_certain(
    tmp_path: Path, product: Product, says_where: bool, word: str
) -> None:
    leaf_only = [for_host(LINK, trust.HOST, issuer_address=says_where).make()]
    seen = trust.look(leaf_only, tmp_path, java_list=[BOX], properties=(f"-D{FETCHING}=TRUE",)).java
    finding = told(seen, product)
    assert finding.text == f"check.java_trust.{word}"
    asked = trust.look(leaf_only, tmp_path, properties=(f"-D{FETCHING}=false",)).java
    assert told(asked, product).text == "check.java_trust.nobody"


@pytest.fixture
def accepted(tmp_path: Path) -> JavaTrust:
    return trust.look(SENT, tmp_path, java_list=[BOX]).java


def test_judge_when_a_link_was_left_out_then_says_that_it_is_no_inspection(
    accepted: JavaTrust, product: Product, texts: Texts
) -> None:
    views = (
        View("operating-system", None, ""),
        View("public-roots", TrustFailure.INCOMPLETE_CHAIN, "Microsoft TLS RSA Root G2"),
        View("java", TrustFailure.UNTRUSTED_ISSUER, ""),
    )
    one = replace(accepted.endpoints[0], views=views)
    finding = told(replace(accepted, endpoints=(one,)), product)
    assert (finding.text, finding.decisive) == ("check.java_trust.incomplete", True)
    assert "Microsoft TLS RSA Root G2" in texts.summary(finding)


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"refused": True}, "store_refused"),
        ({"count": 0, "closed": True}, "store_closed"),
        ({"count": 0}, "store_empty"),
    ],
)
def test_judge_when_java_has_no_list_then_decisive(
    accepted: JavaTrust, product: Product, more: dict[str, object], word: str
) -> None:
    store = replace(accepted.store, **more)  # type: ignore[arg-type]
    finding = told(replace(accepted, store=store), product)
    assert (finding.text, finding.decisive) == (f"check.java_trust.{word}", True)


def test_judge_when_an_endpoint_was_not_reached_then_could_not_check(
    accepted: JavaTrust, product: Product
) -> None:
    lost = Believed("graph", "graph.test", 443, (), None, Layer.CONNECTION)
    finding = told(replace(accepted, endpoints=(*accepted.endpoints, lost)), product)
    assert finding.text == "not_reached.connection"


@pytest.mark.parametrize(("way", "word"), [("", "way_unseen"), ("straight", "way_failed")])
def test_judge_when_nothing_is_seen_on_javas_way_then_could_not_check(
    accepted: JavaTrust, product: Product, texts: Texts, way: str, word: str
) -> None:
    lost = Believed("graph", "graph.test", 443, (), None, None, way, True, "refused")
    finding = told(replace(accepted, endpoints=(*accepted.endpoints, lost)), product)
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        f"check.java_trust.{word}",
    )
    assert "graph.test" in texts.summary(finding)
    assert "refused" in texts.summary(finding)


# --- the whole way, from the computer to the finding


def test_observe_when_the_argument_string_names_a_proxy_then_its_way_is_gone(
    tmp_path: Path, product: Product
) -> None:
    java.store(transporter.install(tmp_path), [OTHER])
    line = "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=1 -Dhttp.nonProxyHosts="
    (tmp_path / "arguments.txt").write_text(line, encoding="ascii")
    with running(Behaviour(), tmp_path, transporter.computer(tmp_path)) as m365:
        context = m365.context(
            install_dir=str(tmp_path / "nakivo"),
            arguments_file=str(tmp_path / "arguments.txt"),
        )
        finding = told(CHECK.observe(context), product)
    assert finding.text == "check.java_trust.way_failed"


def from_walk(folder: Path, behaviour: Behaviour, *trusted_files: str) -> JavaTrust:
    host = transporter.computer(folder, transporter.process(folder, ()))
    with running(behaviour, folder, host) as m365:
        for file in trusted_files or (m365.stand_in.ca_file,):
            pem = folder / "import.pem"
            shutil.copy(file, pem)
            java.keytool(
                folder, "-importcert", "-noprompt", "-alias", pem.name, "-file", str(pem),
                "-keystore", str(transporter.install(folder)), "-storetype", "JKS",
                "-storepass", java.PASSWORD,
            )  # fmt: skip
        return CHECK.observe(m365.context(install_dir=str(folder / "nakivo")))


def test_observe_when_java_has_the_authority_then_all_endpoints_are_believed(
    tmp_path: Path, product: Product
) -> None:
    seen = from_walk(tmp_path, Behaviour())
    assert told(seen, product).text == "check.java_trust.accepted_own"
    assert len(seen.endpoints) >= 2


def test_observe_when_somebody_else_signs_then_decisive(tmp_path: Path, product: Product) -> None:
    finding = told(from_walk(tmp_path, Behaviour(untrusted_authority=True)), product)
    assert (finding.text, finding.decisive) == ("check.java_trust.nobody", True)


def test_observe_when_there_is_no_installation_then_could_not_check(tmp_path: Path) -> None:
    with running(Behaviour(), tmp_path) as m365, pytest.raises(CannotCheck):
        CHECK.observe(m365.context())
