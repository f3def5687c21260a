# SPDX-License-Identifier: MIT
"""Are the variables of a service told by place, and is what can't be seen said?"""

from __future__ import annotations

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.errors import CannotCheck
from wizard.host import variables, windows_variables
from wizard.host.base import Service, ServiceState, ServiceVariable

OWN = r"HKLM\SYSTEM\CurrentControlSet\Services\NkvTransporter"
MACHINE = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
NAMES = ("SSL_CERT_FILE", "JAVA_TOOL_OPTIONS")


def service(account: str | None = "LocalSystem") -> Service:
    return Service("NkvTransporter", "NAKIVO", ServiceState.RUNNING, account=account)


def test_named_when_set_at_each_place_then_its_own_first_and_in_any_case() -> None:
    windows = WrittenWindows(
        registry={
            OWN: {"Environment": ("Ssl_Cert_File=C:\\own.pem", "SECRET=canary")},
            r"HKU\S-1-5-18\Environment": {"Java_Tool_Options": "-Da=b"},
            MACHINE: {"SSL_CERT_FILE": "C:\\computer.pem", "Count": 1},
        }
    )
    given = windows_variables.of_service(service(), windows)
    assert variables.named(given, NAMES, any_case=True) == (
        ServiceVariable("SSL_CERT_FILE", "C:\\own.pem", f"{OWN} Environment Ssl_Cert_File"),
        ServiceVariable(
            "JAVA_TOOL_OPTIONS", "-Da=b", r"HKU\S-1-5-18\Environment Java_Tool_Options"
        ),
        ServiceVariable("SSL_CERT_FILE", "C:\\computer.pem", f"{MACHINE} SSL_CERT_FILE"),
    )


@pytest.mark.parametrize(
    ("account", "closed_keys"), [(None, ()), ("LocalSystem", ()), ("LocalSystem", (OWN,))]
)
def test_of_service_when_they_cannot_be_seen_then_cannot_check(
    account: str | None, closed_keys: tuple[str, ...]
) -> None:
    with pytest.raises(CannotCheck):
        windows_variables.of_service(service(account), WrittenWindows(closed_keys=closed_keys))
