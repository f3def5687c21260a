# SPDX-License-Identifier: MIT
"""Java's way is gone beside the walk, not after it."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.support import java, microsoft365, transporter
from tests.support.chains import Kind
from wizard.graph import java_trust, proxies
from wizard.graph.java_way import Ways
from wizard.graph.network_path import Layer, NetworkPath
from wizard.graph.network_walks import Early
from wizard.graph.proxies import Route
from wizard.model import Scope


@java.needs_java
def test_look_when_the_hosts_are_not_certain_yet_then_javas_way_to_the_likely_is_gone_meanwhile(
    tmp_path: Path,
) -> None:
    begun, seen = threading.Event(), []
    ours = proxies.choose(Scope(), microsoft365.host(), "localhost")

    def route(_host: str) -> Route:
        begun.set()
        return ours

    def walked(_layer: Layer) -> list[NetworkPath]:
        seen.append(begun.wait(5))
        return []

    java.store(transporter.install(tmp_path), [Kind("Somebody").make()])
    host = transporter.computer(tmp_path, transporter.process(tmp_path, ()))
    early = [Early("localhost", 9, ours.choice)]
    place = transporter.place(host, tmp_path, None)
    java_trust.look(host, place, walked, Ways(route), Scope(), early=early)
    assert seen[0]
