# SPDX-License-Identifier: MIT
"""Are ports told at which a real program waits, with that program?"""

from __future__ import annotations

import os
import socket
import sys

import pytest

from wizard.host import listening
from wizard.host.base import Listener


def found_at(port: int) -> list[Listener]:
    return [one for one in listening.listening() if one.port == port]


def test_listening_when_this_program_waits_then_address_port_and_program() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        (one,) = found_at(server.getsockname()[1])
    assert (one.address, one.pid) == ("127.0.0.1", os.getpid())
    assert one.program is not None
    assert os.path.realpath(one.program) == os.path.realpath(sys.executable)


def test_listening_when_closed_or_only_bound_then_not_told() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        assert found_at(bound.getsockname()[1]) == []


def test_listening_when_a_connection_is_open_then_only_the_waiting_end_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            own = client.getsockname()[1]
            told = {one.port for one in listening.listening()}
        assert server.getsockname()[1] in told
    assert own not in told


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this computer has no IPv6")
def test_listening_when_at_an_ipv6_address_then_told_too() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        (one,) = found_at(server.getsockname()[1])
    assert one.address == "::1"
