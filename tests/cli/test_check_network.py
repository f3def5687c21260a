# SPDX-License-Identifier: MIT
"""Whole runs in networks that are broken in one way: the layer is named, the number is shown."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.network_namespace import CABLE, DROPPED_FOUR, DROPPED_SIX, run_in_network

CHECK = """
import json, subprocess, sys
import dns.rcode
from tests.support.lying_name_server import *
with lying({lie}, port=53):
    words = [sys.executable, "-m", "wizard", "check", "--cause", "connectivity", *{options}]
    result = subprocess.run([*words, "--format", "json"], stdout=subprocess.PIPE, text=True)
print(json.dumps([result.returncode, result.stdout]))
"""
RESOLV_CONF = "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"
SWITCH = "hosts: files dns\n"
OUTSIDE = "20.190.128.1"  # an address of Microsoft's; no packet leaves these networks
LOGIN = "login.microsoftonline.com"


def checked(
    folder: Path,
    lie: str,
    *options: str,
    hosts: str = "127.0.0.1 localhost\n",
    cable: bool = False,
    routes: tuple[str, ...] = (),
    resolv_conf: str = RESOLV_CONF,
) -> tuple[int, dict[str, Any]]:
    """Exit status and findings of a run whose only name server lies."""
    code = CHECK.replace("{lie}", lie).replace("{options}", repr(list(options)))
    files = {"/etc/resolv.conf": resolv_conf, "/etc/hosts": hosts, "/etc/nsswitch.conf": SWITCH}
    commands = (*CABLE, *routes) if cable else ()
    status, text = run_in_network(code, commands=commands, files=files, folder=folder)
    causes = json.loads(text)["causes"]
    return status, {row["check"]: row for cause in causes for row in cause["findings"]}


@pytest.mark.parametrize(
    ("lie", "summary"),
    [
        ("silent", "There was no answer to the question where"),
        ("refuses(dns.rcode.SERVFAIL)", "The name server could not say where"),
        ("refuses(dns.rcode.NXDOMAIN)", "3 host names were not found"),
    ],
)
def test_check_when_the_name_server_fails_then_the_name_is_the_broken_layer(
    tmp_path: Path, lie: str, summary: str
) -> None:
    started = time.monotonic()
    status, found = checked(tmp_path, lie)
    assert status == 2
    assert found["dns"]["outcome"] == "problem"
    assert found["dns"]["summary"].startswith(summary)
    assert LOGIN in found["dns"]["summary"]
    assert found["tcp"]["outcome"] == "could-not-check"
    assert time.monotonic() - started < 15


def test_check_when_packets_are_dropped_then_the_connection_is_the_broken_layer(
    tmp_path: Path,
) -> None:
    lie, routes = f'points_to("{OUTSIDE}")', (f"ip route add {OUTSIDE} via {DROPPED_FOUR}",)
    status, found = checked(tmp_path, lie, "--services", "onedrive", cable=True, routes=routes)
    assert status == 2
    assert found["tcp"]["outcome"] == "problem"
    assert found["tcp"]["summary"].startswith("There was no answer from Sign-in, Microsoft Graph ")
    given_up = [row for row in found["tcp"]["evidence"] if row["unit"] == "ms"]
    assert given_up[0]["value"] > 3500
    assert found["tls"]["outcome"] == "could-not-check"


def test_check_when_ipv6_is_broken_then_a_warning_with_its_cost_and_the_rest_passes(
    tmp_path: Path,
) -> None:
    hosts = f"127.0.0.1 localhost\n{DROPPED_SIX} localhost\n"
    status, found = checked(tmp_path, "silent", "--demo", "healthy", hosts=hosts, cable=True)
    assert found["tcp"]["outcome"] == "warning"
    assert found["tcp"]["summary"].startswith(
        f"Connections by IPv6 fail ({DROPPED_SIX}) while those by IPv4 work"
    )
    assert status == 1
    assert found["http_answer"]["outcome"] == "ok"


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("0.0.0.0", "of this computer or to none at all"),
        pytest.param(DROPPED_FOUR, "of a private network", marks=pytest.mark.full),
    ],
)
def test_check_when_a_filter_answers_then_the_name_is_to_blame_not_the_connection(
    tmp_path: Path, address: str, word: str
) -> None:
    lie = f'points_to("{address}")'
    status, found = checked(tmp_path, lie, "--services", "onedrive", cable=True)
    assert status == 2
    assert found["dns"]["outcome"] == "problem"
    assert word in found["dns"]["summary"]
    assert "no encrypted connection comes about there" in found["dns"]["summary"]


def test_check_when_one_of_two_name_servers_is_silent_then_it_is_named(tmp_path: Path) -> None:
    """The second one's address leads to nobody."""
    resolv_conf = f"nameserver 127.0.0.1\nnameserver {DROPPED_FOUR}\n"
    lie = f'points_to("{OUTSIDE}")'
    _, found = checked(tmp_path, lie, "--services", "onedrive", cable=True, resolv_conf=resolv_conf)
    assert found["dns"]["summary"].startswith("1 of 2 name servers gives no usable answer")
    assert DROPPED_FOUR in found["dns"]["summary"]
