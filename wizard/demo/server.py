# SPDX-License-Identifier: MIT
"""A sample backup server: a real folder tree, and scripted answers for what can't be faked on disk.

The Java Transporter of the sample "runs" with the argument string in its settings file, so a change
of that file is seen as if the service had been restarted.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from wizard.demo import sample_answers
from wizard.demo.sample_tree import Tree
from wizard.demo.scenarios import Scenario
from wizard.fixes import settings_file
from wizard.host.acts import ServiceAction, ServiceAnswer
from wizard.host.base import Listener, Process, ServiceState
from wizard.host.recorded import RecordedHost
from wizard.product import Product


class SampleHost(RecordedHost):
    """A recorded computer whose Java Transporter reads the sample's settings file at its start."""

    def __init__(self, recording: Mapping[str, Any], tree: Tree, product: Product) -> None:
        super().__init__(recording, tree.root)
        self._tree = tree
        self._product = product
        self._restarts: list[datetime] = []
        self._words = self._setting()

    def control_service(
        self, name: str, action: ServiceAction, cancel: threading.Event
    ) -> ServiceAnswer:
        """As recorded; a started Transporter has a new process."""
        answer = super().control_service(name, action, cancel)
        if answer.accepted and action is ServiceAction.START and name == self._transporter:
            self._restarts.append(datetime.now(UTC).replace(microsecond=0))
            self._words = self._setting()
        return answer

    @property
    def _transporter(self) -> str:
        return self._product.facts.linux_transporter_unit.value

    def may_write(self, path: str, account: str) -> bool:
        """The sample's one account may write anywhere in the sample."""
        if account == self._product.facts.linux_transporter_user.value and self._is_inside(path):
            return True
        return super().may_write(path, account)

    def listening(self) -> tuple[Listener, ...]:
        """The Transporter's port is open while its service runs."""
        recorded = super().listening()
        closed = () if self._runs() else (self._product.facts.transporter_port.value,)
        return tuple(one for one in recorded if one.port not in closed)

    def _runs(self) -> bool:
        states = {service.name: service.state for service in self.services()}
        return states[self._transporter] is ServiceState.RUNNING

    def processes(self) -> tuple[Process, ...]:
        """The Java Transporter with the arguments of its start, while its service runs."""
        recorded = super().processes()
        if not self._runs():
            return recorded[1:]
        java = recorded[0]
        arguments = (*(java.arguments or ())[:1], *self._words, *(java.arguments or ())[1:])
        java = replace(java, arguments=arguments)
        if self._restarts:
            java = replace(java, pid=java.pid + len(self._restarts), started=self._restarts[-1])
        return (java, *recorded[1:])

    def _setting(self) -> tuple[str, ...]:
        """As the product is believed to do it: words at blanks; the sample has no quotes."""
        document = settings_file.parse(self._tree.settings.read_bytes())
        key = self._product.facts.arguments_setting.value
        return tuple(settings_file.find(document.text, key).value.split())


def make_host(
    tree: Tree, scenario: Scenario, product: Product, proxy: str | None = None
) -> SampleHost:
    """The sample's computer; `proxy` is the address its system settings name."""
    recording = sample_answers.recording(tree, scenario, product)
    if proxy:
        recording["proxies"] = [{"source": "system settings", "value": proxy}]
    return SampleHost(recording, tree, product)
