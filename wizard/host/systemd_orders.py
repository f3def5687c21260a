# SPDX-License-Identifier: MIT
"""Orders systemd to start or stop a service, with root's rights for that one command."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import threading
from collections.abc import Mapping, Sequence

from wizard.errors import CannotCheck, Refused
from wizard.host import commands
from wizard.host.acts import ServiceAction, ServiceAnswer

_SECONDS = 20.0
# A person reads a question and types a password meanwhile.
_ASKING_SECONDS = 180.0
# What gets root's rights is never taken from a PATH that others may have bent.
TRUSTED = ("/usr/bin", "/bin")
# SOURCE: pkexec(1). 126: the person declined; 127: nobody could be asked, or not allowed at all.
_DECLINED, _NOT_ASKED = 126, 127


def control(
    name: str,
    action: ServiceAction,
    cancel: threading.Event,
    environment: Mapping[str, str],
    trusted: Sequence[str] = TRUSTED,
) -> ServiceAnswer:
    """Give the order; systemd takes it and goes on by itself. Errors as in Acts."""
    if not name or name.startswith("-") or any(c.isspace() or not c.isprintable() for c in name):
        raise Refused("error.host_service_name", name=name)
    if sys.platform != "win32" and os.geteuid() == 0:
        command = ["systemctl", "--no-block", action.value, "--", name]
        done = commands.done(command, _SECONDS, cancel)
    else:
        order = _with_question(name, action, environment, trusted)
        done = commands.done(order, _ASKING_SECONDS, cancel)
        if done.status == _DECLINED:
            raise Refused("error.host_elevation_declined")
        if done.status == _NOT_ASKED:
            raise _not_here(name, action)
    return ServiceAnswer(accepted=done.status == 0, said=done.said, code=done.status)


def by_hand(name: str, action: ServiceAction) -> str:
    """The command that a person may run in a terminal instead."""
    return shlex.join(["sudo", "systemctl", action.value, name])


def _with_question(
    name: str, action: ServiceAction, environment: Mapping[str, str], trusted: Sequence[str]
) -> list[str]:
    """The command that has the desktop ask the person for an administrator's password."""
    folders = os.pathsep.join(trusted)
    pkexec, systemctl = (shutil.which(name, path=folders) for name in ("pkexec", "systemctl"))
    on_screen = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    if not (pkexec and systemctl and on_screen):
        raise _not_here(name, action)
    # Without its own agent pkexec would ask in the terminal, where the window has none.
    ask = [pkexec, "--disable-internal-agent"]
    return [*ask, systemctl, "--no-block", action.value, "--", name]


def _not_here(name: str, action: ServiceAction) -> CannotCheck:
    return CannotCheck("error.host_service_needs_root", command=by_hand(name, action))
