# SPDX-License-Identifier: MIT
"""Can the whole walk be played on a sample server, service and folder with it?"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from wizard import product as product_module
from wizard.demo import sample_tree, server
from wizard.demo.scenarios import SCENARIOS
from wizard.demo.server import SampleHost
from wizard.errors import CannotCheck
from wizard.host.acts import ServiceAction

GO = threading.Event()
PRODUCT = product_module.load()
TRANSPORTER = PRODUCT.facts.linux_transporter_unit.value
ACCOUNT = PRODUCT.facts.linux_transporter_user.value


def sample(root: Path, scenario: str = "temp-folder-full") -> SampleHost:
    chosen = SCENARIOS[scenario]
    return server.make_host(sample_tree.build(root, chosen, PRODUCT), chosen, PRODUCT)


def test_control_service_when_stopped_and_started_then_the_process_goes_and_comes_anew(
    tmp_path: Path,
) -> None:
    host = sample(tmp_path)
    (before,) = host.processes()
    assert host.control_service(TRANSPORTER, ServiceAction.STOP, GO).accepted
    assert host.processes() == ()
    assert host.control_service(TRANSPORTER, ServiceAction.START, GO).accepted
    (after,) = host.processes()
    assert after.pid != before.pid
    assert after.started is not None
    assert before.started is not None
    assert after.started > before.started


def test_control_service_when_it_was_stopped_from_the_first_then_starting_runs_it(
    tmp_path: Path,
) -> None:
    host = sample(tmp_path, "service-stopped")
    assert host.processes() == ()
    assert host.control_service(TRANSPORTER, ServiceAction.START, GO).accepted
    assert len(host.processes()) == 1


def test_new_folder_when_made_on_the_samples_second_disk_then_its_account_may_write(
    tmp_path: Path,
) -> None:
    host = sample(tmp_path)
    folder = str(tmp_path / "data" / "dtmp")
    assert host.make_folder(folder, ACCOUNT).owner == ACCOUNT
    assert host.may_write(folder, ACCOUNT)
    assert host.quota(folder, ACCOUNT) is None
    assert host.real_path(folder) == folder
    assert host.write_speed(folder, 1 << 20, GO, keep_free_bytes=0).bytes_per_second > 0
    with pytest.raises(CannotCheck):
        host.may_write("/", ACCOUNT)
    with pytest.raises(CannotCheck):
        host.may_write(folder, "somebody")


def test_acts_when_nothing_of_the_sample_can_be_read_then_cannot_check(tmp_path: Path) -> None:
    host = sample(tmp_path, "no-access")
    with pytest.raises(CannotCheck) as told:
        host.control_service(TRANSPORTER, ServiceAction.STOP, GO)
    assert told.value.text == "error.sample_closed"
