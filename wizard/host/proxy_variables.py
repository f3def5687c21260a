# SPDX-License-Identifier: MIT
"""Which proxies do environment variables name, wherever they are written down?"""

from __future__ import annotations

from wizard.host.base import ProxyExceptions, ProxySetting, ProxyWriting
from wizard.host.shown import without_password
from wizard.host.variables import Variables

_NAMES = ("https_proxy", "all_proxy", "http_proxy")
_EXCEPTIONS = "no_proxy"


def proxies(of: Variables) -> tuple[ProxySetting, ...]:
    """The proxies of these variables, with the hosts that they except; passwords are masked."""
    exceptions = tuple(
        ProxyExceptions(f"{of.place} {name}", value)
        for name, value in of.given.items()
        if name.lower() == _EXCEPTIONS and value
    )
    named = [(n, v) for n, v in of.given.items() if n.lower() in _NAMES and v]
    return tuple(
        ProxySetting(
            f"{of.place} {name}", without_password(value), ProxyWriting.VARIABLE, exceptions
        )
        for name, value in sorted(named, key=lambda one: _NAMES.index(one[0].lower()))
    )
