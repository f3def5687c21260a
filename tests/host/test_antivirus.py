# SPDX-License-Identifier: MIT
"""Are known antivirus products told by their traces, and nothing else?"""

from __future__ import annotations

import pytest

from wizard.host import antivirus
from wizard.host.base import Antivirus, Process, Service, ServiceState


def process(name: str) -> Process:
    return Process(7, name, None, None)


def names(products: tuple[Antivirus, ...]) -> dict[str, bool | None]:
    return {product.name: product.active for product in products}


@pytest.mark.parametrize("system", ["windows", "linux"])
def test_known_when_loaded_then_every_product_has_a_trace_in_lower_case(system: str) -> None:
    products = antivirus.known(system)
    assert len(products) >= 15
    for product in products:
        traces = (*product.processes, *product.services, *product.drivers)
        assert traces, product.name
        assert all(trace == trace.lower() for trace in traces)


def test_found_when_services_run_or_are_stopped_then_active_or_not() -> None:
    services = [
        Service("CSFalconService", "CrowdStrike Falcon Sensor Service", ServiceState.RUNNING),
        Service("AVP21.9", "Kaspersky", ServiceState.STOPPED),
        Service("Spooler", "Print Spooler", ServiceState.RUNNING),
    ]
    seen = antivirus.traces([], services)
    found = antivirus.found(antivirus.known("windows"), seen)
    assert names(found) == {"CrowdStrike Falcon": True, "Kaspersky": False}
    assert all(product.reason == antivirus.NO_INTERFACE for product in found)


def test_found_when_only_a_driver_is_left_then_it_is_unclear() -> None:
    seen = antivirus.traces([], [], drivers=["Tcpip", "eamonm"])
    assert names(antivirus.found(antivirus.known("windows"), seen)) == {"ESET": None}


def test_found_when_the_process_runs_though_the_service_is_stopped_then_active() -> None:
    stopped = [Service("ekrn", "ESET Service", ServiceState.STOPPED)]
    seen = antivirus.traces([process("ekrn.exe")], stopped)
    assert names(antivirus.found(antivirus.known("windows"), seen)) == {"ESET": True}


def test_found_when_a_daemon_scans_only_on_demand_then_it_is_not_watching() -> None:
    seen = antivirus.traces([process("clamd")], [])
    assert names(antivirus.found(antivirus.known("linux"), seen)) == {"ClamAV daemon": False}
