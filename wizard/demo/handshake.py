# SPDX-License-Identifier: MIT
"""Whether encryption works at all inside this process, before a failing one is told as a cause."""

from __future__ import annotations

import ssl
from contextlib import suppress

from wizard.graph import trust

_TURNS = 4  # a greeting in TLS 1.2 or 1.3 takes two each way


def prove(served: ssl.SSLContext) -> None:
    """Greet a server's context in memory, without looking at its certificate.

    Raises:
        ssl.SSLError: the two can't agree, or it isn't done after the usual messages.
    """
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = served.wrap_bio(up, down, server_side=True)
    client = trust.blind_context().wrap_bio(down, up)
    waiting = [client, server]
    for _ in range(_TURNS):
        for side in list(waiting):
            with suppress(ssl.SSLWantReadError):
                side.do_handshake()
                waiting.remove(side)
    if waiting:
        raise ssl.SSLError("the greeting did not come to an end")
