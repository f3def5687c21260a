# SPDX-License-Identifier: MIT
"""Which name servers is this computer set to ask?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.network_namespace import run_in_network

READ = """
import json
from wizard.errors import CannotCheck
from wizard.host.live import live_host
try:
    print(json.dumps([[server.address, server.port] for server in live_host().name_servers()]))
except CannotCheck as error:
    print(json.dumps([error.text, dict(error.values)]))
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nameserver 10.0.0.53\nnameserver 10.0.0.54\n", [["10.0.0.53", 53], ["10.0.0.54", 53]]),
        ("nameserver fd99::53\nsearch a.test\n", [["fd99::53", 53]]),
        ("nameserver 10.0.0.53\nnameserver 10.0.0.53\n", [["10.0.0.53", 53]]),
    ],
)
def test_name_servers_when_set_then_in_their_order_and_once(
    tmp_path: Path, text: str, found: list[list[object]]
) -> None:
    assert run_in_network(READ, files={"/etc/resolv.conf": text}, folder=tmp_path) == found


def test_name_servers_when_none_is_set_then_it_is_said(tmp_path: Path) -> None:
    text, values = run_in_network(READ, files={"/etc/resolv.conf": ""}, folder=tmp_path)
    assert text == "error.host_no_name_servers"
    assert values["reason"]
