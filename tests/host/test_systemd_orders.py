# SPDX-License-Identifier: MIT
"""Does an order reach the service manager as it should, and is every other end told apart?

No systemd runs here: a program of its name, of the same options and statuses, is put on the PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from wizard.errors import CannotCheck, Refused
from wizard.host import systemd_orders
from wizard.host.acts import ServiceAction, ServiceAnswer
from wizard.host.live import live_host

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="orders are given as root"
)
SERVICE = "nkv-bhsvc.service"
SYSTEMCTL = """#!/bin/sh
echo "$@" >> {folder}/asked
case "$4" in
  missing.service) echo "Failed to $2 $4: Unit $4 not found." >&2; exit 5;;
  slow.service) sleep 30;;
esac
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the program of systemctl's name was asked, a line each."""
    program = tmp_path / "systemctl"
    program.write_text(SYSTEMCTL.format(folder=tmp_path))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return tmp_path / "asked"


@pytest.mark.parametrize("action", ServiceAction)
def test_control_when_it_is_root_then_one_order_for_that_service(
    action: ServiceAction, asked: Path
) -> None:
    told = live_host().control_service(SERVICE, action, threading.Event())
    assert told == ServiceAnswer(accepted=True, said="", code=0)
    assert asked.read_text() == f"--no-block {action.value} -- {SERVICE}\n"


def test_control_when_systemd_says_no_then_its_words_and_number(asked: Path) -> None:
    told = live_host().control_service("missing.service", ServiceAction.STOP, threading.Event())
    words = "Failed to stop missing.service: Unit missing.service not found."
    assert told == ServiceAnswer(accepted=False, said=words, code=5)
    assert asked.exists()


def test_control_when_the_person_gives_up_then_the_command_is_stopped(asked: Path) -> None:
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    began = time.monotonic()
    with pytest.raises(CannotCheck) as told:
        live_host().control_service("slow.service", ServiceAction.STOP, cancel)
    assert told.value.text == "error.host_given_up"
    assert time.monotonic() - began < 5
    assert asked.exists()


@pytest.mark.parametrize("name", ["", "--force", "a b.service", "a\nb.service"])
def test_control_when_the_name_is_none_of_a_service_then_refused(name: str, asked: Path) -> None:
    with pytest.raises(Refused):
        live_host().control_service(name, ServiceAction.STOP, threading.Event())
    assert not asked.exists()


def test_by_hand_when_shown_then_a_shell_takes_it_as_one_name() -> None:
    assert systemd_orders.by_hand("a@b.service", ServiceAction.START) == (
        "sudo systemctl start a@b.service"
    )
    assert systemd_orders.by_hand("a;reboot", ServiceAction.STOP) == (
        "sudo systemctl stop 'a;reboot'"
    )


ORDINARY = """
import sys; sys.path[:] = {path!r}
import os, threading
from wizard.errors import WizardError
from wizard.host import systemd_orders
from wizard.host.acts import ServiceAction
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    told = systemd_orders.control(
        "nkv-bhsvc.service", ServiceAction.STOP, threading.Event(), {environment!r}, {trusted!r}
    )
    print(told.accepted, told.said, told.code)
except WizardError as error:
    print(type(error).__name__, error.text, error.values.get("command", ""))
"""
BY_HAND = "CannotCheck error.host_service_needs_root sudo systemctl stop nkv-bhsvc.service"
SCREEN = {"DISPLAY": ":0"}


def ordinary(trusted: Sequence[str], environment: Mapping[str, str]) -> str:
    """What an account without root's rights is told."""
    script = ORDINARY.format(path=sys.path, trusted=tuple(trusted), environment=environment)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def programs() -> Iterator[Path]:
    """A folder that stands for the system's own, and that everybody may look into."""
    with tempfile.TemporaryDirectory(prefix="programs-") as made:
        Path(made).chmod(0o755)
        write_program(Path(made, "systemctl"), "#!/bin/sh\nexit 0\n")
        yield Path(made)


def write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def test_control_when_not_root_and_no_pkexec_is_there_then_the_command_for_a_terminal(
    programs: Path,
) -> None:
    assert ordinary([str(programs)], SCREEN) == BY_HAND


@pytest.mark.parametrize(
    ("environment", "script", "told"),
    [
        (SCREEN, 'echo "$@"', "True --disable-internal-agent {systemctl} --no-block stop -- "
         "nkv-bhsvc.service 0"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "echo no unit >&2; exit 5", "False no unit 5"),
        (SCREEN, "exit 126", "Refused error.host_elevation_declined"),
        (SCREEN, "exit 127", BY_HAND),
        ({}, "exit 0", BY_HAND),  # nobody sees a question without a screen
    ],
)  # fmt: skip
def test_control_when_not_root_then_by_what_the_person_answered(
    environment: Mapping[str, str], script: str, told: str, programs: Path
) -> None:
    write_program(programs / "pkexec", f"#!/bin/sh\n{script}\n")
    expected = told.format(systemctl=programs / "systemctl")
    assert ordinary([str(programs)], environment) == expected


@pytest.mark.skipif(
    shutil.which("pkexec", path="/usr/bin") is None, reason="no pkexec (Debian: pkexec)"
)
def test_control_when_the_real_pkexec_finds_nobody_to_ask_then_the_command_for_a_terminal() -> None:
    assert ordinary(systemd_orders.TRUSTED, SCREEN) == BY_HAND
