# SPDX-License-Identifier: MIT
"""Are the logs found, and is it said where to send them, without ever being a cause?"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import judged, values_of
from tests.host.samples import ROOT, closed, windows_answers, windows_server
from wizard.checks.support_bundle import CHECK
from wizard.errors import CannotCheck
from wizard.host.live import live_host
from wizard.model import Finding, Outcome

LOGS = ROOT + r"\transporter\bh-logs"


def with_logs(told: Any) -> Finding:
    return judged(CHECK, windows_server(files={**windows_answers()["files"], LOGS: told}))


def test_judge_when_logs_are_there_then_ok_with_size_and_address() -> None:
    told = judged(CHECK, windows_server())
    assert (told.outcome, told.text) == (Outcome.OK, "check.support_bundle.ready")
    assert (told.values["count"], told.values["size"]) == (1, 3.0)
    assert told.values["address"] == "support@nakivo.com"
    assert values_of(told)["transporter_logs"] == LOGS


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (None, "check.support_bundle.missing"),
        ([], "check.support_bundle.empty"),
        (closed("Zugriff verweigert"), "check.support_bundle.closed"),
    ],
)
def test_judge_when_there_is_nothing_to_attach_then_could_not_check(told: Any, text: str) -> None:
    finding = with_logs(told)
    assert (finding.outcome, finding.text) == (Outcome.COULD_NOT_CHECK, text)
    assert text != "check.support_bundle.closed" or finding.values["reason"] == "Zugriff verweigert"


def test_judge_when_the_files_are_real_then_the_age_of_the_newest(tmp_path: Path) -> None:
    logs = tmp_path / "transporter" / "bh-logs"
    (logs / "old").mkdir(parents=True)
    for name, hours in {"transporter.log": 2, "transporter.log.1": 50}.items():
        (logs / name).write_bytes(b"x" * (1 << 20))
        when = time.time() - hours * 3600
        os.utime(logs / name, (when, when))
    told = values_of(judged(CHECK, live_host(), str(tmp_path)))
    assert (told["transporter_logs_count"], told["transporter_logs_size"]) == (2, 2.0)
    assert told["transporter_logs_newest"] == 2.0


def test_observe_when_there_is_no_installation_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        judged(CHECK, windows_server(services=[], programs=[], processes=[], files={}))
