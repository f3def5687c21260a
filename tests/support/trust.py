# SPDX-License-Identifier: MIT
"""What a computer and the Transporter's Java say of a real server's chain, each with its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.support import chains, java, microsoft365, transporter
from tests.support.chains import Made
from wizard.graph import encryption, java_trust, names, proxies
from wizard.graph.encryption import Target
from wizard.graph.java_trust import JavaTrust
from wizard.graph.java_way import Ways
from wizard.graph.network_path import NetworkPath
from wizard.model import Scope
from wizard.nakivo.trust_store import Setting

HOST = "localhost"


@dataclass(frozen=True)
class Seen:
    """One greeting, and Java's word on it."""

    path: NetworkPath
    java: JavaTrust


def look(
    sent: Sequence[Made],
    folder: Path,
    *,
    system: Sequence[Made] = (),
    java_list: Sequence[Made] = (),
    runs: bool = True,
    properties: tuple[str, ...] = (),
    setting: Setting | None = None,
    started: datetime | None = None,
) -> Seen:
    """Greet a server that sends these; `system` and `java_list` are who is trusted.

    Java's list stays as it is where nobody is added.
    """
    authorities = folder / "authorities.pem"
    authorities.write_bytes(b"".join(one.pem for one in system))
    with pytest.MonkeyPatch.context() as patch, chains.server(sent, folder) as port:
        patch.setenv("SSL_CERT_FILE", str(authorities))
        route = proxies.choose(Scope(), microsoft365.host(), HOST)
        greeting = encryption.shake_hands(Target(route, "127.0.0.1", HOST, port), None, 5)
    path = NetworkPath(
        "graph",
        f"https://{HOST}:{port}/",
        HOST,
        port,
        route.choice,
        names.look_up(HOST, 5),
        encryption=greeting.encryption,
        sent=greeting.sent,
    )
    file = transporter.install(folder)
    if java_list or not file.exists():
        java.store(file, java_list)
    process = replace(transporter.process(folder, properties), started=started)
    running = (process,) if runs else ()
    host = transporter.computer(folder, *running)
    place = transporter.place(host, folder, setting)
    return Seen(
        path,
        java_trust.look(host, place, lambda _layer: [path], Ways(lambda _host: route), Scope()),
    )
