# SPDX-License-Identifier: MIT
"""Orders the service manager of Windows to start or stop a service, through sc.exe."""

from __future__ import annotations

import threading

from wizard.errors import Refused
from wizard.host.acts import ServiceAction, ServiceAnswer
from wizard.host.windows_system import WindowsSystem

_SECONDS = 40.0
# A person reads what Windows asks, and perhaps types a password, meanwhile.
_ASKING_SECONDS = 180.0
_PROGRAM = "sc.exe"


def control(
    name: str, action: ServiceAction, cancel: threading.Event, system: WindowsSystem
) -> ServiceAnswer:
    """Give the order; Windows takes it and goes on by itself. Errors as in Acts."""
    if not name or '"' in name or not name.isprintable():
        raise Refused("error.host_service_name", name=name)
    words = (action.value, name)
    if system.is_admin():
        code = system.run(_PROGRAM, words, _SECONDS, cancel).status
    else:
        code = system.run_as_administrator(_PROGRAM, words, _ASKING_SECONDS, cancel)
    # sc.exe ends with the number of the system's error. Its words are lost when Windows had to
    # ask, and in a code page of their own when not: the system's words for the number are neither.
    said = system.message(code) if code else ""
    return ServiceAnswer(accepted=code == 0, said=said, code=code)
