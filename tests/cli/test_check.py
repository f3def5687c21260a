# SPDX-License-Identifier: MIT
"""The command line as its users meet it: a process, its streams and its exit status."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wizard.checks import CHECKS
from wizard.demo.scenarios import SCENARIOS
from wizard.model import CauseId

WIZARD = (sys.executable, "-P", "-m", "wizard")


def wizard(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AZURE_")}
    return subprocess.run(
        [*WIZARD, *arguments],
        env={**clean, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def several() -> dict[str, Any]:
    result = wizard("check", "--demo", "several", "--format", "json")
    assert result.returncode == 2
    assert result.stderr == ""
    loaded: dict[str, Any] = json.loads(result.stdout)
    return loaded


def test_json_when_several_causes_then_has_the_fixed_shape(several: dict[str, Any]) -> None:
    assert several["schema"] == "m365-backup-wizard/diagnosis/1"
    assert several["verdict"]["status"] == "problem"
    assert several["verdict"]["likely_cause"] == "temp-folder"
    assert {cause["id"] for cause in several["causes"]} == set(CauseId)
    assert [cause["rank"] for cause in several["causes"]] == list(range(1, 8))
    rows = [finding["check"] for cause in several["causes"] for finding in cause["findings"]]
    assert sorted(rows) == sorted(check.id for check in CHECKS)


def test_json_when_shown_then_findings_have_numbers_with_units_and_sources(
    several: dict[str, Any],
) -> None:
    rows = [f for cause in several["causes"] for f in cause["findings"]]
    space = next(f for f in rows if f["check"] == "temp_space")
    assert set(space["source"]) == {"title", "url", "date"}
    assert any(e["unit"] == "GB" and e["value"] == 3.1 for e in space["evidence"])
    assert all(set(e) == {"label", "value", "unit", "source"} for f in rows for e in f["evidence"])


@pytest.mark.parametrize(
    ("scenario", "status"),
    [("healthy", 0), ("temp-folder-full", 2), ("no-access", 3), ("secret-expired", 2)],
)
def test_exit_status_when_checked_then_follows_the_diagnosis(scenario: str, status: int) -> None:
    result = wizard("check", "--demo", scenario)
    assert result.returncode == status
    assert "Traceback" not in result.stderr
    assert scenario in result.stdout  # plainly marked as a sample


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "--demo", "nope"], "There is no sample server"),
        (["check", "--cause", "gremlins"], "There is no cause"),
        (["check", "--services", "fax"], "is not a list of Microsoft 365 services"),
        (["check", "--install-dir", "/not/there"], "There is no folder /not/there"),
        (["check", "--log", "/not/there.log"], "/not/there.log"),
        (["check", "--tenant-id", "not a tenant"], "not a tenant"),
        (["check", "--ca-file", "/not/there.pem"], "/not/there.pem"),
        (["check", "--cloud", "cumulus"], "cumulus"),
        (["check", "--timeout", "0"], "--timeout"),
        (["check", "--lang", "xx"], "xx"),
        (["check", "--format", "yaml"], "yaml"),
        (["dance"], "dance"),
    ],
)
def test_bad_input_when_given_then_a_sentence_and_status_3(arguments: list[str], told: str) -> None:
    result = wizard(*arguments)
    assert result.returncode == 3
    assert told in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_option_when_before_the_command_then_counts_as_well() -> None:
    result = wizard("--demo", "healthy", "--format", "json", "check", "--offline")
    rows = [f for cause in json.loads(result.stdout)["causes"] for f in cause["findings"]]
    dns = next(f for f in rows if f["check"] == "dns")
    assert (result.returncode, dns["outcome"]) == (0, "not-applicable")


def test_cause_when_chosen_then_only_its_checks_run() -> None:
    result = wizard("check", "--demo", "several", "--cause", "memory", "--format", "json")
    causes = {cause["id"]: cause["status"] for cause in json.loads(result.stdout)["causes"]}
    assert causes["memory"] == "problem"
    assert causes["temp-folder"] == "not-checked"


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_ctrl_c_when_running_then_what_is_known_is_printed_with_130(tmp_path: Path) -> None:
    with socket.create_server(("localhost", 0)) as silent:  # takes a connection, never answers
        url = f"https://localhost:{silent.getsockname()[1]}"
        hosts = "".join(
            f'{k} = "{url}"\n' for k in ("authority", "graph", "exchange", "sharepoint")
        )
        cloud = tmp_path / "cloud.toml"
        cloud.write_text(f'name = "silent"\n{hosts}')
        process = subprocess.Popen(
            [*WIZARD, "check", "--cloud", str(cloud), "--format", "json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        silent.settimeout(30)
        connection, _ = silent.accept()  # the checks are on their way
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=5)
        connection.close()
    assert process.returncode == 130
    assert err == "Interrupted. Nothing was changed on this computer.\n"
    rows = [f for cause in json.loads(out)["causes"] for f in cause["findings"]]
    assert len(rows) == len(CHECKS)
    assert any("cancelled" in row["summary"] for row in rows)


def test_no_window_when_there_is_no_display_then_the_same_walk_follows_in_text() -> None:
    gone = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    result = wizard("--demo", "several", **gone)
    assert result.returncode == 2
    assert "in text" in result.stderr
    first, second = (
        result.stdout.find(word) for word in ("Temporary folder of", "Memory: problem found")
    )
    assert -1 < first < second


def test_list_when_asked_then_names_checks_causes_and_samples() -> None:
    listed = json.loads(wizard("list", "--format", "json").stdout)
    assert [check["id"] for check in listed["checks"]] == [check.id for check in CHECKS]
    assert [sample["id"] for sample in listed["scenarios"]] == list(SCENARIOS)
    assert "low-memory" in wizard("list").stdout


def test_selftest_when_all_is_there_then_0() -> None:
    result = wizard("selftest")
    assert result.returncode == 0, result.stdout
    assert "FAILED" not in result.stdout


def test_secret_when_in_the_environment_then_is_in_no_output() -> None:
    canary = "Pl4nted~Canary.Secret-0815"
    result = wizard("check", "--demo", "several", "--format", "json", AZURE_CLIENT_SECRET=canary)
    assert canary not in result.stdout + result.stderr


def test_check_when_sharepoint_host_is_no_host_then_refused() -> None:
    result = wizard("check", "--offline", "--sharepoint-host", "contoso")
    assert result.returncode == 3
    assert "“contoso” is not the host name of a SharePoint" in result.stderr


def test_check_when_sharepoint_host_is_given_then_the_way_there_is_tested() -> None:
    host = "contoso-my.sharepoint.invalid"
    options = ("--demo", "healthy", "--cause", "connectivity", "--format", "json")
    result = wizard("check", *options, "--sharepoint-host", host)
    told = {
        finding["check"]: finding
        for cause in json.loads(result.stdout)["causes"]
        for finding in cause["findings"]
    }
    assert "contoso.sharepoint.invalid" in told["dns"]["summary"]
    assert "contoso-my.sharepoint.invalid" in told["dns"]["summary"]


@pytest.mark.parametrize(
    ("scenario", "station"),
    [
        ("healthy", "✓ Answer: as expected"),
        ("firewall", "✗ Connection: refused"),
        ("dns-failure", "✗ Name: not found"),
        ("proxy-sign-in", "✗ Proxy: wants a sign-in (407)"),
        ("tls-inspection", "✗ Encryption: issuer not trusted"),
    ],
)
def test_check_when_connectivity_is_asked_for_then_the_stations_once(
    scenario: str, station: str
) -> None:
    told = wizard("check", "--demo", scenario, "--cause", "connectivity").stdout
    assert station in told
    assert told.count("The way to Microsoft 365:") == 1
    assert "Proxy of the Transporter" in told
    assert "What the Transporter's Java trusts" in told


def test_check_when_another_cause_is_asked_for_then_no_stations() -> None:
    told = wizard("check", "--demo", "several", "--cause", "memory").stdout
    assert "The way to Microsoft 365" not in told


@pytest.mark.parametrize(
    ("scenario", "service"),
    [
        ("healthy", "✓ OneDrive for Business: All that is known to be needed is there"),
        ("permission-missing", "✗ OneDrive for Business: Something that a backup needs is missing"),
    ],
)
def test_check_when_permissions_are_asked_for_then_the_services_once(
    scenario: str, service: str
) -> None:
    told = wizard("check", "--demo", scenario, "--cause", "permissions").stdout
    assert service in told
    assert told.count("Permissions by service:") == 1


def test_json_when_connectivity_is_asked_for_then_its_shape_is_as_ever() -> None:
    result = wizard("check", "--demo", "firewall", "--cause", "connectivity", "--format", "json")
    document = json.loads(result.stdout)
    assert "observations" not in document
    keys = {key for cause in document["causes"] for f in cause["findings"] for key in f}
    assert keys == {
        "check", "outcome", "summary", "evidence", "advice", "fixes", "source", "duration_s"
    }  # fmt: skip


def test_network_text_when_asked_for_then_written_beside_the_diagnosis(tmp_path: Path) -> None:
    output = tmp_path / "for the network.txt"
    words = ["check", "--demo", "firewall", "--cause", "connectivity", "--network-text"]
    result = wizard(*words, str(output), "--format", "json")
    assert result.returncode == 2
    assert json.loads(result.stdout)["verdict"]["likely_cause"] == "connectivity"
    assert str(output) in result.stderr
    text = output.read_text(encoding="utf-8")
    assert "Please" in text
    assert ":443" in text or "localhost:" in text


def test_network_text_when_the_file_is_there_then_nothing_is_run(tmp_path: Path) -> None:
    output = tmp_path / "there.txt"
    output.write_text("mine")
    result = wizard("check", "--demo", "healthy", "--network-text", str(output))
    assert (result.returncode, result.stdout) == (3, "")
    assert "is there already" in result.stderr
    assert output.read_text() == "mine"


def test_admin_text_when_asked_for_then_names_what_to_grant(tmp_path: Path) -> None:
    output = tmp_path / "for the tenant.txt"
    words = ["check", "--demo", "permission-missing", "--cause", "permissions", "--admin-text"]
    result = wizard(*words, str(output), "--format", "json")
    assert result.returncode == 2
    assert json.loads(result.stdout)["verdict"]["likely_cause"] == "permissions"
    assert f"The text for the tenant's administrator is in {output}." in result.stderr
    assert "  Files.Read.All  " in output.read_text(encoding="utf-8")


def test_texts_when_one_file_is_there_then_neither_is_written(tmp_path: Path) -> None:
    there, other = tmp_path / "there.txt", tmp_path / "other.txt"
    there.write_text("mine")
    result = wizard(
        *("check", "--demo", "healthy", "--network-text", str(other), "--admin-text", str(there))
    )
    assert (result.returncode, result.stdout) == (3, "")
    assert there.read_text() == "mine"
    assert not other.exists()


def test_admin_text_when_the_cloud_is_of_a_file_then_its_portal_is_linked(tmp_path: Path) -> None:
    cloud, output = tmp_path / "cloud.toml", tmp_path / "out.txt"
    hosts = {"authority": "login", "graph": "graph", "exchange": "ex", "sharepoint": "sp"}
    lines = [f'{key} = "https://{host}.invalid"' for key, host in hosts.items()]
    lines += ['name = "Own"', 'portal = "https://portal.invalid"']
    cloud.write_text("\n".join(lines), encoding="utf-8")
    app = ["--tenant-id", "contoso.com", "--client-id", "c0c0c0c0-5555-4666-8777-888888888888"]
    words = ["check", "--cause", "permissions", "--timeout", "5", "--cloud", str(cloud), *app]
    wizard(*words, "--admin-text", str(output), AZURE_CLIENT_SECRET="planted~secret~1")
    told = output.read_text(encoding="utf-8")
    assert "Cloud                    Own" in told
    assert "planted" not in told
