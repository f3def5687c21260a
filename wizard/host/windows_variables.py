# SPDX-License-Identifier: MIT
"""Which environment variables does Windows give to a service?"""

from __future__ import annotations

from wizard.errors import CannotCheck
from wizard.host import variables
from wizard.host.base import Service
from wizard.host.variables import Variables
from wizard.host.windows_accounts import identify
from wizard.host.windows_system import WindowsSystem

_MACHINE = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
_SERVICES = r"HKLM\SYSTEM\CurrentControlSet\Services"


def of_service(service: Service, system: WindowsSystem) -> tuple[Variables, ...]:
    """What counts first: its own, then its account's, then the computer's.

    Raises:
        CannotCheck: its account isn't known or signed in, or its settings are closed to us.
    """
    key = f"{_SERVICES}\\{service.name}"
    own = system.values(key).get("Environment", ())
    lines = own if isinstance(own, tuple) else ()
    return (
        Variables(f"{key} Environment", variables.read(lines)),
        _of_key(f"{hive(service, system)}\\Environment", system),
        of_computer(system),
    )


def of_computer(system: WindowsSystem) -> Variables:
    """Those of every program."""
    return _of_key(_MACHINE, system)


def hive(service: Service, system: WindowsSystem) -> str:
    """The registry key of the account that a service runs as.

    Raises:
        CannotCheck: the account isn't known or signed in.
    """
    if service.account is None:
        raise CannotCheck("error.host_service_account", service=service.name)
    key = rf"HKU\{identify(service.account, system)[0]}"
    if not system.subkeys(key):
        raise CannotCheck("error.host_account_not_loaded", account=service.account)
    return key


def _of_key(key: str, system: WindowsSystem) -> Variables:
    values = system.values(key)
    return Variables(key, {name: value for name, value in values.items() if isinstance(value, str)})
