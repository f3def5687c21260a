# SPDX-License-Identifier: MIT
"""The text for the network team, from real runs of sample servers, and its file."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from tests.support.hosts import bare_context
from tests.support.microsoft365 import host, running
from wizard import engine
from wizard.checks import CHECKS
from wizard.demo.microsoft365 import Behaviour
from wizard.demo.proxy import ProxyBehaviour, SignInProxy
from wizard.findings import network_text
from wizard.model import CauseId, Diagnosis, Outcome, Scope
from wizard.product import Product
from wizard.texts import Texts

MINE = tuple(check for check in CHECKS if check.cause is CauseId.CONNECTIVITY)


def diagnosed(folder: Path, behaviour: Behaviour, **more: str) -> Diagnosis:
    with running(behaviour, folder) as m365:
        return engine.run(MINE, m365.context(**more))


def test_make_when_a_firewall_refuses_then_hosts_ports_tries_and_answers(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = network_text.make(diagnosed(tmp_path, Behaviour(listening=False)), product, texts)
    assert told.startswith("Way from backup01 (Debian GNU/Linux 12) to Microsoft 365\n")
    assert "✗ Problem: Connections. The connections to Sign-in, Microsoft Graph," in told
    assert "sk the network team" not in told
    together = (
        r"✗ (localhost:\d+, ){4}localhost:\d+ \(Sign-in, .+, OneDrive\): broken at Connection"
    )
    assert len(re.findall(together, told)) == 1
    tried = r"      TCP to 127\.0\.0\.1 port \d+: refused \(.+\) \((?:< 1|\d+) ms\)"
    assert len(re.findall(tried, told)) == 5
    asked = told[told.index("What we ask for") :].splitlines()[2:8]
    assert asked[0] == "Please allow TCP connections of backup01 to:"
    assert all(re.fullmatch(r"  [A-Z].+  localhost:\d+", line) for line in asked[1:])
    assert "Its own address on the way there: 127.0.0.1\n" in told


def test_make_when_a_proxy_wants_a_sign_in_then_asked_in_a_sentence_and_told_once(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with (
        SignInProxy(ProxyBehaviour(status=407)) as proxy,
        running(Behaviour(), tmp_path, host({"HTTPS_PROXY": proxy.address})) as m365,
    ):
        told = network_text.make(engine.run(MINE, m365.context()), product, texts)
    assert f"Please let backup01 pass the proxy {proxy.address} without a sign-in" in told
    assert "Could not check: Speed of the line" not in told
    assert told.count(f"{texts('check.proxy.title')}. ") == 1
    assert told.count("Answer of the proxy: 407") == 1


def test_make_when_the_tenants_place_is_held_in_an_address_then_explained(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = network_text.make(diagnosed(tmp_path, Behaviour(wrong_page=True)), product, texts)
    explained = "Where an address has {tenant}, the ID of the Microsoft 365 tenant stood"
    assert "/{tenant}/v2.0" in told
    assert told.count(explained) == 1
    lost = network_text.make(diagnosed(tmp_path, Behaviour(name_resolves=False)), product, texts)
    assert "{tenant}" not in lost


def test_make_when_encryption_is_opened_then_asked_to_exempt_this_server(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = network_text.make(
        diagnosed(tmp_path, Behaviour(untrusted_authority=True)), product, texts
    )
    assert "Please exempt backup01 from TLS inspection" in told


def test_make_when_a_name_is_lost_then_its_names_are_asked_for(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = network_text.make(diagnosed(tmp_path, Behaviour(name_resolves=False)), product, texts)
    assert "Please let backup01 find the host name of:" in told


def test_make_when_only_the_transporter_is_stopped_then_help_is_asked_for_it(
    product: Product, texts: Texts
) -> None:
    diagnosis = engine.run(MINE, bare_context(scope=Scope(offline=True)))
    rows = tuple(
        replace(row, finding=replace(row.finding, outcome=Outcome.PROBLEM))
        if row.check == "java_trust"
        else row
        for row in diagnosis.results
    )
    told = network_text.make(replace(diagnosis, results=rows), product, texts)
    assert "but not for the service that makes the backups" in told


def test_make_when_a_layer_broke_then_what_was_not_reached_is_no_finding_of_its_own(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = network_text.make(diagnosed(tmp_path, Behaviour(listening=False)), product, texts)
    assert "? Encryption: not reached" in told
    assert "Not tested for localhost" not in told


def test_make_when_made_then_when_it_was_tried_in_both_clocks(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour())
    told = network_text.make(diagnosis, product, texts)
    when = re.search(r"Tried (?:at|between (\S+ \S+) UTC and) (\S+ \S+) UTC( \(.+\))? by", told)
    assert when is not None
    begun, ended, local = when.groups()
    assert begun != ended  # one moment is told once
    assert ended[:10] in diagnosis.finished.isoformat()
    zone = diagnosis.finished.astimezone().utcoffset()
    assert bool(local) is bool(zone)
    assert not local or re.search(r"\(\S+ \S+ [+-]\d{4} by this computer's clock\)", local)


def test_make_when_all_is_open_then_it_says_so_and_whose_view_it_is(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour())
    fine = [row for row in diagnosis.results if row.finding.outcome == "ok"]
    told = network_text.make(replace(diagnosis, results=tuple(fine)), product, texts)
    assert "For this program every way is open to its end." in told
    assert "What was found" not in told
    assert "✓ localhost, port" in told
    assert "The service that makes the backups (the Transporter) may use another proxy" in told


def test_make_when_the_transporter_was_looked_at_then_its_views_are_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    told = network_text.make(diagnosed(tmp_path, Behaviour()), product, texts)
    for check in ("proxy_views", "java_trust"):
        assert told.count(f": {texts(f'check.{check}.title')}. ") == 1


def test_make_when_nothing_was_tried_then_nothing_is_called_fine(
    product: Product, texts: Texts
) -> None:
    diagnosis = engine.run(MINE, bare_context(scope=Scope(offline=True)))
    told = network_text.make(diagnosis, product, texts)
    assert "Nothing on the way was tried" in told
    assert "Not applicable" not in told
    assert "every way is open" not in told


def test_make_when_a_proxy_has_a_password_then_it_is_nowhere(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    behaviour = ProxyBehaviour(status=403, user="svc-backup", password="right")
    with SignInProxy(behaviour) as proxy:
        named = f"http://svc-backup:Wr0ng-Passw0rd@127.0.0.1:{proxy.port}"
        computer = host({"HTTPS_PROXY": named})
        with running(Behaviour(), tmp_path, computer) as m365:
            diagnosis = engine.run(MINE, m365.context())
    told = network_text.make(diagnosis, product, texts)
    assert f"sent to http://127.0.0.1:{proxy.port} (set in HTTPS_PROXY): 403" in told
    assert "Wr0ng-Passw0rd" not in told
    assert m365.stand_in.secret not in told


def test_make_when_the_network_restricts_tenants_then_the_tenant_to_allow_is_told(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    """The one case in which the network team needs the tenant's id."""
    diagnosis = diagnosed(tmp_path, Behaviour(token_error=500021))
    told = network_text.make(diagnosis, product, texts)
    assert "AADSTS500021" in told
    tenant = "5a5a5a5a-1111-4222-8333-444444444444"
    assert f"Tenant ID: {tenant}" in told


def test_make_when_on_a_sample_then_the_first_line_says_so(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour())
    sample = replace(diagnosis, host=replace(diagnosis.host, sample="firewall"))
    told = network_text.make(sample, product, texts)
    assert told.startswith("SAMPLE SERVER “firewall”")


def test_make_when_a_host_is_not_known_then_its_way_is_called_not_walked_and_not_needed(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        cloud = Path(m365.stand_in.cloud_file)
        lines = cloud.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("onedrive")]
        cloud.write_text("".join(kept), encoding="utf-8")
        diagnosis = engine.run(MINE, m365.context())
    told = network_text.make(diagnosis, product, texts)
    assert "? host not known (OneDrive): not walked" in told
    assert "All that this server must reach" not in told
    needed = told[told.index("What this server must reach by TCP") :].splitlines()
    assert "as far as it is known" in needed[0]
    assert len([line for line in needed if "  localhost:" in line]) == 4
    assert "In no list here: OneDrive. Its host is needed as well, but not known;" in told


def test_make_when_hosts_were_only_guessed_then_each_is_marked_and_not_all_is_called_known(
    tmp_path: Path, product: Product, texts: Texts
) -> None:
    diagnosis = diagnosed(tmp_path, Behaviour())
    guessed = {
        "hosts": [{"endpoint": "sharepoint", "host": "x", "is_guess": True}],
        "left_out": [],
    }
    rows = tuple(
        replace(row, observation=guessed) if row.check == "tenant_hosts" else row
        for row in diagnosis.results
    )
    told = network_text.make(replace(diagnosis, results=rows), product, texts)
    marked = [line for line in told.splitlines() if "only made from the tenant's name" in line]
    assert [line.split()[0] for line in marked] == ["SharePoint"]
    assert "All that this server must reach" not in told


def test_make_when_this_computer_could_not_be_read_then_its_own_matters_are_left_out(
    product: Product, texts: Texts
) -> None:
    told = network_text.make(engine.run(MINE, bare_context()), product, texts)
    assert f"Could not check: {texts('check.proxy.title')}. " in told
    for own in ("own_ports", "log_connectivity", "trust_variables", "tenant_hosts"):
        assert texts(f"check.{own}.title") not in told
