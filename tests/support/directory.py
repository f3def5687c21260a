# SPDX-License-Identifier: MIT
"""The directory of a running stand-in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.microsoft365 import Running
from wizard.graph import proxies
from wizard.graph.directory import Directory
from wizard.graph.http import Http
from wizard.model import Secret

ROUTE = proxies.Route(proxies.ProxyChoice(None, "", 0, "", ()))


@contextmanager
def opened(
    m365: Running, seconds: float = 5.0, cancel: threading.Event | None = None
) -> Iterator[Directory]:
    """It, as the signed-in app sees it."""
    token = m365.sign_in().token or Secret("none")
    with Http(ROUTE, m365.scope.ca_file) as http:
        yield Directory(m365.cloud.graph, http, token, cancel or threading.Event(), seconds)
