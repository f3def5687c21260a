# SPDX-License-Identifier: MIT
"""The HTTP library's session: our route and authorities, and nothing of the environment."""

from __future__ import annotations

import warnings
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import SystemTimeWarning

import wizard
from wizard.graph import quickest, trust
from wizard.graph.proxies import Route, basic_sign_in

# A wrong clock is told by the checks, in their own words.
warnings.simplefilter("ignore", SystemTimeWarning)


def make(route: Route, ca_file: str | None) -> requests.Session:
    """A session that goes one route, and believes our context alone."""
    session = _Session()
    session.trust_env = False
    session.headers["User-Agent"] = f"M365BackupWizard/{wizard.__version__}"
    session.proxies = {"https": route.choice.address} if route.choice.address else {}
    session.mount("https://", _Adapter(ca_file, route))
    return session


class _Adapter(HTTPAdapter):
    """Verifies with our context alone; the library would add its own list of authorities."""

    def __init__(self, ca_file: str | None, route: Route) -> None:
        self._ca_file, self._route = ca_file, route
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=trust.context(self._ca_file), **kwargs)
        quickest.use(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        context = trust.context(self._ca_file)
        manager = super().proxy_manager_for(proxy, ssl_context=context, **kwargs)
        quickest.use(manager)
        return manager

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """The sign-in, written as everywhere; the library knows fewer letters."""
        sign_in = basic_sign_in(self._route)
        return {"Proxy-Authorization": sign_in} if sign_in else {}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Nothing to add: the context of the pool has all there is to believe."""


class _Session(requests.Session):
    """The library works out the next address even where it isn't to follow, and may fail at it."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: no answer leads on."""
        return None
