# SPDX-License-Identifier: MIT
"""Our HTTP client, and a server for its bodies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.microsoft365 import host
from wizard.demo.loopback import Answer, Loopback
from wizard.graph import proxies
from wizard.graph.http import Http
from wizard.model import Scope

STRAIGHT = proxies.choose(Scope(), host(), "localhost")


@contextmanager
def client(ca_file: str | None = None, proxy: str | None = None) -> Iterator[Http]:
    with Http(proxies.choose(Scope(proxy=proxy), host(), "localhost"), ca_file) as http:
        yield http


@contextmanager
def plain(answer: Answer) -> Iterator[str]:
    """A server without TLS; the adapter for https is the one under test, so only for bodies."""
    with Loopback(answer) as server:
        yield f"http://localhost:{server.port}/x"
