# SPDX-License-Identifier: MIT
"""Which hosts does a place except from its proxy? Each way to write that has rules of its own."""

from __future__ import annotations

import fnmatch
import re
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

from wizard.host.base import ProxySetting, ProxyWriting

_LOCAL = "<local>"  # Windows: every name without a dot
# Java adds these to any list but an empty one.
_OF_JAVA = ("localhost", "127.*", "[::1]", "0.0.0.0", "[::0]")  # noqa: S104 - nothing binds


def by_whom(place: ProxySetting, target: str) -> str | None:
    """The place that excepts a host from the proxy; None when none does."""
    for one in place.exceptions:
        if _MATCHES[place.writing](one.hosts, target.lower()):
            return one.source
    return None


def _variable(hosts: str, target: str) -> bool:
    return bool(proxy_bypass_environment(target, {"no": hosts}))


def _windows(hosts: str, target: str) -> bool:
    patterns = [_without_port(word) for word in re.split(r"[;\s]+", hosts.lower()) if word]
    local = _LOCAL in patterns and "." not in target and ":" not in target
    return local or any(_fits(pattern, target) for pattern in patterns)


def _without_port(pattern: str) -> str:
    """A pattern may name a scheme and a port, too; only encrypted requests are asked about."""
    scheme, mark, rest = pattern.rpartition("://")
    if mark and scheme != "https":
        return ""
    name, mark, port = rest.rpartition(":")
    return name if mark and port.isdigit() and port == "443" and ":" not in name else rest


def _fits(pattern: str, target: str) -> bool:
    """Only * is special; brackets belong to IPv6."""
    return fnmatch.fnmatchcase(target, re.sub(r"([\[?])", r"[\1]", pattern))


def _java(hosts: str, target: str) -> bool:
    patterns = [pattern.strip() for pattern in hosts.lower().split("|") if pattern.strip()]
    named = f"[{target}]" if ":" in target else target
    return any(_ends_fit(pattern, named) for pattern in (*patterns, *(_OF_JAVA if hosts else ())))


def _ends_fit(pattern: str, target: str) -> bool:
    """A * counts at the beginning and at the end only."""
    head, tail = pattern.startswith("*"), pattern.endswith("*")
    core = pattern.strip("*") if pattern != "*" else ""
    if head and tail:
        return core in target
    if head:
        return target.endswith(core)
    return target.startswith(core) if tail else target == core


_MATCHES = {
    ProxyWriting.VARIABLE: _variable,
    ProxyWriting.WINDOWS: _windows,
    ProxyWriting.JAVA: _java,
}
