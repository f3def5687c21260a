# SPDX-License-Identifier: MIT
"""Requests go to the address that answers; a dead one before it costs next to nothing."""

from __future__ import annotations

import socket
import time
from pathlib import Path

from tests.support.network_namespace import CABLE, DROPPED_SIX, run_in_network
from wizard.graph import quickest
from wizard.graph.addresses import Address, AddressScope

FOUR = Address("127.0.0.1", "IPv4", AddressScope.LOOPBACK)
SIX = Address("::1", "IPv6", AddressScope.LOOPBACK)

GET = """
import json, time
from pathlib import Path
from tests.support.microsoft365 import host
from wizard.demo.microsoft365 import Behaviour, ServerCertificate, StandIn
from wizard.graph import proxies
from wizard.graph.http import Http, NoAnswer
from wizard.model import Scope
shown = ServerCertificate({certificate!r})
with StandIn(Behaviour(server_certificate=shown), Path({folder!r})) as stand_in:
    route = proxies.choose(Scope(), host(), "localhost")
    with Http(route, stand_in.ca_file) as http:
        started = time.monotonic()
        try:
            told = http.get(stand_in.graph + "/v1.0/organization", {{}}, 6).status_code
        except NoAnswer as error:
            told = error.kind
        print(json.dumps([told, time.monotonic() - started]))
"""
# The dead address first, as systems with IPv6 have it.
HOSTS = f"{DROPPED_SIX} localhost\n127.0.0.1 localhost\n"


def got(folder: Path, certificate: str) -> tuple[object, float]:
    code = GET.format(folder=str(folder), certificate=certificate)
    told, seconds = run_in_network(code, commands=CABLE, files={"/etc/hosts": HOSTS}, folder=folder)
    return told, seconds


def test_get_when_one_address_is_dead_then_answered_by_the_other_at_once(tmp_path: Path) -> None:
    told, seconds = got(tmp_path, "good")
    assert told == 401
    assert seconds < 2


def test_get_when_one_address_is_dead_then_the_certificates_name_still_counts(
    tmp_path: Path,
) -> None:
    assert got(tmp_path, "other-name")[0] == "encryption"


def test_first_open_when_one_listens_then_that_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert quickest.first_open((SIX, FOUR), port, 2) == "127.0.0.1"


def test_first_open_when_nobody_listens_then_none_at_once() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        started = time.monotonic()
        assert quickest.first_open((SIX, FOUR), bound.getsockname()[1], 3) is None
    assert time.monotonic() - started < 2
