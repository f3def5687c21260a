# SPDX-License-Identifier: MIT
"""A running stand-in for Microsoft 365, and contexts that lead to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from wizard import codec
from wizard import product as product_module
from wizard.checks.base import Context
from wizard.checks.context import make_context
from wizard.demo.microsoft365 import Behaviour, StandIn
from wizard.errors import CannotCheck
from wizard.graph import clouds, sign_in
from wizard.graph.clouds import Cloud
from wizard.graph.network_path import NetworkPath
from wizard.graph.network_walks import Walks
from wizard.graph.sign_in import SignIn
from wizard.host.base import NameServer, ProxySetting
from wizard.host.recorded import RecordedHost
from wizard.model import Credentials, HostFacts, Scope, Secret


def host(
    environment: Mapping[str, str] | None = None,
    proxies: tuple[ProxySetting, ...] | None = (),
    name_servers: tuple[NameServer, ...] | None = (),
) -> RecordedHost:
    """A computer without proxies and name servers, unless told; what is None can't be read."""
    facts = HostFacts("linux", "Debian GNU/Linux 12", "backup01", is_admin=False)
    recording: dict[str, Any] = {
        "facts": codec.to_plain(facts),
        "environment": dict(environment or {}),
        "gateways": [{"address": "192.0.2.1", "adapter": "eth0"}],
    }
    if proxies is not None:
        recording["proxies"] = codec.to_plain(proxies)
    if name_servers is not None:
        recording["name_servers"] = codec.to_plain(name_servers)
    return RecordedHost(recording)


@dataclass(frozen=True)
class Running:
    """A stand-in that runs, and the ways to it."""

    stand_in: StandIn
    computer: RecordedHost
    scope: Scope
    credentials: Credentials
    made: list[Walks] = field(default_factory=list)

    @property
    def cloud(self) -> Cloud:
        """The cloud that the stand-in is."""
        return clouds.choose(self.scope.cloud)

    def walks(self, cancel: threading.Event | None = None, **more: Any) -> Walks:
        """The walks to all endpoints; Graph isn't asked for the tenant's hosts."""
        scope = replace(self.scope, **more)
        made = Walks(lambda: self.cloud, scope, self.computer, cancel or threading.Event(), _nobody)
        self.made.append(made)
        return made

    def walk(self, **more: Any) -> dict[str, NetworkPath]:
        """All paths to their ends, by endpoint."""
        return {path.endpoint: path for path in self.walks(**more)()}

    def sign_in(self, **more: Any) -> SignIn:
        """A sign-in with real msal."""
        secrets = more.pop("credentials", self.credentials)
        asked = {
            name: more.pop(name) for name in ("resource", "claims", "challengeable") if name in more
        }
        scope = replace(self.scope, **more)
        unstopped = threading.Event()
        return sign_in.sign_in(self.cloud, scope, secrets, self.computer, unstopped, **asked)

    def context(self, **more: Any) -> Context:
        """What a check gets."""
        secrets = more.pop("credentials", self.credentials)
        scope = replace(self.scope, **more)
        made = make_context(self.computer, product_module.load(), scope, secrets)
        self.made.append(made.network)
        return made

    def settle(self) -> None:
        """Wait for the walks that a check didn't wait for: they use the servers."""
        for walks in self.made:
            if walks.are_begun:
                with suppress(CannotCheck):
                    walks()


def _nobody() -> str:
    raise CannotCheck("sharepoint_host.no_sign_in")


@contextmanager
def running(
    behaviour: Behaviour, folder: Path, computer: RecordedHost | None = None
) -> Iterator[Running]:
    """Start a stand-in in a folder, with this machine's own authorities left out of it."""
    with pytest.MonkeyPatch.context() as patch, StandIn(behaviour, folder) as stand_in:
        patch.setenv("SSL_CERT_FILE", str(folder / "no-authorities.pem"))
        scope = Scope(
            cloud=stand_in.cloud_file,
            ca_file=stand_in.ca_file,
            tenant_id=stand_in.tenant_id,
            client_id=stand_in.client_id,
        )
        secrets = Credentials(Secret(stand_in.secret))
        made = Running(stand_in, computer or host(), scope, secrets)
        yield made
        made.settle()
