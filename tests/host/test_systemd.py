# SPDX-License-Identifier: MIT
"""Are systemd's answers read rightly, and is its absence told?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wizard.errors import CannotCheck
from wizard.host import systemd
from wizard.host.base import Service, ServiceState

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks a real Linux")

UNIT_FILES = """\
cron.service        enabled  enabled
getty@.service      enabled  enabled
nkv-bhsvc.service   disabled enabled
"""
UNITS = """\
cron.service loaded active running Regular background program processing daemon
getty@tty1.service loaded active running Getty on tty1
nkv-dirsvc.service loaded failed failed NAKIVO Director
auditd.service not-found inactive dead auditd.service
"""
SHOW = """\
User=
ExecStart={ path=/usr/sbin/cron ; argv[]=/usr/sbin/cron -f $EXTRA_OPTS ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }
Id=cron.service
Description=Regular background program processing daemon
LoadState=loaded
ActiveState=active
UnitFileState=enabled

User=bhsvc
ExecStart={ path=/opt/nakivo/transporter/bhsvc ; argv[]=/opt/nakivo/transporter/bhsvc -s ; ignore_errors=no ; pid=0 }
ExecStart={ path=/bin/true ; argv[]=/bin/true ; ignore_errors=no ; pid=0 }
Id=nkv-bhsvc.service
Description=NAKIVO Transporter
LoadState=loaded
ActiveState=inactive
UnitFileState=disabled

Id=nkv-dirsvc.service
Description=NAKIVO Director
LoadState=loaded
ActiveState=failed
UnitFileState=masked

Id=late.service
Description=late
LoadState=loaded
ActiveState=activating
UnitFileState=

Id=auditd.service
Description=auditd.service
LoadState=not-found
ActiveState=inactive
UnitFileState=
"""  # noqa: E501


def test_parse_show_when_units_are_of_all_kinds_then_each_gets_its_state() -> None:
    cron, transporter, director, late = systemd.parse_show(SHOW)
    assert cron.command == "/usr/sbin/cron -f $EXTRA_OPTS"
    assert (cron.state, cron.start_type, cron.account) == (
        ServiceState.RUNNING,
        "automatic",
        "root",
    )
    assert transporter == Service(
        name="nkv-bhsvc.service",
        display_name="NAKIVO Transporter",
        state=ServiceState.STOPPED,
        start_type="manual",
        command="/opt/nakivo/transporter/bhsvc -s",
        account="bhsvc",
    )
    assert (director.state, director.start_type, director.command) == (
        ServiceState.FAILED,
        "disabled",
        None,
    )
    assert (late.state, late.start_type) == (ServiceState.CHANGING, None)


def test_unit_names_when_templates_are_listed_then_only_their_instances_count() -> None:
    assert list(systemd.unit_names(UNIT_FILES + "\n" + UNITS)) == [
        "cron.service",
        "nkv-bhsvc.service",
        "cron.service",
        "getty@tty1.service",
        "nkv-dirsvc.service",
        "auditd.service",
    ]


def test_services_when_a_stopped_unit_only_lies_on_the_disk_then_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in {"files": UNIT_FILES, "units": UNITS, "show": SHOW}.items():
        (tmp_path / name).write_text(text)
    script = tmp_path / "systemctl"
    script.write_text(
        f"""#!/bin/sh
case "$1" in
  list-unit-files) cat {tmp_path}/files;;
  list-units) cat {tmp_path}/units;;
  show) echo "$@" > {tmp_path}/asked; cat {tmp_path}/show;;
esac
"""
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    names = [service.name for service in systemd.services()]
    assert "nkv-bhsvc.service" in names
    asked = (tmp_path / "asked").read_text()
    assert "nkv-bhsvc.service nkv-dirsvc.service" in asked
    assert "getty@.service" not in asked


@pytest.mark.parametrize(
    ("complaint", "text", "values"),
    [
        (
            "System has not been booted with systemd as init system (PID 1). Can't operate.",
            "error.host_without_systemd",
            {"command": "systemctl"},
        ),
        (
            "Failed to connect to bus: Connection refused",
            "error.host_command_failed",
            {"command": "systemctl", "reason": "Failed to connect to bus: Connection refused"},
        ),
    ],
)
def test_services_when_systemctl_fails_then_cannot_check_and_why(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    complaint: str,
    text: str,
    values: dict[str, str],
) -> None:
    script = tmp_path / "systemctl"
    script.write_text(f'#!/bin/sh\necho "{complaint}" >&2\nexit 1\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(CannotCheck) as told:
        systemd.services()
    assert (told.value.text, dict(told.value.values)) == (text, values)


def test_services_when_there_is_no_systemctl_then_cannot_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotCheck) as told:
        systemd.services()
    assert told.value.text == "error.host_command_missing"
