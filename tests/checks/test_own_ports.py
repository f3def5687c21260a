# SPDX-License-Identifier: MIT
"""Ports of the product: open, moved, missing, taken, and nobody to be seen."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.checks.told import judged, observed, values_of
from tests.host.samples import ROOT, closed, windows_server
from wizard.checks.own_ports import CHECK
from wizard.errors import CannotCheck
from wizard.host.live import live_host
from wizard.model import Finding, Outcome
from wizard.texts import Texts

DIRECTOR = ROOT + r"\director\tomcat\bin\tomcat.exe"
TRANSPORTER = ROOT.upper() + r"\Transporter\bh.exe"
OTHER = r"C:\Other\other.exe"


def at(port: int, program: str | None, address: str = "0.0.0.0") -> dict[str, Any]:
    return {"address": address, "port": port, "pid": 1, "program": program}


def told(*listening: dict[str, Any]) -> Finding:
    host = windows_server(listening=list(listening), real_path={ROOT: ROOT})
    return judged(CHECK, host)


def test_judge_when_both_wait_then_ok() -> None:
    finding = told(at(4443, DIRECTOR), at(9446, TRANSPORTER))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.own_ports.all_there")
    assert finding.values["ports"] == "4443, 9446"
    assert values_of(finding)["data_ports_waiting"] == 0


def test_judge_when_data_flows_then_its_ports_are_counted_and_judge_nothing() -> None:
    data = [at(port, TRANSPORTER) for port in (9448, 9500, 10000, 10001)]
    finding = told(at(4443, DIRECTOR), at(9446, TRANSPORTER), *data)
    assert (finding.outcome, values_of(finding)["data_ports_waiting"]) == (Outcome.OK, 3)


def test_judge_when_one_waits_elsewhere_then_ok_and_where() -> None:
    finding = told(at(4443, DIRECTOR), at(9555, TRANSPORTER), at(12446, TRANSPORTER))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.own_ports.other_ports")
    assert (finding.values["role"], finding.values["elsewhere"]) == ("Transporter", "12446")


@pytest.mark.parametrize(
    "others",
    [(), (at(9448, TRANSPORTER),), (at(5000, TRANSPORTER, "127.0.0.1"),), (at(5000, DIRECTOR),)],
)
def test_judge_when_nothing_waits_then_warning_with_where_the_number_comes_from(
    others: tuple[dict[str, Any], ...], texts: Texts
) -> None:
    finding = told(at(4443, DIRECTOR), *others)
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.own_ports.missing")
    assert "Transporter waits at port 9446" in texts.summary(finding)
    assert "9.x and 10.x" in texts.summary(finding)
    assert "may be no fault" in texts.advice(finding)[1]


def test_judge_when_another_program_has_the_port_then_warning_and_its_name(texts: Texts) -> None:
    finding = told(at(4443, OTHER), at(9446, TRANSPORTER))
    assert (finding.outcome, finding.text) == (Outcome.WARNING, "check.own_ports.taken")
    assert OTHER in texts.summary(finding)
    assert values_of(finding)["port_of_other"] == "0.0.0.0 4443"


def test_judge_when_another_program_has_it_and_ours_moved_then_ok() -> None:
    finding = told(at(4443, OTHER), at(5443, DIRECTOR), at(9446, TRANSPORTER))
    assert (finding.outcome, finding.text) == (Outcome.OK, "check.own_ports.other_ports")


@pytest.mark.parametrize("program", [None, "tomcat.exe"])
def test_judge_when_the_program_is_hidden_then_could_not_check(program: str | None) -> None:
    finding = told(at(4443, program), at(9446, TRANSPORTER))
    assert (finding.outcome, finding.text) == (
        Outcome.COULD_NOT_CHECK,
        "check.own_ports.hidden",
    )
    assert finding.values["ports"] == "4443"


def test_judge_when_a_path_only_begins_alike_then_it_is_anothers() -> None:
    finding = told(at(4443, DIRECTOR), at(9446, ROOT + r"-old\transporter\bh.exe"))
    assert finding.text == "check.own_ports.taken"


def test_observe_when_there_is_no_director_then_its_port_is_not_missed() -> None:
    files: dict[str, Any] = {ROOT: [], ROOT + r"\transporter": []}
    host = windows_server(listening=[at(9446, TRANSPORTER)], real_path={ROOT: ROOT}, files=files)
    finding = judged(CHECK, host, ROOT)
    assert (finding.outcome, finding.values["ports"]) == (Outcome.OK, "9446")


def test_observe_when_ports_cannot_be_listed_then_that_is_raised() -> None:
    with pytest.raises(CannotCheck, match="host_path_unreadable"):
        observed(CHECK, windows_server(listening=closed()))


@pytest.mark.skipif(sys.platform == "win32", reason="a copied python.exe does not start")
def test_observe_when_a_real_program_of_the_folder_waits_then_it_is_the_products(
    tmp_path: Path,
) -> None:
    """Also behind a link, which the system resolves in a program's own path."""
    real, folder = tmp_path / "real", tmp_path / "nakivo"
    program = real / "transporter" / "bhsvc"
    program.parent.mkdir(parents=True)
    folder.symlink_to(real)
    shutil.copy(Path(sys.executable).resolve(), program)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code = f"import socket; s = socket.create_server(('127.0.0.1', {port})); print(); input()"
    with subprocess.Popen(
        [str(program), "-c", code],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PYTHONHOME": sys.base_prefix},
    ) as child:  # fmt: skip
        assert child.stdout is not None
        child.stdout.readline()
        seen = observed(CHECK, live_host(), str(folder))
        child.communicate(b"\n")
    (one,) = (one for one in seen.waiting if one.port == port)
    assert (one.is_own, one.role, one.program) == (True, "transporter", str(program))
