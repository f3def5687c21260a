# SPDX-License-Identifier: MIT
"""Which proxies do environment variables name, wherever they are written down?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wizard.host.base import ProxyExceptions, ProxySetting, ProxyWriting
from wizard.host.shown import without_password

_NAMES = ("https_proxy", "all_proxy", "http_proxy")
_EXCEPTIONS = "no_proxy"


def proxies(variables: Mapping[str, str], place: str) -> tuple[ProxySetting, ...]:
    """The proxies of these variables, with the hosts that they except; passwords are masked."""
    exceptions = tuple(
        ProxyExceptions(_source(place, name), value)
        for name, value in variables.items()
        if name.lower() == _EXCEPTIONS and value
    )
    named = [(n, v) for n, v in variables.items() if n.lower() in _NAMES and v]
    return tuple(
        ProxySetting(
            _source(place, name), without_password(value), ProxyWriting.VARIABLE, exceptions
        )
        for name, value in sorted(named, key=lambda one: _NAMES.index(one[0].lower()))
    )


def read(lines: Iterable[str]) -> dict[str, str]:
    """Variables as environment files and services write them: NAME=value, perhaps in quotes."""
    pairs = (line.strip().removeprefix("export ").partition("=") for line in lines)
    return {name.strip(): value.strip().strip("\"'") for name, mark, value in pairs if mark}


def _source(place: str, name: str) -> str:
    return f"{place} {name}"
